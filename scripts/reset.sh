#!/bin/sh
# Stops the development stack and deletes its data. Asks first, unless called with --yes.
. "$(dirname "$0")/lib/prepare.sh"
[ "${1:-}" = --yes ] || confirm "This deletes the development databases" delete "sh scripts/reset.sh"
step "Stop and delete data" compose_dev --profile '*' down --volumes --remove-orphans
