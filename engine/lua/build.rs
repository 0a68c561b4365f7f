//! Compiles Lua 5.4 from the sources in the `lua-src` crate, with small patches, for the host and
//! for wasm32-unknown-unknown alike, together with the C files beside this one.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Lua's libraries that are units of their own: what programs do often is in `c/core.c`, together with the core.
const LIBRARIES: [&str; 6] = ["ldblib.c", "linit.c", "liolib.c", "loadlib.c", "loslib.c", "lutf8lib.c"];

/// A patch of Lua's sources: the file, a text that occurs in it exactly once, and its replacement.
type Patch = (&'static str, &'static str, &'static str);

/// The fuel patch. Each jump, each step of a loop and each call of a Lua function burns fuel. So does matching a
/// pattern, the one C function of Lua's library that can take forever on short strings: each position in the text where
/// a match is tried, and each time that one way to match has failed and the next is tried. In jumps and in steps of
/// numeric loops Lua looks whether a hook was set meanwhile; only `cu_refuel` can have set one there.
const FUEL_PATCH: [Patch; 13] = [
    (
        "lvm.c",
        "#define updatetrap(ci)  (trap = ci->u.l.trap)",
        "#include \"fuel.h\"\n#define updatetrap(ci)  (trap = ci->u.l.trap)",
    ),
    (
        "lvm.c",
        "{ pc += GETARG_sJ(i) + e; updatetrap(ci); }",
        "{ pc += GETARG_sJ(i) + e; cu_burn_or(L, updatetrap(ci)); }",
    ),
    ("lvm.c", "updatetrap(ci);  /* allows a signal to break the loop */", "cu_burn_or(L, updatetrap(ci));"),
    (
        "lvm.c",
        "ProtectNT(luaD_call(L, ra + 4, GETARG_C(i)));  /* do the call */",
        "cu_burn(L);\n        ProtectNT(luaD_call(L, ra + 4, GETARG_C(i)));",
    ),
    ("lvm.c", " startfunc:\n  trap = L->hookmask;\n", " startfunc:\n  cu_burn(L);\n  trap = L->hookmask;\n"),
    ("lstrlib.c", "#include \"lualib.h\"\n", "#include \"lualib.h\"\n#include \"fuel.h\"\n"),
    ("lstrlib.c", "else if (*s == b) cont++;", "else if (*s == b) { cu_burn(ms->L); cont++; }"),
    ("lstrlib.c", "i--;  /* else didn't match;", "cu_burn(ms->L); i--;  /* else didn't match;"),
    ("lstrlib.c", "s++;  /* try with one more", "{ cu_burn(ms->L); s++; }  /* try with one more"),
    ("lstrlib.c", "p = ep + 1; goto init;  /* else", "cu_burn(ms->L); p = ep + 1; goto init;  /* else"),
    ("lstrlib.c", "reprepstate(&ms);\n      if", "reprepstate(&ms);\n      cu_burn_at(L, s1);\n      if"),
    ("lstrlib.c", "reprepstate(&gm->ms);", "reprepstate(&gm->ms);\n    cu_burn_at(L, src);"),
    ("lstrlib.c", "reprepstate(&ms);  /*", "cu_burn_at(L, src);\n    reprepstate(&ms);  /*"),
];

/// The end of a pattern's class is searched for at every position where it is tried. Without this hint the compiler
/// makes each step branchless: it then waits for the character that the previous step has read.
const CLASS_PATCH: Patch = ("lstrlib.c", "if (*(p++) == L_ESC &&", "if (l_unlikely(*(p++) == L_ESC) &&");

/// The text of a chunk is kept with it (`c/text.c`), and bytecode is never loaded.
const TEXT_PATCH: [Patch; 6] = [
    (
        "lapi.c",
        "luaZ_init(L, &z, reader, data);",
        "struct cu_Text text = {reader, data}; luaZ_init(L, &z, cu_read_text, &text);",
    ),
    (
        "lapi.c",
        "status = luaD_protectedparser(L, &z, chunkname, mode);",
        "status = luaD_protectedparser(L, &z, chunkname, mode); luaM_freearray(L, text.start, text.capacity);",
    ),
    ("ldo.c", "cl = luaU_undump(L, p->z, p->name);", "cu_refuse_binary(L);"),
    (
        "ldo.c",
        "cl = luaY_parser(L, p->z, &p->buff, &p->dyd, p->name, c);",
        "cl = luaY_parser(L, p->z, &p->buff, &p->dyd, p->name, c); cu_keep_text(L, cl->p, p->name, p->z);",
    ),
    ("ldebug.c", "ar->srclen = tsslen(p->source);", "ar->srclen = strlen(ar->source);"),
    (
        "ldebug.c",
        "luaO_chunkid(buff, getstr(src), tsslen(src));",
        "luaO_chunkid(buff, getstr(src), strlen(getstr(src)));",
    ),
];

/// An error that ends the program is not caught (`c/ending.c`).
const ENDING_PATCH: [Patch; 3] = [
    (
        "lbaselib.c",
        "  else {  /* error (message is on top of the stack) */\n",
        "  else {  /* error (message is on top of the stack) */\n    cu_pass_on(L);\n",
    ),
    (
        "lbaselib.c",
        "lua_pushboolean(L, 0);  /* first result (false) */\n",
        "cu_pass_on(L);\n    lua_pushboolean(L, 0);  /* first result (false) */\n",
    ),
    (
        "lcorolib.c",
        "lua_xmove(co, L, 1);  /* move error message */\n    return -1",
        "lua_xmove(co, L, 1);  /* move error message */\n    cu_pass_on(L);\n    return -1",
    ),
];

/// With the `debug` library, a program may change its own values. It may not change what Lua's C functions and
/// instructions trust blindly: their stack slots and upvalues, what a userdata is, and the engine's functions.
const DEBUG_PATCH: [Patch; 9] = [
    ("ldblib.c", "#include \"lualib.h\"\n", "#include \"lualib.h\"\n#include \"guard.h\"\n"),
    ("ldblib.c", "  lua_setmetatable(L, 1);\n", "  cu_guard_metatable(L);\n  lua_setmetatable(L, 1);\n"),
    (
        "ldblib.c",
        "  name = lua_setlocal(L1, &ar, nvar);\n",
        "  name = !cu_is_library_call(&ar) && cu_is_own_local(L1, &ar, nvar) ? lua_setlocal(L1, &ar, nvar) : NULL;\n",
    ),
    (
        "ldblib.c",
        "    name = lua_getlocal(L1, &ar, nvar);\n    if (name) {",
        "    name = cu_is_library_call(&ar) ? NULL : lua_getlocal(L1, &ar, nvar);\n    if (name) {",
    ),
    ("ldblib.c", "  name = get ? lua_getupvalue", "  if (cu_is_hidden(L, 1)) return 0;\n  name = get ? lua_getupvalue"),
    (
        "ldblib.c",
        "  id = lua_upvalueid(L, argf, nup);\n",
        "  id = cu_is_hidden(L, argf) ? NULL : lua_upvalueid(L, argf, nup);\n",
    ),
    (
        "ldblib.c",
        "  luaL_checkany(L, 3);\n  return auxupvalue(L, 0);",
        "  luaL_checkany(L, 3);\n  if (lua_iscfunction(L, 1)) return 0;\n  return auxupvalue(L, 0);",
    ),
    (
        "ldblib.c",
        "    treatstackoption(L, L1, \"func\");\n",
        "    treatstackoption(L, L1, \"func\");\n  if (options[0] != '>' && cu_is_engines(L1, &ar)) {\n    lua_pushnil(L);\n    lua_setfield(L, -2, \"func\");\n  }\n",
    ),
    ("lstate.c", "  L->hook = NULL;\n", "  L->hook = NULL;\n  L->cu_hook = NULL;\n"),
];

/// `require` says which modules it loads (`c/modules.h`).
const MODULES_PATCH: [Patch; 4] = [
    ("loadlib.c", "#include \"lualib.h\"\n", "#include \"lualib.h\"\n#include \"modules.h\"\n"),
    (
        "loadlib.c",
        "lua_settop(L, 1);  /* LOADED table will be at index 2 */",
        "lua_settop(L, 1);  /* LOADED table will be at index 2 */\n  cu_note_required(name);",
    ),
    (
        "loadlib.c",
        "lua_rotate(L, -2, 1);  /* function <-> loader data */",
        "lua_rotate(L, -2, 1);  /* function <-> loader data */\n  cu_begin_module(L, name);",
    ),
    (
        "loadlib.c",
        "lua_rotate(L, -2, 1);  /* loader data <-> module result  */",
        "cu_end_module(L, name);\n  lua_rotate(L, -2, 1);  /* loader data <-> module result  */",
    ),
];

/// The C library for the browser is WASI's, for which Lua leaves these out. Here they are as everywhere.
const WASI_PATCH: [Patch; 4] = [
    (
        "liolib.c",
        "#if !defined(__wasi__)\nstatic int io_pclose (lua_State *L) {",
        "#if 1\nstatic int io_pclose (lua_State *L) {",
    ),
    (
        "liolib.c",
        "static int io_popen (lua_State *L) {\n#if !defined(__wasi__)",
        "static int io_popen (lua_State *L) {\n#if 1",
    ),
    (
        "liolib.c",
        "static int io_tmpfile (lua_State *L) {\n#if !defined(__wasi__)",
        "static int io_tmpfile (lua_State *L) {\n#if 1",
    ),
    (
        "loslib.c",
        "static int os_tmpname (lua_State *L) {\n#if !defined(__wasi__)",
        "static int os_tmpname (lua_State *L) {\n#if 1",
    ),
];

/// Room in a coroutine for the program's hook while the engine's hook is set there (`c/fuel.c`).
const HOOK_PATCH: Patch = (
    "lstate.h",
    "  volatile lua_Hook hook;\n",
    "  volatile lua_Hook hook;\n  lua_Hook cu_hook;\n  int cu_hookmask, cu_basehookcount, cu_hookcount;\n",
);

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=c");
    println!("cargo:rerun-if-env-changed=WASI_SDK_PATH");
    println!("cargo:rerun-if-env-changed=CU_EXNREF");
    println!("cargo:rerun-if-env-changed=CU_NO_FUEL");

    let out = PathBuf::from(env::var("OUT_DIR")?).join("lua");
    copy_sources(&lua_sources()?, &out)?;

    let mut build = cc::Build::new();
    build.cargo_metadata(true).warnings(false).include(&out).include("c");
    build.flag("-include").flag("c/host.h").define("LUA_COMPAT_5_3", None);
    let is_wasm = env::var("CARGO_CFG_TARGET_ARCH")? == "wasm32";
    if is_wasm {
        configure_wasm(&mut build)?;
    } else if env::var("CARGO_CFG_TARGET_FAMILY")? == "unix" {
        build.define("LUA_USE_POSIX", None);
    }
    // No program waits for these: they are kept small.
    let mut libraries = build.clone();
    libraries.flag("-Os").files(LIBRARIES.map(|name| out.join(name)));
    build.flag("-O3").file("c/core.c").file("c/fuel.c").file("c/guard.c").file("c/host.c");
    if is_wasm {
        build.file("c/wasm/setjmp.c");
    }
    build.try_compile("lua5.4")?;
    libraries.try_compile("lua5.4-libraries")?;
    Ok(())
}

/// The folder of Lua 5.4 inside the `lua-src` crate, wherever Cargo keeps it.
fn lua_sources() -> Result<PathBuf, Box<dyn Error>> {
    let output = Command::new(env::var("CARGO")?)
        .args(["metadata", "--format-version=1", "--manifest-path"])
        .arg(Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("Cargo.toml"))
        .output()?;
    if !output.status.success() {
        return Err(format!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let manifest = metadata["packages"]
        .as_array()
        .and_then(|packages| packages.iter().find(|package| package["name"] == "lua-src"))
        .and_then(|package| package["manifest_path"].as_str())
        .ok_or("cargo metadata names no package lua-src")?;
    let root = Path::new(manifest).parent().ok_or("lua-src has no folder")?;
    fs::read_dir(root)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with("lua-5.4")))
        .ok_or_else(|| format!("{} holds no Lua 5.4", root.display()).into())
}

fn copy_sources(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    let mut patches = vec![CLASS_PATCH, HOOK_PATCH];
    patches.extend(TEXT_PATCH);
    patches.extend(ENDING_PATCH);
    patches.extend(DEBUG_PATCH);
    patches.extend(MODULES_PATCH);
    patches.extend(WASI_PATCH);
    if env::var_os("CU_NO_FUEL").is_none() {
        patches.extend(FUEL_PATCH);
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let name = path.file_name().ok_or("a source file has no name")?;
        let mut text = fs::read_to_string(&path)?;
        for (file, pattern, patch) in patches.iter().filter(|(file, ..)| name == *file) {
            let found = text.matches(pattern).count();
            if found != 1 {
                return Err(format!("{file}: expected {pattern:?} once, found it {found} times").into());
            }
            text = text.replace(pattern, patch);
        }
        fs::write(to.join(name), text)?;
    }
    Ok(())
}

/// Compiles with clang against wasi-libc, whose C ABI is that of wasm32-unknown-unknown, and with
/// setjmp/longjmp over WebAssembly exceptions.
fn configure_wasm(build: &mut cc::Build) -> Result<(), Box<dyn Error>> {
    let legacy = env::var_os("CU_EXNREF").is_none();
    let (clang, archiver, include, library) = match env::var_os("WASI_SDK_PATH") {
        Some(sdk) => {
            let sdk = PathBuf::from(sdk);
            let sysroot = sdk.join("share/wasi-sysroot");
            (
                sdk.join("bin/clang"),
                sdk.join("bin/llvm-ar"),
                sysroot.join("include/wasm32-wasip1"),
                sysroot.join("lib/wasm32-wasip1"),
            )
        }
        None => {
            ("clang-22".into(), "llvm-ar-22".into(), "/usr/include/wasm32-wasi".into(), "/usr/lib/wasm32-wasi".into())
        }
    };
    if !library.join("libc.a").exists() {
        return Err(format!(
            "no libc.a in {}: install the Debian packages clang-22, llvm-22 and wasi-libc, or set WASI_SDK_PATH",
            library.display()
        )
        .into());
    }
    build
        .compiler(clang)
        .archiver(archiver)
        .target("wasm32-wasip1")
        .no_default_flags(true)
        .flag("--target=wasm32-wasip1")
        .flag("-fno-unroll-loops")
        .flag("-ffunction-sections")
        .flag("-isystem")
        .flag(include.display().to_string())
        .flag("-mllvm")
        .flag("-wasm-enable-sjlj")
        .flag("-mllvm")
        .flag(format!("-wasm-use-legacy-eh={legacy}"))
        .flag("-mexception-handling")
        .define("LUA_USE_POSIX", None)
        .define("_WASI_EMULATED_SIGNAL", None)
        .include("c/wasm");
    println!("cargo:rustc-link-search=native={}", library.display());
    println!("cargo:rustc-link-lib=static:-bundle=c");
    Ok(())
}
