# shellcheck shell=sh
# What is looked at before a deploy changes anything.

. scripts/lib/settings.sh

# require_images TARGETS IMAGE…: built here by these targets of Bake, or pulled by their tag.
require_images() {
  targets=$1
  shift
  ! have_image "$@" || return 0
  for image; do
    have_image "$image" || docker pull --quiet "$image" || missing="${missing:-} $image"
  done
  [ -z "${missing:-}" ] ||
    die "There is no image${missing}, neither here nor in a registry: $(last_line "$log" 300)" "Build it ('TAG=$tag docker buildx bake${targets:+ $targets}'), push it, or name a tag that exists: npm run $verb TAG"
}

check_compose() {
  refuse_old_kernel
  composed >/dev/null || die "The settings make no valid Compose file: $(last_line "$log" 300)" "Mend the line that it names in .env or compose/prod.yml."
}

# The gate alone has ports. It is started once, and nothing that runs notices. One that could not be started would ask for the same ports for ever.
hold_ports() {
  docker ps --all --quiet --filter label=com.docker.compose.project="$(project_name)" --filter label=com.docker.compose.service=gate \
    --filter status=created --filter status=exited --filter status=dead | xargs -r docker rm --force
  fresh_of gate >"$state/gate"
  [ ! -s "$state/gate" ] || return 0
  compose_prod up --detach --no-build --pull never --no-recreate gate ||
    die "The ports of the edge cannot be had: $(grep -i -m 1 'bind\|port' "$log" | cut -c1-300)" "Stop what uses them ('ss -ltnp' shows it), or set HTTP_PORT and HTTPS_PORT in .env, then deploy again."
  fresh_of gate >"$state/gate"
}

# Whoever runs a deploy hears of a gate that is not what the settings want: to change it is for them to time.
note_gate() {
  [ -s "$state/gate" ] ||
    printf '  ! The gate has other ports, networks or another image than .env and compose/prod.yml want, and a deploy leaves it. To change it, which closes the ports for some seconds: docker compose -f compose/base.yml -f compose/prod.yml up -d --no-deps gate web\n'
}

# Containers of the production stack that give way to those that serve, and ask nobody: a network takes the engine longer than the rest.
# The sidecar's mounts a folder that the database makes at its start.
compose_check() {
  alone='cpu_shares: 64, network_mode: none, networks: !reset null'
  echo "services: { auth: { $alone }, api: { $alone }, web: { $alone }, backup: { $alone, volumes: !reset [] } }" >"$state/check.yml"
  compose_prod --file "$state/check.yml" "$@"
}

# Malformed settings of the edge and of the services.
check_settings() {
  compose_check run --rm --no-deps --quiet-pull web validate --config /etc/caddy/Caddyfile --adapter caddyfile ||
    die "The edge refuses its configuration: $(grep -i 'error' "$log" | tail -n 1 | cut -c1-300)" "Mend the Caddyfile or the setting that it names (.env.example explains each), build the image, then deploy again."
  site=$(setting SITE_ADDRESS localhost)
  ! is_malformed SITE_ADDRESS "$site" ||
    die "SITE_ADDRESS is \"$site\", which is no name." "Write the name alone, without https://, port or path: SITE_ADDRESS=app.example.com, then deploy again."
  check_service auth main.js --check
  check_service api main.js --check
  check_service backup check
}

# check_service SERVICE WORD…
check_service() {
  compose_check run --rm --no-deps --quiet-pull "$@" ||
    die "$1 refuses its settings: $(last_line "$log" 300)" "Mend what it names in .env or secrets/ (.env.example explains each), then deploy again."
}

check_secrets() {
  folder=$(secrets_folder_on_engine)
  names=$(composed | awk '/^  "secrets"/ { inside = 1 } inside && /"file"/ { sub(/.*\//, ""); sub(/".*/, ""); print }')
  # shellcheck disable=SC2086 # A list.
  missing=$(missing_secrets $names) || die "The secrets cannot be looked for in $folder: $(grep -m 1 -i 'error' "$log" | cut -c1-300)" "$(secrets_remedy)"
  [ -z "$missing" ] || die "Secret files are missing in $folder: $missing" "$(secrets_remedy)"
}

secrets_remedy() {
  if engine_is_elsewhere; then
    echo "The folder is one on the engine's host, and SECRETS_DIR in .env names it: docs/RUNBOOK.md, \"Release from elsewhere\"."
  else
    echo "Make them: npm run secrets"
  fi
}

# A release needs room for logs, migrations and its database's growth.
check_disk() {
  free=$(engine_free_megabytes)
  [ "$free" -ge 2048 ] ||
    die "The engine's disk has $free MB free, and a deploy wants 2048 MB." "Free some space: docs/RUNBOOK.md, \"disk nearly full\". Then deploy again."
}

# postgres_major IMAGE_OR_CONTAINER
postgres_major() { docker inspect --format '{{join .Config.Env "\n"}}' "$1" | sed -n 's#^PGDATA=/var/lib/postgresql/\([0-9]*\)/docker$#\1#p'; }

# The database goes first: its data is of one major, and a release's image would refuse that of another.
check_database() {
  db=$(containers_of db | head -n 1)
  [ -n "$db" ] || return 0
  brought=$(postgres_major "$(image_of postgres)")
  [ "$brought" -le "$(postgres_major "$db")" ] ||
    die "$tag brings PostgreSQL $brought, and the database is of $(postgres_major "$db")." "Upgrade it first, which works under the running release: npm run upgrade -- $tag"
}

# The certificate of a public name comes from there.
check_acme() {
  case $(setting SITE_ADDRESS localhost) in localhost | *.localhost | *.local | *.internal) return 0 ;; esac
  directory=$(setting ACME_DIRECTORY https://acme-v02.api.letsencrypt.org/directory)
  run_tool --mount "type=bind,source=$(setting ACME_CA_FILE /dev/null),target=/tmp/ca.crt,readonly" \
    --env NODE_EXTRA_CA_CERTS=/tmp/ca.crt "$(tool_image)" --input-type=module --eval '
    const answer = await fetch(process.argv[1], { signal: AbortSignal.timeout(10_000) }).catch(({ cause, message }) => ({ text: () => cause?.message ?? message }))
    const text = await answer.text()
    if (!text.includes("newNonce")) { console.log(text.slice(0, 200)); process.exit(1) }' -- "$directory" ||
    die "The ACME server at $directory does not answer as one: $(last_line "$log" 200)" "Check ACME_DIRECTORY and ACME_CA_FILE in .env and the way out of the server, then deploy again."
}
