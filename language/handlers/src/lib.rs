//! The request handlers of the EmmyLua language server (`emmylua_ls`), which its own library keeps to itself. They are
//! not copied: `build.rs` takes them, as they are, from where Cargo keeps that crate. Here is only what they ask of the
//! rest of the server.
#![allow(warnings, clippy::all, reason = "nearly all of it is code of others")]

#[macro_use]
extern crate rust_i18n;

pub mod context;

include!(concat!(env!("OUT_DIR"), "/root.rs"));

/// The handlers themselves.
pub mod handlers {
    use lsp_types::{ClientCapabilities, ServerCapabilities};

    include!(concat!(env!("OUT_DIR"), "/handlers.rs"));

    /// What a handler tells a client of itself.
    pub trait RegisterCapabilities {
        /// Adds what it can do.
        fn register_capabilities(server: &mut ServerCapabilities, client: &ClientCapabilities);
    }

    /// What a server would do for a client. The page can ask for none of it.
    pub mod command {
        use emmylua_code_analysis::FileId;
        use lsp_types::{Command, Position};

        /// Adds a `require` to a file.
        pub fn make_auto_require(
            title: &str,
            _: FileId,
            _: FileId,
            _: Position,
            _: String,
            _: Option<String>,
        ) -> Command {
            Command { title: title.to_owned(), command: String::new(), arguments: None }
        }
    }
}

/// Small things that the handlers share.
pub mod util {
    include!(concat!(env!("OUT_DIR"), "/util.rs"));

    pub use desc::*;
    pub use module_name_convert::*;
}
