# shellcheck shell=sh
# What the doctor finds about the backups of production.

check_backups() {
  runs prod && [ -n "$(container_of db)" ] || return 0
  backup=$(container_of backup)
  if [ -z "$backup" ]; then
    wrong backups "Production runs without its backup sidecar: nothing is backed up." "npm run deploy starts it, or says what it waits for."
    return
  fi
  told=$(ask_backup "$backup" 2>/dev/null) || told=
  case $told in
    '') wrong backups "The backup sidecar does not tell how the backups are." "Its log says why: $(logs_command) backup" ;;
    'good '*) good backups "${told#good }" ;;
    *) tell_alerts ;;
  esac
}

# Each alert is a line with the sentence, and one with the remedy.
tell_alerts() {
  while read -r sentence && read -r remedy; do
    wrong backups "$sentence" "$remedy"
  done <<ALERTS
$told
ALERTS
}

# ask_backup CONTAINER: its alerts, or "good" and the last restore that proved a backup.
ask_backup() {
  docker exec "$1" node --eval '
    const ageOf = (at) => {
      const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(at)) / 60_000))
      if (minutes < 60) return `${minutes} min`
      return minutes < 2_880 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1_440)} days`
    }
    const sizeOf = (bytes) => {
      const power = Math.min(4, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
      return `${Number((bytes / 1_000 ** power).toFixed(1))} ${["bytes", "kB", "MB", "GB", "TB"][power]}`
    }
    const line = (text) => text.replace(/\s+/g, " ").trim()
    const response = await fetch("http://127.0.0.1:3002/status", { signal: AbortSignal.timeout(5_000) })
    const { drill, alerts } = await response.json()
    for (const { sentence, remedy } of alerts) console.log(`${line(sentence)}\n${line(remedy)}`)
    if (alerts.length === 0)
      console.log(
        drill?.error === null
          ? `good last proven restore ${ageOf(drill.at)} ago, ${sizeOf(drill.bytes)}, ${Math.round(drill.seconds)} s`
          : "good no restore has proven a backup yet",
      )'
}
