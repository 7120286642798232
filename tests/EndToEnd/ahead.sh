#!/usr/bin/env bash
# Compiles services ahead of time, as what is published is: the specs start them some three hundred times, and much of each start is the compiler at work.
#   ahead.sh CROSSGEN FRAMEWORKS BUILT AHEAD SERVICE...
# CROSSGEN: the compiler; FRAMEWORKS: the folder shared of an SDK's runtimes, and their VERSION after a colon; BUILT/SERVICE/release: what is built;
# AHEAD/SERVICE: where it goes. What services share is compiled once.
set -euo pipefail
crossgen=$1 frameworks=${2%:*} version=${2##*:} built=$3 ahead=$4
shift 4
# What starts load: telemetry and the clients of Azure are not among it.
compiled=(McpGateway*.dll ModelContextProtocol*.dll Microsoft.Extensions.AI.Abstractions.dll Microsoft.Data.Sqlite.dll SQLitePCLRaw*.dll Npgsql.dll
  DiffPlex.dll Refit*.dll Polly*.dll Microsoft.Extensions.Http*.dll Microsoft.Extensions.Resilience.dll)
rm -rf "$ahead"
mkdir -p "$ahead/all"
for service; do
  cp -r "$built/$service/release" "$ahead/$service"
  cp -n "$ahead/$service"/*.dll "$ahead/all"
done
cd "$ahead/all"
inputs=()
# shellcheck disable=SC2068  # patterns
for file in ${compiled[@]} "${@/%/.dll}"; do [ ! -e "$file" ] || inputs+=("$file"); done
"$crossgen" --single-file-compilation --out-near-input -O -r '*.dll' -r "$frameworks/Microsoft.NETCore.App/$version/*.dll" \
  -r "$frameworks/Microsoft.AspNetCore.App/$version/*.dll" "${inputs[@]}"
for file in "${inputs[@]}"; do
  for service; do ! cmp -s "$file" "../$service/$file" || cp "${file%.dll}.ni.dll" "../$service/$file"; done
done
rm -r "$ahead/all"
