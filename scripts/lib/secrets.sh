# shellcheck shell=sh disable=SC2016,SC2086 # What stands in single quotes is JavaScript; the roles are a list.
# The secret files of production: which there are, where they are, and how one gets another content.

roles="auth_owner auth_app api_owner api_app replication monitor"
token_secrets="auth_secret api_secret verification_token_secret reset_password_token_secret"
made_secrets="$token_secrets $(printf '%s_password ' $roles)redis_password backup_key"
# Only their givers know these.
given_secrets="smtp_password backup_s3_secret_access_key stripe_secret_key stripe_webhook_secret"

# Compose takes a relative SECRETS_DIR from compose/, as every path in its files.
secrets_folder() {
  folder=$(setting SECRETS_DIR ../secrets)
  case $folder in
    /*) printf '%s' "$folder" ;;
    ../*) printf '%s' "${folder#../}" ;;
    *) printf 'compose/%s' "$folder" ;;
  esac
}

# Compose names the folder to the engine by its whole path.
secrets_folder_on_engine() {
  folder=$(secrets_folder)
  case $folder in /*) printf '%s' "$folder" ;; *) printf '%s/%s' "$root" "$folder" ;; esac
}

# missing_secrets NAME…: Compose would mount a missing file as an empty folder. The engine is asked, since the files may be on another host.
missing_secrets() {
  run_tool --network none --user 0 --mount type=bind,source="$(secrets_folder_on_engine)",target=/tmp,readonly "$(tool_image)" \
    --print 'process.argv.slice(1).filter((name) => !fs.existsSync(`/tmp/${name}`)).join(" ")' -- "$@"
}

random_secret() { head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n'; }

# write_over FILE TEXT: containers hold the file and not its name, so that a new file in its place is seen by none of them.
# What is there goes byte by byte under the new text, and is never missing.
write_over() {
  IFS= read -r before <"$1" || true
  printf '%s' "$2" 1<>"$1"
  [ "${#before}" -eq "${#2}" ] || dd if=/dev/null of="$1" bs=1 seek="$(printf '%s' "$2" | wc -c)" 2>/dev/null
}
