#!/bin/sh
# OpenStack Swift on one disk, with its S3 gateway, which verifies signatures: serve-s3.sh CERTIFICATE KEY ACCESS-KEY-ID SECRET.
# An access key's id is ACCOUNT:USER there. It listens on port 9000.
set -eu
folder=/tmp/swift
mkdir -p "$folder/devices/disk"
cd "$folder"
port=6200
for kind in object container account; do
  swift-ring-builder $kind.builder create 1 1 1 >/dev/null
  swift-ring-builder $kind.builder add r1z1-127.0.0.1:$port/disk 1 >/dev/null
  swift-ring-builder $kind.builder rebalance >/dev/null
  cat >$kind.conf <<CONF
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = $port
workers = 1
user = $(id -un)
swift_dir = $folder
devices = $folder/devices
mount_check = false
[pipeline:main]
pipeline = $kind-server
[app:$kind-server]
use = egg:swift#$kind
CONF
  swift-$kind-server $kind.conf &
  port=$((port + 1))
done
cat >proxy.conf <<CONF
[DEFAULT]
bind_port = 9000
cert_file = $1
key_file = $2
workers = 1
user = $(id -un)
swift_dir = $folder
[pipeline:main]
pipeline = catch_errors cache s3api tempauth proxy-server
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:11211
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_${3%:*}_${3#*:} = $4 .admin
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
CONF
exec swift-proxy-server proxy.conf
