//! What the handlers ask of the server: here all of it is in one thread, and nothing waits.

use std::rc::Rc;

use emmylua_code_analysis::EmmyLuaAnalysis;

/// Which editor is served.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum ClientId {
    /// Monaco is what that is made of.
    #[default]
    VSCode,
    Intellij,
    Neovim,
    Zed,
    Other,
}

impl ClientId {
    pub fn is_vscode(&self) -> bool {
        *self == ClientId::VSCode
    }

    pub fn is_intellij(&self) -> bool {
        *self == ClientId::Intellij
    }

    pub fn is_neovim(&self) -> bool {
        *self == ClientId::Neovim
    }

    pub fn is_zed(&self) -> bool {
        *self == ClientId::Zed
    }

    pub fn is_other(&self) -> bool {
        *self == ClientId::Other
    }
}

/// What the server keeps behind a lock.
pub struct Held<T>(pub T);

impl<T> Held<T> {
    pub async fn read(&self) -> &T {
        &self.0
    }
}

#[derive(Default)]
pub struct ClientConfig {
    pub client_id: ClientId,
}

#[derive(Default)]
pub struct WorkspaceManager {
    pub client_config: ClientConfig,
}

pub struct LspFeatures;

impl LspFeatures {
    pub fn supports_multiline_tokens(&self) -> bool {
        true
    }
}

/// All that a handler can reach.
pub struct Server {
    pub analysis: Held<EmmyLuaAnalysis>,
    workspace_manager: Held<WorkspaceManager>,
    lsp_features: LspFeatures,
}

#[derive(Clone)]
pub struct ServerContextSnapshot(Rc<Server>);

impl ServerContextSnapshot {
    pub fn new(analysis: EmmyLuaAnalysis) -> Self {
        let workspace_manager = Held(WorkspaceManager::default());
        ServerContextSnapshot(Rc::new(Server {
            analysis: Held(analysis),
            workspace_manager,
            lsp_features: LspFeatures,
        }))
    }

    pub fn analysis(&self) -> &Held<EmmyLuaAnalysis> {
        &self.0.analysis
    }

    /// The analysis, to change it: between two requests, when no handler holds it.
    pub fn analysis_mut(&mut self) -> Option<&mut EmmyLuaAnalysis> {
        Rc::get_mut(&mut self.0).map(|server| &mut server.analysis.0)
    }

    pub fn workspace_manager(&self) -> &Held<WorkspaceManager> {
        &self.0.workspace_manager
    }

    pub fn lsp_features(&self) -> &LspFeatures {
        &self.0.lsp_features
    }
}
