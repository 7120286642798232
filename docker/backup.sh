#!/usr/bin/env bash
# Saves the state of the deployment into one archive, or puts it back.
#   backup.sh [folder]           -> folder/mcp-gateways-<UTC time>.tar   (default: docker/backups)
#   backup.sh restore ARCHIVE
# What is in it: memories, OAuth grants and keys (the gateways' /data, and their databases in gateways-postgres), certificates and the ACME account; of
# n8n its data, its database and the two secrets they are useless without. Not the other secrets and not .env: keep those where you keep passwords.
# A copy of a database's files in use is no backup: each container is paused for the moment of its copy, so that its calls wait, and stopped for a
# restore; of gateways-postgres dumps are taken (pg_dump) while it runs. Nothing else is started, stopped or recreated, whatever compose files there are.
#   BACKUP_KEEP=14               archives that stay in the folder; default: all
#   BACKUP_HOOK='restic backup'  a command that gets the archive as its last argument, for a copy elsewhere
# Both also from .env. COMPOSE_OPTIONS='-f compose.local.yml' chooses another set-up than COMPOSE_FILE in .env or compose.yml.
set -euo pipefail
caller=$PWD
here=$(CDPATH='' cd "$(dirname "$(readlink -f "$0")")" && pwd)
cd "$here"
# shellcheck source=gateways.sh
. ./gateways.sh

die() { echo "backup.sh: $*" >&2; exit 2; }

problem=$(no_docker)
[ -z "$problem" ] || die "$problem"
problem=$(no_set_up)
[ -z "$problem" ] || die "$problem"
alone || die 'another backup, restore or upgrade runs: wait for its end, then again'
project=$(project)
work=$(mktemp -d 2> /dev/null) || die "no temporary folder can be made in ${TMPDIR:-/tmp}: is there space?"
part='' paused=() resumed=() stopped=()

# Whatever happens: the copies go, and what was paused or stopped goes on.
clean_up() {
  go_on
  start_again
  rm -rf "$work"
  [ -z "$part" ] || rm -f "$part"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

# The gateways' own image has a shell and tar, so nothing has to be pulled.
find_image() {
  local id
  for id in $(containers); do docker inspect -f '{{.Config.Image}}' "$id" | grep -E -- '-mcp-gateway[:@]' && return; done | sed -n 1p
}
image=$(find_image || true)
[ -n "$image" ] || image=$(compose config --images 2> /dev/null | grep -E -m 1 -- '-mcp-gateway[:@]' || true)
docker image inspect "${image:-none}" > /dev/null 2>&1 || die 'there is no image of a gateway yet: docker compose build (or pull), then again'

kept="^${project}_(($(all_services | paste -sd'|' -)|n8n|n8n-postgres)-data|certs|acme)\$"
volumes() { docker volume ls -q --filter "label=com.docker.compose.project=$project" | grep -E "$kept" || true; }

# in_volume VOLUME MODE COMMAND…
in_volume() {
  local volume=$1 mode=$2
  shift 2
  docker run --rm -i --network none --user 0 --entrypoint sh -v "$volume:/volume:$mode" "$image" -c "$*"
}

# Who writes to a volume of data; certificates are files that are replaced as a whole.
users() { case "$1" in *-data) docker ps -q --filter "volume=$1" --filter status=running ;; esac; }

# All of them at once: what a database has on the disk then is what a loss of power would leave, which it recovers from.
pause_users() {
  local id
  for id in $(users "$1"); do
    paused+=("$id")
    # The freezer of older kernels fails now and then, while a process starts: a container that stops does as well.
    docker pause "$id" > /dev/null 2>&1 || docker pause "$id" > /dev/null 2>&1 || stop "$id"
  done
}

go_on() {
  local id
  for id in ${paused[@]+"${paused[@]}"}; do
    # Not inspect: where a health check was about to begin when the container was paused, Docker 20 holds inspect back, and then unpause behind it.
    docker ps -q --filter status=paused | grep -qxF -- "$id" || continue
    resumed+=("$id")
    docker unpause "$id" > /dev/null || echo "backup.sh: $(docker ps --filter "id=$id" --format '{{.Names}}') stays paused: docker unpause it" >&2
  done
  paused=()
}

stop_users() {
  local id
  for id in $(users "$1"); do stop "$id"; done
}

stop() {
  stopped+=("$1")
  docker stop "$1" > /dev/null
}

start_again() {
  local id
  for id in ${stopped[@]+"${stopped[@]}"}; do
    docker start "$id" > /dev/null || { echo "backup.sh: $(docker inspect -f '{{.Name}}' "$id" | tr -d /) does not start again: docker compose up -d" >&2; continue; }
    await_well "$id"
  done
  stopped=()
}

# in_postgres COMMAND…: in the container of the gateways' databases, at its own socket, which asks for no password.
in_postgres() { docker exec -i "$(container gateways-postgres)" "$@"; }

sql() { in_postgres env PGOPTIONS='-c client_min_messages=warning' psql -U postgres -d postgres --no-psqlrc -v ON_ERROR_STOP=1 -Atq -c "$1"; }

# no_postgres: why the databases cannot be reached; nothing where they can.
no_postgres() {
  [ "$(state_of gateways-postgres)" = running/healthy ] || echo "the container gateways-postgres is not up, and without it the gateways' databases can neither be saved nor restored: docker compose up -d --wait gateways-postgres, then again (or docker volume rm ${project}_gateways-postgres-data, where none of it is needed any more)"
}

dump_databases() {
  local problem names name
  # Made with the first start of it: whoever never had it needs no dump.
  docker volume inspect "${project}_gateways-postgres-data" > /dev/null 2>&1 || return 0
  problem=$(no_postgres)
  [ -z "$problem" ] || die "$problem"
  names=$(sql "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'") || die 'the databases cannot be listed: docker logs gateways-postgres --tail 50'
  for name in $names; do
    is_service "$name" || continue
    in_postgres pg_dump -U postgres -Fc --exclude-table-data='*.kept_answers' "$name" > "$work/$name.dump" || die "the database $name cannot be copied to $work: is there space?"
    echo "saved    the database $name"
  done
}

# restore_database NAME DUMP: beside the old one first, which stays as it is when that fails.
restore_database() {
  local id
  for id in $(containers "label=com.docker.compose.service=$1-mcp-gateway" status=running) $(containers "label=com.docker.compose.service=second-$1-mcp-gateway" status=running); do stop "$id"; done
  sql "DROP DATABASE IF EXISTS \"$1-restored\"" && sql "CREATE DATABASE \"$1-restored\" OWNER \"$1\" TEMPLATE template0 ENCODING 'UTF8'" &&
    in_postgres pg_restore -U postgres --exit-on-error -d "$1-restored" < "$2" ||
    die "the database $1 cannot be restored: is there space? What was there is there still; what is named above is restored"
  sql "DROP DATABASE \"$1\" WITH (FORCE)" && sql "ALTER DATABASE \"$1-restored\" RENAME TO \"$1\"" && make_databases ||
    die "the database $1 is restored, but has the name $1-restored still: restore the archive again"
  start_again
  echo "restored the database $1"
}

# Roles and empty databases, with the passwords of this machine's secrets.
make_databases() { in_postgres sh /docker-entrypoint-initdb.d/databases.sh; }

# await_well ID: a minute at most.
await_well() {
  local left=60
  until case "$(docker inspect -f '{{if .State.Health}}{{.State.Health.Status}}{{end}}' "$1")" in healthy | '') true ;; *) [ "$left" = 0 ] ;; esac; do
    left=$((left - 1))
    sleep 1
  done
}

save() {
  local folder=$1 archive volume name secret id
  # Said before anything is stopped for it.
  case "$(setting BACKUP_KEEP 1)" in *[!0-9]* | 0) die "BACKUP_KEEP='$(setting BACKUP_KEEP '')' is not a number of archives" ;; esac
  archive=$folder/mcp-gateways-$(date -u +%Y%m%dT%H%M%SZ).tar part=$archive.part
  { mkdir -p "$folder" && (umask 077 && : > "$part"); } 2> /dev/null || die "$folder cannot be written: name a folder that $(id -un) may write"
  for volume in $(volumes); do
    name=${volume#"${project}"_}
    pause_users "$volume"
    in_volume "$volume" ro '[ ! -e /volume/.restored ] || exit 77; tar -C /volume -c .' > "$work/$name.tar" || case $? in
      77) die "a restore of $name was interrupted, and what is there is not whole: restore the archive again" ;;
      *) die "$name cannot be copied to $work: is there space?" ;;
    esac
    go_on
    start_again
    echo "saved    $name"
  done
  # For docker a container is unhealthy from its pause to the next check, though it answers.
  for id in ${resumed[@]+"${resumed[@]}"}; do await_well "$id"; done
  dump_databases
  [ -n "$(ls "$work")" ] || die "the project $project has no volumes: nothing to save"
  if [ -e "$work/n8n-data.tar" ]; then
    for secret in n8n_encryption_key n8n_postgres_password; do
      cp "secrets/$secret" "$work/$secret.secret" 2> /dev/null ||
        die "secrets/$secret, without which the data of n8n is useless, cannot be read by $(id -un): run this as root (sudo); docker/init.sh makes what is missing"
    done
    echo 'saved    the secrets of n8n'
  fi
  (umask 077 && tar -C "$work" -cf "$part" .) || die "$folder cannot take the archive: is there space?"
  mv "$part" "$archive"   # an archive with its final name is whole
  part=''
  echo "archive  $archive"
  forget_old "$folder"
  send "$archive"
}

forget_old() {
  local keep old
  keep=$(setting BACKUP_KEEP '')
  [ -n "$keep" ] || return 0
  find "$1" -maxdepth 1 -name 'mcp-gateways-*Z.tar' | sort -r | tail -n "+$((keep + 1))" | while read -r old; do
    rm "$old"
    echo "removed  $old"
  done
}

send() {
  local hook
  hook=$(setting BACKUP_HOOK '')
  [ -n "$hook" ] || return 0
  sh -c "$hook \"\$1\"" hook "$1" || die "the archive is here, but BACKUP_HOOK failed: $hook"
  echo "sent     $1"
}

restore() {
  local archive=$1 saved name volume secret databases=''
  tar -C "$work" -xf "$archive" 2> /dev/null || die "$archive is not an archive of backup.sh, or not a whole one; nothing was changed"
  [ -n "$(find "$work" -maxdepth 1 -name '*.tar' -o -maxdepth 1 -name '*.dump')" ] || die "$archive holds no volume: it is not an archive of backup.sh; nothing was changed"
  # Readable to the end, each of them, before anything is replaced.
  for saved in "$work"/*.tar; do
    [ -e "$saved" ] || continue
    name=$(tar -tf "$saved" 2> /dev/null) || die "$(basename "$saved") in $archive is not whole; nothing was changed"
    [ -n "$name" ] || die "$(basename "$saved") in $archive is empty, which no backup is; nothing was changed"
    [[ ${project}_$(basename "$saved" .tar) =~ $kept ]] || die "$archive holds $(basename "$saved"), which no set-up of this project has; nothing was changed"
  done
  for saved in "$work"/*.dump; do
    [ -e "$saved" ] || continue
    name=$(basename "$saved" .dump)
    is_service "$name" || die "$archive holds $name.dump, which no backup does; nothing was changed"
    [ -n "${databases:-}" ] || problem=$(no_postgres)
    [ -z "$problem" ] || die "$problem; nothing was changed"
    databases=yes
    in_postgres pg_restore -f /dev/null < "$saved" 2> /dev/null || die "$name.dump in $archive is not whole; nothing was changed"
  done
  for saved in "$work"/*.secret; do
    case "$(basename "$saved" .secret)" in
      '*' | n8n_encryption_key | n8n_postgres_password) ;;
      *) die "$archive holds $(basename "$saved"), which no backup does; nothing was changed" ;;
    esac
  done
  [ -z "$(find "$work" -maxdepth 1 -name '*.secret')" ] || { [ -d secrets ] && [ -w secrets ]; } ||
    die "$here/secrets cannot be written by $(id -un), and $archive holds secrets of n8n: run docker/init.sh, and this as root (sudo); nothing was changed"
  [ -z "$databases" ] || make_databases || die 'the databases cannot be made: docker logs gateways-postgres --tail 50; nothing was changed'
  for saved in "$work"/*.dump; do
    [ ! -e "$saved" ] || restore_database "$(basename "$saved" .dump)" "$saved"
  done
  for saved in "$work"/*.tar; do
    [ -e "$saved" ] || continue
    name=$(basename "$saved" .tar) volume=${project}_$(basename "$saved" .tar)
    docker volume inspect "$volume" > /dev/null 2>&1 ||
      docker volume create --label "com.docker.compose.project=$project" --label "com.docker.compose.volume=$name" "$volume" > /dev/null
    stop_users "$volume"
    # The new beside the old first: a disk that gets full leaves the old as it was.
    in_volume "$volume" rw 'rm -rf /volume/.restored && mkdir /volume/.restored && tar -C /volume/.restored -x &&
      find /volume -mindepth 1 -maxdepth 1 ! -name .restored -exec rm -rf {} + &&
      find /volume/.restored -mindepth 1 -maxdepth 1 -exec mv {} /volume/ \; &&
      chown --reference=/volume/.restored /volume && chmod --reference=/volume/.restored /volume && rmdir /volume/.restored ||
      { rm -rf /volume/.restored; exit 1; }' < "$saved" || die "$name cannot be restored: is there space? What was there is there still; what is named above is restored"
    start_again
    echo "restored $name"
  done
  for saved in "$work"/*.secret; do
    [ -e "$saved" ] || continue
    secret=secrets/$(basename "$saved" .secret)
    if cmp -s "$saved" "$secret"; then continue; fi
    [ ! -e "$secret" ] || mv "$secret" "$secret.before-restore"
    install -m 444 "$saved" "$secret"
    echo "restored $secret: docker compose up -d --force-recreate n8n n8n-postgres"
  done
}

# Names are those of where the caller stands.
from_caller() { case "$1" in /*) printf '%s' "$1" ;; *) printf '%s/%s' "$caller" "$1" ;; esac; }

case "${1:-}" in
  restore)
    [ -f "${2:+$(from_caller "$2")}" ] && [ -r "$(from_caller "$2")" ] || die 'name a readable archive: backup.sh restore ARCHIVE'
    restore "$(from_caller "$2")" ;;
  '') save "$here/backups" ;;
  *) save "$(from_caller "$1")" ;;
esac
