# shellcheck shell=sh disable=SC2016 # What stands in single quotes is JavaScript.
# How a service gets its new container: beside the old one, which leaves when the new one is good.

# Deploying gives way to what serves. Where that cannot be had, it is no reason not to deploy.
renice -n 10 -p $$ >/dev/null 2>&1 || true

# What is in flight may take this long in the old containers.
drain_seconds=600
# How long a new release is watched before the deploy calls it good.
watch_seconds=5
# How long the old and the new container share the requests.
sharing_seconds=4
# Processor weight of a container that starts: a quarter of a service's, so that it comes up on a busy server too.
starting_weight=128

compose_prod() { TAG=$tag docker compose -f compose/base.yml -f compose/prod.yml "$@"; }

image_of() { printf '%sfinity-%s:%s' "$(setting REGISTRY '')" "$1" "$tag"; }
# What only helps gives way to what serves.
run_tool() { docker run --rm --no-healthcheck --cpu-shares 64 --memory 256m --pids-limit 64 --read-only --security-opt no-new-privileges "$@"; }

image_id() { docker image inspect --format '{{.Id}}' "$@"; }

# What Compose makes of the settings, asked for once in a run.
composed() {
  [ -s "$state/composed.json" ] || compose_prod config --format json >"$state/composed.json" || return 1
  cat "$state/composed.json"
}
rm -f "$state/composed.json"

# The images that every container of ours runs.
release_images() {
  for service in auth api web postgres redis backup; do printf '%s ' "$(image_of "$service")"; done
  printf '%sfinity-gate:1' "$(setting REGISTRY '')"
}

# containers_of SERVICE: the id of each, stopped ones included.
containers_of() {
  docker ps --all --quiet --no-trunc --filter label=com.docker.compose.project="$(project_name)" --filter label=com.docker.compose.service="$1" \
    --filter label=com.docker.compose.oneoff=False
}

# fresh_of SERVICE: the running container that Compose would leave as it is, being what the tag and the settings want.
fresh_of() {
  count=$(containers_of "$1" | wc -l)
  [ "$count" -gt 0 ] || return 0
  compose_prod --dry-run up --detach --no-deps --no-build --pull never --scale "$1=$count" "$1" 2>&1 |
    sed -n 's/.* Container \([^ ]*\)  *Running *$/\1/p' | head -n 1 | xargs -r docker inspect --format '{{.Id}}'
}

# runs_image SERVICE: one of its containers has the image that the tag names. Compose, which knows the settings too, takes longer to tell.
runs_image() { containers_of "$1" | xargs -r docker inspect --format '{{.Image}}' | grep -qx "$(image_id "$(image_of "$1")")"; }

# has_newer_secrets SERVICE ID: a secret file has other content than when the container started, which Compose does not see.
has_newer_secrets() {
  composed | run_tool --interactive --network none --user 0 --mount type=bind,source="$(secrets_folder_on_engine)",target=/tmp,readonly "$(tool_image)" --eval '
    const [service, startedAt] = process.argv.slice(1)
    const { secrets = [] } = JSON.parse(fs.readFileSync(0, "utf8")).services[service]
    process.exit(secrets.some(({ source }) => fs.statSync(`/tmp/${source}`).ctimeMs > Date.parse(startedAt)) ? 0 : 1)' \
    -- "$1" "$(docker inspect --format '{{.State.StartedAt}}' "$2")"
}

# roll_out SERVICE: its new container, whose id is left for the watch, in place of the old ones. It goes on from whatever an
# interrupted run left behind.
roll_out() {
  keep_lock
  fresh=
  ! runs_image "$1" || fresh=$(fresh_of "$1")
  # One that is not well was left by a release that failed, or has been restarted since: it may serve all the same, and leaves when there is another.
  [ -z "$fresh" ] || { is_well "$fresh" && ! has_newer_secrets "$1" "$fresh"; } || fresh=
  [ -n "$fresh" ] || start_beside "$1"
  refuse_other_image "$1" "$fresh"
  await_health "$1" "$fresh"
  # From here on it serves.
  [ "$1" = web ] || docker update --cpu-shares "$(weight_of "$1")" "$fresh" >/dev/null
  printf '%s\n' "$fresh" >"$state/fresh-$1"
  stale=$(containers_of "$1" | grep -v "$fresh" || true)
  [ -n "$stale" ] || return 0
  # Code that has not run yet is slow: with half of the requests it warms up before they queue.
  [ "$1" = web ] || sleep "$sharing_seconds"
  drain "$1" "$stale"
}

# start_beside SERVICE: sets fresh.
start_beside() {
  before=$(containers_of "$1")
  # shellcheck disable=SC2086 # A list.
  [ "$1" != web ] || keep_assets $before
  compose_prod up --detach --no-deps --no-recreate --no-build --pull never --scale "$1=$(($(printf '%s' "$before" | grep -c .) + 1))" "$1"
  fresh=$(containers_of "$1" | grep -v "${before:-none}")
  # Its start gives way to what serves; an edge is asked from the moment that it listens, and has to have its certificates by then.
  # One that has ended meanwhile has none, which the wait for its health tells.
  [ "$1" = web ] || docker update --cpu-shares "$starting_weight" "$fresh" >/dev/null || echo "The new $1 has ended already."
}

# weight_of SERVICE: its processor weight, as the settings have it.
weight_of() {
  composed | awk -v name="$1" '/^    "/ { service = $1 } service == "\"" name "\":" && /^      "cpu_shares"/ { gsub(/[^0-9]/, ""); print }'
}

# What was looked at is what runs. Meanwhile a build or a pull on this engine may have moved the tag.
refuse_other_image() {
  image=$(docker inspect --format '{{.Image}}' "$2")
  case $held in *"$image"*) return 0 ;; esac
  die "The new $1 has another image than this release had at its start: the tag $tag was moved on this engine meanwhile." "Let nothing build or pull $tag while it is released, then run this again."
}

health='{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{end}} {{.RestartCount}}'
health_of() { docker inspect --format "$health" "$1"; }
is_well() { [ "$(health_of "$1")" = 'running healthy 0' ]; }

# await_health SERVICE ID: a minute at most; a container that ended or restarted will not get better.
await_health() {
  for _ in $(seq 60); do
    case $(health_of "$2") in
      'running healthy 0') ! listens "$1" "$2" || return 0 ;;
      'running starting 0' | 'created '*) ;;
      *) break ;;
    esac
    sleep 1
  done
  ended=$(health_of "$2")
  keep_log "$1" "$2"
  telling=$(tail -n 30 "$kept_log" | grep -iE -m 1 'error|cannot|refuse|fatal' || tail -n 1 "$kept_log")
  # What does not answer is not asked: beside the old one it would be.
  [ "$(containers_of "$1" | wc -l)" -eq 1 ] || docker rm --force --volumes "$2" >/dev/null
  die "The new $1 did not become healthy ($ended): $(printf '%s' "$telling" | cut -c1-300)" \
    "Mend what its log names ($kept_log), build the images anew, then deploy again."
}

# keep_log SERVICE ID: of a container that goes when the release before comes back. Sets kept_log.
keep_log() {
  kept_log=$logs/failed-$1.log
  docker logs --tail 1000 "$2" >"$kept_log" 2>&1
}

# Two edges share a network, and either may have answered for the health of the other.
listens() { [ "$1" != web ] || docker logs "$2" 2>&1 | grep -q 'serving initial configuration'; }

# renew_backups TITLE: their sidecar is replaced in its place, since no request waits for it. A database that a release of before there were
# backups has started does not know the repository.
renew_backups() {
  if containers_of db | xargs -r docker inspect --format '{{range .Mounts}}{{println .Destination}}{{end}}' | grep -qx /backups; then
    step "$1" start_sidecar
  else
    printf '  ! Backups begin when the database is started anew: docker compose -f compose/base.yml -f compose/prod.yml up -d db backup\n'
  fi
}

start_sidecar() {
  keep_lock
  compose_prod up --detach --no-deps --no-build --pull never --wait --wait-timeout 60 backup
}

# drain SERVICE IDS: they finish what they have begun, at their leisure: their successor is at work.
# shellcheck disable=SC2086 # IDS is a list.
drain() {
  # Caddy's word for it is SIGTERM; on SIGQUIT it would leave at once.
  case $1 in web) signal=TERM ;; *) signal=QUIT ;; esac
  docker kill --signal "$signal" $2 >/dev/null 2>&1 || true
  # One that hangs finishes nothing, and is asked meanwhile.
  for id in $2; do case $(health_of "$id") in 'running healthy '*) ;; *) docker stop -t 10 "$id" >/dev/null ;; esac; done
  patience_ends=$(($(date +%s) + drain_seconds))
  while docker inspect --format '{{.State.Running}}' $2 | grep -q true && [ "$(date +%s)" -lt "$patience_ends" ]; do sleep 1; done
  docker rm --force --volumes $2 >/dev/null
}

# keep_assets ID…: pages that are open still ask for the assets of the builds that they came from. The same build, started anew, brings
# no others.
keep_assets() {
  [ $# -gt 0 ] || return 0
  ! docker inspect --format '{{.Image}}' "$@" | grep -qx "$(image_id "$(image_of web)")" || return 0
  kept=$(project_name)_kept_assets
  run_tool --network none --user 0 --volume "$kept:/tmp" "$(tool_image)" --eval 'fs.rmSync("/tmp/assets", { recursive: true, force: true })'
  # Those of the new one too: for some seconds both edges are asked. What is read and what is written to are two, or the engine waits for itself.
  newest=$(docker create "$(image_of web)")
  porter=$(docker create --volume "$kept:/kept" "$(image_of web)")
  for edge in "$@" "$newest"; do docker cp "$edge:/srv/assets" - | docker cp - "$porter:/kept"; done
  docker rm "$newest" "$porter" >/dev/null
}

# A release that fails after it was healthy: it ends, restarts, or answers with errors of its own.
watch_release() {
  for _ in $(seq "$watch_seconds"); do
    sleep 1
    [ "$(cat "$state/fresh-auth" "$state/fresh-api" "$state/fresh-web" | xargs docker inspect --format "$health" | sort -u)" != 'running healthy 0' ] || continue
    for service in auth api web; do
      id=$(cat "$state/fresh-$service")
      is_well "$id" || { keep_log "$service" "$id"; die "The new $service was healthy and is no longer ($(health_of "$id"))." "Read its log: $kept_log"; }
    done
  done
  for service in auth api; do refuse_failing "$service" "$(cat "$state/fresh-$service")"; done
}

# One of twenty answers, and more than a handful, are its own failures (5xx).
refuse_failing() {
  docker exec "$2" node --eval '
    const text = await (await fetch("http://127.0.0.1:9464/metrics")).text()
    const counts = [...text.matchAll(/^http_server_request_duration_seconds_count\{.*status="(\d+)".*\} (\d+)/gm)]
    const sum = (from) => counts.filter(([, status]) => status >= from).reduce((total, [, , count]) => total + Number(count), 0)
    if (sum(500) > 5 && sum(500) > sum(100) / 20) { console.log(`${sum(500)} of ${sum(100)} answers`); process.exit(1) }' || {
    keep_log "$1" "$2"
    die "The new $1 answers with failures (5xx): $(last_line "$log" 200)." "Read its log: $kept_log"
  }
}
