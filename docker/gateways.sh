# Sourced by the other scripts, which set $here: what the gateways are called, and what .env and the secrets say.
# shellcheck shell=bash disable=SC2154

# shellcheck source=../build/services.sh
. "$here/../build/services.sh"

port_of() { service_field "$1" 3; }

# The file below secrets/ with the token of a service's upstream; nothing where there is none.
upstream_secret_of() { service_field "$1" 4 | sed 's/^-$//' | tr '[:upper:]' '[:lower:]'; }

have() { command -v "$1" > /dev/null 2>&1; }

trim() { sed -e 's/^[[:space:]]*//' -e 's/[[:space:]]*$//'; }

# dotenv NAME: the value docker/.env gives it, read as docker compose reads that file: the last line counts, `export` and blanks
# around the name and the value do not, nor does a comment; quotes come off; ${X} and ${X:-y} are replaced but within '…'.
dotenv() {
  local value
  [ -r "$here/.env" ] || return 0
  value=$(tr -d '\r' < "$here/.env" | sed -n "s/^[[:space:]]*\(export[[:space:]]\{1,\}\)\{0,1\}$1[[:space:]]*=//p" | tail -n 1 | trim)
  case "$value" in
    "'"*) printf '%s' "$value" | sed "s/^'\([^']*\)'.*/\1/"; return ;;
    '"'*) value=$(printf '%s' "$value" | sed 's/^"\(\(\\.\|[^"\\]\)*\)".*/\1/; s/\\\(["\\]\)/\1/g') ;;
    '#'*) value='' ;;
    *) value=$(printf '%s' "$value" | sed 's/[[:space:]]#.*//' | trim) ;;
  esac
  expand "$value"
}

# expand TEXT: with ${NAME} and ${NAME:-default} replaced.
expand() {
  local text=$1 name default
  local reference='\$\{([A-Za-z_][A-Za-z_0-9]*)(:?-([^}]*))?\}'
  while [[ $text =~ $reference ]]; do
    name=${BASH_REMATCH[1]} default=${BASH_REMATCH[3]}
    text=${text/"${BASH_REMATCH[0]}"/$(setting "$name" "$default")}
  done
  printf '%s' "$text"
}

# setting NAME DEFAULT: from the environment, else from .env beside the scripts.
setting() {
  local value="${!1:-}"
  [ -n "$value" ] || value=$(dotenv "$1")
  printf '%s' "${value:-$2}"
}

# The domain below which the gateways are; names know no capital letters.
domain() { setting DOMAIN '' | tr '[:upper:]' '[:lower:]'; }

# The services that COMPOSE_PROFILES chooses; all of them where it is not set.
chosen_services() {
  local profiles service
  profiles=",$(setting COMPOSE_PROFILES '' | tr -d ' '),"
  for service in $(all_services); do
    case "$profiles" in ,, | *",$service,"*) echo "$service" ;; esac
  done
}

# token_entries SERVICE: "name=token" lines of its file, read as the gateway reads it.
token_entries() { sed $'1s/^\xEF\xBB\xBF//' "$here/secrets/$1_bearer_tokens" | tr '\r' '\n' | tr ',' '\n' | trim | sed '/^$/d'; }

# bearer SERVICE: MCP_BEARER_TOKEN, else the first token of secrets/<service>_bearer_tokens that is not a hash.
bearer() {
  if [ -n "${MCP_BEARER_TOKEN:-}" ]; then
    printf '%s' "$MCP_BEARER_TOKEN"
  elif [ -r "$here/secrets/$1_bearer_tokens" ]; then
    token_entries "$1" | cut -d= -f2- | trim | sed '/^sha256:/d' | head -n 1
  fi
}

# no_bearer SERVICE: why bearer found nothing.
no_bearer() {
  if [ -r "$here/secrets/$1_bearer_tokens" ] && [ -n "$(token_entries "$1")" ]; then
    echo "secrets/$1_bearer_tokens holds hashes alone, which cannot be presented: set MCP_BEARER_TOKEN to one of its tokens"
  else echo 'set MCP_BEARER_TOKEN, or run docker/init.sh'; fi
}

# compose ARGS…: docker compose in this folder. COMPOSE_FILE and COMPOSE_PROFILES of .env count; COMPOSE_OPTIONS is put before ARGS.
compose() {
  # shellcheck disable=SC2086  # a list
  (cd "$here" && docker compose ${COMPOSE_OPTIONS:-} "$@")
}

# The project's name: compose.yml and compose.local.yml have names of their own.
project() { compose config --format json 2> /dev/null | awk -F '"' '/^ *"name":/ && !found { found = $4 } END { print found ? found : "mcp-gateways" }'; }

# container SERVICE: the id of its container in this project, running or not.
container() {
  [ -n "${project:=$(project)}" ]
  docker ps -aq --filter "label=com.docker.compose.project=$project" --filter "label=com.docker.compose.service=$1" | head -n 1
}

# shellcheck disable=SC2034
initialize='{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"verify","version":"1"}}}'
