# Every image and every check, one target each. Groups are moments:
#   docker buildx bake          the production images
#   docker buildx bake cosign   the image that verifies their signatures, for servers that ask for them
#   docker buildx bake release  all that a registry gets (scripts/images.sh)
#   docker buildx bake sboms    what each of these images holds, as CycloneDX files in .finity/sboms
#   docker buildx bake dev      what compose/dev.yml runs, which builds it by itself too
#   docker buildx bake check    static checks: lint, format, types, import directions, the generated client, shell, workflows
#   docker buildx bake test     what scripts/test.sh runs
# Base images stand in the FROM lines (docs/decisions/0002), where Renovate reads them.

# Prefix of every image name: empty here, "ghcr.io/your-team/" in CI.
variable "REGISTRY" { default = "" }

# Tag of the production images.
variable "TAG" { default = "latest" }

# The host's CA bundle and npm settings, for hosts behind a proxy: build secrets, never a layer.
variable "CA_BUNDLE" { default = "docker/none" }
variable "NPMRC" { default = "docker/none" }

# Stages to build anew whatever the cache holds, comma-separated: the test of reproducible images sets it.
variable "REBUILD" { default = "" }

# That this host's base images stand in for the official ones (docs/decisions/0003): images built on them are for this host, and say so.
variable "STAND_IN" { default = "" }

# Those of them whose FROM line names a digest, which no stand-in can have: builds take what has the name without it (docs/decisions/0031).
variable "STOOD_IN_FOR" { default = "" }

group "default" { targets = ["auth", "api", "web", "gate", "postgres", "redis", "backup"] }
group "release" { targets = ["auth", "api", "web", "gate", "postgres", "redis", "backup", "postgres-upgrade", "cosign"] }
group "dev"     { targets = ["dev", "postgres"] }
group "check"   { targets = ["lint", "types", "directions", "client", "shell", "workflows"] }
group "test"    { targets = ["default", "dev", "unit", "tools"] }

target "_host" {
  secret          = ["id=ca,src=${CA_BUNDLE}", "id=npmrc,src=${NPMRC}"]
  no-cache-filter = compact(split(",", REBUILD))
  contexts        = { for image in compact(split(" ", STOOD_IN_FOR)) : image => "docker-image://${split("@", image)[0]}" }
  # An attestation carries the time of the build, and two builds of a commit are to give the same digest.
  attest = ["type=provenance,disabled=true"]
}

# CI adds its tags and labels here.
target "_release" {
  labels = { "finity.stand-in" = STAND_IN == "" ? null : STAND_IN }
}

target "service" {
  matrix     = { service = ["auth", "api"] }
  inherits   = ["_host", "_release"]
  name       = service
  dockerfile = "docker/service.Dockerfile"
  target     = "runtime"
  # Layers carry no build time, so that releases share what did not change.
  args = { SERVICE = service, HEALTH_URL = service == "auth" ? "http://127.0.0.1:8000/openapi.json" : "http://127.0.0.1:3001/health", SOURCE_DATE_EPOCH = "0" }
  tags = ["${REGISTRY}finity-${service}:${TAG}"]
}

target "web" {
  inherits   = ["_host", "_release"]
  dockerfile = "docker/web.Dockerfile"
  contexts   = { source = "target:_source" }
  args       = { SOURCE_DATE_EPOCH = "0" }
  tags       = ["${REGISTRY}finity-web:${TAG}"]
}

# A new version of the gate closes the ports for a moment: the tag is raised by hand, when its Dockerfile changes or when what it holds has
# a vulnerability with a fix; a release keeps it till then. It stands in scripts/lib/rollout.sh and compose/prod.yml too.
target "gate" {
  inherits   = ["_host", "_release"]
  dockerfile = "docker/gate.Dockerfile"
  args       = { SOURCE_DATE_EPOCH = "0" }
  tags       = ["${REGISTRY}finity-gate:1"]
}

# Verifies signatures where they are asked for. Its tag is raised by hand for the same reasons. It stands in scripts/lib/signatures.sh and
# .env.example too.
target "cosign" {
  inherits   = ["_host", "_release"]
  dockerfile = "docker/cosign.Dockerfile"
  args       = { SOURCE_DATE_EPOCH = "0" }
  tags       = ["${REGISTRY}finity-cosign:1"]
}

target "postgres" {
  inherits = ["_host", "_release"]
  context  = "docker/postgres"
  args     = { SOURCE_DATE_EPOCH = "0" }
  tags     = ["${REGISTRY}finity-postgres:${TAG}"]
}

target "backup" {
  inherits   = ["_host", "_release"]
  dockerfile = "docker/backup.Dockerfile"
  contexts   = { database = "target:postgres", service = "target:_backup-service", node = "target:_node" }
  args       = { SOURCE_DATE_EPOCH = "0" }
  tags       = ["${REGISTRY}finity-backup:${TAG}"]
}

target "_backup-service" {
  inherits   = ["_host"]
  dockerfile = "docker/service.Dockerfile"
  target     = "runtime-app"
  args       = { SERVICE = "backup", SOURCE_DATE_EPOCH = "0" }
}

target "_node" {
  inherits   = ["_host"]
  dockerfile = "docker/service.Dockerfile"
  target     = "node-root"
  args       = { SOURCE_DATE_EPOCH = "0" }
}

# For "npm run upgrade": the programs of the major before too. Raised together with the FROM lines of docker/postgres/Dockerfile.
target "postgres-upgrade" {
  inherits = ["postgres"]
  args     = { OLD_MAJOR = "17" }
  tags     = ["${REGISTRY}finity-postgres-upgrade:${TAG}"]
}

target "redis" {
  inherits = ["_host", "_release"]
  context  = "docker/redis"
  args     = { SOURCE_DATE_EPOCH = "0" }
  tags     = ["${REGISTRY}finity-redis:${TAG}"]
}

# What each image holds: .finity/sboms/NAME.cdx.json.
target "sboms" {
  matrix     = { image = ["auth", "api", "web", "gate", "postgres", "redis", "backup", "postgres-upgrade", "cosign"] }
  inherits   = ["_host"]
  name       = "sbom-${image}"
  dockerfile = "docker/sbom.Dockerfile"
  contexts   = { image = "target:${image}" }
  args       = { NAME = "finity-${image}" }
  output     = ["type=local,dest=.finity/sboms"]
}

# One development image serves auth, api, web and the mail catcher.
target "dev" {
  inherits   = ["_host"]
  dockerfile = "docker/service.Dockerfile"
  target     = "dev"
  tags       = ["finity-dev"]
}

# All sources with all dependencies, for the targets below.
target "_source" {
  inherits   = ["_host"]
  dockerfile = "docker/service.Dockerfile"
  target     = "source"
}

# Unit and HTTP tests, on the Node that the images ship.
target "unit" {
  inherits   = ["_host"]
  dockerfile = "docker/service.Dockerfile"
  target     = "test"
  tags       = ["finity-unit"]
  labels     = { "finity.tests" = "unit" }
}

# The browser journeys and the infrastructure tests, with Chromium and a Docker client.
target "tools" {
  inherits   = ["_host"]
  dockerfile = "docker/tools.Dockerfile"
  contexts   = { source = "target:_source", dependencies = "target:dev" }
  target     = "tools"
  tags       = ["finity-tools"]
  labels     = { "finity.tests" = "tools" }
}

target "_check" {
  inherits   = ["_host"]
  dockerfile = "docker/tools.Dockerfile"
  contexts   = { source = "target:_source", dependencies = "target:dev" }
  output     = ["type=cacheonly"]
}

target "check" {
  matrix   = { check = ["lint", "types", "directions", "client", "shell", "workflows"] }
  inherits = ["_check"]
  name     = check
  target   = check
}

# Docker's own Dockerfile rules. A group of its own: Bake cannot mix a lint call with builds.
target "dockerfiles" {
  matrix = {
    file = ["docker/service.Dockerfile", "docker/web.Dockerfile", "docker/gate.Dockerfile", "docker/cosign.Dockerfile", "docker/backup.Dockerfile", "docker/sbom.Dockerfile", "docker/tools.Dockerfile", "docker/postgres/Dockerfile", "docker/redis/Dockerfile", "docker/bases/Dockerfile"]
  }
  inherits   = ["_host"]
  name       = "dockerfile-${replace(replace(file, "/", "-"), ".", "-")}"
  dockerfile = file
  contexts = file == "docker/backup.Dockerfile" ? { database = "target:postgres", service = "target:_backup-service", node = "target:_node" } : file == "docker/sbom.Dockerfile" ? { image = "target:gate" } : { source = "target:_source", dependencies = "target:dev" }
  call       = "check"
}
