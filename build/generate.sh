#!/usr/bin/env bash
# Writes into compose.local.yml, compose.postgres.yml and azure.yaml what follows from the file `services`, between the lines that name this
# script. Run it after a change of that file; a spec compares.
#   build/generate.sh
set -euo pipefail
here=$(CDPATH='' cd "$(dirname "$(readlink -f "$0")")" && pwd)
# shellcheck source=services.sh
. "$here/services.sh"
case "${1:-}" in '') ;; -h | --help) explain 0 ;; *) explain 2 ;; esac
cd "$here/.."

upper() { echo "$1" | tr '[:lower:]' '[:upper:]'; }

# fill FILE PART: puts standard input between the two lines of the part.
fill() {
  awk -v part="build/generate.sh: $2" -v text="$(cat)" '
    $0 ~ "# " part "$" { print; print text; found = 1; skips = 1 }
    $0 ~ "# end of " part "$" { skips = 0 }
    !skips
    END { exit !found || skips }' "$1" > "$1.part" || { rm "$1.part"; echo "generate.sh: $1 has no part '$2'" >&2; exit 1; }
  cat "$1.part" > "$1"
  rm "$1.part"
}

# A gateway that may have more memory than the others has it everywhere: compose.yml says so.
memory_of() { awk -v service="  $1-mcp-gateway:" '$0 == service { found = 1; next } found && /^  [^ ]/ { exit } found && /mem_limit:/ { print "    mem_limit: " $2 }' docker/compose.yml; }

local_gateway() {
  local project port token
  project=$(service_field "$1" 2) port=$(service_field "$1" 3) token=$(service_field "$1" 4)
  [ "$token" = - ] && token='' || token=", $token: \"\${$token:-}\""
  echo "  $1-mcp-gateway:"
  echo '    <<: *gateway'
  memory_of "$1"
  cat << YAML
    image: local/$1-mcp-gateway:dev
    build: {<<: *build, args: {<<: *arguments, SERVICE: $project}}
    container_name: local-$1-mcp-gateway
    env_file: [*settings, {path: env/$1.env, required: false}]
    environment: {<<: *environment, PORT: "$port"$token}
    ports: ["127.0.0.1:$port:$port"]
    volumes: ["$1-data:/data"]
YAML
}

# A service whose own data may be in a database has a setting for that: MEMORY_DATABASE.
shared_gateway() {
  local own
  own=$(upper "$1")_DATABASE
  echo "  $1-mcp-gateway:"
  echo '    environment:'
  echo "      STATE_FILE: /run/secrets/$1_database"
  ! grep -q "^| \`$own\` |" docs/operations.md || echo "      ${own}_FILE: \${${own}_FILE-/run/secrets/$1_database}"
  cat << YAML
    secrets: [$1_database]
    networks: [postgres]
    depends_on: *database
YAML
}

azure_app() {
  printf '  %s:\n    project: functions/%s\n    language: dotnet\n    host: function\n' "$1" "$(service_field "$1" 2)"
}

each() { for service in $(all_services); do "$1" "$service"; done; }
sibling() { echo "$1=http://localhost:$(service_field "$1" 3)"; }
volume() { echo "  $1-data:"; }

# shellcheck disable=SC2016  # compose's own variable
each sibling | paste -sd, | sed 's/.*/  SIBLINGS: ${SIBLINGS:-&}/' | fill docker/compose.local.yml siblings
each local_gateway | fill docker/compose.local.yml gateways
each volume | fill docker/compose.local.yml volumes
each shared_gateway | fill docker/compose.postgres.yml gateways
each azure_app | fill azure.yaml services
