#!/usr/bin/env bash
# Fails when an edge that ARCHITECTURE.md bans has appeared, a path that a document names is gone, or two lists that
# must be equal have drifted apart.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
failed=0

# The page speaks to the engine through messages only: it must know neither Lua nor the engine.
for banned in mlua mlua-sys lua engine rexie; do
  if cargo tree --package app --edges normal --target all --prefix none | grep -q "^$banned v"; then
    echo "app must not depend on $banned" >&2
    failed=1
  fi
done

# only_in CRATE FOLDER PATTERN: no source below FOLDER names CRATE but those whose path fits PATTERN.
only_in() {
  local file
  while read -r file; do
    if [[ ! "$file" =~ ^$3$ ]]; then
      echo "$file names $1, which only $3 may" >&2
      failed=1
    fi
  done < <(grep --recursive --files-with-matches --extended-regexp "\b$1(_sys)?::" --include='*.rs' "$2")
}

only_in mlua engine/src 'engine/src/lua(\.rs|/.*)'
only_in rexie engine/src 'engine/src/store/indexed_db\.rs'

# One version: of the workspace, which snapshots are marked with, and of the package.
version="$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml)"
if ! grep -q "\"version\": \"$version\"" package/package.json; then
  echo "package/package.json must have the version of Cargo.toml, $version" >&2
  failed=1
fi

if ! grep -qx "version = \"$version\"" language/Cargo.toml; then
  echo "language/Cargo.toml must have the version of Cargo.toml, $version" >&2
  failed=1
fi

# What Rust declares of Monaco's shim is what the shim offers.
declared="$(awk '/#\[wasm_bindgen\]/ { shim = 1 } /^}/ { shim = 0 } shim' app/src/monaco.rs |
  sed -nE 's/.*js_name = "?([A-Za-z]+).*/\1/p; /js_name/ { n; d }; s/^ *(pub )?(async )?fn ([a-z]+)\(.*/\3/p' | sort -u)"
offered="$({
  sed -nE 's/^export (async )?function ([A-Za-z]+)\(.*/\2/p' app/monaco/shim.js
  sed -nE '/^class /,/^}/ s/^  (async )?([A-Za-z]+)\(.*\{$/\2/p' app/monaco/shim.js | grep -v '^constructor$'
} | sort -u)"
if [[ -z "$declared" || "$declared" != "$offered" ]]; then
  echo 'app/src/monaco.rs (<) and app/monaco/shim.js (>) do not name the same functions:' >&2
  diff <(echo "$declared") <(echo "$offered") >&2 || true
  failed=1
fi

# A path is what stands in backticks and holds a slash or ends like a file, from the top folder. Commands, URLs and
# what a build makes are not.
for document in ARCHITECTURE.md CONTRIBUTING.md README.md; do
  while read -r path; do
    if [[ ! -e "$path" ]]; then
      echo "$document names $path, which is not there" >&2
      failed=1
    fi
  done < <(grep -o "\`[^\`]*\`" "$document" | tr -d '`' |
    grep -E '^[A-Za-z0-9_./-]+$' | grep -vE '^(application|dist|dist-package|target)/' |
    grep -E '^[a-z0-9._-]+/|^[A-Za-z._-]+\.(rs|md|toml|mjs|js|html|sh|json|lock)$' | sort -u)
done

exit "$failed"
