# shellcheck shell=sh
# Sourced by every verb, from scripts/: where things are, and what must be there before any container can run.

set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
# Logs, and what builds must know of this host; git-ignored.
state=$root/.finity
logs=$state/logs
mkdir -p "$logs" 2>/dev/null || {
  echo "  ✗ $state cannot be written. Remedy: run this as the owner of the repository." >&2
  exit 1
}

. scripts/lib/steps.sh
. scripts/lib/engine.sh
. scripts/lib/host.sh
. scripts/lib/bases.sh

prepare_host() {
  step "Docker engine" ensure_engine
  remember_host_trust
  step "Base images" ensure_bases
  remember_stand_ins
  remember_for_bake
  remember_for_compose
}

# is_release_tag TAG: such as v1.4.0, the one form that the workflows, cliff.toml and .env.example know too.
is_release_tag() { printf '%s\n' "$1" | grep -Exq 'v[0-9]+\.[0-9]+\.[0-9]+'; }

compose_dev() {
  [ ! -e "$state/stand-ins.yml" ] || set -- -f "$state/stand-ins.yml" "$@"
  docker compose -f compose/base.yml -f compose/dev.yml "$@"
}

# setting NAME DEFAULT: from the environment, else from .env, without quotes around it.
setting() {
  eval "value=\${$1:-}"
  [ -n "$value" ] || value=$(sed -n "s/^$1=//p" .env 2>/dev/null | tail -n 1 | sed "s/^[\"']//; s/[\"']\$//")
  printf '%s' "${value:-$2}"
}

project_name() { setting COMPOSE_PROJECT_NAME finity; }
