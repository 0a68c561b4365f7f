// The documents that have a model.
import { Uri, editor as monaco } from "monaco-editor/editor";

export class Models {
  constructor(onChange) {
    this.onChange = onChange;
    this.models = new Map();
  }

  get(id) {
    return this.models.get(id);
  }

  idOf(model) {
    return [...this.models].find(([, other]) => other === model)?.[0];
  }

  /** The model of a document. Path and text count only where there is none yet. */
  open(id, path, text, language) {
    const known = this.models.get(id);
    if (known) return known;
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
