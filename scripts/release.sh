#!/bin/sh
# A release at GitHub: begun as a draft, published when it is whole. Either may be run again until it is published.
# Usage: sh scripts/release.sh begin TAG | unmoved TAG | publish TAG FILE… | fetch TAG   (needs gh, signed in)
#   begin    the draft, of a commit that CI has passed on main
#   unmoved  whether the tag still names the commit that is here, and people do not have it yet
#   publish  the draft, with these files
#   fetch    the list of its images, for "npm run images -- pull"
. "$(dirname "$0")/lib/prepare.sh"

tag=${2:-}
is_release_tag "$tag" || die "\"$tag\" is no tag of a release." "Tag like this: git tag --sign v1.4.0"
have gh || die "gh is not here, GitHub's own program." "Install it (https://cli.github.com) and sign in: gh auth login"

is_draft() { gh release view "$tag" --json isDraft --jq .isDraft 2>/dev/null; }

# A tag may be given to another commit, and a run be started again that was of the first: what is built here would go out under the name of
# what was never built.
# What is published, people may have: the same tag with other images would be another release under its name. Who may not see drafts sees that.
unmoved() {
  [ "$(is_draft)" != false ] || die "$tag is published already." "Mend it with a new release: the next tag."
  commit=${GITHUB_SHA:-$(git rev-parse HEAD)}
  named=$(gh api "repos/{owner}/{repo}/commits/tags/$tag" --jq .sha) ||
    die "Which commit $tag names cannot be told." "The words above say why; if the tag is not there, push it ('git push origin $tag'), then run this again."
  [ "$named" = "$commit" ] ||
    die "$tag names $named, and what is here is $commit." "Let the run of that commit release it. If nobody knows who moved the tag, find out before anything of it runs."
}

# A pull request's branch may be called main as well, so it counts what a push has started.
tested() {
  good=$(gh run list --workflow ci.yml --branch main --event push --commit "$commit" --status success --limit 1 --json databaseId --jq length) ||
    die "Whether CI has passed for $commit cannot be told." "The words above say why; mend it, then run this again."
  [ "$good" -gt 0 ] ||
    die "CI has not passed for $commit on main." "Bring the commit to main and let its CI end well; if it was cancelled, re-run it ('gh run list --workflow ci.yml --commit $commit'). Then run this again."
}

begin() {
  unmoved
  tested
  sh scripts/changelog.sh notes "$tag" >"$state/notes.md"
  if [ "$(is_draft)" = true ]; then
    gh release edit "$tag" --notes-file "$state/notes.md"
  else
    gh release create "$tag" --draft --verify-tag --title "$tag" --notes-file "$state/notes.md"
  fi
}

publish() {
  [ "$(is_draft)" = true ] || die "There is no draft of $tag to publish." "Begin with it: npm run release -- begin $tag"
  unmoved
  gh release upload "$tag" --clobber "$@"
  gh release edit "$tag" --draft=false
}

fetch() {
  mkdir -p "$state/images"
  gh release download "$tag" --pattern images.txt --dir "$state/images" --clobber ||
    die "There is no published release $tag with a list of its images." "See what there is: gh release list"
}

case $1 in
  fetch) fetch ;;
  begin | unmoved) "$1" ;;
  publish) shift 2 && publish "$@" ;;
  *) die "There is no step \"$1\"." "Use: npm run release -- begin|unmoved|publish|fetch TAG [FILE…]" ;;
esac
