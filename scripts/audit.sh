#!/bin/sh
# What is known to be unsafe in what we build on. Needs the internet; what it lacks, it says.
# Usage: sh scripts/audit.sh packages | workflows | images IMAGE… | released
#   packages   npm's advisories of the lockfile: HIGH and CRITICAL fail
#   workflows  zizmor, as an auditor
#   released   images, those of the last release at GitHub
#   images     Trivy on each platform (PLATFORMS): HIGH and CRITICAL that have a fix fail, but for the exceptions in .trivyignore.yaml
. "$(dirname "$0")/lib/prepare.sh"

scans=$state/scans
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

scan() {
  sarif=$scans/$2-$(printf '%s' "${1%@*}" | sed 's#.*/##; s/:.*//').sarif
  trivy image --quiet --platform "$(printf '%s' "$2" | tr - /)" --scanners vuln --severity HIGH,CRITICAL --ignore-unfixed --ignorefile .trivyignore.yaml --format sarif --output "$sarif" --exit-code 1 "$1" || {
    echo "$1 ($2): $(sed -n 's/.*"ruleId": "\(.*\)",*/\1/p' "$sarif" 2>/dev/null | sort -u | tr '\n' ' ')" | tee -a "$scans/found"
  }
}

images() {
  have trivy || die "Trivy is not here, which looks for known vulnerabilities." "Install it (https://trivy.dev/docs/latest/getting-started/installation/), then run this again."
  [ $# -gt 0 ] || die "No image is named." "Name them by digest: npm run audit -- images REGISTRY/finity-auth@sha256:…"
  mkdir -p "$scans"
  : >"$scans/found"
  for image; do for platform in $platforms; do scan "$image" "$platform"; done; done
  [ ! -s "$scans/found" ] ||
    die "Vulnerabilities that have a fix: $(tr '\n' ';' <"$scans/found")" "Build anew without cache, which takes the fixed packages; for gate and cosign, which a release keeps as they are, raise their tag (docs/RUNBOOK.md, Release from GitHub); where no fix has come yet, an entry in .trivyignore.yaml with the day when it ends."
}

released() {
  have gh || die "gh is not here, GitHub's own program." "Install it (https://cli.github.com) and sign in: gh auth login"
  latest=$(gh release list --exclude-drafts --limit 1 --json tagName --jq '.[].tagName')
  if [ -z "$latest" ]; then
    echo "Nothing is released yet."
    return
  fi
  sh scripts/release.sh fetch "$latest"
  # shellcheck disable=SC2046 # A list.
  images $(cat "$state/images/images.txt")
}

case ${1:-} in
  packages | workflows | images | released) "$@" ;;
  *) die "There is no audit of \"${1:-}\"." "Use: npm run audit -- packages|workflows|released|images IMAGE…" ;;
esac
