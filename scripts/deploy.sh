#!/bin/sh
# Releases the images of a tag without dropping a request. A release that is not good goes, and the one before comes back by itself.
# Usage: sh scripts/deploy.sh [TAG] [--contract] [--without-backup], or sh scripts/deploy.sh --log
# --contract runs migrations too that take something from the release before, which leaves no way back to it.
# --without-backup runs migrations although no backup was proven lately.
. "$(dirname "$0")/lib/prepare.sh"
. scripts/lib/rollout.sh
. scripts/lib/releases.sh
. scripts/lib/secrets.sh
. scripts/lib/preflight.sh
. scripts/lib/signatures.sh

action=deploy
verb="deploy --"
tag=$(setting TAG latest)
contracts_allowed=
backup_needed=yes
for argument; do
  case $argument in
    --contract) contracts_allowed=yes ;;
    --without-backup) backup_needed= ;;
    --log) show_journal && exit ;;
    -*) die "There is no option \"$argument\"." "Use: npm run deploy -- [TAG] [--contract] [--without-backup], or npm run deploy -- --log" ;;
    *) tag=$argument ;;
  esac
done

# What is pending, and whether the release before can live with it.
plan_migrations() {
  : >"$state/contracts"
  : >"$state/pending"
  for service in auth api; do
    compose_prod run --rm --no-deps --no-TTY "$service-migrate" migrate.js --plan >"$state/plan"
    cat "$state/plan"
    [ ! -s "$state/plan" ] || echo "$service" >>"$state/pending"
    awk -F '\t' -v service="$service" '$1 == "contract" { print service "/" $2 }' "$state/plan" >>"$state/contracts"
  done
  [ -z "$current_id" ] || [ -n "$contracts_allowed" ] || [ ! -s "$state/contracts" ] ||
    die "These migrations take something away that the running release $current_tag, the way back, may still use: $(tr '\n' ' ' <"$state/contracts")" \
      "Release first what no longer uses it; then run this again with --contract, after which there is no way back to $current_tag."
  # Those of a deploy that did not end well have run.
  sed -n 3p "$state/releases" | tr ' ' '\n' | grep . >>"$state/contracts" || true
}

# What a migration spoils is in a backup that was restored lately, and this moment gets a name to come back to.
hold_this_moment() {
  sidecar=$(docker ps --quiet --filter label=com.docker.compose.project="$(project_name)" --filter label=com.docker.compose.service=backup --filter label=com.docker.compose.oneoff=False)
  if [ -n "$sidecar" ] && docker exec "$sidecar" node main.js fresh; then
    docker exec "$sidecar" node main.js point "before-$release"
  elif [ -n "$backup_needed" ]; then
    die "Migrations are pending, and no backup was proven lately: $(last_line "$log" 300)" "npm run backup -- now && npm run backup -- drill, then deploy again; or with --without-backup, if what is there may be lost."
  fi
}

# shellcheck disable=SC2046 # A list.
held_images() { image_id $(release_images); }

refuse_moved_tags() {
  [ "$(held_images)" = "$held" ] ||
    die "The tag $tag was moved on this engine since this deploy began." "Let nothing build or pull $tag while it is released, then deploy again."
}

# verified COMMAND: it runs images by their tag.
verified() {
  refuse_moved_tags
  "$@"
}

migrate() {
  keep_lock
  while read -r service; do compose_prod run --rm --no-deps --no-TTY "$service-migrate" </dev/null; done <"$state/pending"
}

watch() {
  watch_release
  refuse_moved_tags
}

start_the_rest() {
  ! { serves db && serves redis; } || return 0
  compose_prod up --detach --no-build --pull never --no-recreate --wait db redis
}

serves() { case $(containers_of "$1" | xargs -r docker inspect --format "$health") in 'running healthy '*) ;; *) false ;; esac; }

# Runs when the script ends between the first change and the last.
give_up() {
  status=$?
  stop_ticker
  trap - EXIT
  if [ -n "$interrupted" ] || ! holds_lock; then
    printf '\n  ! Interrupted. The same command goes on where this one stopped.\n\n' >&2
    exit "$status"
  fi
  if [ -s "$state/failure" ]; then reason=$(sed -n 1p "$state/failure"); else reason=$(last_line "$log" 300); fi
  record failed "$reason"
  [ -n "$current_id" ] || die "The first release failed, and there is none to go back to." "Mend what is named above, then deploy again."
  ! is_same_build "$current_id" || die "Not released. Its images are those that ran before, so there is nothing to bring back; what failed goes on in its old container." \
    "Take back what was changed in .env or secrets/ since the last deploy, then deploy again."
  [ ! -s "$state/contracts" ] || die "The database has gone where $current_tag may not follow, so it is not brought back." "Mend what is named above and deploy again, or: npm run rollback -- --force"
  printf '\n  Bringing back %s\n\n' "$current_tag"
  release=$current_id
  action=rollback
  bring_back "$current_id" "$current_tag"
  for service in auth api web; do step "Back: $service" roll_out "$service"; done
  renew_backups "Back: backups"
  record completed "after a release that failed"
  printf '\n  ✗ Not released. %s runs as before. Took %ss.\n    Reason: %s\n\n' "$current_tag" "$(($(date +%s) - started_at))" "$reason" >&2
  exit 1
}

started_at=$(date +%s)
release=$(date -u +%Y%m%d-%H%M%S)
printf '\nFinity: deploy %s\n\n' "$tag"
step "Engine" refuse_old_engine
step "Compose files" check_compose
# Where nothing runs, an image is needed to look.
first=
serves auth || first=yes
[ -n "$first" ] || step "Disk" check_disk
! signatures_wanted || check_signature_settings
# shellcheck disable=SC2046 # A list.
step "Images" require_images '' $(release_images)
# From here on: what the tags name now, and not what they may name later.
held=$(held_images)
if signatures_wanted; then
  step "Signatures" verify_images
else
  printf '  - Signatures are not asked for\n'
fi
step "Version of PostgreSQL" check_database
step "Secrets" verified check_secrets
step "Ports" verified hold_ports
note_gate
step "Settings" verified check_settings
step "Certificates" check_acme
[ -z "$first" ] || step "Disk" check_disk
take_lock "deploy of $tag"
read_releases >"$state/releases"
read -r current_id current_tag <"$state/releases" || true
[ -n "$current_id" ] || adopt_running
[ -z "$current_id" ] || ! is_same_build "$current_id" ||
  printf '  ! These images run already. Newer ones of %s, if there are, come with: docker pull, or docker buildx bake\n' "$tag"
step "Database and Redis" verified start_the_rest
step "Plan of the migrations" plan_migrations
[ -z "$current_id" ] || [ ! -s "$state/pending" ] || step "Backup, and a point to come back to" hold_this_moment
record started ''
trap give_up EXIT
step "Migrations" verified migrate
for service in auth api web; do step "New $service" roll_out "$service"; done
renew_backups "Backups"
step "Watch" watch
trap stop_ticker EXIT
keep_images
record completed ''
forget_images
remember_tag
printf '\n  %s is released. Took %ss.\n  Back: npm run rollback (or sh scripts/rollback.sh)\n\n' "$tag" "$(($(date +%s) - started_at))"
