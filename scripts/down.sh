#!/bin/sh
# Stops the development stack; data stays.
. "$(dirname "$0")/lib/prepare.sh"
step "Stop" compose_dev --profile '*' down --remove-orphans
