//! Builds Lua 5.4 for the host from the very sources that the engine is built of, without any patch, and a program
//! over it.

use std::env;
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=c");
    // `LUA_COMPAT_5_3` is defined as for the engine. Lua checks how its C interface is used, too.
    let lua = lua_src::Build::new().opt_level("2").build(lua_src::Lua54);
    let program = PathBuf::from(env::var("OUT_DIR")?).join("oracle");
    let mut command = cc::Build::new().opt_level(2).get_compiler().to_command();
    command.arg("c/oracle.c").arg("-o").arg(&program).arg("-I").arg(lua.include_dir());
    command.arg("-L").arg(lua.lib_dir()).args(lua.libs().iter().map(|name| format!("-l{name}"))).arg("-lm");
    if env::var("CARGO_CFG_TARGET_OS")? == "linux" {
        command.arg("-ldl");
    }
    let status = command.status()?;
    if !status.success() {
        return Err(format!("the oracle could not be linked: {status}").into());
    }
    println!("cargo:rustc-env=ORACLE={}", program.display());
    Ok(())
}
