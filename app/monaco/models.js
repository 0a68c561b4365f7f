// The documents that have a model, and the names of all that could.
import { Uri, editor as monaco } from "monaco-editor/editor";

export class Models {
  constructor(onChange) {
    this.onChange = onChange;
    this.models = new Map();
    /** The files with Lua in them: `{ id, path, text }` each. Where there is a model, its text counts. */
    this.files = [];
  }

  get(id) {
    return this.models.get(id);
  }

  idOf(model) {
    return [...this.models].find(([, other]) => other === model)?.[0];
  }

  /** The model of a document. The text counts only where there is none yet. */
  open(id, text, language) {
    const known = this.models.get(id);
    if (known) return known;
    const path = this.files.find((file) => file.id === id)?.path ?? "";
    const model = monaco.createModel(text, language, Uri.from({ scheme: "cu", path: `/${id}/${path}` }));
    model.onDidChangeContent(() => this.onChange(id));
    this.models.set(id, model);
    return model;
  }

  /** Forgets the documents that are not among these. */
  retain(ids) {
    for (const [id, model] of this.models) {
      if (ids.includes(id)) continue;
      this.models.delete(id);
      model.dispose();
    }
  }
}
