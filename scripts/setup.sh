# shellcheck shell=bash
# Installs what building and testing need, each thing only if it is missing. Sourced by ./cu.

trunk_version=0.22.1
# The oldest Trunk that is known to build the page; a newer one of yours is left alone.
trunk_oldest=0.21.14
# Reads what wasm_split_helpers of the same second number writes.
wasm_split_version=0.2.4
wasm_target=wasm32-unknown-unknown

# clang, llvm-ar and wasi-libc compile Lua for the browser; gcc compiles it for the native tests.
build_packages=(ca-certificates gcc libc6-dev clang-22 llvm-22 wasi-libc)
check_packages=(shellcheck)
test_packages=(chromium chromium-driver chromium-headless-shell firefox-esr webkit2gtk-driver xvfb xauth)

# What is done now, and the minutes and seconds since the command began.
say() { printf '==> %d:%02d %s\n' "$((SECONDS / 60))" "$((SECONDS % 60))" "$*"; }

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
  need_npm_packages app/look
  need_npm_packages app/monaco
  need_tools
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
  for tool in "${CU_CHROMIUM:-chromium-headless-shell}" chromedriver "${CU_FIREFOX:-firefox-esr}" WebKitWebDriver xvfb-run; do
    has "$tool" || missing+=("$tool")
  done
  if [[ ${#missing[@]} -gt 0 ]]; then
    fail "The tests need these programs, which are not on the PATH: ${missing[*]}" \
      'CU_CHROMIUM and CU_FIREFOX may name the two browsers.'
  fi
}

# What is missing of the tools that are built from source: all at once, since each alone leaves cores idle.
need_tools() {
  local pids=() pid failed=0
  if ! has_trunk; then
    say "Building trunk $trunk_version"
    install_with_cargo trunk 0 "trunk@$trunk_version" \
      --locked --ignore-rust-version --no-default-features --features rustls &
    pids+=($!)
  fi
  if ! has_wasm_bindgen; then
    say "Building wasm-bindgen $(wasm_bindgen_version)"
    install_with_cargo wasm-bindgen 1 "wasm-bindgen-cli@$(wasm_bindgen_version)" &
    pids+=($!)
  fi
  if ! has wasm-split-cli; then
    say "Building wasm-split-cli $wasm_split_version"
    install_with_cargo wasm-split-cli 1 "wasm_split_cli_support@$wasm_split_version" --locked --features build-binary &
    pids+=($!)
  fi
  if [[ ${#pids[@]} -gt 0 ]]; then
    say 'This is done once, and takes minutes: some hundred crates are compiled for each'
    for pid in "${pids[@]}"; do
      wait "$pid" || failed=1
    done
  fi
  [[ $failed -eq 0 ]] || fail 'A tool could not be built: see above.'
}

# install_with_cargo NAME OPT_LEVEL OPTION...: building them fast matters more than their speed. Trunk only waits for
# others; wasm-bindgen reads megabytes.
install_with_cargo() {
  local name="$1" level="$2" log
  shift 2
  log="$(mktemp)"
  if env -u CARGO_TARGET_DIR CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_PROFILE_RELEASE_OPT_LEVEL="$level" cargo install "$@" 2>&1 | tee "$log" | show_progress "$name"; then
    rm "$log"
  else
    tail -n 40 "$log" >&2
    return 1
  fi
}

# One line for each fifty crates, and one at the end.
show_progress() {
  awk -v name="$1" '
    /^ *Compiling / { count += 1; if (count % 50 == 0) { print "    " name ": " count " crates"; fflush() } }
    /^ *Installed package/ { print "    " name ": done, after " count " crates" }'
}

has_trunk() {
  local found
  has trunk || return 1
  found="$(trunk --version | awk '{ print $2 }')"
  [[ "$(printf '%s\n' "$trunk_oldest" "$found" | sort -V | head -n 1)" == "$trunk_oldest" ]]
}

# The command must be equal, to the digit, to the library that Cargo.lock names.
wasm_bindgen_version() {
  awk '$0 == "name = \"wasm-bindgen\"" { getline; gsub(/version = |"/, ""); print }' Cargo.lock
}

has_wasm_bindgen() {
  has wasm-bindgen-test-runner && [[ "$(wasm-bindgen --version 2>/dev/null)" == "wasm-bindgen $(wasm_bindgen_version)" ]]
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
