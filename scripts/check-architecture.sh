#!/usr/bin/env bash
# Fails when an edge that ARCHITECTURE.md bans has appeared, or a path that it names is gone.
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

# A path is what stands in backticks and holds a slash or ends like a file, from the top folder.
while read -r path; do
  if [[ ! -e "$path" ]]; then
    echo "ARCHITECTURE.md names $path, which is not there" >&2
    failed=1
  fi
done < <(grep -o "\`[^\`]*\`" ARCHITECTURE.md | tr -d '`' |
  grep -E '^[A-Za-z0-9_./-]+$' | grep -E '^[a-z0-9._-]+/|^[A-Za-z._-]+\.(rs|md|toml|mjs|js|html|sh|json|lock)$' | sort -u)

exit "$failed"
