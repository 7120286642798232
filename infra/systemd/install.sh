#!/usr/bin/env bash
# Puts gateways onto this machine as systemd services, without containers. Run it again after a git pull: it never overwrites secrets.
#   sudo infra/systemd/install.sh [service...]     (default: every service of the file `services`)
# Needs the .NET SDK, and the ASP.NET Core runtime where the services run. ROOT is prepended to every path it writes (default: none).
set -euo pipefail
here=$(CDPATH='' cd "$(dirname "$(readlink -f "$0")")" && pwd)
# shellcheck source=../../build/services.sh
. "$here/../../build/services.sh"
root=${ROOT:-}
programs=$root/usr/local/lib/mcp-gateways settings=$root/etc/mcp-gateways units=$root/etc/systemd/system

die() { echo "install.sh: $*" >&2; exit 1; }

# 64 hexadecimal digits. Its caller assigns them alone: a failure in an argument would pass unnoticed.
random() {
  local digits
  digits=$(od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n')
  [ "${#digits}" = 64 ] || die 'the kernel gives no random numbers (/dev/urandom, od)'
  printf '%s' "$digits"
}

# secret FILE CONTENT: made once, whole; systemd hands it to the service alone.
secret() {
  if [ ! -e "$1" ] || { [ -n "$2" ] && [ ! -s "$1" ]; }; then (umask 077 && printf '%s' "$2" > "$1.part" && mv "$1.part" "$1"); fi
  chmod 600 "$1"
}

services=${*:-$(all_services)}
for service in $services; do is_service "$service" || die "there is no service '$service': $(all_services | paste -sd' ' -)"; done
command -v dotnet > /dev/null || die 'the .NET SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0'

build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
mkdir -p "$programs" "$settings" "$units"
chmod 700 "$settings"
value=$(random)
secret "$settings/operator_secret" "$value"
[ -e "$settings/gateways.env" ] || echo '# Settings of every gateway, one NAME=value on a line: docs/operations.md' > "$settings/gateways.env"
install -m 644 "$here/mcp-gateway@.service" "$units/"

for service in $services; do
  project=$(service_field "$service" 2) token=$(service_field "$service" 4)
  value=$(random)
  secret "$settings/$service.bearer_tokens" "claude=$value"$'\n'
  [ -e "$settings/$service.env" ] || printf '# Settings of %s-mcp\nPORT=%s\n' "$service" "$(service_field "$service" 3)" > "$settings/$service.env"
  if [ "$token" != - ]; then
    secret "$settings/$service.upstream_token" ''
    mkdir -p "$units/mcp-gateway@$service.service.d"
    printf '[Service]\nLoadCredential=upstream_token:/etc/mcp-gateways/%s.upstream_token\nEnvironment=%s_FILE=%%d/upstream_token\n' "$service" "$token" \
      > "$units/mcp-gateway@$service.service.d/upstream-token.conf"
    [ -s "$settings/$service.upstream_token" ] || echo "empty    $settings/$service.upstream_token: put the token of its upstream there"
  fi
  rm -rf "$programs/$service.part"
  dotnet publish "$here/../../functions/$project" -c Release -p:FunctionsWorker=false --artifacts-path "$build" -v quiet -o "$programs/$service.part"
  ln -s "$project" "$programs/$service.part/gateway"
  rm -rf "${programs:?}/$service"
  mv "$programs/$service.part" "$programs/$service"
  echo "ready    mcp-gateway@$service"
done

echo "next     systemctl daemon-reload && systemctl enable --now $(for service in $services; do printf 'mcp-gateway@%s ' "$service"; done)"
