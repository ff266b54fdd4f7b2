#!/bin/sh
# Follows one request through the logs of all containers, from its first line to its last.
# Usage: sh scripts/trace.sh REQUEST_ID   (the X-Request-Id of the answer, or "requestId" of an error)
. "$(dirname "$0")/lib/prepare.sh"

id=${1:-}
case $id in
  '' | *[!A-Za-z0-9._-]*) die "\"$id\" is no request id." "Give the X-Request-Id of an answer: npm run trace -- 0b9d3f1e-7c1c-4c62-9a55-3c6f8a0c7d11" ;;
esac

containers=$(docker ps --all --filter label=com.docker.compose.project="$(project_name)" --format '{{.ID}} {{.Label "com.docker.compose.service"}} {{.Image}}')
image=$(printf '%s\n' "$containers" | awk '$2 == "auth" || $2 == "api" { print $3; exit }')
[ -n "$image" ] || die "The project \"$(project_name)\" has no containers." "Start it, or set COMPOSE_PROJECT_NAME to the project whose request it was."

# lines: "SERVICE TIME LINE" of each that names the request, with the engine's time of it.
lines() {
  printf '%s\n' "$containers" | while read -r container service _; do
    docker logs --timestamps "$container" 2>&1 </dev/null | grep -F -- "$id" | sed "s/^/$service /" || true
  done
}

# A line is written when something is over, and its place is where that began. Times are cut to whole milliseconds, so the edge is
# put first and a statement a millisecond later: neither can be otherwise.
print_table='
  const lines = fs.readFileSync(0, "utf8").split("\n").filter(Boolean)
  const parse = (text) => { try { return JSON.parse(text) } catch { return { msg: text } } }
  const say = (...words) => words.filter((word) => word !== undefined && word !== "").join(" ").replace(/\s+/g, " ").slice(0, 160)
  const readEdge = ({ request, status, durationMs }) => ({ rank: 0, ms: durationMs, message: say(request.method, request.uri, status) })
  const readDatabase = ({ error_severity, message }) => {
    const [, ms, sql] = /^duration: ([\d.]+) ms +(.*)$/s.exec(message) ?? []
    return { late: 1, ms: ms && Number(ms), message: sql ? say(sql) : say(error_severity, message) }
  }
  const readService = ({ msg, method, path, status, errorCode, err, durationMs }) =>
    ({ ms: durationMs, message: say(msg, method, path, status, errorCode, err?.message) })
  const read = (line) => {
    const [, service, written, text] = /^(\S+) (\S+) (.*)$/.exec(line)
    const entry = parse(text)
    const row = entry.request ? readEdge(entry) : entry.backend_type ? readDatabase(entry) : readService(entry)
    const time = Date.parse(entry.time ?? entry.timestamp ?? written)
    return { rank: 1, ...row, service, began: time - (row.ms ?? 0) + (row.late ?? 0) }
  }
  const rows = lines.map(read).sort((a, b) => a.rank - b.rank || a.began - b.began)
  const cells = rows.map(({ began, service, message, ms }) => [new Date(began).toISOString().slice(11, 23), service, ms === undefined ? "" : ms.toFixed(1), message])
  const table = [["time (UTC)", "service", "ms", "message"], ...cells]
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column].length)))
  for (const row of table) console.log("  " + row.map((cell, column) => column === 2 ? cell.padStart(widths[2]) : cell.padEnd(widths[column] ?? 0)).join("  "))'

found=$(lines)
[ -n "$found" ] ||
  die "No container has a line of the request $id." "Check the id; logs are kept until their container is replaced, at most 30 MB each."
printf '%s\n' "$found" | docker run --rm --interactive --network none --entrypoint node "$image" --eval "$print_table"
