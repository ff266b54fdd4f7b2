# What an image holds, as a CycloneDX file. "image" is that image (docker-bake.hcl, scripts/images.sh), of whatever platform: nothing of it runs.

FROM --platform=$BUILDPLATFORM node:26-trixie-slim AS reader
ARG NAME
COPY docker/sbom /sbom
RUN --network=none --mount=type=bind,from=image,target=/image node /sbom/write-sbom.ts "$NAME" /image "/out/$NAME.cdx.json"

FROM scratch
COPY --from=reader /out /
