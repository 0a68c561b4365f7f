//! A build script: sets `cfg(test_build)` as others do, and lets the linker keep what `scripts/build/split.mjs` reads.

#[path = "../scripts/build/build.rs"]
mod test_build;

fn main() {
    test_build::main();
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|target| target == "wasm32") {
        println!("cargo:rustc-link-arg-bins=--emit-relocs");
    }
}
