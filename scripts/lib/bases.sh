# shellcheck shell=sh
# Base images: pulled when a registry answers, else built from Debian and npm packages under the official names.
# A digest is that of the official image alone: what stands in for it has the name without it, and whoever builds is told (decisions/0031).

# base_image NAME: the full name of a base image, from the one file that uses it.
base_image() {
  cat docker/*.Dockerfile docker/*/Dockerfile compose/*.yml |
    sed -nE "s#^(FROM|[[:space:]]+image:) (([^ ]+/)?$1:[^ ]+).*#\\2#p" | head -n 1
}

have_image() { docker image inspect "$@" >/dev/null 2>&1; }

# stand_in_of IMAGE: what is here in its place, in words of its own; nothing where the image itself is here, or neither.
stand_in_of() {
  case $1 in *@*) ! have_image "$1" || return 0 ;; esac
  ! have_image "${1%@*}" || docker image inspect --format '{{index .Config.Labels "finity.stand-in"}}' "${1%@*}"
}

ensure_bases() {
  missing=
  for name in node postgres caddy redis; do
    image=$(base_image "$name")
    have_image "$image" || [ -n "$(stand_in_of "$image")" ] || missing="$missing $image"
  done
  [ -n "$missing" ] || return 0
  echo "Missing:$missing"
  if registry_answers "$(base_image redis)"; then
    # No time limit here: a slow line may take long, and says so itself.
    for image in $missing; do retry 3 docker pull "$image"; done
  else
    build_stand_ins
  fi
}

# Images are built from nothing, and inherit no label from a stand-in: the builds are told. Of those with a digest they are told the names too.
remember_stand_ins() {
  STAND_IN='' STOOD_IN_FOR=''
  for name in node postgres caddy redis; do
    image=$(base_image "$name")
    label=$(stand_in_of "$image")
    STAND_IN=${STAND_IN:-$label}
    [ -z "$label" ] || case $image in *@*) STOOD_IN_FOR="$STOOD_IN_FOR $image" ;; esac
  done
  export STAND_IN STOOD_IN_FOR
}

# What a build is to take for what a FROM line says: NAME=PLACE, a line each.
contexts_of_stand_ins() { for image in $STOOD_IN_FOR; do echo "$image=docker-image://${image%@*}"; done; }

# Compose knows no variables of Bake, and runs images too: it gets a file of its own beside compose/dev.yml (compose_dev).
remember_for_compose() {
  rm -f "$state/stand-ins.yml"
  [ -n "$STOOD_IN_FOR" ] || return 0
  {
    echo services:
    for service in db auth-migrate; do
      printf '  %s:\n    build:\n      additional_contexts:\n' "$service"
      contexts_of_stand_ins | sed 's/^/        - /'
    done
    for image in $STOOD_IN_FOR; do case $image in *redis:*) printf '  redis:\n    image: %s\n' "${image%@*}" ;; esac done
  } >"$state/stand-ins.yml"
}

# Asks for one small manifest, at most ten seconds.
registry_answers() {
  docker buildx imagetools inspect "$1" >/dev/null 2>&1 &
  question=$!
  for _ in $(seq 20); do
    kill -0 "$question" 2>/dev/null || break
    sleep 0.5
  done
  kill "$question" 2>/dev/null || true
  wait "$question" 2>/dev/null
}

build_stand_ins() {
  { have apt-get && [ "$(id -u)" -eq 0 ]; } ||
    die "No image registry answers, so the base images cannot be pulled." "Check the network or proxy of the Docker engine ('docker pull $(base_image redis)' shows its error), then run this again."
  require_disk /var/lib 6
  export DEBIAN=debian:trixie-slim NODE POSTGRES CADDY REDIS PGADMIN
  NODE=$(base_image node) POSTGRES=$(base_image postgres) CADDY=$(base_image caddy)
  REDIS=$(base_image redis) PGADMIN=$(base_image pgadmin4)
  have_image "$DEBIAN" || import_debian trixie "$DEBIAN"
  retry 2 docker buildx bake --progress plain -f docker/bases/docker-bake.hcl
}

# import_debian SUITE IMAGE: a minimal root file system, from the archive and with the apt settings of this host.
import_debian() {
  if ! have mmdebstrap || [ -n "$(dpkg --audit)" ]; then
    mend_packages
    install_packages mmdebstrap
  fi
  echo "Making a Debian $1 root file system"
  archive=$(debian_archive)
  check_valid_until=$(apt-config dump Acquire::Check-Valid-Until | sed 's/;$//')
  # A run that was killed may have left its helper at work on a file of its own.
  rm -f "$state"/rootfs.*.tar
  tarball=$state/rootfs.$$.tar
  mmdebstrap --variant=apt --include=ca-certificates,passwd --aptopt="${check_valid_until:-Acquire::Check-Valid-Until \"true\"}" \
    --aptopt='Acquire::Languages "none"' --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
    "$1" "$tarball" "deb $archive $1 main" "deb $archive $1-updates main"
  docker import --change 'CMD ["bash"]' "$tarball" "$2"
  rm -f "$tarball"
}
