#!/bin/sh
# What is known to be unsafe in what we build on. Needs the internet; what it lacks, it says.
# Usage: sh scripts/audit.sh packages | workflows | images IMAGE… | built | released
#   packages   npm's advisories of the lockfile: HIGH and CRITICAL fail
#   workflows  zizmor, as an auditor
#   images     Trivy on each platform (PLATFORMS): HIGH and CRITICAL that have a fix fail, but for the exceptions in .trivyignore.yaml
#   built      images, those that "npm run images -- merge" has listed
#   released   images, those of the last release at GitHub
. "$(dirname "$0")/lib/prepare.sh"

scans=$state/scans
scanned=${1:-}
platforms=$(setting PLATFORMS 'linux-amd64 linux-arm64')

packages() {
  have npm || die "npm is not here, which asks for the advisories." "Install Node 20 or newer, then run this again."
  npm audit --audit-level=high
}

# What is below "medium" is taste.
workflows() {
  have zizmor || have pipx || die "Neither zizmor nor pipx is here, which looks at the workflows." "Install pipx (Debian: pipx), then run this again."
  if have zizmor; then zizmor --persona auditor --min-severity medium .github; else pipx run zizmor==1.32.0 --persona auditor --min-severity medium .github; fi
}

# scan IMAGE PLATFORM: a scanner that fails has found nothing, so findings have a code of their own. Each report is a category of its own to
# GitHub, which else would take the last one for all.
scan() {
  name=$(printf '%s' "${1%@*}" | sed 's#.*/##; s/:.*//')
  sarif=$scans/$2-$name.sarif
  code=0
  trivy image --quiet --platform "$(printf '%s' "$2" | tr - /)" --scanners vuln --severity HIGH,CRITICAL --ignore-unfixed --ignorefile .trivyignore.yaml --format sarif --output "$sarif.part" --exit-code 9 "$1" 2>"$logs/trivy.log" || code=$?
  case $code in
    0 | 9) ;;
    *) die "$1 ($2) could not be scanned: $(last_line "$logs/trivy.log" 300)" "Nothing is known of it yet. Mend what the scanner names (the way to its database, a limit on requests, the sign-in at the registry), then run this again." ;;
  esac
  sed "s#\"tool\": *{#\"automationDetails\": { \"id\": \"$scanned-$name-$2/\" }, &#" "$sarif.part" >"$sarif"
  rm "$sarif.part"
  [ "$code" -eq 0 ] || echo "$1 ($2): $(sed -n 's/.*"ruleId": "\(.*\)",*/\1/p' "$sarif" | sort -u | tr '\n' ' ')" | tee -a "$scans/found"
}

images() {
  have trivy || die "Trivy is not here, which looks for known vulnerabilities." "Install it (https://trivy.dev/docs/latest/getting-started/installation/), then run this again."
  [ $# -gt 0 ] || die "No image is named." "Name them by digest: npm run audit -- images REGISTRY/finity-auth@sha256:…"
  rm -rf "$scans"
  mkdir -p "$scans"
  : >"$scans/found"
  for image; do for platform in $platforms; do scan "$image" "$platform"; done; done
  [ ! -s "$scans/found" ] ||
    die "Vulnerabilities that have a fix: $(tr '\n' ';' <"$scans/found")" "Build anew without cache, which takes the fixed packages; for gate and cosign, which a release keeps as they are, raise their tag (docs/RUNBOOK.md, Release from GitHub); where no fix has come yet, an entry in .trivyignore.yaml with the day when it ends."
}

built() {
  [ -s "$state/images/images.txt" ] || die "There is no list of images in $state/images/images.txt." "Merge first: npm run images -- merge"
  # shellcheck disable=SC2046 # A list.
  images $(cat "$state/images/images.txt")
}

released() {
  have gh || die "gh is not here, GitHub's own program." "Install it (https://cli.github.com) and sign in: gh auth login"
  latest=$(gh release list --exclude-drafts --limit 1 --json tagName --jq '.[].tagName')
  if [ -z "$latest" ]; then
    echo "Nothing is released yet."
    return
  fi
  sh scripts/release.sh fetch "$latest"
  built
}

case ${1:-} in
  packages | workflows | images | built | released) "$@" ;;
  *) die "There is no audit of \"${1:-}\"." "Use: npm run audit -- packages|workflows|built|released|images IMAGE…" ;;
esac
