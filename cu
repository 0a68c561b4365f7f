#!/usr/bin/env bash
# The way in: sets up what is missing, then serves, builds, checks or tests cu.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=scripts/setup.sh
. scripts/setup.sh

usage() {
  cat <<'EOF'
usage: ./cu COMMAND

  serve [options]   install what is missing, build the playground and serve it;
                    options go to `trunk serve` (try --port 9000, --release, --open)
  test [part]       install what is missing and run all tests, or only one part:
                    native, store, package, e2e, webkit; e2e passes options on to Playwright;
                    soak is the long form of what e2e ends with, and not a part of all tests
  bench [part]      measure, beside other engines; parts: speed, persistence, package,
                    page, scaling, stop, fuel; --firefox takes the other browser, --rounds N sets how often
  build             build the playground into dist/, a static folder for any web host
  package [folder]  build the npm package into dist-package/, or another folder
  check             check format, lints, types, licences, documentation, and what the
                    architecture forbids
  setup             only install what is missing
EOF
}

# What `test` serves to the browsers: its own folder, so that a running `./cu serve` is left alone.
export CU_DIST="${CU_DIST:-${CARGO_TARGET_DIR:-$PWD/target}/e2e-dist}"

# language COMMAND OPTION...: Cargo in the workspace of the language worker, which has a target folder within the other.
language() {
  cargo "$1" --manifest-path language/Cargo.toml --target-dir "${CARGO_TARGET_DIR:-target}/language" "${@:2}"
}

test_native() {
  say 'Testing the engine on this machine'
  cargo test --workspace
  say 'Testing what the editor knows of Lua'
  language test --package language --package format
}

test_store() {
  local chromedriver="${CHROMEDRIVER:-$(command -v chromedriver)}"
  say 'Testing the engine and its store in Chromium'
  CHROMEDRIVER="$chromedriver" cargo test -p engine --target wasm32-unknown-unknown
  say 'Testing the engine with the newer form of WebAssembly exceptions'
  CHROMEDRIVER="$chromedriver" CU_EXNREF=1 cargo test -p engine --target wasm32-unknown-unknown --test everywhere
}

build_for_browsers() {
  say 'Building the playground for the browser tests'
  # With a way to crash the worker, which its tests need.
  CU_TEST_BUILD=1 trunk build --release --dist "$CU_DIST"
  node scripts/check-sizes.mjs "$CU_DIST"
}

test_package() {
  say 'Testing the package in Node'
  CU_PACKAGE="$CU_DIST" node --test package/tests/node.test.mjs
}

test_e2e() {
  say 'Testing the playground in Chromium, and what depends on the browser in Firefox'
  (cd e2e && npx --no-install playwright test "$@")
}

test_soak() {
  say 'Running a thousand programs in one page'
  (cd e2e && CU_SOAK_ROUNDS=200 npx --no-install playwright test --project soak --no-deps)
}

test_webkit() {
  say 'Trying the playground in WebKitGTK'
  (cd e2e && xvfb-run --auto-servernum node --test webkit/smoke.mjs)
}

run_tests() {
  local part="${1:-all}"
  case "$part" in
    all | native | store | package | e2e | soak | webkit) ;;
    *)
      usage >&2
      exit 2
      ;;
  esac
  setup_build
  [[ "$part" == native ]] || setup_tests
  case "$part" in
    all)
      test_native
      test_store
      build_for_browsers
      test_package
      test_e2e
      test_webkit
      ;;
    native) test_native ;;
    store) test_store ;;
    e2e)
      build_for_browsers
      test_e2e "${@:2}"
      ;;
    package)
      build_for_browsers
      test_package
      ;;
    soak)
      build_for_browsers
      test_soak
      ;;
    webkit)
      build_for_browsers
      test_webkit
      ;;
  esac
}

check() {
  say 'Checking scripts, styles, types and licences'
  shellcheck --external-sources cu .ci/run scripts/*.sh
  scripts/checks/node_modules/.bin/stylelint --config scripts/checks/stylelint.json 'style/**/*.css'
  scripts/checks/node_modules/.bin/tsc --project .
  node --test scripts/checks/*.test.mjs >/dev/null
  node scripts/check-licences.mjs
  say 'Checking format and lints'
  cargo fmt --all --check
  cargo fmt --all --check --manifest-path language/Cargo.toml
  cargo clippy --workspace --all-targets -- -D warnings
  # As built for the tests; the line before looks at the code as people get it.
  CU_TEST_BUILD=1 cargo clippy -p app -p echo -p engine -p embed --target wasm32-unknown-unknown --all-targets -- -D warnings
  language clippy --package language --package format --all-targets -- -D warnings
  language clippy --package language --package format --target wasm32-unknown-unknown -- -D warnings
  say 'Checking what the architecture forbids'
  scripts/check-architecture.sh
  say 'Checking the documentation of the code'
  local flags='-D warnings -A rustdoc::private_intra_doc_links'
  RUSTDOCFLAGS="$flags" cargo doc --quiet --workspace --no-deps --document-private-items
  RUSTDOCFLAGS="$flags" cargo doc --quiet -p app -p engine -p embed --target wasm32-unknown-unknown --no-deps --document-private-items
  RUSTDOCFLAGS="$flags" language doc --quiet --package language --package format --lib --no-deps --document-private-items
}

bench() {
  setup_build
  setup_tests
  build_for_browsers
  say 'Building the engine for this machine'
  CU_HOST_PROGRAM="$(realpath "$(cargo bench --package engine --bench programs --no-run 2>&1 |
    sed -n 's/.*Executable.*(\(.*\))/\1/p')")"
  CU_DIST_WITHOUT_FUEL="$CU_DIST-without-fuel"
  # Where no part is named, all are measured.
  if [[ " $* " == *' fuel '* || ! " $* " =~ ' '[a-z] ]]; then
    say 'Building the playground with an engine that cannot be stopped, for comparison'
    CU_NO_FUEL=1 trunk build --release --dist "$CU_DIST_WITHOUT_FUEL"
  fi
  export CU_HOST_PROGRAM CU_DIST_WITHOUT_FUEL
  (cd e2e && node bench/bench.mjs "$@")
}

case "${1:-}" in
  serve)
    setup_build
    exec trunk serve "${@:2}"
    ;;
  test) run_tests "${@:2}" ;;
  bench) bench "${@:2}" ;;
  build)
    setup_build
    exec trunk build --release "${@:2}"
    ;;
  check)
    setup_build
    setup_checks
    check
    ;;
  package)
    setup_build
    exec node scripts/build/package.mjs "${2:-dist-package}"
    ;;
  setup) setup_build ;;
  -h | --help | help) usage ;;
  *)
    usage >&2
    exit 2
    ;;
esac
