# shellcheck shell=sh
# The Docker engine: used when it answers, started when it is down, installed on Debian when it is missing.

# The oldest releases that the files here are known to work with.
oldest_engine=28.0
# volume.subpath
oldest_compose=2.26
# tcp_migrate_req
oldest_kernel=5.14
docker_guide=https://docs.docker.com/engine/install/

ensure_engine() {
  if ! engine_answers; then
    refuse_without_rights
    engine_installed || install_engine
    start_engine
  fi
  refuse_old_engine
  docker buildx version >/dev/null 2>&1 ||
    die "Docker's Buildx plugin is missing." "Install docker-buildx-plugin (Debian: docker-buildx): $docker_guide"
  refuse_full_disk
}

engine_answers() { have docker && docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

# Whether the engine is on another host, which has none of the files that are here.
engine_is_elsewhere() {
  case $(docker context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null) in '' | unix://* | npipe://*) false ;; esac
}

# An installation that was cut off half-way counts as none.
engine_installed() {
  have dockerd && have containerd && have runc && docker buildx version >/dev/null 2>&1 && docker compose version >/dev/null 2>&1 &&
    { ! have dpkg || [ -z "$(dpkg --audit 2>/dev/null)" ]; }
}

refuse_without_rights() {
  case $(uname -s) in
    Linux) ;;
    *) die "The Docker engine does not answer." "Start Docker Desktop (or install it: $docker_guide), then run this again." ;;
  esac
  [ -z "${DOCKER_HOST:-}" ] ||
    die "The Docker engine at DOCKER_HOST=$DOCKER_HOST does not answer." "Start that engine or unset DOCKER_HOST, then run this again."
  [ "$(id -u)" -ne 0 ] || return 0
  if [ -S /var/run/docker.sock ] && [ ! -w /var/run/docker.sock ]; then
    die "The user $(id -un) may not use the Docker engine." "Run 'sudo usermod -aG docker $(id -un)', sign in anew, then run this again."
  fi
  die "No Docker engine answers, and setting one up needs root." "Run it once as root ('sudo npm run up'), or install Docker: $docker_guide"
}

install_engine() {
  distribution=$(. /etc/os-release && printf '%s' "${ID:-unknown}")
  [ "$distribution" = debian ] ||
    die "Docker is missing, and it is set up by itself on Debian only (this is $distribution)." "Install Docker with Buildx and Compose ($docker_guide), then run this again."
  require_disk /var/lib 8
  mend_packages
  suite=$(suite_with_docker)
  echo "Installing Docker from Debian $suite"
  # runc and iptables stay the host's own: the newer suite's need a newer libc.
  install_packages "docker.io/$suite" "docker-cli/$suite" "docker-compose/$suite" "docker-buildx/$suite" "containerd/$suite" runc iptables ca-certificates
}

# Finishes what an interrupted installation left.
mend_packages() {
  export DEBIAN_FRONTEND=noninteractive
  retry 3 dpkg --configure -a
  retry 3 apt-get update -q
}

install_packages() {
  retry 3 apt-get install -y -q --fix-broken --no-install-recommends -o DPkg::Lock::Timeout=300 \
    -o Dpkg::Options::=--force-confold "$@"
}

# The host's own suite when its Docker is new enough; else forky, pinned so low that nothing else comes from it.
suite_with_docker() {
  own=$(. /etc/os-release && printf '%s' "$VERSION_CODENAME")
  candidate=$(apt-cache policy docker.io | sed -n 's/ *Candidate: //p' | sed 's/+.*//')
  if dpkg --compare-versions "${candidate:-0}" ge "$oldest_engine" && apt-cache show docker-buildx >/dev/null 2>&1; then
    echo "$own"
    return
  fi
  cat >/etc/apt/preferences.d/finity-docker <<PIN
Package: *
Pin: release n=forky
Pin-Priority: 50
PIN
  cat >/etc/apt/sources.list.d/finity-docker.sources <<SOURCE
Types: deb
URIs: $(debian_archive)
Suites: forky
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCE
  retry 3 apt-get update -q >&2
  echo forky
}

# The archive that this host itself uses, so that a mirror is respected and none is named here.
debian_archive() {
  own=$(. /etc/os-release && printf '%s' "$VERSION_CODENAME")
  # shellcheck disable=SC2016 # apt expands these, not the shell.
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    awk -v suite="$own" '$2 == suite && $3 == "main" { print $1; exit }'
}

start_engine() {
  if [ -d /run/systemd/system ]; then
    systemctl start docker
  else
    forget_dead_engine
    keep_bridge_address
    have setsid || die "The engine cannot be started: setsid is missing." "Install util-linux, or start dockerd yourself, then run this again."
    setsid dockerd >"$logs/dockerd.log" 2>&1 </dev/null &
    echo $! >"$state/dockerd.pid"
    weigh_containers
  fi
  for _ in $(seq 120); do
    engine_answers && return 0
    sleep 0.5
  done
  die "The Docker engine was started but does not answer." "Read $logs/dockerd.log (or 'journalctl -u docker'); mend what it names and run this again."
}

# A hard stop leaves the pid file behind, and its number may belong to another process by now.
forget_dead_engine() {
  pid=$(cat /var/run/docker.pid 2>/dev/null || true)
  [ -n "$pid" ] || return 0
  grep -q dockerd "/proc/$pid/comm" 2>/dev/null || rm -f /var/run/docker.pid
}

# A default bridge that Docker finds instead of making it takes the lowest address of its ports: with every container that comes
# or goes it may be another, and the others lose their gateway, names first, for ten seconds and more.
keep_bridge_address() {
  address=$(cat /sys/class/net/docker0/address 2>/dev/null) || return 0
  ! have ip || ip link set dev docker0 address "$address"
}

# Where no systemd gives each container its own place, all of them together weigh as much as one process of the host, of which the
# engine has many: they would wait for it whenever it works.
weigh_containers() {
  group=/sys/fs/cgroup/cpu
  [ -w "$group/cpu.shares" ] || return 0
  mkdir -p "$group/docker"
  echo 16384 >"$group/docker/cpu.shares"
}

refuse_old_engine() {
  engine_answers ||
    die "No Docker engine answers." "Start it ('systemctl start docker'), or name the one of the server: DOCKER_CONTEXT or DOCKER_HOST, then run this again."
  engine=$(docker version --format '{{.Server.Version}}')
  at_least "$engine" "$oldest_engine" ||
    die "Docker engine $engine is too old: $oldest_engine or newer is needed." "Update Docker: $docker_guide"
  compose=$(docker compose version --short 2>/dev/null) ||
    die "Docker's Compose plugin is missing." "Install docker-compose-plugin (Debian: docker-compose): $docker_guide"
  at_least "${compose#v}" "$oldest_compose" ||
    die "Docker Compose $compose is too old: $oldest_compose or newer is needed." "Update Docker's Compose plugin: $docker_guide"
}

# The gate wants it; development has none.
refuse_old_kernel() {
  kernel=$(docker info --format '{{.KernelVersion}}')
  at_least "$kernel" "$oldest_kernel" ||
    die "The engine's host runs Linux $kernel, which is too old: $oldest_kernel or newer is needed." "Update the server's kernel or its distribution: Debian 12, Ubuntu 22.04 and later have one."
}

# at_least VERSION MINIMUM: compares the first two numbers.
at_least() {
  awk -v have="$1" -v need="$2" 'BEGIN { split(have, h, /[.+~-]/); split(need, n, "."); exit !(h[1] > n[1] || (h[1] == n[1] && h[2] + 0 >= n[2] + 0)) }'
}

# Where the engine's folder is in a virtual machine or on another host, nobody here can look.
refuse_full_disk() {
  data=$(docker info --format '{{.DockerRootDir}}')
  engine_is_elsewhere || [ ! -d "$data" ] || require_disk "$data" 3
}

# require_disk FOLDER GIGABYTES
require_disk() {
  free=$(df -Pk "$1" | awk 'NR == 2 { print int($4 / 1048576) }')
  [ "$free" -ge "$2" ] ||
    die "$1 has $free GB free, and $2 GB are needed." "Free some space (docker system prune removes what no container uses), then run this again."
}
