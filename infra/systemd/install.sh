#!/usr/bin/env bash
# Puts gateways onto this machine as systemd services, without containers. Run it again after a git pull: it never overwrites secrets.
#   sudo infra/systemd/install.sh [service...]     (default: every service of the file `services`)
# Needs the .NET SDK, and the ASP.NET Core runtime where the services run. ROOT is prepended to every path it writes (default: none);
# READY_TO_RUN=false is quicker here and slower at each start.
set -euo pipefail
here=$(CDPATH='' cd "$(dirname "$(readlink -f "$0")")" && pwd)
for file in services build/services.sh build/toolchain.sh; do
  [ -r "$here/../../$file" ] || { echo "install.sh: $file is missing: infra/systemd belongs in a whole clone of the repository" >&2; exit 1; }
done
# shellcheck source=../../build/services.sh
. "$here/../../build/services.sh"
case "${1:-}" in -h | --help) explain 0 ;; -*) explain 2 ;; esac
# shellcheck source=../../build/toolchain.sh
. "$here/../../build/toolchain.sh"
root=${ROOT:+$(cd "$ROOT" && pwd)}
# The SDK is chosen by global.json there.
cd "$here/../.."
programs=$root/usr/local/lib/mcp-gateways settings=$root/etc/mcp-gateways units=$root/etc/systemd/system

# 64 hexadecimal digits. Its caller assigns them alone: a failure in an argument would pass unnoticed.
random() {
  local digits
  digits=$(od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n')
  [ "${#digits}" = 64 ] || fail 'the kernel gives no random numbers (/dev/urandom, od)'
  printf '%s' "$digits"
}

# cannot_write PATH
cannot_write() { fail "$1 cannot be written by $(id -un): run this as root (sudo), with space on the disk"; }

# secret FILE CONTENT: made once, whole; systemd hands it to the service alone.
secret() {
  [ ! -d "$1" ] || fail "$1 is a folder, where a file belongs: move it away, and run this again"
  if [ ! -e "$1" ] || { [ -n "$2" ] && [ ! -s "$1" ]; }; then { (umask 077 && printf '%s' "$2" > "$1.part" && mv "$1.part" "$1") 2> /dev/null || cannot_write "$1"; }; fi
  chmod 600 "$1" || cannot_write "$1"
}

services=${*:-$(all_services)}
for service in $services; do is_service "$service" || fail "there is no service '$service': $(all_services | paste -sd' ' -)"; done
require_sdk

# Compiled ahead of time where that is supported, which takes a minute for each service: docs/decisions/0047-ready-to-run.md
case "$(uname -m) ${READY_TO_RUN:-true}" in 'x86_64 true') platform=linux-x64 ;; 'aarch64 true') platform=linux-arm64 ;; *) platform='' ;; esac

build=$(mktemp -d 2> /dev/null) || fail "no temporary folder can be made in ${TMPDIR:-/tmp}"
trap 'rm -rf "$build" "$programs"/*.part' EXIT
for folder in "$programs" "$settings" "$units"; do { mkdir -p "$folder" && [ -w "$folder" ]; } 2> /dev/null || cannot_write "$folder"; done
chmod 700 "$settings"
value=$(random)
secret "$settings/operator_secret" "$value"
[ -e "$settings/gateways.env" ] || echo '# Settings of every gateway, one NAME=value on a line: docs/operations.md' > "$settings/gateways.env"
install -m 644 "$here/mcp-gateway@.service" "$units/" || cannot_write "$units"

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
  # Warnings are for ./test. Watching the compiler for its profile takes a fifth of the time.
  RunAnalyzers=false DOTNET_TieredPGO=0 dotnet publish "functions/$project" -c Release -p:ReadyToRun="$platform" -p:FunctionsWorker=false --artifacts-path "$build" -v quiet -o "$programs/$service.part" >&2 ||
    fail "$service-mcp cannot be published: the lines above say why. What was installed before stays as it is"
  ln -s "$project" "$programs/$service.part/gateway"
  rm -rf "${programs:?}/$service"
  mv "$programs/$service.part" "$programs/$service"
  echo "ready    mcp-gateway@$service"
done

echo "next     systemctl daemon-reload && systemctl enable --now $(for service in $services; do printf 'mcp-gateway@%s ' "$service"; done)"
