//! What the worker knows, and its answers.

mod requests;

use handlers::{
    context::ServerContextSnapshot,
    handlers::{RegisterCapabilities, completion, rename, semantic_token},
};
use lsp_types::{
    CompletionItem, CompletionParams, CompletionResponse, Position, RenameParams, SemanticTokensParams,
    TextDocumentIdentifier, TextDocumentPositionParams,
};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use self::requests::{now, value};
use crate::{
    actions, analysis, completion as offers, diagnostics,
    files::Files,
    message::{Kind, Message},
    shapes,
};

/// All that is known. Takes messages one by one.
pub struct Language {
    server: ServerContextSnapshot,
    files: Files,
    /// The items that were offered last, of which more may be asked.
    offered: Vec<CompletionItem>,
}

impl Default for Language {
    fn default() -> Self {
        Language::new()
    }
}

impl Language {
    /// Knows the library and no file. Takes some time.
    pub fn new() -> Self {
        let server = ServerContextSnapshot::new(analysis::new());
        Language { server, files: Files::default(), offered: Vec::new() }
    }

    /// The kinds of tokens by their numbers in answers to [`Kind::Tokens`].
    pub fn legend() -> Value {
        let mut capabilities = Default::default();
        semantic_token::SemanticTokenCapabilities::register_capabilities(&mut capabilities, &Default::default());
        let capabilities = serde_json::to_value(capabilities).unwrap_or_default();
        capabilities["semanticTokensProvider"]["legend"].clone()
    }

    /// Does what a message says. The answer is `null` where there is nothing to say.
    pub fn handle(&mut self, message: &Message) -> Value {
        match message.kind {
            Kind::Open => self.open(message),
            Kind::Close => self.close(&message.file),
            Kind::Live => self.change(|analysis| analysis::set_live(analysis, &message.text, &message.globals)),
            Kind::Cancel => {}
            _ => return self.answer(message).unwrap_or_default(),
        }
        Value::Null
    }

    fn change(&mut self, change: impl FnOnce(&mut emmylua_code_analysis::EmmyLuaAnalysis)) {
        if let Some(analysis) = self.server.analysis_mut() {
            change(analysis);
        }
    }

    fn open(&mut self, message: &Message) {
        self.files.insert(&message.file, message.text.clone(), message.is_parsed_only);
        self.read(&message.file);
    }

    fn close(&mut self, file: &str) {
        self.files.remove(file);
        if let Some(uri) = analysis::uri(file) {
            self.change(|analysis| _ = analysis.remove_file_by_uri(&uri));
        }
    }

    /// Lets the analysis read a file, if it may.
    fn read(&mut self, file: &str) {
        let (Some(uri), Some(known)) = (analysis::uri(file), self.files.get(file)) else { return };
        if known.is_parsed_only {
            self.change(|analysis| _ = analysis.remove_file_by_uri(&uri));
        } else {
            let text = known.text.as_str().to_owned();
            self.change(|analysis| _ = analysis.update_file_by_uri(&uri, Some(text)));
        }
    }

    fn answer(&mut self, message: &Message) -> Option<Value> {
        let file = &message.file;
        if message.kind == Kind::Details {
            return self.details(message.index);
        }
        if message.kind == Kind::Actions {
            return self.actions(message);
        }
        if self.files.get(file)?.is_parsed_only {
            let known = self.files.get(file)?;
            return (message.kind == Kind::Diagnostics).then(|| diagnostics::syntax_markers(&known.text));
        }
        for stale in self.files.take_stale(file) {
            self.read(&stale);
        }
        match message.kind {
            Kind::Completion => self.completion(message),
            Kind::Diagnostics => self.diagnostics(file),
            Kind::Tokens => self.tokens(message),
            Kind::Rename => self.rename(message),
            Kind::Hints => Some(shapes::hints(&self.ask(message)?, &self.files.get(file)?.text)),
            _ => {
                let mut answer = self.ask(message)?;
                shapes::localize(&mut answer, file, &self.files);
                Some(shape(message.kind, answer))
            }
        }
    }

    fn document(&self, message: &Message) -> Option<TextDocumentIdentifier> {
        Some(TextDocumentIdentifier { uri: analysis::uri(&message.file)? })
    }

    fn place(&self, message: &Message) -> Option<TextDocumentPositionParams> {
        let (line, units) = (message.line.saturating_sub(1), message.column.saturating_sub(1));
        let character = self.files.get(&message.file)?.text.characters(line, units);
        Some(TextDocumentPositionParams {
            text_document: self.document(message)?,
            position: Position { line, character },
        })
    }

    fn completion(&mut self, message: &Message) -> Option<Value> {
        let params = CompletionParams {
            text_document_position: self.place(message)?,
            work_done_progress_params: Default::default(),
            partial_result_params: Default::default(),
            context: None,
        };
        let found = now(completion::on_completion_handler(self.server.clone(), params, CancellationToken::new()))??;
        let items = match found {
            CompletionResponse::Array(items) => items,
            CompletionResponse::List(list) => list.items,
        };
        let before = self.files.get(&message.file)?.text.before(message.line - 1, message.column - 1);
        let (items, is_incomplete) = offers::fitting(items, offers::typed_name(before));
        let mut suggestions: Value =
            items.iter().enumerate().map(|(index, item)| offers::suggestion(item, index)).collect();
        shapes::localize(&mut suggestions, &message.file, &self.files);
        self.offered = items;
        Some(json!({ "suggestions": suggestions, "incomplete": is_incomplete }))
    }

    fn actions(&self, message: &Message) -> Option<Value> {
        let text = &self.files.get(&message.file)?.text;
        let byte = |line: u32, column: u32| text.byte(line.saturating_sub(1), column.saturating_sub(1));
        let (start, end) = (byte(message.line, message.column), byte(message.end_line, message.end_column));
        Some(actions::actions(text, start, end, &message.codes))
    }

    fn details(&self, index: usize) -> Option<Value> {
        let item = self.offered.get(index)?.clone();
        let resolved = completion::on_completion_resolve_handler(self.server.clone(), item, CancellationToken::new());
        now(resolved).map(|item| offers::details(&item))
    }

    fn diagnostics(&mut self, file: &str) -> Option<Value> {
        let uri = analysis::uri(file)?;
        let analysis = self.server.analysis_mut()?;
        let found = analysis.diagnose_file(analysis.get_file_id(&uri)?, CancellationToken::new());
        Some(diagnostics::markers(found.unwrap_or_default(), &self.files.get(file)?.text))
    }

    fn tokens(&self, message: &Message) -> Option<Value> {
        let params = SemanticTokensParams {
            text_document: self.document(message)?,
            work_done_progress_params: Default::default(),
            partial_result_params: Default::default(),
        };
        let found =
            value(semantic_token::on_semantic_token_handler(self.server.clone(), params, CancellationToken::new()))?;
        let data: Vec<u64> = found.get("data")?.as_array()?.iter().filter_map(Value::as_u64).collect();
        Some(shapes::tokens(&data, &self.files.get(&message.file)?.text))
    }

    /// The edits by their files.
    fn rename(&self, message: &Message) -> Option<Value> {
        let params = RenameParams {
            text_document_position: self.place(message)?,
            new_name: message.name.clone(),
            work_done_progress_params: Default::default(),
        };
        let found = value(rename::on_rename_handler(self.server.clone(), params, CancellationToken::new()))?;
        let mut edits = Vec::new();
        for (uri, changes) in found.get("changes")?.as_object()? {
            let Some(file) = analysis::path(uri) else { continue };
            let mut changes = changes.clone();
            shapes::localize(&mut changes, &file, &self.files);
            let changes = changes.as_array().into_iter().flatten();
            edits.extend(changes.map(|edit| json!({ "file": file, "range": edit["range"], "text": edit["newText"] })));
        }
        Some(json!(edits))
    }
}

/// An answer in Monaco's shape.
fn shape(kind: Kind, mut answer: Value) -> Value {
    match kind {
        Kind::Hover => json!({ "contents": shapes::contents(&answer["contents"]), "range": answer["range"] }),
        Kind::Definition if answer.is_object() => json!([answer]),
        Kind::Highlights => {
            shapes::highlights(&mut answer);
            answer
        }
        Kind::Symbols => {
            shapes::symbols(&mut answer);
            answer
        }
        Kind::Folding => shapes::folds(&answer),
        Kind::Selection => shapes::nested_ranges(&answer[0]),
        _ => answer,
    }
}
