#!/usr/bin/env bash
# Makes what `docker compose up` needs and nobody should type: .env, env/ and the secrets, random where that is enough.
# Never overwrites a value: run it again after an upgrade, and it adds what is new and puts owners and modes right.
set -euo pipefail
here=$(CDPATH='' cd "$(dirname "$(readlink -f "$0")")" && pwd)
cd "$here"
# shellcheck source=gateways.sh
. ./gateways.sh

[ $# = 0 ] || explain 2

uid=1654   # the user inside the containers
die() { echo "init.sh: $*" >&2; exit 1; }

# 64 hexadecimal digits. Its caller assigns them alone: a failure in an argument would pass unnoticed.
random() {
  local digits
  digits=$(od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n')
  [ "${#digits}" = 64 ] || die 'the kernel gives no random numbers (/dev/urandom, od)'
  printf '%s' "$digits"
}

# store FILE CONTENT: whole or not at all, even on a full disk.
store() {
  local part=$1.part
  if ! (umask 077 && printf '%s' "$2" > "$part") || [ "$(cat "$part")" != "${2%$'\n'}" ] || ! mv "$part" "$1"; then
    rm -f "$part"
    die "cannot write $here/$1"
  fi
}

# A compose secret is a bind mount: the host's owner and mode count inside. The folder keeps everybody else out.
# readable_by gateways|others FILE: who reads it in a container.
readable_by() {
  local owner=$uid:$uid mode=400
  if [ "$(id -u)" != 0 ]; then owner='' mode=644; elif [ "$1" = others ]; then owner=0:0 mode=444; fi
  if { [ -n "$owner" ] && ! chown "$owner" "$2"; } || ! chmod "$mode" "$2"; then
    die "$here/$2 belongs to somebody else: run this as root once (sudo docker/init.sh), or chown it to $(id -un)"
  fi
}

# free FILE: docker makes a folder where a file that it should mount is missing.
free() {
  [ ! -d "$1" ] || rmdir "$1" 2> /dev/null || die "$here/$1 is a folder, and not an empty one: move it away, and run this again"
}

# create gateways|others NAME CONTENT: secrets/NAME. An empty file counts as missing where there is a content.
create() {
  local file=secrets/$2 word=kept
  free "$file"
  if [ ! -e "$file" ] || { [ -n "$3" ] && [ ! -s "$file" ]; }; then store "$file" "$3"; word=created; fi
  readable_by "$1" "$file"
  printf '%-8s%s\n' "$word" "$file"
}

# n8n takes a line end at the end of its key and password for a part of them.
without_line_end() { if [ -s "$1" ] && [ "$(tail -c 1 "$1" | wc -l)" = 1 ]; then store "$1" "$(cat "$1")"; fi; }

for folder in secrets env; do
  [ -d "$folder" ] || ! { [ -e "$folder" ] || [ -L "$folder" ]; } || die "$here/$folder is not a folder: move it away, and run this again"
  { mkdir -p "$folder" && chmod 700 "$folder"; } 2> /dev/null ||
    die "$here/$folder cannot be made or belongs to somebody else than $(id -un): run this as its owner, or as root once (sudo docker/init.sh)"
done
free .env

if [ -e .env ]; then
  echo 'kept    .env'
else
  store .env "$(cat .env.example)"$'\n'
  echo 'created .env: set DOMAIN and LETSENCRYPT_EMAIL there'
fi
if [ -z "$(dotenv COMPOSE_PROFILES)" ]; then
  printf '\n# The gateways that run here; n8n beside them with n8n.\nCOMPOSE_PROFILES=%s\n' "$(all_services | paste -sd, -)" >> .env
  echo 'added   COMPOSE_PROFILES to .env: the gateways that run here'
fi

for file in gateways $(all_services); do
  free "env/$file.env"
  [ -e "env/$file.env" ] || store "env/$file.env" "# Settings of $([ "$file" = gateways ] && echo 'every gateway' || echo "$file-mcp"), one NAME=value on a line: docs/operations.md"$'\n'
done

for service in $(all_services); do
  claude=$(random)
  n8n=$(random)
  create gateways "${service}_bearer_tokens" "claude=$claude"$'\n'"n8n=$n8n"$'\n'
  token=$(upstream_secret_of "$service")
  [ -z "$token" ] || create gateways "$token" ''
done
for service in $(all_services); do
  value=$(random)
  create others "${service}_database" "postgres://$service:$value@gateways-postgres:5432/$service"
done
value=$(random)
create others postgres_password "$value"
value=$(random)
create gateways operator_secret "$value"
create gateways github_app_private_key ''
without_line_end secrets/n8n_postgres_password
without_line_end secrets/n8n_encryption_key
value=$(random)
create others n8n_postgres_password "$value"
value=$(random)
create others n8n_encryption_key "$value"
create others tunnel_token ''

unknown=$(unknown_profiles)
[ -z "$unknown" ] || echo "unknown $unknown in COMPOSE_PROFILES in .env: the gateways are $(all_services | paste -sd, -)"
for service in $(chosen_services); do
  token=$(upstream_secret_of "$service") what='API token'
  if [ "$service" = github ] && [ -n "$(dotenv GITHUB_APP_ID)" ]; then token=github_app_private_key what='private key'; fi
  [ -z "$token" ] || [ -s "secrets/$token" ] || echo "empty   secrets/$token: put the $what of $service-mcp there, or leave $service out of COMPOSE_PROFILES in .env"
done
