#!/usr/bin/env bash
# Builds the services and writes what each of their tools is listed as into functions/<Service>/listed, which the next build embeds. Run it
# after a change of a tool; a spec compares.
#   build/listings.sh [service...]
set -euo pipefail
here=$(CDPATH='' cd "$(dirname "$(readlink -f "$0")")" && pwd)
# shellcheck source=services.sh
. "$here/services.sh"
# shellcheck source=toolchain.sh
. "$here/toolchain.sh"
case "${1:-}" in -h | --help) explain 0 ;; -*) explain 2 ;; esac
cd "$here/.."

for service in "$@"; do
  is_service "$service" || fail "unknown service '$service': choose from $(all_services | paste -sd, -)."
done
require_sdk
find_functions_worker
# shellcheck disable=SC2046 # a word for each service
[ $# -gt 0 ] || set -- $(all_services)
for service in "$@"; do
  project=$(service_field "$service" 2)
  token=$(service_field "$service" 4)
  fresh=artifacts/listed/$project
  rm -rf "$fresh" && mkdir -p "$fresh"
  dotnet build "functions/$project" -c Release -v quiet
  # A command calls nobody: any token does.
  [ "$token" = - ] || export "$token=none"
  ALLOW_ANONYMOUS=true dotnet "artifacts/bin/$project/release/$project.dll" describe tools "$fresh"
  rm -rf "functions/$project/listed" && mv "$fresh" "functions/$project/listed"
done
