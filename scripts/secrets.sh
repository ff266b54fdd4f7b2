#!/bin/sh
# Makes the production secrets that are missing, in secrets/. What is there is never overwritten.
# Compose mounts these files with the modes that they have here, and the containers do not run as root: the files are
# readable to all, the folder to its owner only.
. "$(dirname "$0")/lib/prepare.sh"

secrets="auth_secret api_secret verification_token_secret reset_password_token_secret auth_owner_password auth_app_password api_owner_password api_app_password replication_password monitor_password redis_password"

umask 077
mkdir -p secrets
chmod 700 secrets
for name in $secrets; do
  if [ -s "secrets/$name" ]; then
    printf '  = secrets/%s is kept\n' "$name"
    continue
  fi
  # Complete or not at all: a file that is half written would be taken for a secret.
  head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' >"secrets/.$name"
  chmod 444 "secrets/.$name"
  mv "secrets/.$name" "secrets/$name"
  printf '  + secrets/%s is made\n' "$name"
done

# Only their givers know these. An empty file counts as none: mails then go out without signing in, and nobody can pay.
ask_for() {
  if [ -s "secrets/$1" ]; then
    printf '  = secrets/%s is kept\n' "$1"
    return
  fi
  : >>"secrets/$1"
  chmod 644 "secrets/$1"
  printf '  ! secrets/%s is empty: put %s there\n' "$1" "$2"
}
ask_for smtp_password 'your SMTP password'
ask_for stripe_secret_key 'your Stripe key, if people are to pay,'
ask_for stripe_webhook_secret 'the signing secret of your Stripe webhook, if people are to pay,'
