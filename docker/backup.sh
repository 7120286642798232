#!/usr/bin/env bash
# Saves the state of the deployment into one archive, or puts it back.
#   backup.sh [folder]           -> folder/mcp-gateways-<UTC time>.tar   (default: docker/backups)
#   backup.sh restore ARCHIVE
# What is in it: memories, OAuth grants and keys (the gateways' /data), certificates and the ACME account. Not the secrets
# of docker/secrets and .env: keep those where you keep passwords. Each gateway stops for the seconds its copy takes, since
# a copy of a database in use is no backup. COMPOSE_OPTIONS names other compose files (default: -f compose.yml).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here"
# shellcheck source=gateways.sh
. ./gateways.sh

read -r -a compose <<< "docker compose ${COMPOSE_OPTIONS:--f compose.yml}"

# Read to the end before a part is taken: a pipe that closes early would end this script (SIGPIPE, pipefail) without a word.
config=$("${compose[@]}" config --format json)
images=$("${compose[@]}" config --images)
project=$(awk -F '"' '/^ *"name":/ { print $4; exit }' <<< "$config")
image=$(grep -m 1 memory-mcp-gateway <<< "$images")

volumes() { docker volume ls -q --filter "label=com.docker.compose.project=$project" | grep -E "_(($(all_services | paste -sd'|' -))-data|certs|acme)\$"; }

# in_volume VOLUME MODE COMMAND…: the gateways' own image has a shell and tar, so nothing has to be pulled.
in_volume() {
  local volume=$1 mode=$2
  shift 2
  docker run --rm -i --network none --user 0 --entrypoint sh -v "$volume:/volume:$mode" "$image" -c "$*"
}

# The one whose data the volume is, if it runs: volume names are <project>_<service>-data.
owner_of() {
  local service=${1#"${project}"_}
  service=${service%-data}
  if is_service "$service"; then "${compose[@]}" ps --services --status running | grep -x "$service-mcp-gateway" || true; fi
}

stopped=()
start_again() {
  local service
  for service in "${stopped[@]}"; do
    "${compose[@]}" start "$service" > /dev/null 2>&1
    for _ in $(seq 60); do
      # shellcheck disable=SC2016  # the container's PORT
      "${compose[@]}" exec -T "$service" sh -c 'curl -fsS -o /dev/null "http://127.0.0.1:${PORT}/health"' 2> /dev/null && break
      sleep 1
    done
  done
  stopped=()
}
trap start_again EXIT
stop_owner() {
  local owner
  owner=$(owner_of "$1")
  if [ -n "$owner" ]; then "${compose[@]}" stop "$owner" > /dev/null 2>&1; stopped+=("$owner"); fi
}

save() {
  local folder=$1 archive work
  mkdir -p "$folder"
  archive=$folder/mcp-gateways-$(date -u +%Y%m%dT%H%M%SZ).tar
  work=$(mktemp -d)
  for volume in $(volumes); do
    stop_owner "$volume"
    in_volume "$volume" ro 'tar -C /volume -c .' > "$work/${volume#"${project}"_}.tar"
    start_again
    echo "saved    ${volume#"${project}"_}"
  done
  (umask 077 && tar -C "$work" -cf "$archive.part" .)
  mv "$archive.part" "$archive"   # an archive with its final name is whole
  rm -rf "$work"
  echo "archive  $archive"
}

restore() {
  local archive=$1 work volume
  work=$(mktemp -d)
  tar -C "$work" -xf "$archive"
  "${compose[@]}" create > /dev/null 2>&1 || "${compose[@]}" up --no-start > /dev/null
  for saved in "$work"/*.tar; do
    volume=${project}_$(basename "$saved" .tar)
    tar -tf "$saved" > /dev/null   # readable to its end, before anything is deleted
    stop_owner "$volume"
    in_volume "$volume" rw 'find /volume -mindepth 1 -delete && tar -C /volume -x' < "$saved"
    start_again
    echo "restored ${volume#"${project}"_}"
  done
  rm -rf "$work"
}

case "${1:-}" in
  restore) [ -r "${2:-}" ] || { echo "name a readable archive: backup.sh restore ARCHIVE" >&2; exit 2; }; restore "$2" ;;
  -*) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2 ;;
  *) save "${1:-backups}" ;;
esac
