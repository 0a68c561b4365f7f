# shellcheck shell=bash
# Installs what building and testing need, each thing only if it is missing. Sourced by ./cu.

trunk_version=0.22.1
# The oldest Trunk that is known to build the page; a newer one of yours is left alone.
trunk_oldest=0.21.14
wasm_target=wasm32-unknown-unknown

# clang, llvm-ar and wasi-libc compile Lua for the browser; gcc compiles it for the native tests.
build_packages=(ca-certificates gcc libc6-dev clang-22 llvm-22 wasi-libc)
check_packages=(shellcheck)
test_packages=(chromium chromium-driver firefox-esr webkit2gtk-driver xvfb xauth)

say() { printf '==> %s\n' "$*"; }

fail() {
  printf 'cu: %s\n' "$@" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# Everything that `trunk serve` and `trunk build` need.
setup_build() {
  PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"
  need_node
  need_rust
  if [[ -z "${WASI_SDK_PATH:-}" ]]; then
    need_packages 'to build' "${build_packages[@]}"
  elif [[ ! -x "$WASI_SDK_PATH/bin/clang" ]]; then
    fail "WASI_SDK_PATH is $WASI_SDK_PATH, but there is no bin/clang in it."
  fi
  need_trunk
  need_wasm_bindgen
  need_npm_packages app/monaco
}

# What `./cu check` needs on top: what looks at scripts, styles and types, and the packages whose types are looked at.
setup_checks() {
  need_packages 'to check' "${check_packages[@]}"
  need_npm_packages scripts/checks
  need_npm_packages e2e
}

# What the tests need on top: browsers, their drivers, and Playwright.
setup_tests() {
  need_packages 'to test' "${test_packages[@]}"
  need_npm_packages e2e
}

need_node() {
  if ! has node || ! has npm; then
    fail 'Node.js and npm are missing: install Node.js 20 or newer.'
  fi
  if ! node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'; then
    fail "Node.js 20 or newer is needed; this is $(node --version)."
  fi
}

need_rust() {
  local channel
  has rustup || fail 'rustup is missing: install Rust as https://rustup.rs says.'
  channel="$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)"
  if ! rustc --version >/dev/null 2>&1; then
    say "Installing Rust $channel"
    rustup toolchain install "$channel" --profile minimal
  fi
  if ! rustup target list --installed | grep -qx "$wasm_target"; then
    say "Adding $wasm_target to Rust $channel"
    rustup target add "$wasm_target"
  fi
  local component
  for component in rustfmt clippy; do
    if ! rustup component list --installed | grep -q "^$component"; then
      say "Adding $component to Rust $channel"
      rustup component add "$component"
    fi
  done
}

# need_packages PURPOSE PACKAGE...
need_packages() {
  local purpose="$1" package missing=() as_root=()
  shift
  if ! has apt-get; then
    need_by_hand "$purpose"
    return
  fi
  for package in "$@"; do
    if ! dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed; then
      missing+=("$package")
    fi
  done
  if [[ ${#missing[@]} -eq 0 ]]; then
    return
  fi
  if [[ $EUID -ne 0 ]]; then
    # Without a terminal a password could never be given.
    if has sudo && { sudo --non-interactive true 2>/dev/null || [[ -t 0 ]]; }; then
      as_root=(sudo)
    else
      fail "Debian packages are missing $purpose. As root, run:" "  apt-get install ${missing[*]}"
    fi
  fi
  say "Installing Debian packages$([[ ${#as_root[@]} -eq 0 ]] || echo ' with sudo') $purpose: ${missing[*]}"
  "${as_root[@]}" apt-get update --quiet --quiet
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install --yes --quiet --quiet --no-install-recommends "${missing[@]}" </dev/null ||
    fail "apt-get could not install ${missing[*]}." \
      'Where Debian has no clang-22, set WASI_SDK_PATH to an unpacked WASI SDK instead.'
}

# Other systems: nothing is installed for you, but nothing is left to guess.
need_by_hand() {
  if [[ "$1" == 'to build' ]]; then
    fail 'This system has no apt-get, so the C compiler for WebAssembly is up to you:' \
      '  unpack a WASI SDK (github.com/WebAssembly/wasi-sdk, version 25 or newer)' \
      '  and set WASI_SDK_PATH to its folder. Then run this again.'
  fi
  local tool missing=()
  if [[ "$1" == 'to check' ]]; then
    has shellcheck || fail 'The checks need shellcheck, which is not on the PATH.'
    return
  fi
  for tool in "${CU_CHROMIUM:-chromium}" chromedriver "${CU_FIREFOX:-firefox-esr}" WebKitWebDriver xvfb-run; do
    has "$tool" || missing+=("$tool")
  done
  if [[ ${#missing[@]} -gt 0 ]]; then
    fail "The tests need these programs, which are not on the PATH: ${missing[*]}" \
      'CU_CHROMIUM and CU_FIREFOX may name the two browsers.'
  fi
}

# The tools run for seconds at a time: building them fast matters more than their speed.
install_with_cargo() {
  env -u CARGO_TARGET_DIR CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_PROFILE_RELEASE_OPT_LEVEL=1 cargo install --quiet "$@"
}

need_trunk() {
  local found=''
  if has trunk; then
    found="$(trunk --version | awk '{ print $2 }')"
  fi
  if [[ -n "$found" && "$(printf '%s\n' "$trunk_oldest" "$found" | sort -V | head -n 1)" == "$trunk_oldest" ]]; then
    return
  fi
  say "Installing trunk $trunk_version (about five minutes)"
  install_with_cargo "trunk@$trunk_version" --locked --ignore-rust-version --no-default-features --features rustls
}

# The command must be equal, to the digit, to the library that Cargo.lock names.
need_wasm_bindgen() {
  local version
  version="$(awk '$0 == "name = \"wasm-bindgen\"" { getline; gsub(/version = |"/, ""); print }' Cargo.lock)"
  if has wasm-bindgen-test-runner && [[ "$(wasm-bindgen --version 2>/dev/null)" == "wasm-bindgen $version" ]]; then
    return
  fi
  say "Installing wasm-bindgen $version (about five minutes)"
  install_with_cargo "wasm-bindgen-cli@$version"
}

# npm ci, unless the lock file is the one that was installed last.
need_npm_packages() {
  local folder="$1"
  if cmp -s "$folder/package-lock.json" "$folder/node_modules/.installed-lock.json"; then
    return
  fi
  say "Installing the npm packages of $folder"
  (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error)
  cp "$folder/package-lock.json" "$folder/node_modules/.installed-lock.json"
}
