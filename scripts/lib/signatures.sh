# shellcheck shell=sh
# Signatures: whether somebody who is trusted vouches for the very images that are about to run (docs/decisions/0027).

signature_settings="IMAGE_SIGNATURE_KEY IMAGE_SIGNATURE_IDENTITY IMAGE_SIGNATURE_ISSUER"

signatures_wanted() { for name in $signature_settings; do [ -z "$(setting "$name" '')" ] || return 0; done; false; }

# Sets key, identity, issuer and ca.
check_signature_settings() {
  key=$(setting IMAGE_SIGNATURE_KEY '') identity=$(setting IMAGE_SIGNATURE_IDENTITY '') issuer=$(setting IMAGE_SIGNATURE_ISSUER '')
  ca=$(setting REGISTRY_CA_FILE '')
  [ -z "$key" ] || [ -z "$identity$issuer" ] ||
    die "IMAGE_SIGNATURE_KEY is set, and IMAGE_SIGNATURE_IDENTITY or IMAGE_SIGNATURE_ISSUER is too." "Keep in .env what your images are signed with: the key, or the other two."
  if [ -n "$key" ]; then
    grep -q 'BEGIN PUBLIC KEY' "$key" 2>/dev/null ||
      die "IMAGE_SIGNATURE_KEY is \"$key\", and there is no public key there that can be read." "Name the file that 'cosign generate-key-pair' wrote as cosign.pub."
  else
    case $identity in '^'*'$') ;; *) die "IMAGE_SIGNATURE_IDENTITY is \"$identity\", which is no regular expression of a whole identity." "Begin it with ^ and end it with \$: what matches somewhere inside could be anybody's." ;; esac
    case $issuer in https://?*) ;; *) die "IMAGE_SIGNATURE_ISSUER is \"$issuer\", which is no https address." "For GitHub Actions it is https://token.actions.githubusercontent.com." ;; esac
  fi
  [ -n "$(setting REGISTRY '')" ] ||
    die "Signatures are asked for, and REGISTRY names no registry: that is where they are." "Set REGISTRY in .env to where the signed images are, or take the IMAGE_SIGNATURE_ settings out."
  [ -z "$ca" ] || grep -q 'BEGIN CERTIFICATE' "$ca" 2>/dev/null ||
    die "REGISTRY_CA_FILE is \"$ca\", and there is no certificate there that can be read." "Name the file, on this host, with the CA of the registry in PEM."
}

# After check_signature_settings, and before anything of the images runs. What the tag names in the registry is verified, and must be what it names here.
verify_images() {
  cosign=$(setting COSIGN_IMAGE "$(setting REGISTRY '')finity-cosign:1")
  have_image "$cosign" || docker pull --quiet "$cosign" ||
    die "There is no image $cosign, which verifies signatures." "Build it here ('docker buildx bake cosign'), or name where it is: COSIGN_IMAGE in .env."
  # shellcheck disable=SC2046 # A list.
  verified=$({ registry_logins; [ -z "$ca" ] || cat "$ca"; } | run_cosign $(release_images)) || refuse_unverified
  printf '%s\n' "$verified" | while read -r image digest; do
    [ "$(image_id "$image")" = "$(image_id "${image%:*}@$digest")" ] ||
      die "The image $image here is not the signed one that the registry has: it was built here, or the tag has moved since it was pulled." \
        "Take the registry's ('docker pull $image'), or push and sign this one; then deploy again."
  done
  refuse_stand_ins
}

# A signature says whose an image is. One that is built on stand-ins is for the host that built it, whoever signed it.
refuse_stand_ins() {
  [ "$(setting STAND_IN_IMAGES refused)" != allowed ] || return 0
  for image in $(release_images); do
    [ -z "$(docker image inspect --format '{{index .Config.Labels "finity.stand-in"}}' "$image")" ] ||
      die "The image $image is built on a base that stands in for the official one: it is for the host that built it." \
        "Build and sign it where an image registry answers; or set STAND_IN_IMAGES=allowed in .env, where that is what you want to run."
  done
}

# On the network of the host, as the engine: "localhost" is the same to both. What is secret comes by standard input.
run_cosign() {
  run_tool --interactive --network host --read-only --cap-drop ALL --security-opt no-new-privileges --pids-limit 128 --tmpfs /tmp:size=16m,mode=1777,noexec,nosuid,nodev \
    --env IMAGE_SIGNATURE_KEY="$([ -z "$key" ] || cat "$key")" --env IMAGE_SIGNATURE_IDENTITY="$identity" --env IMAGE_SIGNATURE_ISSUER="$issuer" "$cosign" "$@"
}

# The image after those that were good is the one that was not.
refuse_unverified() {
  # shellcheck disable=SC2046 # A list.
  image=$(printf '%s\n' $(release_images) | sed -n "$(($(printf '%s' "$verified" | grep -c . || true) + 1))p")
  reason=$(last_line "$log" 400 | sed 's/^error during command execution: //; s/ $//')
  case $reason in
    'no signatures found' | 'no matching '* | 'no valid bundles '*)
      die "What $image names in the registry is not signed as .env asks: $reason." "Sign it if it is what you released ('cosign sign'); if you do not know how it came there, find out before anything of it runs." ;;
  esac
  die "The signature of $image could not be verified: $reason" "Mend what it names: the way to the registry, 'docker login', REGISTRY_CA_FILE, or the IMAGE_SIGNATURE_ settings; then deploy again."
}

# Docker's sign-ins as one line of JSON: those of its file, or that of the helper which keeps the registry's.
registry_logins() {
  logins=${DOCKER_AUTH_CONFIG:-$(cat "${DOCKER_CONFIG:-$HOME/.docker}/config.json" 2>/dev/null || echo '{}')}
  logins=$(printf '%s' "$logins" | tr -d '\r\n')
  server=$(setting REGISTRY '')
  server=${server%%/*}
  # A first part that is no host is a name at Docker Hub.
  case $server in *[.:]* | localhost) ;; *) server=https://index.docker.io/v1/ ;; esac
  helper=$(printf '%s' "$logins" | sed -n "s#.*\"credHelpers\"[: ]*{[^}]*\"$server\"[: ]*\"\([^\"]*\)\".*#\1#p")
  [ -n "$helper" ] || helper=$(printf '%s' "$logins" | sed -n 's/.*"credsStore"[: ]*"\([^"]*\)".*/\1/p')
  if [ -n "$helper" ]; then
    login=$(printf '%s' "$server" | "docker-credential-$helper" get 2>/dev/null) || login='{}'
    logins="{\"auths\":{\"$server\":$(printf '%s' "$login" | tr -d '\r\n' | sed 's/"Secret"/"password"/')}}"
  fi
  printf '%s\n' "$logins"
}
