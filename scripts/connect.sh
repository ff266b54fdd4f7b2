#!/bin/sh
# Makes the Docker context "production" from what the environment says, where nobody set up SSH by hand (docs/RUNBOOK.md, Release from elsewhere).
# PRODUCTION_ENV, where it is set, becomes .env: the settings of the server's stack.
# Usage: DEPLOY_HOST=user@server DEPLOY_SSH_KEY=… DEPLOY_KNOWN_HOSTS=… COSIGN_IMAGE=…@sha256:… sh scripts/connect.sh
. "$(dirname "$0")/lib/prepare.sh"

require() { [ -n "$2" ] || die "$1 is not set, so the server cannot be reached." "$3"; }
require DEPLOY_HOST "${DEPLOY_HOST:-}" "Set it in the environment \"production\" at GitHub, as a variable: the server, such as deploy@app.example.com"
require DEPLOY_KNOWN_HOSTS "${DEPLOY_KNOWN_HOSTS:-}" "Set it in the environment \"production\" at GitHub, as a variable: what 'ssh-keyscan SERVER' prints, compared with the server's own keys"
require DEPLOY_SSH_KEY "${DEPLOY_SSH_KEY:-}" "Set it in the environment \"production\" at GitHub, as a secret: a private key whose public half the server knows"
[ "${GITHUB_ACTIONS:-}" != true ] || require PRODUCTION_ENV "${PRODUCTION_ENV:-}" "Set it in the environment \"production\" at GitHub, as a secret: the lines of the server's .env, SECRETS_DIR among them"
case ${COSIGN_IMAGE:-} in *@sha256:*) ;; *) die "COSIGN_IMAGE is not an image by its digest." "Set it in the environment \"production\" at GitHub, as a variable: what judges the registry's images is not taken from there unseen. REGISTRY/finity-cosign@sha256:…" ;; esac
[ -z "${PRODUCTION_ENV:-}" ] || printf '%s\n' "$PRODUCTION_ENV" >.env

connect() {
  install -d -m 700 "$HOME/.ssh"
  # Its own host name, so that no setting of the user is changed; a line that is used again spares a second per question.
  grep -qx 'Host finity-production' "$HOME/.ssh/config" 2>/dev/null || cat >>"$HOME/.ssh/config" <<SSH

Host finity-production
  HostName ${DEPLOY_HOST#*@}
  User ${DEPLOY_HOST%@*}
  IdentityFile ~/.ssh/finity_production
  UserKnownHostsFile ~/.ssh/finity_production_hosts
  StrictHostKeyChecking yes
  IdentitiesOnly yes
  ControlMaster auto
  ControlPath ~/.ssh/%C
  ControlPersist 1m
  ServerAliveInterval 5
SSH
  printf '%s\n' "$DEPLOY_KNOWN_HOSTS" >"$HOME/.ssh/finity_production_hosts"
  (umask 077; printf '%s\n' "$DEPLOY_SSH_KEY" >"$HOME/.ssh/finity_production")
  docker context inspect production >/dev/null 2>&1 || docker context create production --docker host=ssh://finity-production
  docker --context production version --format 'Docker {{.Server.Version}} answers'
}

step "Server" connect
