# shellcheck shell=sh
# What builds must know of this host: its CA bundle and its npm settings, handed to them as build secrets.

# Plain 'docker compose' reads .env, plain 'docker buildx bake' its override file: both are told.
# Bake reads nothing outside the repository unasked, so both get a copy that only this user can read.
remember_host_trust() {
  keep CA_BUNDLE "${NODE_EXTRA_CA_CERTS:-$(npm_setting cafile)}" ca.crt
  keep NPMRC "${NPM_CONFIG_USERCONFIG:-$HOME/.npmrc}" npmrc
}

npm_setting() {
  have npm || return 0
  npm config get "$1" 2>/dev/null | grep -vx -e null -e undefined || true
}

# keep NAME FILE COPY: what is set in the environment or in .env wins over what the host has.
keep() {
  eval "value=\${$1:-}"
  set_before=$(sed -n "s/^$1=//p" .env 2>/dev/null | tail -n 1)
  value=${value:-$set_before}
  if [ -z "$value" ] || [ "$value" = "$state/$3" ]; then
    [ -s "$2" ] || return 0
    (umask 077; cat "$2" >"$state/$3")
    value=$state/$3
    [ -n "$set_before" ] || printf '%s=%s\n' "$1" "$value" >>.env
  fi
  export "$1=$value"
}

# With what is known of the base images (bases.sh).
remember_for_bake() {
  if [ -z "${CA_BUNDLE:-}${NPMRC:-}$STAND_IN" ]; then
    rm -f docker-bake.override.json
    return
  fi
  printf '{"variable": {"CA_BUNDLE": {"default": "%s"}, "NPMRC": {"default": "%s"}, "STAND_IN": {"default": "%s"}, "STOOD_IN_FOR": {"default": "%s"}}}\n' \
    "${CA_BUNDLE:-docker/none}" "${NPMRC:-docker/none}" "$STAND_IN" "$STOOD_IN_FOR" >docker-bake.override.json
}
