# shellcheck shell=sh
# Copies of the tree, for stacks that are not this one's: without its secrets, with settings of their own.

# copy_tree FROM TO: with the .env that builds and stacks need there.
copy_tree() {
  mkdir -p "$2/.finity"
  # Other users look at it too: containers that are not root, and the tests of their errors.
  chmod 755 "$2"
  tar -C "$1" -cf - --exclude=./.git --exclude=./.finity --exclude=./.env --exclude=./docker-bake.override.json --exclude=./secrets --exclude=node_modules --exclude=dist --exclude=generated . |
    tar -xf - -C "$2"
  for name in CA_BUNDLE NPMRC; do copy_build_secret "$2" "$name"; done >"$2/.env"
}

# Builds see the copy only, and so do the containers that run tests: what builds need of this host is copied into it.
copy_build_secret() {
  eval "file=\${$2:-}"
  [ -n "$file" ] || return 0
  cp "$file" "$1/.finity/$2"
  echo "$2=$1/.finity/$2"
}
