#!/bin/sh
# Makes the production secrets that are missing, in secrets/. What is there is never overwritten.
# Compose mounts these files with the modes that they have here, and the containers do not run as root: the files are
# readable to all, the folder to its owner only.
. "$(dirname "$0")/lib/prepare.sh"
. scripts/lib/secrets.sh

folder=$(secrets_folder)
case $folder in
  /*) ! engine_is_elsewhere || die "$folder is a folder on the engine's host, and this is another." "Make them here and copy them there: docs/RUNBOOK.md, \"Release from elsewhere\"." ;;
esac
umask 077
mkdir -p "$folder"
chmod 700 "$folder"
for name in $made_secrets; do
  if [ -s "$folder/$name" ]; then
    printf '  = %s/%s is kept\n' "$folder" "$name"
    continue
  fi
  # Complete or not at all: a file that is half written would be taken for a secret.
  random_secret >"$folder/.$name"
  chmod 444 "$folder/.$name"
  mv "$folder/.$name" "$folder/$name"
  printf '  + %s/%s is made\n' "$folder" "$name"
done

# Only their givers know these. An empty file counts as none: mails then go out without signing in, backups stay on the server, and nobody can pay.
ask_for() {
  if [ -s "$folder/$1" ]; then
    printf '  = %s/%s is kept\n' "$folder" "$1"
    return
  fi
  : >>"$folder/$1"
  chmod 644 "$folder/$1"
  printf '  ! %s/%s is empty: put %s there\n' "$folder" "$1" "$2"
}
ask_for smtp_password 'your SMTP password'
ask_for backup_s3_secret_access_key 'the secret of your S3 key, if backups are to be on S3 too,'
ask_for stripe_secret_key 'your Stripe key, if people are to pay,'
ask_for stripe_webhook_secret 'the signing secret of your Stripe webhook, if people are to pay,'
