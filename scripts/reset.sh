#!/bin/sh
# Stops the development stack and deletes its data. Asks first, unless called with --yes.
. "$(dirname "$0")/lib/prepare.sh"
if [ "${1:-}" != --yes ]; then
  [ -t 0 ] || die "This deletes the development databases, and nobody is here to ask." "Run 'sh scripts/reset.sh --yes' if that is meant."
  printf 'This deletes the development databases. Type "delete" to go on: '
  read -r answer
  [ "$answer" = delete ] || die "Nothing was deleted." "Type the word delete to confirm."
fi
step "Stop and delete data" compose_dev --profile '*' down --volumes --remove-orphans
