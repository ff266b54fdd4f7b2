#!/bin/sh
# Publishes the images of a tag: built and pushed for each platform, merged by digest, signed, and named only when all of that was good.
# Until then they are candidates, since nothing can be pushed without a name (the engine's own builder knows no push by digest).
# Any step may be run again; what is not named yet, nobody has.
# Usage: sh scripts/images.sh STEP, with REGISTRY and TAG from the environment or .env.
#   check         whether this machine may publish, and if not, what it lacks
#   build         here, for the platform of this engine; with IMAGE_CACHE=yes through the registry's cache, with "write" into it only
#   merge         the platforms (PLATFORMS) into one image each; what a release keeps must be signed as a deploy asks (IMAGE_SIGNATURE_…)
#   list          what merge has made, and no release before has signed, as JSON, one object each
#   sign [IMAGE]  all of these, or one: with the key COSIGN_KEY, else as the workflow that runs this
#   sbom          what each of them holds, as CycloneDX, one file for each platform
#   tag           names them
#   pull          what a release is made of, by digest, to the engine that is to run it
#   provenance    whether GitHub vouches that this tag's workflow built that
. "$(dirname "$0")/lib/prepare.sh"
. scripts/lib/rollout.sh
. scripts/lib/signatures.sh

published=$state/images
images=$published/images.txt
# Of these, what no release before has signed.
unsigned=$published/unsigned.txt
registry=$(setting REGISTRY '')
tag=$(setting TAG latest)
platforms=$(setting PLATFORMS 'linux-amd64 linux-arm64')

targets() { sh scripts/list-targets.sh release | tr -d '[]"' | tr , '\n'; }
name_of() { printf '%sfinity-%s' "$registry" "$1"; }
# Some images have a tag of their own, which is raised by hand (docker-bake.hcl).
own_tag_of() { sed -n "s/.*}finity-$1:\([0-9][0-9]*\)\"\].*/\1/p" docker-bake.hcl; }
digest_of() { docker buildx imagetools inspect --format '{{ json .Manifest }}' "$1" | sed -n 's/^  "digest": "\(.*\)",*$/\1/p' | grep .; }
# each_image LIST COMMAND…
each_image() {
  list=$1
  shift
  while read -r image; do "$@" "$image" </dev/null || exit 1; done <"$list"
}

require_registry() {
  case $registry in
    '') die "REGISTRY names no registry to publish to." "Set it, with its slash: REGISTRY=ghcr.io/your-team/" ;;
    *[[:upper:]]* | *[!/]) die "REGISTRY is \"$registry\", which begins no image's name." "Write it in lower case and end it with a slash: REGISTRY=ghcr.io/your-team/" ;;
  esac
}

require_github_registry() {
  case $registry in
    ghcr.io/*) ;;
    *) die "REGISTRY is \"$registry\", and the workflows can sign in at ghcr.io only." "Take the variable out, or name a place there (ghcr.io/your-team/); for another registry, run these verbs where you are signed in." ;;
  esac
}

require_list() { [ -s "$images" ] || die "There is no list of images in $images." "$1"; }

require_signer() {
  [ -n "$(setting COSIGN_KEY '')" ] || [ -n "${ACTIONS_ID_TOKEN_REQUEST_URL:-}" ] ||
    die "Nothing here can sign images." "Give the job 'id-token: write', or name a key of cosign: COSIGN_KEY=/path/to/cosign.key"
}

# A name that is missing is an answer too: the first push makes it.
check() {
  [ "${FORK:-}" != true ] || die "This is a fork, and only the repository itself publishes images." "Open a pull request; its checks need no secret. To publish your own, detach the fork and set REGISTRY."
  require_registry
  # At GitHub another job signs, and only that one is given the identity.
  if [ "${GITHUB_ACTIONS:-}" = true ]; then require_github_registry; else require_signer; fi
  digest_of "$(name_of auth):$tag" >"$logs/registry.log" 2>&1 || judge_answer
}

# GitHub's registry may deny what is not there yet in the words for what is not allowed: the first push tells.
judge_answer() {
  ! grep -qiE 'denied|forbidden|403' "$logs/registry.log" ||
    printf '  ! %s\n' "The registry $registry refuses to say what it has: $(last_line "$logs/registry.log" 300)" "Before the first push that may be. If the push fails too, give this repository the role \"write\" in the settings of each package, Manage Actions access."
  ! grep -qiE 'dial|no such host|refused|timeout|deadline|x509|unauthorized' "$logs/registry.log" ||
    die "The registry $registry cannot be used: $(last_line "$logs/registry.log" 300)" "Mend the way to it, or sign in ('docker login ${registry%%/*}'), then run this again; what was pushed stays."
}

build() {
  prepare_host
  platform=$(docker version --format '{{.Server.Os}}-{{.Server.Arch}}')
  set --
  for target in $(targets); do
    name=$(name_of "$target")
    set -- "$@" --set "$target.tags=$name:candidate-$tag-$platform" --set "$target.output=type=image,push=true"
    [ "${IMAGE_CACHE:-}" != yes ] || set -- "$@" --set "$target.cache-from=type=registry,ref=$name:cache-$platform"
    [ -z "${IMAGE_CACHE:-}" ] || set -- "$@" --set "$target.cache-to=type=registry,ref=$name:cache-$platform,mode=max"
  done
  BUILDX_METADATA_PROVENANCE=disabled docker buildx bake --progress plain --provenance mode=max --sbom true --metadata-file "$published/metadata.json" "$@" release
  mkdir -p "$published/digests/$platform"
  awk -F '"' '/^  "/ { target = $2 } /^    "containerimage.digest"/ { print target, $4 }' "$published/metadata.json" |
    while read -r target digest; do echo "$digest" >"$published/digests/$platform/$target"; done
}

# The cosign that a deploy verifies with, built from here: what the registry has under its name is what is judged.
prepare_cosign() {
  ca=$(setting REGISTRY_CA_FILE '')
  cosign=$(setting COSIGN_IMAGE "$(name_of cosign):$(own_tag_of cosign)")
  have_image "$cosign" || { prepare_host && docker buildx bake --progress plain --load cosign; }
}

# refuse_foreign IMAGE: a release vouches for what it keeps, and whoever may write to the registry may have put it there. In a shell of its
# own, since these settings are variables.
refuse_foreign() (
  signatures_wanted ||
    die "$1 would be kept, and nothing says whose signature it must have." "Set what a deploy asks for: IMAGE_SIGNATURE_KEY, or IMAGE_SIGNATURE_IDENTITY with IMAGE_SIGNATURE_ISSUER."
  check_signature_settings
  prepare_cosign
  { registry_logins; [ -z "$ca" ] || cat "$ca"; } | run_cosign "$1" >"$logs/kept.log" 2>&1 ||
    die "$1 would be kept, and is not known to be signed by a release: $(last_line "$logs/kept.log" 300)" "If you do not know how it came there, find out before anything of it runs; then raise its tag (docs/RUNBOOK.md, Release from GitHub)."
)

# merge_one TARGET
merge_one() {
  name=$(name_of "$1")
  own_tag=$(own_tag_of "$1")
  if [ -n "$own_tag" ] && is_release_tag "$tag"; then
    if digest=$(digest_of "$name:$own_tag" 2>"$logs/registry.log"); then
      refuse_foreign "$name@$digest"
      echo "$name@$digest" >>"$images.part"
      return
    fi
    # Taken for missing, it would be signed and named anew, under the feet of who runs it.
    grep -q 'not found' "$logs/registry.log" ||
      die "Whether $name:$own_tag is there cannot be told: $(last_line "$logs/registry.log" 300)" "Mend the way to it, or sign in ('docker login ${registry%%/*}'), then run this again."
  fi
  target=$1
  set --
  for platform in $platforms; do
    digest=$(cat "$published/digests/$platform/$target" 2>/dev/null) || die "There is no $target for $platform." "Run 'npm run images -- build' on such a machine, or say which there are: PLATFORMS."
    set -- "$@" "$name@$digest"
  done
  set -- --tag "$name:candidate-$tag" --annotation "index:org.opencontainers.image.version=$tag" \
    --annotation "index:org.opencontainers.image.source=${IMAGE_SOURCE:-}" --annotation "index:org.opencontainers.image.revision=${IMAGE_REVISION:-}" "$@"
  # The digest of what is made here, whatever the candidate's name is of by the time that the registry is asked.
  manifest=$(docker buildx imagetools create --dry-run "$@")
  docker buildx imagetools create "$@"
  echo "$name@sha256:$(printf '%s' "$manifest" | sha256sum | cut -d ' ' -f 1)" | tee -a "$images.part" >>"$unsigned.part"
}

merge() {
  : >"$images.part"
  : >"$unsigned.part"
  for target in $(targets); do merge_one "$target"; done
  mv "$unsigned.part" "$unsigned"
  mv "$images.part" "$images"
}

list() { sed -E 's#^((.*/)?(finity-([^@]*)))@(.*)$#{"image":"&","name":"\1","digest":"\5","target":"\4"}#' "$unsigned" | paste -sd , - | sed 's/.*/[&]/'; }

# sign_one IMAGE: with the cosign that verifies too. A key tells no public log: whoever asks for a key asks for no log either (decisions/0027).
sign_one() {
  key=$(setting COSIGN_KEY '')
  set -- "$1"
  if [ -n "$key" ]; then
    set -- --key /run/cosign.key --use-signing-config=false --tlog-upload=false "$@"
    key="--volume $(realpath "$key"):/run/cosign.key:ro --user $(id -u)"
  fi
  # shellcheck disable=SC2016,SC2086 # The shell in the container expands it; the options are a list.
  { registry_logins; [ -z "$ca" ] || cat "$ca"; } |
    run_tool --interactive --network host --read-only --cap-drop ALL --security-opt no-new-privileges --tmpfs /tmp:size=16m,mode=1777 $key \
      --env COSIGN_PASSWORD --env ACTIONS_ID_TOKEN_REQUEST_TOKEN --env ACTIONS_ID_TOKEN_REQUEST_URL --entrypoint dash "$cosign" -c '
        IFS= read -r logins
        printf "%s\n" "$logins" >"$DOCKER_CONFIG/config.json"
        while IFS= read -r line; do printf "%s\n" "$line"; done >"$SSL_CERT_FILE"
        exec cosign "$@"' sign-image sign --yes "$@"
}

sign() {
  require_signer
  prepare_cosign
  if [ -n "${1:-}" ]; then sign_one "$1"; else each_image "$unsigned" sign_one; fi
}

# refuse_unvouched IMAGE: the list has come by a way of its own. VOUCHED, where it is set, is what was signed (list); else the image is one that a
# release before has named.
refuse_unvouched() {
  case ${VOUCHED:-"$1"} in *"$1"*) return 0 ;; esac
  [ "$(digest_of "$(name_in_release "${1%@*}")" 2>"$logs/registry.log")" = "${1#*@}" ] ||
    die "$1 is in the list of images, and was not signed in this run." "Find out who has changed the list before anything of it runs; then run all jobs again."
}

sbom_one() {
  refuse_unvouched "$1"
  for platform in $platforms; do
    # shellcheck disable=SC2046 # A list of options.
    docker buildx build --progress plain --platform "$(printf '%s' "$platform" | tr - /)" --file docker/sbom.Dockerfile $(contexts_of_stand_ins | sed 's/^/--build-context /') \
      --build-context image="docker-image://$1" --build-arg NAME="$(basename "${1%@*}")-$platform" --output "$published/sbom" . ||
      die "What $1 holds for $platform cannot be told." "The builder's words above say why; then run this again."
  done
}

# The name that this image has in a release.
name_in_release() {
  own_tag=$(own_tag_of "${1##*finity-}")
  if [ -n "$own_tag" ] && is_release_tag "$tag"; then printf '%s:%s' "$1" "$own_tag"; else printf '%s:%s' "$1" "$tag"; fi
}

tag_one() {
  refuse_unvouched "$1"
  named=$(name_in_release "${1%@*}")
  docker buildx imagetools create --tag "$named" "$1"
  [ "$(digest_of "$named")" = "${1#*@}" ] || die "$named does not name what was signed." "Nobody can deploy it. See who else writes to $registry, then run this again."
}

pull_one() {
  case " $(release_images) " in *" $(name_in_release "${1%@*}") "*) ;; *) return 0 ;; esac
  docker pull --quiet "$1"
  docker tag "$1" "$(name_in_release "${1%@*}")"
}

# That this release's tag made it, from this release's commit; what is kept, some release's. (A branch may call the workflow of a tag.)
provenance_one() {
  workflow=https://github.com/${GITHUB_REPOSITORY:?}/.github/workflows/images.yml
  image=$1
  case $(name_in_release "${1%@*}") in
    *":$tag") set -- --cert-identity "$workflow@refs/tags/$tag" --source-ref "refs/tags/$tag" ;;
    *) set -- --cert-identity-regex "^$(printf '%s' "$workflow" | sed 's/\./\\./g')@refs/tags/v[0-9]+\.[0-9]+\.[0-9]+\$" ;;
  esac
  gh attestation verify "oci://$image" --repo "$GITHUB_REPOSITORY" "$@" --deny-self-hosted-runners ||
    die "GitHub does not vouch for $image as an image of $tag." "Release what the workflow images.yml has built at that tag; if this claims to be that, find out where it came from before anything of it runs."
}

mkdir -p "$published"
require_registry
case ${1:-} in
  check | build | merge) "$1" ;;
  list) require_list "Merge first: npm run images -- merge" && list ;;
  sign) [ -n "${2:-}" ] || require_list "Merge first: npm run images -- merge"; sign "${2:-}" ;;
  sbom) require_list "Merge first: npm run images -- merge" && remember_stand_ins && each_image "$images" sbom_one ;;
  tag) require_list "Merge first: npm run images -- merge" && each_image "$images" tag_one ;;
  pull) require_list "It belongs to the release: npm run release -- fetch $tag" && each_image "$images" pull_one ;;
  provenance) require_list "It belongs to the release: npm run release -- fetch $tag" && each_image "$images" provenance_one ;;
  *) die "There is no step \"${1:-}\"." "Use: npm run images -- check|build|merge|list|sign|sbom|tag|pull|provenance" ;;
esac
