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
  run_tool --network none "$(tool_image)" --print 'const { bavail, bsize } = fs.statfsSync("/"); Math.floor((bavail * bsize) / 2 ** 20)'
}

operator() { printf '%s' "${DEPLOYED_BY:-$(id -un)@$(hostname)}"; }

# take_lock WHAT: a container is the lock. It lives as long as it hears from this process, however this process ends: its standard
# input ends then, or goes silent when the line to the engine was cut.
take_lock() {
  owner="$1 by $(operator)"
  holder_id=$(date +%s).$$
  lease=$state/lease.$$
  mkfifo "$lease"
  run_tool --interactive --network none --name "$lock" --label finity.deploy="$owner" --label finity.deploy.holder="$holder_id" --entrypoint node "$(tool_image)" \
    --eval 'const late = setTimeout(process.exit, 30_000); process.stdin.on("data", () => late.refresh()).on("end", process.exit)' <"$lease" >/dev/null 2>"$logs/lock.log" &
  holder=$!
  exec 9>"$lease"
  rm -f "$lease"
  while kill -0 $$ && echo >&9; do sleep 0.2 9>&-; done 2>/dev/null &
  until [ "$(docker inspect --format '{{.State.Running}} {{index .Config.Labels "finity.deploy.holder"}}' "$lock" 2>/dev/null)" = "true $holder_id" ]; do
    kill -0 "$holder" 2>/dev/null || die_unlocked
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

# with_journal SCRIPT ARGUMENT…: JavaScript that reads the journal's entries, oldest first, and may add one.
with_journal() {
  script=$1
  shift
  run_tool --network none --volume "$journal:/tmp" "$(tool_image)" --eval "
    const file = '/tmp/releases.jsonl'
    const entries = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)) : []
    const add = (entry) => fs.appendFileSync(file, JSON.stringify(entry) + '\n', { flush: true })
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

image_pairs() { for service in $replaced_services; do printf '%s=%s ' "$service" "$(image_id "$(image_of "$service")")"; done; }

# Three lines: the release that runs and the one before it, "ID TAG" each, and the contracts that ran since the one before.
read_releases() {
  with_journal '
    const done = entries.filter(({ outcome }) => outcome === "completed")
    const current = done.at(-1)
    // The image of the backups is not in entries of before there were any.
    const before = done.findLast(({ images }) => Object.entries(images).some(([service, image]) => current.images[service] !== image))
    const since = entries.slice(entries.indexOf(before) + 1).flatMap(({ contracts }) => contracts)
    console.log([current, before].map((entry) => (entry ? `${entry.id} ${entry.tag}` : "")).join("\n") + `\n${since.join(" ")}`)'
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
  for service in $replaced_services; do
    docker tag "$(image_of "$service")" "$(kept_image "$service" "$release")"
    docker image ls --format '{{.Repository}}:{{.Tag}}' --filter reference="$(kept_image "$service" '*')" | sort -r | tail -n +$((kept_releases + 1)) |
      xargs -r docker image rm >/dev/null
  done
}

# bring_back ID TAG: the tag names the images of that release again.
bring_back() {
  # A release of before there were backups has none to bring back: those of now go on.
  have_image "$(kept_image backup "$1")" || docker tag "$(image_of backup)" "$(kept_image backup "$1")"
  tag=$2
  for service in $replaced_services; do docker tag "$(kept_image "$service" "$1")" "$(image_of "$service")"; done
  held=$(image_pairs)
}

# Plain 'docker compose up' goes on with what was released.
remember_tag() {
  [ "$tag" != "$(setting TAG latest)" ] || return 0
  { grep -v '^TAG=' .env 2>/dev/null || true; echo "TAG=$tag"; } >"$state/env"
  cat "$state/env" >.env
  rm "$state/env"
}
