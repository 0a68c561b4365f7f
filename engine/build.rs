//! Sizes the stack of the worker's wasm for Lua's own limits: 200 nested C calls, each with its buffers.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        println!("cargo:rustc-link-arg=-zstack-size={}", 4 << 20);
    }
}
