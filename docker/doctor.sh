#!/usr/bin/env bash
# What is wrong, and what to do about it: follows a request from DNS to the gateway, and looks at the containers where
# docker is at hand. Prints each finding with its remedy; exit code 1 when there is one.
#   doctor.sh [service...]       (those of the file `services`; by default those that COMPOSE_PROFILES names)
# DOMAIN, tokens and CURL_OPTIONS as for verify.sh. DOCTOR_URL=http://127.0.0.1:{port} looks there instead of https://{service}.$DOMAIN.
set -uo pipefail
here=$(CDPATH='' cd "$(dirname "$(readlink -f "$0")")" && pwd)
# shellcheck source=gateways.sh
. "$here/gateways.sh"

problem=$(no_env)
[ -z "$problem" ] || { echo "$problem" >&2; exit 2; }
domain=$(domain)
pattern=${DOCTOR_URL:-https://{service\}.$domain}
if [ -z "${DOCTOR_URL:-}" ] && [ -z "$domain" ]; then echo "set DOMAIN, in the environment or in docker/.env (or DOCTOR_URL)" >&2; exit 2; fi

have curl || { echo 'curl is missing: install it (apt-get install curl)' >&2; exit 2; }
have mktemp && work=$(mktemp -d 2> /dev/null) || { echo "no temporary folder can be made in ${TMPDIR:-/tmp}: the disk is full (df -h), or it is not writable" >&2; exit 2; }
trap 'rm -rf "$work"' EXIT
# On a laptop that only has docker as well, there is nothing to look at.
docker=
if docker_answers; then
  project=$(project)
  if [ -e "$here/.env" ] || [ -n "$(containers)" ]; then docker=yes; fi
fi

findings=0
ok() { printf 'ok       %-10s %s\n' "$service" "$1"; }
finding() { printf 'FINDING  %-10s %s\n         remedy: %s\n' "$service" "$1" "$2"; findings=$((findings + 1)); }
note() { printf 'note     %-10s %s\n' "$service" "$1"; }

# fetch ARGS…: $exit is curl's, $status HTTP's, $errors curl's words, $headers and $body the last answer's.
fetch() {
  rm -f "$work"/*
  # shellcheck disable=SC2086  # CURL_OPTIONS is a list
  status=$(printf '%s' "${config:-}" | curl -sS --max-time 15 ${CURL_OPTIONS:-} -K - -o "$work/body" -D "$work/headers" -w '%{http_code}' "$@" 2> "$work/errors")
  exit=$?
  body=$(head -c 2000 "$work/body" 2> /dev/null) headers=$(cat "$work/headers" 2> /dev/null) errors=$(head -n 1 "$work/errors")
}

# What is there of docker and of the disk, before any gateway is looked at.
look_at_machine() {
  local problem folder left
  if [ -z "$docker" ] && [ -e "$here/.env" ] && have docker; then
    problem=$(no_docker)
    [ -z "$problem" ] || service='' finding "the containers cannot be looked at, and may be down: ${problem%%: *}" "${problem#*: }"
  fi
  for folder in "$here" "$([ -z "$docker" ] || docker info -f '{{.DockerRootDir}}' 2> /dev/null)"; do
    [ -n "$folder" ] || continue
    left=$(df -Pk "$folder" 2> /dev/null | awk 'NR == 2 { print int($4 / 1024) }')
    [ "${left:-1000}" -ge 200 ] || service='' finding "the disk of $folder has $left MB left" 'free some space: docker system prune, old archives in docker/backups, df -h'
  done
}

look_at_container() {
  [ -n "$docker" ] || return 0
  local name=$service-mcp-gateway id state restarts code
  id=$(container "$name")
  if [ -z "$id" ]; then finding "there is no container $name" "docker compose up -d $name, and read what it prints"; return; fi
  name=$(docker inspect -f '{{.Name}}' "$id" | tr -d /) state=$(state_of "$service-mcp-gateway")
  restarts=$(docker inspect -f '{{.RestartCount}}' "$id") code=$(docker inspect -f '{{.State.ExitCode}}' "$id")
  case "$state" in
    running/healthy|running/) ok "container $name runs" ;;
    running/starting)
      if [ "$restarts" = 0 ]; then finding "container $name is starting" 'wait a minute and look again'
      else cannot_start "$name" "$id" "keeps ending and is started again ($restarts times)"; fi ;;
    running/*) finding "container $name is unhealthy: $(last_log "$id")" "docker logs $name --tail 50" ;;
    restarting/*) cannot_start "$name" "$id" "keeps ending and is started again ($restarts times, exit code $code)" ;;
    exited/*)
      if [ "$code" = 0 ] || [ "$code" = 137 ] || [ "$code" = 143 ]; then finding "container $name is exited (exit code $code): it was stopped" "docker compose up -d $service-mcp-gateway"
      else cannot_start "$name" "$id" "is exited (exit code $code)"; fi ;;
    *) finding "container $name is ${state%%/*}" "docker compose up -d $service-mcp-gateway" ;;
  esac
}

# cannot_start NAME ID WHAT
cannot_start() {
  finding "container $1 $3: $(last_log "$2")" "mend what the line says (a secret it cannot read: run docker/init.sh, which puts owners and modes right), then docker compose up -d $service-mcp-gateway"
}

last_log() {
  local lines line
  lines=$(docker logs "$1" --tail 20 2>&1)
  line=$(grep -E 'cannot start|fail|crit|error' <<< "$lines" | tail -n 1)
  printf '%s' "${line:-$(tail -n 1 <<< "$lines")}" | head -c 300
}

# What is not one of the gateways themselves: nginx-proxy, docker-gen, acme-companion, the tunnel, n8n and its database, second instances.
look_at_others() {
  [ -n "$docker" ] || return 0
  local expected state foreign
  if ! expected=$(compose config --services 2>&1); then
    service='' finding "docker compose cannot read the set-up: $(tail -n 1 <<< "$expected" | head -c 300)" 'mend docker/.env (docker/init.sh makes what is missing)'
    return
  fi
  foreign=$(foreign_names | paste -sd, - | sed 's/,/, /g')
  if [ -n "$foreign" ]; then
    service='' finding "another set-up on this machine has the $foreign already, so that docker compose up fails" 'remove that one, or keep it as the proxy in front: COMPOSE_FILE=compose.yml:compose.own-proxy.yml and PROXY_NETWORK in docker/.env (docs/deployment.md, "Behind a proxy you have already")'
  fi
  for service in $(grep -vxF -e "$(chosen_services | sed 's/$/-mcp-gateway/')" <<< "$expected"); do
    state=$(state_of "$service")
    case "$state" in
      running/healthy|running/) ok 'runs' ;;
      '') finding 'has no container' "docker compose up -d $service" ;;
      *) finding "is ${state%/}: $(last_log "$(container "$service")")" "$(remedy_for "$service")" ;;
    esac
  done
  service=nginx-proxy
  [ "$(state_of nginx-proxy)" != running/ ] || look_at_nginx "$(docker exec "$(container nginx-proxy)" nginx -T 2>&1)"
}

remedy_for() {
  case "$1" in
    cloudflared) echo 'put the token of the Cloudflare dashboard into docker/secrets/tunnel_token, and docker compose up -d cloudflared' ;;
    nginx-proxy|docker-gen|acme-companion) echo "docker compose up -d nginx-proxy docker-gen acme-companion (all three: addresses of gateways may have changed); docker logs $1 --tail 50" ;;
    *) echo "docker compose up -d $1; docker logs $1 --tail 50" ;;
  esac
}

# look_at_nginx CONFIGURATION
look_at_nginx() {
  if grep -q 'zone=mcp_rate burst' <<< "$1" && grep -q 'proxy_buffering off;' <<< "$1"; then ok 'nginx limits the gateways and does not buffer them'
  else finding 'nginx neither limits the gateways nor lets their events through one by one' 'docker compose up -d --force-recreate nginx-proxy docker-gen: docker/nginx/gateway.conf has to be in the server blocks'; fi
}

look_at_dns() {
  local host=$1 here addresses
  case "$host" in 127.*|localhost|\[*) return 0 ;; esac
  case " ${CURL_OPTIONS:-} " in *" --resolve $host:"* | *" --connect-to $host:"*) return 0 ;; esac
  have getent || return 0
  if [ "$host" = "$service.example.com" ]; then finding 'DOMAIN is still example.com' 'set it in docker/.env to a domain of yours'; return 1; fi
  addresses=$(getent ahosts "$host" | awk '{ print $1 }' | sort -u)
  if [ -z "$addresses" ]; then
    finding "$host has no DNS record" 'add an A record for the droplet (or a CNAME for the tunnel), and no AAAA record'
    return 1
  fi
  if getent ahostsv6 "$host" 2> /dev/null | grep -qv '::ffff:'; then
    finding "$host has an AAAA record" 'remove it: docker hides the address of IPv6 clients, so they would share one rate limit, and a droplet without IPv6 is not reached at all'
  fi
  # On the machine of the containers the name should lead to this machine, unless something stands in front of it.
  here=$(hostname -I 2> /dev/null)
  if [ -n "$docker" ] && [ -n "$(container nginx-proxy)" ] && [ -z "$(container cloudflared)" ] && [ -n "$here" ] &&
    ! grep -qwF -e "$(tr ' ' '\n' <<< "$here" | sed '/^$/d')" <<< "$addresses"; then
    note "$host leads to $(paste -sd' ' - <<< "$addresses"), this machine has ${here% }: right behind a load balancer, wrong for an A record that should name this machine"
  fi
}

explain_transport() { # curl's exit code
  case "$exit" in
    0) return 0 ;;
    6) finding "the name does not resolve ($errors)" 'add the DNS record' ;;
    7) finding "nobody listens there ($errors)" 'start nginx-proxy (or cloudflared); open ports 80 and 443 in the cloud firewall' ;;
    28) finding "no answer in time ($errors)" 'a firewall drops the packets, or the gateway hangs: docker logs, cloud firewall' ;;
    35) finding "the TLS handshake is refused ($errors)" "nginx does not know this host: is the gateway's container up with the right VIRTUAL_HOST? Behind Cloudflare (525) the origin has no certificate for the name" ;;
    47) finding 'it redirects in a loop' 'Cloudflare in front with TLS mode Flexible: use Full (strict), or the tunnel profile with HTTPS_METHOD=noredirect' ;;
    60) why=$(why_untrusted "$url" "$service"); finding "${why%%|*}" "${why#*|}" ;;
    51|58|59|77|90) finding "the certificate is not valid ($errors)" 'docker exec acme-companion /app/cert_status' ;;
    *) finding "curl fails with $exit ($errors)" 'see man curl, EXIT CODES' ;;
  esac
  return 1
}

explain_health() {
  case "$status" in
    200)
      if grep -q "\"service\":\"$service-mcp\"" <<< "$body"; then ok 'health'; return 0; fi
      finding "something else answers /health: $(printf '%s' "$body" | head -c 120)" "VIRTUAL_HOST or DNS points to another service"; return 1 ;;
    301|302|307|308) finding "it redirects to $(printf '%s' "$headers" | sed -n 's/^[Ll]ocation: *//p' | tr -d '\r' | tail -n 1)" 'ask the address it names' ;;
    403) finding "the gateway does not answer to this host: $(printf '%s' "$body" | head -c 200)" 'set PUBLIC_URL (or ALLOWED_HOSTS) of the gateway to the name clients use' ;;
    404) finding '/health is not there' 'another program has the port or the host name' ;;
    429) finding 'the rate limit is used up' 'wait a second; behind a tunnel mount nginx/conf.d/01-tunnel.conf so that clients are told apart' ;;
    502|504) finding "nginx reaches no gateway ($status)" "the container is up but refuses or hangs: VIRTUAL_PORT must be its PORT; docker logs $service-mcp-gateway. After a restart of docker: docker compose up -d nginx-proxy docker-gen" ;;
    503) finding 'nginx has no gateway for this host (503)' "docker compose up -d $service-mcp-gateway; it may also be stopping" ;;
    52[0-4]|530) finding "Cloudflare does not reach the origin ($status)" 'is the tunnel or nginx up, and does the firewall admit Cloudflare?' ;;
    525|526) finding "Cloudflare does not accept the origin's certificate ($status)" 'use TLS mode Full (strict) with a valid certificate (force_renew), or the tunnel; never Flexible' ;;
    *) finding "/health answers $status: $(printf '%s' "$body" | head -c 200)" "docker logs $service-mcp-gateway --tail 50" ;;
  esac
  return 1
}

look_at_mcp() {
  local url=$1 token
  token=$(bearer "$service")
  if [ -z "$token" ]; then finding 'no token is known here' "$(no_bearer "$service")"; return; fi
  config="header = \"Authorization: Bearer $token\"" fetch -X POST -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' -d "$initialize" "$url/mcp"
  case "$status" in
    200) ok 'an MCP client gets in' ;;
    401) finding 'the token is refused (401)' "it must be one of MCP_BEARER_TOKENS of the gateway: docker/secrets/${service}_bearer_tokens; restart the gateway after a change" ;;
    403) finding "the request is refused: $(printf '%s' "$body" | head -c 200)" 'ALLOWED_HOSTS, ALLOWED_ORIGINS, PUBLIC_URL of the gateway' ;;
    *) finding "MCP answers $status: $(printf '%s' "$body" | head -c 200)" "docker logs $service-mcp-gateway --tail 50" ;;
  esac
  [ "$status" = 200 ] || return
  if grep -qi '^content-encoding: *\(gzip\|br\)' <<< "$headers"; then
    finding 'a proxy on the way compresses the event stream, which holds events back' 'gzip off for text/event-stream'
  fi
  fetch "$url/health/ready"
  if [ "$status" != 503 ]; then ok 'ready'
  elif grep -q 'newer release' <<< "$body"; then
    finding "the gateway is not ready: $(not_ready_problems "$body" "$service")" 'set GATEWAY_VERSION in docker/.env to the newer release again, or restore the backup made before the upgrade: backup.sh restore ARCHIVE'
  else finding "the gateway is not ready: $(printf '%s' "$body" | sed -n 's/.*"problems":\({[^}]*}\).*/\1/p')" 'do what it says'; fi
}

look_at_certificate() {
  local end
  case "$1" in https:*) end=$(certificate_end "$1") ;; *) return 0 ;; esac
  case "$end" in
    *late) finding "the certificate ends in ${end% *} days: its renewal fails" 'docker exec acme-companion /app/cert_status; docker logs acme-companion --tail 50' ;;
  esac
}

wanted=${*:-$(chosen_services)}
[ -n "$wanted" ] || { no_service_chosen >&2; exit 2; }
service=- unknown=$(unknown_profiles)
[ -z "$unknown" ] || note "COMPOSE_PROFILES names $unknown, which is not a gateway: docker/.env"
look_at_machine
for service in $wanted; do
  is_service "$service" || { echo "there is no service '$service': $(all_services | paste -sd' ' -)" >&2; exit 2; }
  url=${pattern//\{service\}/$service} url=${url//\{port\}/$(port_of "$service")}
  host=${url#*://} host=${host%%[:/]*}
  config=
  look_at_container
  look_at_dns "$host" || continue
  fetch -L --max-redirs 5 "$url/health"
  if explain_transport; then
    look_at_certificate "$url"
    explain_health && look_at_mcp "$url"
  fi
done
look_at_others

if [ "$findings" = 0 ]; then echo 'nothing found'; else echo "$findings findings"; exit 1; fi
