#!/bin/sh
# What is staged, as it is staged: form, lint, shell, and no secret. It takes a second or two; npm run check looks at everything.
# Usage: sh scripts/check-staged.sh (as the hook, once "npm run hooks" has set it)
. "$(dirname "$0")/lib/prepare.sh"

copy=$state/staged.$$
trap 'rm -rf "$copy"' EXIT
mkdir -p "$copy"
staged() { git diff --cached --name-only --diff-filter=ACMR "$@"; }

refuse_conflict_marks() { git diff --cached --check -- ':!tests/data' ':!package-lock.json' >"$logs/staged.log" || die "$(sed -n 1p "$logs/staged.log")" "Mend that line, stage it, commit again."; }

refuse_secrets() {
  found=$(staged -- secrets .env '*.key')
  [ -n "$found" ] || found=$(git diff --cached --diff-filter=ACMR -G 'BEGIN ([A-Z0-9]+ )*PRIVATE KEY' --name-only -- ':!tests' ':!services/*/test')
  [ -z "$found" ] || die "A secret is staged: $(echo "$found" | tr '\n' ' ')" "Take it out (git restore --staged FILE). What was pushed once must be changed: npm run rotate."
}

check_shell() {
  staged -- 'scripts/*.sh' 'docker/*.sh' 'scripts/hooks' | while read -r file; do
    sh -n "$copy/$file" 2>&1 || exit 1
    ! have shellcheck || (cd "$copy" && shellcheck --external-sources --source-path=SCRIPTDIR:"$root" "$file") || exit 1
  done || die "The shell of a staged script is wrong: see above." "Mend it, stage it, commit again."
}

# Of this tree where it is installed, else of the development image; in neither, it says so and lets the commit pass: CI looks again.
check_form() {
  staged -- '*.ts' '*.tsx' '*.js' '*.json' '*.css' ':!tests/data' ':!package-lock.json' | grep -q . || return 0
  if [ -x node_modules/.bin/biome ]; then
    set -- "$root/node_modules/.bin/biome"
  elif have docker && have_image finity-dev; then
    set -- docker run --rm --network none --user "$(id -u):$(id -g)" --volume "$copy:/tree:ro" --workdir /tree --entrypoint /app/node_modules/.bin/biome finity-dev
  else
    echo '  ! Form and lint are not looked at: neither "npm install" nor "npm run up" has been here.' >&2
    return 0
  fi
  (cd "$copy" && "$@" ci --colors=off --error-on-warnings --no-errors-on-unmatched .) >"$logs/staged.log" 2>&1 || {
    cat "$logs/staged.log" >&2
    die "What is staged is not in form." "npm run fix, stage it, commit again."
  }
}

git rev-parse --git-dir >/dev/null 2>&1 || die "This is no clone of the repository." "Clone it with git."
[ -n "$(staged)" ] || exit 0
refuse_conflict_marks
refuse_secrets
staged -z | git checkout-index --prefix="$copy/" -z --stdin
git checkout-index --force --prefix="$copy/" biome.json
check_shell
check_form
