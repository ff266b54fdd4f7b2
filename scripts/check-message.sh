#!/bin/sh
# A commit says what it changes for whom; the changelog is made of that (CONTRIBUTING.md, cliff.toml).
# Usage: sh scripts/check-message.sh FILE
set -eu
title=$(grep -v '^#' "$1" | sed -n 1p)
case $title in Merge\ * | Revert\ * | fixup!\ * | squash!\ *) exit ;; esac
printf '%s' "$title" | grep -qE '^(feat|fix|perf|refactor|test|docs|style|build|ci|chore|wip)(\([a-z0-9-]+\))?!?: [^ ].*$' || {
  printf '  ✗ "%s" is not of the form type(scope): effect.\n    Remedy: write it like "fix(auth): a reset link works once only".\n' "$title" >&2
  exit 1
}
