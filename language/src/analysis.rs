//! The analysis of EmmyLua, set up for Lua as the engine runs it.

use std::{collections::HashMap, path::PathBuf, sync::Arc};

use emmylua_code_analysis::{
    DiagnosticCode, DiagnosticSeveritySetting, EmmyLuaAnalysis, Emmyrc, EmmyrcLuaVersion, WorkspaceId,
    load_resource_from_include_dir,
};
use lsp_types::Uri;

/// Where the files of the person are.
const WORKSPACE: &str = "/workspace";
/// Where in it the definitions of what is alive are: what a program adds to `_home` belongs to the same class.
const LIVE: &str = ".live/home.lua";
/// What is alive before anything has run.
const NOTHING: &str = "---@meta\n---Everything in this table is saved.\n---@class (partial) _home\n_home = {}\n";
/// Where the definitions of the library are.
const LIBRARY: &str = "/library";
/// Which of the analysis's own definitions are of Lua 5.4.
const MODULES: [&str; 11] =
    ["builtin", "global", "coroutine", "debug", "io", "math", "os", "package", "string", "table", "utf8"];
/// What programs find here beside them.
const OWN: &str = include_str!("../definitions/cu.lua");

/// What is not said of a program, since it is often wrong about one without annotations, or a matter of taste.
const SILENT: [DiagnosticCode; 28] = [
    DiagnosticCode::AccessInvisible,
    DiagnosticCode::AssignTypeMismatch,
    DiagnosticCode::AwaitInSync,
    DiagnosticCode::CallNonCallable,
    DiagnosticCode::CastTypeMismatch,
    DiagnosticCode::CodeStyleCheck,
    DiagnosticCode::Deprecated,
    DiagnosticCode::DiscardReturns,
    DiagnosticCode::DuplicateIndex,
    DiagnosticCode::DuplicateRequire,
    DiagnosticCode::DuplicateSetField,
    DiagnosticCode::GenericConstraintMismatch,
    DiagnosticCode::GlobalInNonModule,
    DiagnosticCode::InjectField,
    DiagnosticCode::InvertIf,
    DiagnosticCode::MissingFields,
    DiagnosticCode::MissingParameter,
    DiagnosticCode::MissingReturn,
    DiagnosticCode::NeedCheckNil,
    DiagnosticCode::NonLiteralExpressionsInAssert,
    DiagnosticCode::ParamTypeMismatch,
    DiagnosticCode::PreferredLocalAlias,
    DiagnosticCode::RedefinedLocal,
    DiagnosticCode::RedundantReturnValue,
    DiagnosticCode::ReturnTypeMismatch,
    DiagnosticCode::UnnecessaryAssert,
    DiagnosticCode::UnnecessaryIf,
    DiagnosticCode::UnresolvedRequire,
];

/// An analysis that knows the library.
pub fn new() -> EmmyLuaAnalysis {
    let mut analysis = EmmyLuaAnalysis::new();
    analysis.update_config(Arc::new(config("")));
    let modules = analysis.compilation.get_db_mut().get_module_index_mut();
    modules.add_workspace_root(PathBuf::from(LIBRARY), WorkspaceId::STD);
    analysis.add_main_workspace(PathBuf::from(WORKSPACE));
    // One at a time: for several at once it reads a clock that no browser has.
    for file in load_resource_from_include_dir() {
        let name = file.path.strip_prefix("std/").and_then(|name| name.strip_suffix(".lua"));
        if let Some(name) = name.filter(|name| MODULES.contains(name)) {
            set_library_file(&mut analysis, name, file.content);
        }
    }
    set_library_file(&mut analysis, "cu", OWN.to_owned());
    set_live(&mut analysis, NOTHING, "");
    analysis
}

/// Sets what is alive: the definitions of `_home`, and the names of globals that programs made.
pub fn set_live(analysis: &mut EmmyLuaAnalysis, home: &str, globals: &str) {
    if let Some(uri) = uri(LIVE) {
        analysis.update_file_by_uri(&uri, Some(home.to_owned()));
    }
    if analysis.get_emmyrc().diagnostics.globals.join(" ") != globals {
        analysis.update_config(Arc::new(config(globals)));
    }
}

fn config(globals: &str) -> Emmyrc {
    let mut config = Emmyrc::default();
    config.runtime.version = EmmyrcLuaVersion::Lua54;
    config.completion.auto_require = false;
    config.diagnostics.disable = SILENT.to_vec();
    config.diagnostics.globals = globals.split_whitespace().map(str::to_owned).collect();
    // A program may get a global in ways that no analysis sees.
    let undefined = [DiagnosticCode::UndefinedGlobal, DiagnosticCode::UndefinedField];
    config.diagnostics.severity = HashMap::from(undefined.map(|code| (code, DiagnosticSeveritySetting::Warning)));
    // Lua drops what a function does not take, and gives nil to a variable for which there is no value.
    for code in [DiagnosticCode::RedundantParameter, DiagnosticCode::UnbalancedAssignments] {
        config.diagnostics.severity.insert(code, DiagnosticSeveritySetting::Hint);
    }
    config
}

/// Sets definitions that are no file of the person.
fn set_library_file(analysis: &mut EmmyLuaAnalysis, name: &str, text: String) {
    if let Some(uri) = uri_at(&format!("{LIBRARY}/{name}.lua")) {
        analysis.update_file_by_uri(&uri, Some(text));
    }
}

/// What the analysis calls a file of the workspace.
pub fn uri(path: &str) -> Option<Uri> {
    uri_at(&format!("{WORKSPACE}/{path}"))
}

fn uri_at(path: &str) -> Option<Uri> {
    emmylua_code_analysis::file_path_to_uri(&PathBuf::from(path))
}

/// The file of the workspace that the analysis calls so.
pub fn path(uri: &str) -> Option<String> {
    let path = emmylua_code_analysis::uri_to_file_path(&uri.parse().ok()?)?;
    path.strip_prefix(WORKSPACE).ok()?.to_str().map(str::to_owned)
}
