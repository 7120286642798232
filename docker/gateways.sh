# Sourced by the other scripts, which set $here: what the gateways are called, and what .env and the secrets say.
# shellcheck shell=bash disable=SC2154

for file in services build/services.sh; do
  [ -r "$here/../$file" ] || { echo "$(basename "$0"): $(dirname "$here")/$file is missing: docker/ belongs in a whole clone of the repository" >&2; exit 2; }
done
# shellcheck source=../build/services.sh
. "$here/../build/services.sh"

case "${1:-}" in -h | --help) explain 0 ;; -*) explain 2 ;; esac

port_of() { service_field "$1" 3; }

# The file below secrets/ with the token of a service's upstream; nothing where there is none.
upstream_secret_of() { service_field "$1" 4 | sed 's/^-$//' | tr '[:upper:]' '[:lower:]'; }

have() { command -v "$1" > /dev/null 2>&1; }

trim() { sed -e 's/^[[:space:]]*//' -e 's/[[:space:]]*$//'; }

# dotenv NAME: the value docker/.env gives it, read as docker compose reads that file: the last line counts, `export` and blanks
# around the name and the value do not, nor does a comment; quotes come off; ${X} and ${X:-y} are replaced but within '…'.
dotenv() {
  local value
  [ -f "$here/.env" ] && [ -r "$here/.env" ] || return 0
  value=$(sed $'1s/^\xEF\xBB\xBF//' "$here/.env" | tr -d '\r' | sed -n "s/^[[:space:]]*\(export[[:space:]]\{1,\}\)\{0,1\}$1[[:space:]]*=//p" | tail -n 1 | trim)
  case "$value" in
    "'"*) printf '%s' "$value" | sed "s/^'\([^']*\)'.*/\1/"; return ;;
    '"'*) value=$(printf '%s' "$value" | sed 's/^"\(\(\\.\|[^"\\]\)*\)".*/\1/; s/\\\(["\\]\)/\1/g') ;;
    '#'*) value='' ;;
    *) value=$(printf '%s' "$value" | sed 's/[[:space:]]#.*//' | trim) ;;
  esac
  expand "$value"
}

# expand TEXT: with ${NAME} and ${NAME:-default} replaced. What refers to itself is empty, as for docker compose.
expand() {
  local text=$1 name default depth=$((${depth:-0} + 1))
  [ "$depth" -lt 10 ] || return 0
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
    case "$profiles" in ,, | *',*,'* | *",$service,"*) echo "$service" ;; esac
  done
}

# unknown_profiles: what COMPOSE_PROFILES names besides gateways, n8n and postgres: a slip, or a profile of an override file.
unknown_profiles() { setting COMPOSE_PROFILES '' | tr ',' '\n' | trim | sed '/^$/d' | grep -vxF -e "$(all_services)" -e n8n -e postgres -e '*' | paste -sd, - || true; }

# no_service_chosen: why there is nothing to look at.
no_service_chosen() { echo "COMPOSE_PROFILES names none of the gateways ($(all_services | paste -sd, -)): $(setting COMPOSE_PROFILES '')"; }

# token_entries SERVICE: "name=token" lines of its file, read as the gateway reads it: TokenEntry in shared/McpGateway.
token_entries() {
  sed $'1s/^\xEF\xBB\xBF//' "$here/secrets/$1_bearer_tokens" | tr '\r' '\n' | sed -e 's/^#.*//' -e 's/[[:space:]]#.*//' | tr ',' '\n' | trim | sed '/^$/d'
}

# bearer SERVICE: MCP_BEARER_TOKEN, else the first token of secrets/<service>_bearer_tokens that is not a hash.
bearer() {
  if [ -n "${MCP_BEARER_TOKEN:-}" ]; then
    printf '%s' "$MCP_BEARER_TOKEN"
  elif [ -r "$here/secrets/$1_bearer_tokens" ]; then
    token_entries "$1" | cut -d= -f2- | cut -d';' -f1 | trim | sed '/^[Ss][Hh][Aa]256:/d' | head -n 1
  fi
}

# no_bearer SERVICE: why bearer found nothing.
no_bearer() {
  if [ -d "$here/secrets" ] && ! { [ -x "$here/secrets" ] && { [ ! -e "$here/secrets/$1_bearer_tokens" ] || [ -r "$here/secrets/$1_bearer_tokens" ]; }; }; then
    echo "secrets/$1_bearer_tokens cannot be read by $(id -un): run this as root (sudo), or set MCP_BEARER_TOKEN"
  elif [ -r "$here/secrets/$1_bearer_tokens" ] && [ -n "$(token_entries "$1")" ]; then
    echo "secrets/$1_bearer_tokens holds hashes alone, which cannot be presented: set MCP_BEARER_TOKEN to one of its tokens"
  else echo 'set MCP_BEARER_TOKEN, or run docker/init.sh'; fi
}

# compose ARGS…: docker compose in this folder. COMPOSE_FILE and COMPOSE_PROFILES of .env count; COMPOSE_OPTIONS is put before ARGS.
compose() {
  # shellcheck disable=SC2086  # a list
  (cd "$here" && docker compose ${COMPOSE_OPTIONS:-} "$@")
}

# Whether there is a docker here that answers, and has compose.
docker_answers() { [ -z "$(no_docker)" ]; }

# no_docker: why docker is of no use here, and the remedy; nothing where it is.
no_docker() {
  local said
  have docker || { echo 'docker is missing: run this on the machine of the containers, or install it (docs/deployment.md)'; return; }
  if said=$(docker info 2>&1 > /dev/null); then
    docker compose version > /dev/null 2>&1 || echo 'docker compose is missing: install the plugin (docker-compose-plugin, or docker-compose-v2 on Ubuntu)'
    return
  fi
  case "$said" in
    *'permission denied'*) echo "$(id -un) may not talk to docker: run this as root (sudo), or as a user of the group docker, which counts from the next login on" ;;
    *) echo 'docker does not answer: start it (systemctl start docker), or run this on the machine of the containers' ;;
  esac
}

# no_env: why .env cannot be read, and the remedy; nothing where it can, or there is none.
no_env() {
  if [ -d "$here/.env" ]; then echo "$here/.env is a folder, which docker makes in the place of a missing file: run docker/init.sh"
  elif [ -e "$here/.env" ] && [ ! -r "$here/.env" ]; then echo "$here/.env cannot be read by $(id -un): run this as root (sudo), or as its owner"
  fi
}

# no_set_up: why docker compose cannot read the set-up, and the remedy; nothing where it can.
no_set_up() {
  local said
  said=$(no_env)
  [ -z "$said" ] || { echo "$said"; return; }
  said=$(compose config -q 2>&1) || echo "docker compose cannot read the set-up: $(grep . <<< "$said" | tail -n 1 | head -c 300). Mend docker/.env (docker/init.sh makes what is missing)"
}

# alone: only one script at a time stops, copies and replaces; what it starts belongs to it. Fails when another one does.
alone() {
  [ -z "${MCP_GATEWAYS_ALONE:-}" ] && have flock || return 0
  exec 9< "$here/gateways.sh"
  flock -n 9 || return 1
  export MCP_GATEWAYS_ALONE=yes
}

# The project's name: compose.yml and compose.local.yml have names of their own.
project() { { compose config --no-interpolate --format json 2> /dev/null || true; } | awk -F '"' '/^ *"name":/ && !found { found = $4 } END { print found ? found : "mcp-gateways" }'; }

# containers FILTERS…: the ids of the project's containers, running or not.
containers() {
  local filter arguments=()
  [ -n "${project:=$(project)}" ]
  for filter in "label=com.docker.compose.project=$project" "label=com.docker.compose.oneoff=False" "$@"; do arguments+=(--filter "$filter"); done
  docker ps -aq "${arguments[@]}"
}

# container SERVICE: the id of its container.
container() { containers "label=com.docker.compose.service=$1" | sed -n 1p; }

# state_of SERVICE: such as running/healthy, running/, exited/unhealthy; nothing where there is no such container.
state_of() {
  local id
  id=$(container "$1")
  [ -z "$id" ] || docker inspect -f '{{.State.Status}}/{{if .State.Health}}{{.State.Health.Status}}{{end}}' "$id" 2> /dev/null
}

# await_healthy SERVICE: until its container is healthy, or runs where it has no health check. Fails after two minutes, or when it
# keeps ending.
await_healthy() {
  local left=120 restarts
  until case "$(state_of "$1")" in running/healthy | running/) true ;; *) false ;; esac; do
    left=$((left - 1))
    restarts=$(docker inspect -f '{{.RestartCount}}' "$(container "$1")" 2> /dev/null) || return 1
    [ "$left" -gt 0 ] && [ "${restarts:-3}" -lt 3 ] || return 1
    sleep 1
  done
}

# is_ours container|network NAME: whether what has the name, if anything does, is of this set-up.
is_ours() {
  local labels=.Labels owner
  [ "$1" = network ] || labels=.Config.Labels
  owner=$(docker "$1" inspect -f "{{index $labels \"com.docker.compose.project\"}}" "$2" 2> /dev/null) || return 0
  [ "$owner" = "${project:=$(project)}" ]
}

# foreign_names: names which this set-up would take and another one on this machine has, such as an nginx-proxy that was here before.
foreign_names() {
  local expected service
  expected=$(expected_services)
  for service in $expected; do is_ours container "$service" || echo "container $service"; done
  if grep -qxF nginx-proxy <<< "$expected"; then is_ours network proxy || echo 'network proxy'; fi
}

# expected_services: what docker compose would start here.
expected_services() { compose config --services 2> /dev/null; }

# why_untrusted URL SERVICE: curl's words about the certificate are in $errors; prints "reason|remedy".
why_untrusted() {
  local answered
  # shellcheck disable=SC2086  # CURL_OPTIONS is a list
  answered=$(curl -k -sS --max-time 15 ${CURL_OPTIONS:-} -o /dev/null -w '%{http_code}' "$1/health" 2> /dev/null)
  case "$answered" in
    503) echo "no running container for this host: nginx answers for it with its default certificate and 503|docker compose up -d $2-mcp-gateway; docker compose ps -a says what it does, docker logs $2-mcp-gateway why. The certificate is not the matter" ;;
    *) echo "the certificate is not valid ($errors): none has been issued yet, or its renewal fails|docker exec acme-companion /app/cert_status and docker logs acme-companion --tail 50 say why: the name must lead here and port 80 be reachable for the challenge. After the first start wait two minutes. force_renew only when that is mended: Let's Encrypt issues the same names five times a week" ;;
  esac
}

# certificate_end URL: how many days its certificate is still good for, and "late" when less than a sixth of its life is left: it is
# renewed when a third is. Nothing where that cannot be told.
certificate_end() {
  local dates starts ends now
  # shellcheck disable=SC2086  # CURL_OPTIONS is a list
  dates=$(curl -sv --max-time 15 ${CURL_OPTIONS:-} -o /dev/null "$1/health" 2>&1 | sed -n 's/^\* *\(start\|expire\) date: //p')
  starts=$(date -d "$(sed -n 1p <<< "$dates")" +%s 2> /dev/null) && ends=$(date -d "$(sed -n 2p <<< "$dates")" +%s 2> /dev/null) || return 0
  [ -n "$dates" ] || return 0
  now=$(date +%s)
  echo "$(((ends - now) / 86400)) $([ $(((ends - now) * 6)) -ge $((ends - starts)) ] || echo late)"
}

# not_ready_problems BODY SERVICE: what /health/ready names, but for an upstream token that is not set: every call says so itself.
not_ready_problems() {
  local problems setting
  problems=$(printf '%s' "$1" | sed -n 's/.*"problems":{\(.*\)}}.*/\1/p')
  setting=$(service_field "$2" 4)
  case "$problems" in *'","'*) ;; *"$setting is not set"*) [ "$setting" = - ] || return 0 ;; esac
  printf '%s' "${problems:-it names none}"
}

# shellcheck disable=SC2034
initialize='{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"verify","version":"1"}}}'
