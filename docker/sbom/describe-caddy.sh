#!/bin/sh
# describe-caddy FOLDER: Caddy and the Go modules inside it, as the program itself tells them. Debian's build of it tells no modules.
set -eu
place=$1/usr/share/doc/finity
mkdir -p "$place"
version=$(caddy version | sed 's/^v*\([^ ]*\).*/\1/')
caddy build-info | awk -v version="$version" '
  function component(type, name, version) {
    return "{\"type\":\"" type "\",\"name\":\"" name "\",\"version\":\"" version "\",\"purl\":\"pkg:golang/" name "@" version "\"}"
  }
  BEGIN {
    printf "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,\"metadata\":{\"component\":{\"type\":\"container\",\"name\":\"caddy\"}},\"components\":[\n"
    printf "%s", component("application", "github.com/caddyserver/caddy/v2", "v" version)
  }
  $1 == "dep" && $2 != "github.com/caddyserver/caddy/v2" { printf ",\n%s", component("library", $2, $3) }
  END { printf "\n]}\n" }' >"$place/caddy.cdx.json"
