#!/bin/sh
# copy-program NAME FOLDER: a program with every library that it links, under FOLDER as if that were /.
# Contents only: file capabilities would keep it from starting without privileges.
set -eu
copy() {
  mkdir -p "$2$(dirname "$1")"
  cat "$1" >"$2$1"
  chmod 755 "$2$1"
}
program=$(readlink -f "$(command -v "$1")")
copy "$program" "$2"
ldd "$program" 2>/dev/null | grep -oE '/[^ ]+' | while read -r library; do copy "$library" "$2"; done
