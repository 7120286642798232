#!/usr/bin/env bash
# Brings the gateways to another version, one after the other, and back again when the new one does not do.
#   git pull && docker/upgrade.sh            to the version of this work tree
#   docker/upgrade.sh VERSION                to that version: forward, or back
# In this order: backup; images (pulled where REGISTRY in .env names a registry, built otherwise); each gateway of COMPOSE_PROFILES is
# recreated and must be healthy before the next; whatever else has changed; verify.sh internal. When a gateway does not come up or
# a check fails, all gateways go back to the version before, and the backup is restored where the old one cannot read the new data.
# UPGRADE_BACKUPS is the folder for the backup (default: docker/backups).
set -euo pipefail
here=$(CDPATH='' cd "$(dirname "$(readlink -f "$0")")" && pwd)
cd "$here"
# shellcheck source=gateways.sh
. ./gateways.sh

die() { echo "upgrade.sh: $*" >&2; exit 2; }

problem=$(no_docker)
[ -z "$problem" ] || die "$problem"
problem=$(no_env)
[ -z "$problem" ] || die "$problem"
[ -e .env ] || die 'there is no .env: docker/init.sh makes it'
{ [ -w "$(readlink -f .env)" ] && [ -w "$(dirname "$(readlink -f .env)")" ]; } ||
  die "$here/.env, which holds the version, cannot be written by $(id -un): run this as root (sudo), or as its owner"
old=$(dotenv GATEWAY_VERSION)
new=${1:-$(sed -n 's/^GATEWAY_VERSION=//p' .env.example)}
# The registry's images for the Functions host have a tag of their own.
if [ $# = 0 ]; then case "$old" in *-functions) new=$new-functions ;; esac; fi
case "$new" in -* | *[!A-Za-z0-9._-]* | '') explain 2 ;; esac
[ -n "$old" ] || die 'GATEWAY_VERSION is not in .env: write the version that runs now there, so that there is a way back'
[ "$old" != "$new" ] || die "GATEWAY_VERSION is $new already. To build a changed work tree again, give it a name of its own: upgrade.sh $new-$(date +%Y%m%d)"
problem=$(GATEWAY_VERSION=$new no_set_up)
[ -z "$problem" ] || die "$problem"
project=$(project)
foreign=$(foreign_names | paste -sd, - | sed 's/,/, /g')
[ -z "$foreign" ] || die "another set-up on this machine has the $foreign already: docker/doctor.sh says what to do; nothing was changed"
alone || die 'another backup, restore or upgrade runs: wait for its end, then again'

gateways=''
for service in $(expected_services); do case "$service" in *-mcp-gateway) gateways="$gateways $service" ;; esac; done
[ -n "$gateways" ] || die 'COMPOSE_PROFILES in .env names no gateway'

# The line in .env as compose reads it: the last one counts.
set_version() {
  local file part
  file=$(readlink -f .env) part=$(readlink -f .env).part
  if ! (umask 077 && sed "s/^[[:space:]]*\(export[[:space:]]\{1,\}\)\{0,1\}GATEWAY_VERSION[[:space:]]*=.*/GATEWAY_VERSION=$1/" "$file" > "$part") 2> /dev/null || ! [ -s "$part" ]; then
    rm -f "$part"
    die "$file cannot be written: is there space? It says GATEWAY_VERSION=$(dotenv GATEWAY_VERSION) still"
  fi
  # Whose it was, and who may read it: another user of the group docker may run the next upgrade.
  chmod --reference="$file" "$part" && { chown --reference="$file" "$part" 2> /dev/null || true; } && mv "$part" "$file"
  export GATEWAY_VERSION=$1
}

# recreate_all: one gateway after the other, and how long each was away.
recreate_all() {
  local service began said
  for service in $gateways; do
    began=$(date +%s)
    said=$(compose up -d --no-deps --no-build "$service" 2>&1) || { tail -n 5 <<< "$said" >&2; return 1; }
    await_healthy "$service" || return 1
    echo "runs     $service $GATEWAY_VERSION ($(($(date +%s) - began)) s)"
  done
}

# go_back WHY: also when it is interrupted, and then once.
go_back() {
  trap '' INT TERM HUP
  echo "upgrade.sh: $1; back to $old" >&2
  set_version "$old"
  recreate_all || echo "upgrade.sh: not every gateway comes up with $old either: docker/doctor.sh" >&2
  # A database that the new version has migrated is not read by the old one.
  if ./verify.sh internal | grep -q 'newer release'; then
    echo 'upgrade.sh: the new version changed the data: restoring the backup' >&2
    ./backup.sh restore "$archive"
  fi
  exit 1
}

saved=$(./backup.sh "${UPGRADE_BACKUPS:-$here/backups}") || die 'the backup failed; nothing was changed'
archive=$(sed -n 's/^archive  //p' <<< "$saved")
echo "backup   $archive"
echo "from     $old to $new"
set_version "$new"
trap 'set_version "$old"; die "interrupted; nothing was changed"' INT TERM HUP
# shellcheck disable=SC2086  # lists
if [ -n "$(setting REGISTRY '')" ]; then
  compose pull $gateways || { set_version "$old"; die "the images of $new cannot be pulled; nothing was changed"; }
else
  # One at a time: four builds at once need more memory than a small droplet has.
  for service in $gateways; do compose build -q "$service" || { set_version "$old"; die "$service does not build; nothing was changed"; }; done
fi

trap 'go_back "interrupted"' INT TERM HUP
recreate_all || go_back 'a gateway does not come up'
said=$(compose up -d --no-build 2>&1) || { tail -n 5 <<< "$said" >&2; go_back 'docker compose up -d fails'; }
./verify.sh internal || go_back 'a check fails'
echo "done     $new runs; the backup is $archive"
