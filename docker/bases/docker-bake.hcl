# The stand-ins for official base images. scripts/lib/bases.sh gives the names, as the other files spell them.

variable "DEBIAN" {}
variable "NODE" {}
variable "POSTGRES" {}
variable "CADDY" {}
variable "REDIS" {}
variable "PGADMIN" {}

# The exact releases behind the official tags.
variable "NODE_VERSION" { default = "26.10.0" }
variable "NPM_VERSION" { default = "11.19.1" }

# The host's CA bundle and npm settings, as in the root docker-bake.hcl.
variable "CA_BUNDLE" { default = "docker/none" }
variable "NPMRC" { default = "docker/none" }

group "default" {
  targets = ["base"]
}

target "base" {
  matrix = {
    base = [
      { name = "node", image = NODE },
      { name = "postgres", image = POSTGRES },
      { name = "caddy", image = CADDY },
      { name = "redis", image = REDIS },
      { name = "pgadmin", image = PGADMIN },
    ]
  }
  name       = base.name
  context    = "docker/bases"
  target     = base.name
  # A digest is that of the official image alone.
  tags       = [split("@", base.image)[0]]
  args = {
    DEBIAN         = DEBIAN
    NODE_VERSION   = NODE_VERSION
    NPM_VERSION    = NPM_VERSION
    POSTGRES_MAJOR = regex("[0-9]+", POSTGRES)
  }
  secret = ["id=ca,src=${CA_BUNDLE}", "id=npmrc,src=${NPMRC}"]
}
