//! Requests that are passed on to the handlers of the language server as they are.

use std::{
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use handlers::handlers::{
    definition, document_highlight, document_selection_range, document_symbol, fold_range, hover, inlay_hint,
    references, rename, signature_helper,
};
use lsp_types::{
    DocumentHighlightParams, DocumentSymbolParams, FoldingRangeParams, GotoDefinitionParams, HoverParams,
    InlayHintParams, ReferenceContext, ReferenceParams, SelectionRangeParams, SignatureHelpParams,
};
use serde::Serialize;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::Language;
use crate::message::{Kind, Message};

impl Language {
    /// What the language server answers to the simple requests.
    pub(super) fn ask(&self, message: &Message) -> Option<Value> {
        let (server, text_document, place) = (self.server.clone(), self.document(message)?, self.place(message)?);
        let (work, partial) = (Default::default(), Default::default());
        let token = CancellationToken::new();
        match message.kind {
            Kind::Hover => {
                let params = HoverParams { text_document_position_params: place, work_done_progress_params: work };
                value(hover::on_hover(server, params, token))
            }
            Kind::Signature => {
                let params = SignatureHelpParams {
                    text_document_position_params: place,
                    work_done_progress_params: work,
                    context: None,
                };
                value(signature_helper::on_signature_helper_handler(server, params, token))
            }
            Kind::Definition => {
                let params = GotoDefinitionParams {
                    text_document_position_params: place,
                    work_done_progress_params: work,
                    partial_result_params: partial,
                };
                value(definition::on_goto_definition_handler(server, params, token))
            }
            Kind::References => {
                let params = ReferenceParams {
                    text_document_position: place,
                    work_done_progress_params: work,
                    partial_result_params: partial,
                    context: ReferenceContext { include_declaration: true },
                };
                value(references::on_references_handler(server, params, token))
            }
            Kind::Highlights => {
                let params = DocumentHighlightParams {
                    text_document_position_params: place,
                    work_done_progress_params: work,
                    partial_result_params: partial,
                };
                value(document_highlight::on_document_highlight_handler(server, params, token))
            }
            Kind::RenameRange => value(rename::on_prepare_rename_handler(server, place, token)),
            Kind::Selection => {
                let params = SelectionRangeParams {
                    text_document,
                    positions: vec![place.position],
                    work_done_progress_params: work,
                    partial_result_params: partial,
                };
                value(document_selection_range::on_document_selection_range_handle(server, params, token))
            }
            Kind::Symbols => {
                let params = DocumentSymbolParams {
                    text_document,
                    work_done_progress_params: work,
                    partial_result_params: partial,
                };
                value(document_symbol::on_document_symbol(server, params, token))
            }
            Kind::Hints => {
                // The handler tells those of the whole file.
                let params =
                    InlayHintParams { text_document, range: Default::default(), work_done_progress_params: work };
                value(inlay_hint::on_inlay_hint_handler(server, params, token))
            }
            Kind::Folding => {
                let params = FoldingRangeParams {
                    text_document,
                    work_done_progress_params: work,
                    partial_result_params: partial,
                };
                value(fold_range::on_folding_range_handler(server, params, token))
            }
            _ => None,
        }
    }
}

/// The answer of a handler. They are asynchronous only because a server would have to wait for its locks.
pub fn now<T>(answer: impl Future<Output = T>) -> Option<T> {
    match pin!(answer).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => Some(answer),
        Poll::Pending => None,
    }
}

/// The answer of a handler as plain data; `None` where it has none.
pub fn value<T: Serialize>(answer: impl Future<Output = Option<T>>) -> Option<Value> {
    serde_json::to_value(now(answer)??).ok()
}
