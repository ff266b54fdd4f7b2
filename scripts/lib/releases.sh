# shellcheck shell=sh disable=SC2016 # What stands in single quotes is JavaScript.
# What is released: the lock of a deploy, and the journal of who released what. Both live in the engine, so that a deploy may come
# from anywhere that a Docker context leads from.

lock=$(project_name)-deploy
journal=$(project_name)_releases
# How many releases keep their images.
kept_releases=5

# An image of ours with Node in it.
tool_image() { image_of auth; }

# Asked of the engine, which may be on another host.
engine_free_megabytes() {
  free_megabytes='const { bavail, bsize } = fs.statfsSync("/"); Math.floor((bavail * bsize) / 2 ** 20)'
  docker exec "$(containers_of auth | head -n 1)" node --print "$free_megabytes" 2>/dev/null || run_tool --network none "$(tool_image)" --print "$free_megabytes"
}

operator() { printf '%s' "${DEPLOYED_BY:-$(id -un)@$(hostname)}"; }

# take_lock WHAT: a container is the lock. It lives as long as it hears from this process, however this process ends: its standard
# input ends then, or goes silent when the line to the engine was cut.
take_lock() {
  owner="$1 by $(operator)"
  # Who has just ended lets go of it within a second.
  for _ in 1 2 3; do
    ! try_lock || return 0
    sleep 1
  done
  die_unlocked
}

try_lock() {
  holder_id=$(date +%s).$$
  # Who writes the journal does it there.
  case ${action:-} in deploy | rollback) set -- --volume "$journal:/tmp" ;; *) set -- ;; esac
  lease=$state/lease.$$
  mkfifo "$lease"
  # Neither holds what this process prints to: who reads that to its end may look only then whether this process has ended.
  (
    exec <"$lease" >/dev/null 2>"$logs/lock.log"
    run_tool "$@" --interactive --network none --name "$lock" --label finity.deploy="$owner" --label finity.deploy.holder="$holder_id" --entrypoint node "$(tool_image)" \
      --eval 'const late = setTimeout(process.exit, 30_000); process.stdin.on("data", () => late.refresh()).on("end", process.exit)'
  ) &
  holder=$!
  exec 9>"$lease"
  rm -f "$lease"
  (
    exec >/dev/null 2>&1
    while kill -0 $$ && echo >&9; do sleep 0.5 9>&-; done
  ) &
  until [ "$(docker inspect --format '{{.State.Running}} {{index .Config.Labels "finity.deploy.holder"}}' "$lock" 2>/dev/null)" = "true $holder_id" ]; do
    kill -0 "$holder" 2>/dev/null || { exec 9>&-; return 1; }
    sleep 0.1
  done
}

# Another one may be at work since it was lost.
holds_lock() { [ "$(docker inspect --format '{{index .Config.Labels "finity.deploy.holder"}}' "$lock" 2>/dev/null)" = "$holder_id" ]; }

keep_lock() {
  holds_lock || die "The lock was lost, because the line to the engine was cut or this process stood still." "The same command goes on where this one stopped."
}

die_unlocked() {
  other=$(docker inspect --format '{{index .Config.Labels "finity.deploy"}}, since {{.Created}}' "$lock" 2>/dev/null) ||
    die "The lock of the deploy could not be taken: $(last_line "$logs/lock.log" 300)" "Mend what it names, then run this again."
  die "Another deploy is under way: $other." "Wait until it has ended, then run this again. Its lock is the container \"$lock\"."
}

# beside_journal WORD…: a program of Node's that sees the journal. The lock does, where this process holds it.
beside_journal() {
  if [ -n "${holder_id:-}" ]; then docker exec "$lock" node "$@"; else run_tool --network none --volume "$journal:/tmp" "$(tool_image)" "$@"; fi
}

# with_journal SCRIPT ARGUMENT…: JavaScript that reads the journal's entries, oldest first, and may add one.
with_journal() {
  script=$1
  shift
  beside_journal --eval "
    const file = '/tmp/releases.jsonl'
    const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : ''
    // A full disk may have cut a line short.
    const read = (line) => { try { return [JSON.parse(line)] } catch { return [] } }
    const entries = text.split('\n').flatMap(read)
    const add = (entry) => fs.appendFileSync(file, (text === '' || text.endsWith('\n') ? '' : '\n') + JSON.stringify(entry) + '\n', { flush: true })
    $script" -- "$@"
}

# record OUTCOME REASON
record() {
  # shellcheck disable=SC2046 # A list.
  with_journal '
    const [id, action, tag, outcome, reason, who, seconds, contracts, ...images] = process.argv.slice(1)
    add({ time: new Date().toISOString(), id, action, tag, outcome, reason, who, seconds: Number(seconds),
      contracts: contracts.split(" ").filter(Boolean), images: Object.fromEntries(images.map((pair) => pair.split("="))) })' \
    "$release" "$action" "$tag" "$1" "$2" "$(operator)" "$(($(date +%s) - started_at))" "$(cat "$state/contracts" 2>/dev/null)" $(image_pairs)
}

# The services that a deploy replaces.
replaced_services="auth api web backup"

image_pairs() { pairs_of image_of; }

# pairs_of NAMING [ARGUMENT]: SERVICE=ID of the images that the naming gives those services.
pairs_of() {
  for service in $replaced_services; do "$1" "$service" "${2:-}" && echo; done | xargs docker image inspect --format '{{.Id}}' >"$state/ids" || return 1
  for service in $replaced_services; do
    read -r id
    printf '%s=%s ' "$service" "$id"
  done <"$state/ids"
}

# What plain "docker compose up" has started is the release before the first deploy.
adopt_running() {
  ids=$(for service in $replaced_services; do containers_of "$service" | head -n 1; done)
  [ "$(echo "$ids" | grep -c .)" -eq "$(echo "$replaced_services" | wc -w)" ] || return 0
  current_id=before-$release
  for service in $replaced_services; do
    id=$(containers_of "$service" | head -n 1)
    docker tag "$(docker inspect --format '{{.Image}}' "$id")" "$(kept_image "$service" "$current_id")"
  done
  current_tag=$(docker inspect --format '{{.Config.Image}}' "$(containers_of auth | head -n 1)")
  current_tag=${current_tag##*:}
  # shellcheck disable=SC2046 # A list.
  with_journal '
    const [id, tag, who, ...images] = process.argv.slice(1)
    add({ time: new Date().toISOString(), id, action: "deploy", tag, outcome: "completed", reason: "started by docker compose", who, seconds: 0,
      contracts: [], images: Object.fromEntries(images.map((pair) => pair.split("="))) })' "$current_id" "$current_tag" "$(operator)" $(pairs_of kept_image "$current_id")
}

# Four lines: the release that was completed last, and the one to go back to, "ID TAG" each; then the contracts that ran since either.
# From a deploy that did not end well the way back leads to what was completed last; a rollback that did not is done again.
read_releases() {
  with_journal '
    const completed = entries.filter(({ outcome }) => outcome === "completed")
    const current = completed.at(-1)
    const last = entries.at(-1)
    // The image of the backups is not in entries of before there were any.
    const differ = (one, other) => Object.entries(one.images).some(([service, image]) => other.images[service] !== image)
    const before = completed.findLast((entry) => differ(entry, current))
    const isUndone = current && last !== current && last.action === "rollback"
    const back = isUndone ? completed.findLast(({ id }) => id === last.id) : current && differ(current, last) ? current : before
    const since = (entry) => [...new Set(entries.slice(entries.indexOf(entry) + 1).flatMap(({ contracts }) => contracts))].join(" ")
    const name = (entry) => (entry ? `${entry.id} ${entry.tag}` : "")
    console.log([name(current), name(back), since(current), since(back)].join("\n"))'
}

show_journal() {
  with_journal '
    const rows = entries.slice(-20).map(({ time, action, tag, outcome, seconds, who, reason }) =>
      [time.slice(0, 19).replace("T", " "), action, tag, outcome, `${seconds} s`, who, reason])
    const table = [["time (UTC)", "action", "tag", "outcome", "took", "who", "reason"], ...rows]
    const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)))
    for (const row of table) console.log("  " + row.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd())'
}

# The images of a release keep a name of their own, for the day when their tag has moved on.
kept_image() { printf '%sfinity-%s:release-%s' "$(setting REGISTRY '')" "$1" "$2"; }

keep_images() {
  for service in $replaced_services; do docker tag "$(image_of "$service")" "$(kept_image "$service" "$release")"; done
}

# The same images may have been released many times, with other settings: they count once.
forget_images() {
  with_journal '
    const newest = new Map()
    for (const { id, outcome, images } of entries.toReversed())
      if (outcome === "completed" && !newest.has(JSON.stringify(images))) newest.set(JSON.stringify(images), id)
    console.log([...newest.values()].slice(0, Number(process.argv[1])).join("\n"))' "$kept_releases" >"$state/kept"
  for service in $replaced_services; do
    docker image ls --format '{{.Repository}}:{{.Tag}}' --filter reference="$(kept_image "$service" '*')" | grep -vFf "$state/kept" | xargs -r docker image rm >/dev/null
  done
}

# is_same_build ID: what that release runs are the images of this one.
is_same_build() { [ "$(pairs_of kept_image "$1" 2>/dev/null)" = "$(image_pairs)" ]; }

# bring_back ID TAG: the tag names the images of that release again.
bring_back() {
  for service in auth api web; do
    have_image "$(kept_image "$service" "$1")" || die "The images of $2 are no longer on this engine." "Deploy it anew: npm run deploy -- $2"
  done
  # A release of before there were backups has none to bring back: those of now go on.
  have_image "$(kept_image backup "$1")" || docker tag "$(image_of backup)" "$(kept_image backup "$1")"
  tag=$2
  for service in $replaced_services; do docker tag "$(kept_image "$service" "$1")" "$(image_of "$service")"; done
  held=$(image_pairs)
}

# Plain 'docker compose up' goes on with what was released.
remember_tag() {
  ! grep -qx "TAG=$tag" .env 2>/dev/null || return 0
  { grep -v '^TAG=' .env 2>/dev/null || true; echo "TAG=$tag"; } >"$state/env"
  cat "$state/env" >.env
  rm "$state/env"
}
