#!/usr/bin/env bash
# Starts and stops a one-node Ceph object gateway on loopback: a production S3, kept in memory, for the tests in this folder.
set -euo pipefail

usage() {
  cat >&2 <<'TEXT'
usage: gateway.sh start DIR [PORT]   an empty or new folder; PORT (7480) and the two after it are used
       gateway.sh stop DIR
Prints the endpoint once it answers. Access key "test", secret "testtest", region us-east-1, addressed by path.
TEXT
  exit 2
}

fail() {
  echo "gateway.sh: $*" >&2
  exit 1
}

start() { # DIR PORT
  local tool
  [[ $2 =~ ^[0-9]{1,5}$ ]] || usage
  for tool in radosgw radosgw-admin ceph-mon monmaptool ceph-osd ceph ceph-authtool curl; do
    command -v "$tool" >/dev/null ||
      fail "$tool is not installed; on Debian: apt-get install radosgw ceph-mon ceph-osd ceph-common curl"
  done
  [[ -z $(ls -A "$1" 2>/dev/null) ]] || fail "$1 is not empty"
  mkdir -p "$1"
  dir=$(cd "$1" && pwd) port=$2 # a daemon leaves the folder it was started in
  local taken
  for taken in "$port" $((port + 1)) $((port + 2)); do
    ! (: <>"/dev/tcp/127.0.0.1/$taken") 2>/dev/null || fail "port $taken is in use"
  done
  mkdir "$dir"/{mon,osd,log,run}

  trap give_up EXIT
  (bring_up) </dev/null >"$dir/log/start.log" 2>&1
  trap - EXIT
  echo "http://127.0.0.1:$port"
}

bring_up() {
  local fsid osd monitor
  fsid=$(</proc/sys/kernel/random/uuid) osd=$(</proc/sys/kernel/random/uuid)
  monitor="[v2:127.0.0.1:$((port + 1)),v1:127.0.0.1:$((port + 2))]"
  conf=$dir/ceph.conf
  configuration "$fsid" "$monitor" >"$conf"

  ceph-authtool "$dir/mon.keyring" --create-keyring --gen-key -n mon. --cap mon 'allow *'
  ceph-authtool "$dir/gateway.keyring" --create-keyring --gen-key -n client.gateway --cap mon 'allow *' --cap osd 'allow *'

  monmaptool --create --fsid "$fsid" --addv a "$monitor" "$dir/monmap"
  ceph-mon -c "$conf" -i a --mkfs --monmap "$dir/monmap" --keyring "$dir/mon.keyring"
  ceph-mon -c "$conf" -i a

  admin osd new "$osd"
  ceph-osd -c "$conf" -i 0 --mkfs --osd-uuid "$osd"
  admin osd crush add osd.0 1 root=default host=localhost
  ceph-osd -c "$conf" -i 0

  admin auth import -i "$dir/gateway.keyring"
  setsid radosgw -c "$conf" -n client.gateway -f >"$dir/log/gateway.out" 2>&1 &
  local gateway=$!
  echo "$gateway" >"$dir/run/gateway.pid"
  await_answer "$gateway"
  radosgw-admin -c "$conf" -n client.gateway user create --uid=test --display-name=test --access-key=test --secret=testtest
}

configuration() { # FSID MONITOR
  cat <<CONF
[global]
fsid = $1
mon_host = $2
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
# Without authentication there is no secure mode, which clients of a monitor would ask for.
ms_mon_client_mode = crc
# One disk is all there is, and it is memory.
mon_allow_pool_size_one = true
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 1
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
osd_objectstore = memstore
memstore_device_bytes = 2147483648
mon_data_avail_warn = 1
mon_data_avail_crit = 1
mon_data = $dir/mon
osd_data = $dir/osd
run_dir = $dir/run
log_file = $dir/log/\$name.log
pid_file = $dir/run/\$name.pid
# No admin socket: its path may be too long in a deep folder, and it is not used.
admin_socket =
[client.gateway]
keyring = $dir/gateway.keyring
rgw_frontends = beast endpoint=127.0.0.1:$port
CONF
}

admin() {
  ceph -c "$conf" --connect-timeout 20 "$@"
}

await_answer() { # PID
  local _
  for _ in {1..240}; do
    if curl --silent --fail --noproxy '*' --output /dev/null "http://127.0.0.1:$port/"; then return; fi
    kill -0 "$1" 2>/dev/null || fail "radosgw ended"
    sleep 0.25
  done
  fail "radosgw did not answer within a minute"
}

give_up() {
  {
    echo "gateway.sh: the gateway did not come up. The end of its logs:"
    tail -n 10 "$dir"/log/*
  } >&2
  stop "$dir"
}

# The monitor last: the others say goodbye to it.
stop() { # DIR
  local name pid _
  for name in gateway osd.0 mon.a; do
    [[ -f $1/run/$name.pid ]] || continue
    pid=$(<"$1/run/$name.pid")
    kill "$pid" 2>/dev/null || continue
    for _ in {1..50}; do
      kill -0 "$pid" 2>/dev/null || continue 2
      sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null || true
  done
}

case ${1:-} in
  start) [[ $# == 2 || $# == 3 ]] || usage; start "$2" "${3:-7480}" ;;
  stop) [[ $# == 2 ]] || usage; stop "$2" ;;
  *) usage ;;
esac
