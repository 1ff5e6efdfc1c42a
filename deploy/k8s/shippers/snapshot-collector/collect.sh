#!/bin/sh
# Prints one memory snapshot of this machine as a line of JSON. `collect.sh SECONDS` goes on for ever.
#   HOST_NAME  the host's name as the kernel logs have it (else the machine's own)
#   PROC, SYS  where /proc and /sys are mounted (a container may see the host's elsewhere)
#   CGROUPS    control groups whose memory.events and memory.stat are sent too, separated by spaces
set -u
PROC=${PROC:-/proc}
SYS=${SYS:-/sys}
HOST_NAME=${HOST_NAME:-$(uname -n)}

# Text as a JSON string. Of the control characters these files hold newlines and tabs alone.
quoted() {
  printf '"'
  sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e "s/$(printf '\t')/\\\\t/g" -e 's/$/\\n/' | tr -d '\n'
  printf '"'
}

file() { # NAME PATH
  [ -r "$2" ] || return 0
  text=$(cat "$2" 2>/dev/null) || return 0
  [ -n "$text" ] || return 0
  [ "$first" = 1 ] || printf ','
  first=0
  printf '"%s":' "$1"
  printf '%s\n' "$text" | quoted
}

snapshot() {
  printf '{"host":"%s","time":%s,"bootId":"%s","kernelRelease":"%s","pageSize":%s,"files":{' \
    "$HOST_NAME" "$(date +%s)" "$(cat "$PROC/sys/kernel/random/boot_id" 2>/dev/null)" "$(uname -r)" \
    "$(getconf PAGESIZE 2>/dev/null || echo 0)"
  first=1
  for name in meminfo slabinfo buddyinfo vmstat zoneinfo pressure/memory; do
    file "$name" "$PROC/$name"
  done
  for group in ${CGROUPS:-}; do
    for name in memory.events memory.stat; do
      file "cgroup/$group/$name" "$SYS/fs/cgroup/$group/$name"
      file "cgroup/$group/$name" "$SYS/fs/cgroup/memory/$group/$name"
    done
  done
  printf '}}\n'
}

snapshot
while [ $# -gt 0 ]; do
  sleep "$1"
  snapshot
done
