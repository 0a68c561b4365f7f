//! Finds the sources of the language server, and writes the lines that make its request handlers modules of this
//! crate. Its own library offers them to nobody.

use std::{env, error::Error, fs, path::Path, path::PathBuf, process::Command};

const HANDLERS: [&str; 14] = [
    "common",
    "completion",
    "definition",
    "document_highlight",
    "document_link",
    "document_selection_range",
    "document_symbol",
    "fold_range",
    "hover",
    "inlay_hint",
    "references",
    "rename",
    "semantic_token",
    "signature_helper",
];

/// Where Cargo keeps the sources of the language server.
fn server_sources() -> Result<PathBuf, Box<dyn Error>> {
    let output = Command::new(env::var("CARGO")?).args(["metadata", "--format-version=1", "--locked"]).output()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().ok_or("no packages")?;
    let server = packages.iter().find(|package| package["name"] == "emmylua_ls").ok_or("no emmylua_ls")?;
    let manifest = Path::new(server["manifest_path"].as_str().ok_or("no path")?);
    Ok(manifest.parent().ok_or("no folder")?.to_owned())
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../Cargo.lock");
    let server = server_sources()?;
    let module = |path: &str, name: &str| {
        let path = server.join("src").join(path);
        format!("#[path = {path:?}]\npub mod {name};\n")
    };
    let handlers: String = HANDLERS.iter().map(|name| module(&format!("handlers/{name}/mod.rs"), name)).collect();
    let util = module("util/desc.rs", "desc") + &module("util/module_name_convert.rs", "module_name_convert");
    let texts = format!("rust_i18n::i18n!({:?}, fallback = \"en\");\n", server.join("locales"));
    let root = module("meta_text/mod.rs", "meta_text") + &texts;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for (name, text) in [("handlers.rs", handlers), ("util.rs", util), ("root.rs", root)] {
        fs::write(out.join(name), text)?;
    }
    Ok(())
}
