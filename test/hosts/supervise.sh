#!/bin/bash
# Keeps one host booted until it is told to stop: boots it again when it rebooted (status 133).
# Usage: supervise.sh DISK NAME ID LOG OWNER-PID|-    writes its own process id to DISK/supervisor
set -u
disk=$1 name=$2 id=$3 log=$4 owner=$5
child='' watcher='' stopping=''
exec </dev/null >"$log" 2>&1
cd /
echo $$ >"$disk/supervisor"

stop() {
  stopping=yes
  [[ $child ]] && kill -TERM "$child" 2>/dev/null
}
trap stop TERM INT HUP

# A host of its own cgroup: two systemds in one group would end each other's services.
boot() {
  for base in /sys/fs/cgroup/systemd /sys/fs/cgroup/unified /sys/fs/cgroup; do
    if [[ -w $base/cgroup.procs ]]; then
      mkdir -p "$base/$id" && echo "$BASHPID" >"$base/$id/cgroup.procs"
    fi
  done
  exec systemd-nspawn --quiet --directory="$disk/root" --bind="$disk/home:/root" \
    --machine="$id" --hostname="$name" --register=no --keep-unit --capability=CAP_NET_ADMIN \
    --network-namespace-path="/run/netns/$id" --resolv-conf=off --timezone=off --link-journal=no \
    --kill-signal=SIGKILL --boot
}

# A host that a test booted does not outlive the test's process.
if [[ $owner != - ]]; then
  tail --pid="$owner" -f /dev/null &
  watcher=$!
fi

status=133
while [[ $status == 133 && ! $stopping ]]; do
  boot &
  child=$!
  while :; do
    # A signal ends `wait` early, with `ended` unset.
    wait -n -p ended "$child" $watcher
    status=$?
    [[ ${ended:-} == "$child" ]] && break
    if [[ ${ended:-} && $ended == "$watcher" ]]; then
      watcher=''
      stop
    elif ! kill -0 "$child" 2>/dev/null; then
      break
    fi
  done
done
[[ $watcher ]] && kill "$watcher" 2>/dev/null
exit 0
