//! Sizes the stack of the worker's wasm for Lua's own limits: 200 nested C calls, each with its buffers. Lets the linker
//! keep what `scripts/build/split.mjs` reads. Sets `cfg(test_build)` in a build for the tests.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=CU_TEST_BUILD");
    println!("cargo:rustc-check-cfg=cfg(test_build)");
    if std::env::var_os("CU_TEST_BUILD").is_some() {
        println!("cargo:rustc-cfg=test_build");
    }
    if std::env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        println!("cargo:rustc-link-arg=-zstack-size={}", 4 << 20);
        println!("cargo:rustc-link-arg-bins=--emit-relocs");
    }
}
