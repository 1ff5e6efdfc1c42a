#!/bin/sh
# Prints what this node's containers are called, one line for each: key, tab, JSON of workload-1.0.json.
# `collect.sh` prints what is there once; `collect.sh 5 600` looks again every 5 seconds for what is new, and prints
# everything again every 600.
#   NODE     the machine's name as its kernel log has it (else the machine's own)
#   CLUSTER  the cluster's name
#   LINKS    the directory of the links that kubelet makes to the logs of containers
# It reads the names of the links, where they lead and when they were made; no file, no process, no API.
set -u
LINKS=${LINKS:-/var/log/containers}
NODE=${NODE:-$(uname -n)}
CLUSTER=${CLUSTER:-}

# Nothing in a name of Kubernetes needs an escape; what does is no such name.
clean() { # TEXT
  case $1 in
    '' | *[!A-Za-z0-9._:/-]*) return 1 ;;
  esac
}

is_hex() { # TEXT
  case $1 in
    '' | *[!0-9a-f]*) return 1 ;;
  esac
}

# One link: POD_NAMESPACE_CONTAINER-ID.log -> …/NAMESPACE_POD_UID/CONTAINER/RESTARTS.log, whatever the runtime. A name
# longer than 255 is cut, and has lost the end of its id: what the target says is whole.
word() { # LINK TARGET STARTED
  file=${2##*/}
  restarts=${file%.log}
  rest=${2%/*}
  container=${rest##*/}
  rest=${rest%/*}
  rest=${rest##*/}
  namespace=${rest%%_*}
  uid=${rest##*_}
  pod=${rest#*_}
  pod=${pod%_*}
  case $restarts in
    '' | *[!0-9]*) return 0 ;;
  esac
  [ "$file" != "$restarts" ] || return 0
  [ "$namespace" != "$rest" ] && [ "${rest}" = "${namespace}_${pod}_${uid}" ] || return 0
  clean "$namespace" && clean "$pod" && clean "$container" || return 0
  case $pod$container in
    *[_/]*) return 0 ;;
  esac
  case $uid in
    '' | *[!0-9a-f-]*) return 0 ;;
  esac
  name=${1##*/}
  id=${name%.log}
  id=${id##*-}
  key=$id
  own="\"id\":\"$id\","
  if [ ${#id} -ne 64 ] || ! is_hex "$id" || [ "$name" = "${name%.log}" ]; then
    key=pod/$uid/$container/$restarts
    own=
  fi
  printf '%s\t{"schemaVersion":"1.0","source":"links",%s"node":"%s","container":{%s"name":"%s","restartCount":%d},' \
    "$key" "$cluster" "$NODE" "$own" "$container" "$restarts"
  printf '"kubernetes":{"namespace":"%s","podName":"%s","podUid":"%s"},"startedAt":%s}\n' \
    "$namespace" "$pod" "$uid" "$3"
}

# The links that are new since the last look, or all: their names are remembered in a variable, as nothing is written.
look() {
  seen_now=' '
  for link in "$LINKS"/*; do
    [ -L "$link" ] || continue
    name=${link##*/}
    case $name in
      *[!A-Za-z0-9._-]*) continue ;;
    esac
    target=
    if [ ${#name} -ge 255 ]; then
      # Cut: the next start of the container has a link of the same name.
      target=$(readlink "$link") || continue
      case $target in
        *[!A-Za-z0-9._/-]*) continue ;;
      esac
    fi
    seen_now="$seen_now$name$target "
    case $seen in
      *" $name$target "*) continue ;;
    esac
    [ -n "$target" ] || target=$(readlink "$link") || continue
    started=$(stat -c %Y "$link" 2>/dev/null) || continue
    word "$link" "$target" "$started"
  done
  seen=$seen_now
}

cluster=
if [ -n "$CLUSTER" ] && clean "$CLUSTER"; then
  cluster="\"cluster\":\"$CLUSTER\","
fi
clean "$NODE" || {
  echo "NODE is no machine's name: $NODE" >&2
  exit 2
}

seen=' '
look
[ $# -gt 0 ] || exit 0
every=$1
again=${2:-600}
waited=0
while :; do
  sleep "$every"
  waited=$((waited + every))
  if [ "$waited" -ge "$again" ]; then
    waited=0
    seen=' '
  fi
  look
done
