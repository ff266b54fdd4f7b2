# shellcheck shell=sh
# What the doctor finds about the secret files of production.

check_secrets() {
  before=$findings
  if engine_is_elsewhere; then
    check_secrets_elsewhere
    return
  fi
  if [ ! -d "$folder" ] && runs prod; then
    wrong secrets "$folder is missing, and production runs." "Bring it back from your copy before anything is made anew."
    return
  fi
  if [ ! -d "$folder" ]; then
    good secrets "none here: development has its own (npm run secrets makes those of production)"
    return
  fi
  case $(ls -ld "$folder") in
    d???------*) ;;
    *) wrong secrets "$folder can be read by other users of this host." "chmod 700 $folder" ;;
  esac
  for name in $made_secrets; do
    check_secret "$folder/$name" "$(rotation_of "$name")"
  done
  for name in $given_secrets; do
    [ ! -e "$folder/$name" ] || check_mode "$folder/$name"
  done
  [ "$findings" -gt "$before" ] || good secrets "$(echo "$made_secrets" | wc -w | tr -d ' ') in $folder, strong and private"
}

# What is in them stays there.
check_secrets_elsewhere() {
  # shellcheck disable=SC2086 # A list.
  if ! missing=$(missing_secrets $made_secrets 2>/dev/null); then
    wrong secrets "The engine's host shows no folder $(secrets_folder_on_engine)." "SECRETS_DIR in .env names the folder there: docs/RUNBOOK.md, \"Release from elsewhere\"."
  elif [ -n "$missing" ]; then
    wrong secrets "Missing in $folder on the engine's host: $missing" "Bring them back from your copy: docs/RUNBOOK.md, \"Release from elsewhere\"."
  else
    good secrets "$(echo "$made_secrets" | wc -w | tr -d ' ') in $folder on the engine's host"
  fi
}

rotation_of() {
  case $1 in
    redis_password) echo "put the output of 'openssl rand -hex 32' there, then docker compose -f compose/base.yml -f compose/prod.yml up -d --no-deps --force-recreate redis auth" ;;
    *_password) echo "npm run rotate -- database" ;;
    backup_key) echo "Backups begin anew with another: docs/RUNBOOK.md, \"A new key\"." ;;
    *) echo "npm run rotate -- token-secrets" ;;
  esac
}

# check_mode FILE: containers read it as users of their own, and nobody else comes into the folder.
check_mode() {
  case $(ls -l "$1") in
    ?????w* | ????????w*) wrong secrets "$1 can be changed by other users of this host." "chmod 444 $1" ;;
    ?r??r??r*) ;;
    *) wrong secrets "$1 cannot be read by the services." "chmod 444 $1" ;;
  esac
}

# check_secret FILE ROTATION
check_secret() {
  if [ ! -s "$1" ]; then
    wrong secrets "$1 is missing." "npm run secrets, if the database is new; else bring it back from your copy."
    return
  fi
  value=$(head -n 1 "$1")
  distinct=$(printf '%s' "$value" | fold -w 1 | sort -u | wc -l)
  case $value in
    development-only*) wrong secrets "$1 is the development value that stands in the repository." "$2" ;;
  esac
  if [ "${#value}" -lt 32 ] || [ "$distinct" -lt 10 ]; then
    wrong secrets "$1 is weak: ${#value} characters, $distinct different ones." "$2"
  fi
  check_mode "$1"
  # Another key would read none of the backups that there are.
  [ "${1##*/}" = backup_key ] || [ -z "$(find "$1" -mtime +365)" ] || wrong secrets "$1 is older than a year." "$2"
}
