# shellcheck shell=sh
# Steps with progress, and errors that name their remedy.

ticker=
step_number=0

# die SENTENCE REMEDY: stop with what is wrong and what to do about it.
die() {
  rm -f "$state/failure"
  printf '%s\n%s\n' "$1" "$2" >"$state/failure" 2>/dev/null || true
  printf '\n  ✗ %s\n    Remedy: %s\n' "$1" "$2" >&2
  exit 1
}

# confirm SENTENCE WORD COMMAND: goes on when somebody types the word.
confirm() {
  [ -t 0 ] || die "$1, and nobody is here to ask." "Run '$3 --yes' if that is meant."
  printf '%s. Type "%s" to go on: ' "$1" "$2"
  read -r answer
  [ "$answer" = "$2" ] || die "Nothing was deleted or changed." "Type the word $2 to confirm."
}

have() { command -v "$1" >/dev/null 2>&1; }

# A signal that can be caught is lost when it comes before the new process has dropped the traps of this one.
stop_ticker() {
  [ -n "$ticker" ] || return 0
  kill -KILL "$ticker" 2>/dev/null || true
  wait "$ticker" 2>/dev/null || true
  ticker=
}
trap stop_ticker EXIT
# A command that ended with such a number has failed; this script was not interrupted.
interrupted=
trap 'interrupted=yes; exit 130' INT
trap 'interrupted=yes; exit 143' TERM

last_line() { tail -n 1 "$1" 2>/dev/null | tr -d '\r' | tr -s '[:space:][:cntrl:]' ' ' | cut -c1-"$2"; }

# tick PARENT LOG TITLE: show that a step is alive: in place on a terminal, a line every 20 s elsewhere.
tick() {
  seconds=0
  while kill -0 "$1" 2>/dev/null; do
    if [ -t 1 ]; then
      printf '\r\033[K  … %s %ss  \033[2m%s\033[0m' "$3" "$seconds" "$(last_line "$2" 60)"
    elif [ $((seconds % 20)) -eq 0 ] && [ "$seconds" -gt 0 ]; then
      printf '    … %ss: %s\n' "$seconds" "$(last_line "$2" 100)"
    fi
    sleep 1
    seconds=$((seconds + 1))
  done
}

# step TITLE COMMAND…: run it with its output in a log of its own; say how long it took, or why it failed.
step() {
  title=$1
  shift
  step_number=$((step_number + 1))
  log=$logs/$(printf '%02d-%s' "$step_number" "$title" | tr -cs '[:alnum:]\n' '-' | tr '[:upper:]' '[:lower:]').log
  rm -f "$state/failure"
  : >"$log"
  started=$(date +%s)
  tick $$ "$log" "$title" &
  ticker=$!
  set +e
  (trap - EXIT; set -e; "$@") >"$log" 2>&1
  status=$?
  set -e
  stop_ticker
  [ ! -t 1 ] || printf '\r\033[K'
  [ "$status" -eq 0 ] || step_failed
  printf '  ✓ %s (%ss)\n' "$title" "$(($(date +%s) - started))"
}

# An error that the step itself explained is shown as it is; for any other, the end of its log.
step_failed() {
  if [ -s "$state/failure" ]; then
    printf '  ✗ %s\n    Remedy: %s\n' "$(sed -n 1p "$state/failure")" "$(sed -n 2p "$state/failure")" >&2
  else
    printf '  ✗ %s failed. The end of its log:\n' "$title" >&2
    tail -n 20 "$log" | sed 's/^/    │ /' >&2
    printf '    Remedy: read the log, mend the cause, run the same command again; it goes on where it stopped.\n' >&2
  fi
  printf '    Log: %s\n' "$log" >&2
  exit 1
}

# retry COUNT COMMAND…: for downloads, which a second try often mends.
retry() {
  tries=$1
  shift
  until "$@"; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 2
  done
}
