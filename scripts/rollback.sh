#!/bin/sh
# The release before the running one, without dropping a request. Says first whether the database allows it.
# Usage: sh scripts/rollback.sh [--force]
. "$(dirname "$0")/lib/prepare.sh"
. scripts/lib/rollout.sh
. scripts/lib/releases.sh
. scripts/lib/secrets.sh

action=rollback
forced=
case ${1:-} in
  '') ;;
  --force) forced=yes ;;
  *) die "There is no option \"$1\"." "Use: npm run rollback, or npm run rollback -- --force" ;;
esac

started_at=$(date +%s)
tag=$(setting TAG latest)
printf '\nFinity: rollback\n\n'
step "Engine" refuse_old_engine
have_image "$(tool_image)" || die "Nothing of the tag \"$tag\" is here." "Deploy first: npm run deploy -- TAG"
take_lock "rollback"
read_releases >"$state/releases"
{ read -r _; read -r release previous_tag; read -r _; read -r contracts; } <"$state/releases" || true
[ -n "$release" ] || die "There is no release before the running one." "See what was released: npm run deploy -- --log"
if [ -z "$contracts" ]; then
  printf '  ✓ The database suits %s too\n' "$previous_tag"
else
  [ -n "$forced" ] || die "The database has gone where $previous_tag may not follow: $contracts" \
    "Mend the running release with a new one. If $previous_tag is known to live with it: npm run rollback -- --force"
  printf '  ! %s may miss what these took away: %s\n' "$previous_tag" "$contracts"
fi
: >"$state/contracts"
# What is repeated goes where this one went.
give_up() {
  stop_ticker
  trap - EXIT
  [ -n "$interrupted" ] || ! holds_lock || record failed "$(sed -n 1p "$state/failure" 2>/dev/null)"
}

bring_back "$release" "$previous_tag"
record started ''
trap give_up EXIT
for service in auth api web; do step "Back: $service" roll_out "$service"; done
renew_backups "Back: backups"
trap stop_ticker EXIT
record completed ''
remember_tag
printf '\n  %s runs again. Took %ss.\n\n' "$previous_tag" "$(($(date +%s) - started_at))"
