#!/bin/sh
# Makes the production secrets that are missing, in secrets/. What is there is never overwritten.
# Compose mounts these files with the modes that they have here, and the containers do not run as root: the files are
# readable to all, the folder to its owner only.
. "$(dirname "$0")/lib/prepare.sh"

secrets="auth_secret verification_token_secret reset_password_token_secret auth_owner_password auth_app_password api_owner_password api_app_password replication_password monitor_password redis_password"

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

# Only the mail server's owner knows this one. An empty file counts as none, so mails then go out without signing in.
if [ -s secrets/smtp_password ]; then
  echo '  = secrets/smtp_password is kept'
else
  : >>secrets/smtp_password
  chmod 644 secrets/smtp_password
  echo '  ! secrets/smtp_password is empty: put your SMTP password there'
fi
