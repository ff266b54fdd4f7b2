# The stand-ins for official base images. scripts/bases.sh gives the names, as the other files spell them.

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
      { name = "node", tag = NODE },
      { name = "postgres", tag = POSTGRES },
      { name = "caddy", tag = CADDY },
      { name = "redis", tag = REDIS },
      { name = "pgadmin", tag = PGADMIN },
    ]
  }
  name       = base.name
  context    = "docker/bases"
  target     = base.name
  tags       = [base.tag]
  args = {
    DEBIAN         = DEBIAN
    NODE_VERSION   = NODE_VERSION
    NPM_VERSION    = NPM_VERSION
    POSTGRES_MAJOR = regex("[0-9]+", POSTGRES)
  }
  secret = ["id=ca,src=${CA_BUNDLE}", "id=npmrc,src=${NPMRC}"]
}
