#!/bin/sh
# record-packages FOLDER: which Debian packages the files under FOLDER are from, and their licences, where and as distroless images have
# them, so that scanners find them. What is of no package is left out.
set -eu
# A base may be of another distribution.
command -v dpkg-query >/dev/null || exit 0
records=$1/var/lib/dpkg/status.d
mkdir -p "$records" "$1/usr/lib" "$1/etc"
# Advisories are looked up by the release: Grype reads it in the one file, Trivy in the other only, and without it passes over the packages.
cat /usr/lib/os-release >"$1/usr/lib/os-release"
cat /etc/debian_version >"$1/etc/debian_version"

owner() {
  case $1 in
    # Made when the package is installed.
    /etc/ssl/certs/ca-certificates.crt) echo ca-certificates ;;
    # What is called /lib is below /usr.
    *) dpkg-query --search "$1" "/usr$1" 2>/dev/null | sed -n '/^diversion /!{s/[:,].*//p;q;}' ;;
  esac
}

find "$1" -type f ! -path "$records/*" | sort | while read -r file; do
  path=${file#"$1"}
  package=$(owner "$path")
  [ -n "$package" ] || continue
  printf '%s  %s\n' "$(md5sum <"$file" | cut -d' ' -f1)" "${path#/}" >>"$records/$package.md5sums"
  [ -e "$records/$package" ] || dpkg-query --status "$package" >"$records/$package"
done

# A base may have left the texts out.
for record in "$records"/*.md5sums; do
  package=$(basename "$record" .md5sums)
  [ -e "/usr/share/doc/$package/copyright" ] || continue
  # Packages of one source may share a folder, and a base that has the link takes no folder for it.
  folder=$(readlink -f "/usr/share/doc/$package")
  mkdir -p "$1$folder" "$1/usr/share/common-licenses"
  [ "$folder" = "/usr/share/doc/$package" ] || ln -sfn "$(basename "$folder")" "$1/usr/share/doc/$package"
  cat "/usr/share/doc/$package/copyright" >"$1$folder/copyright"
  grep -oE '/usr/share/common-licenses/[A-Za-z0-9.-]*[A-Za-z0-9]' "/usr/share/doc/$package/copyright" | sort -u |
    while read -r licence; do [ ! -e "$licence" ] || cat "$licence" >"$1$licence"; done
done
