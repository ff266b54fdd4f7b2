#!/bin/sh
# verify-images IMAGE…: "IMAGE DIGEST" of each whose signature in the registry is good; ends at the first whose is not.
# IMAGE_SIGNATURE_KEY is a public key in PEM. Without it, IMAGE_SIGNATURE_IDENTITY and IMAGE_SIGNATURE_ISSUER say whose certificate is good.
# Standard input: Docker's sign-ins as one line of JSON, then the certificates of CAs in PEM. They stay in memory: /tmp is a tmpfs.
# Beside cosign the image has the shell only, which does the rest by itself.
set -eu

IFS= read -r logins
printf '%s\n' "$logins" >"$DOCKER_CONFIG/config.json"
while IFS= read -r line; do printf '%s\n' "$line"; done >"$SSL_CERT_FILE"

# Who has the key is known: no public log is needed as a witness (docs/decisions/0027).
verify() {
  if [ -n "${IMAGE_SIGNATURE_KEY:-}" ]; then
    cosign verify --timeout 60s --key env://IMAGE_SIGNATURE_KEY --insecure-ignore-tlog=true "$1"
  else
    cosign verify --timeout 60s --certificate-identity-regexp "$IMAGE_SIGNATURE_IDENTITY" --certificate-oidc-issuer "$IMAGE_SIGNATURE_ISSUER" "$1"
  fi
}

# One at a time: given several, cosign expects the format of the first one's signature of all.
for image; do
  answer=$(verify "$image")
  digest=${answer#*'"docker-manifest-digest":"'}
  printf '%s %s\n' "$image" "${digest%%'"'*}"
done
