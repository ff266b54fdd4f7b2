#!/bin/sh
# A release at GitHub: begun as a draft, published when it is whole. Either may be run again until it is published.
# Usage: sh scripts/release.sh begin TAG | publish TAG FILE… | fetch TAG   (needs gh, signed in)
. "$(dirname "$0")/lib/prepare.sh"

tag=${2:-}
is_release_tag "$tag" || die "\"$tag\" is no tag of a release." "Tag like this: git tag --sign v1.4.0"
have gh || die "gh is not here, GitHub's own program." "Install it (https://cli.github.com) and sign in: gh auth login"

is_draft() { gh release view "$tag" --json isDraft --jq .isDraft 2>/dev/null; }

# What is published, people may have: the same tag with other images would be another release under its name.
begin() {
  [ "$(is_draft)" != false ] || die "$tag is published already." "Mend it with a new release: the next tag."
  sh scripts/changelog.sh notes "$tag" >"$state/notes.md"
  [ "$(is_draft)" = true ] || gh release create "$tag" --draft --verify-tag --title "$tag" --notes-file "$state/notes.md"
}

publish() {
  [ "$(is_draft)" = true ] || die "There is no draft of $tag to publish." "Begin with it: npm run release -- begin $tag"
  gh release upload "$tag" --clobber "$@"
  gh release edit "$tag" --draft=false
}

# What it is made of, for "npm run images -- pull".
fetch() {
  mkdir -p "$state/images"
  gh release download "$tag" --pattern images.txt --dir "$state/images" --clobber ||
    die "There is no published release $tag with a list of its images." "See what there is: gh release list"
}

case $1 in
  fetch) fetch ;;
  begin) begin ;;
  publish) shift 2 && publish "$@" ;;
  *) die "There is no step \"$1\"." "Use: npm run release -- begin|publish|fetch TAG [FILE…]" ;;
esac
