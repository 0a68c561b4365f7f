//! A build script: sets `cfg(test_build)` in a build for the tests.

/// Tells Cargo, and what it compiles, whether this is a build for the tests.
pub fn main() {
    println!("cargo:rerun-if-env-changed=CU_TEST_BUILD");
    println!("cargo:rustc-check-cfg=cfg(test_build)");
    if std::env::var_os("CU_TEST_BUILD").is_some() {
        println!("cargo:rustc-cfg=test_build");
    }
}
