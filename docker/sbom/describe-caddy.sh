#!/bin/sh
# describe-caddy FOLDER: Caddy, the Go that it is made with and the Go modules inside it, as the program itself tells them. Debian's build of
# it tells no modules.
set -eu
place=$1/usr/share/doc/finity
mkdir -p "$place"
version=$(caddy version | sed 's/^v*\([^ ]*\).*/\1/')
caddy build-info | awk -v version="$version" '
  function component(type, name, version, product) {
    cpe = product ? "\",\"cpe\":\"cpe:2.3:a:" product ":*:*:*:*:*:*:*" : ""
    return "{\"type\":\"" type "\",\"name\":\"" name "\",\"version\":\"" version "\",\"purl\":\"pkg:golang/" name "@" version cpe "\"}"
  }
  BEGIN {
    printf "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,\"metadata\":{\"component\":{\"type\":\"container\",\"name\":\"caddy\"}},\"components\":[\n"
    printf "%s", component("application", "github.com/caddyserver/caddy/v2", "v" version, "caddyserver:caddy:" version)
  }
  $1 == "go" { sub(/^go/, "", $2); printf ",\n%s", component("library", "stdlib", $2, "golang:go:" $2) }
  $1 == "dep" && $2 != "github.com/caddyserver/caddy/v2" { printf ",\n%s", component("library", $2, $3) }
  END { printf "\n]}\n" }' >"$place/caddy.cdx.json"
