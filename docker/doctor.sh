#!/usr/bin/env bash
# What is wrong, and what to do about it: follows a request from DNS to the gateway, and looks at the containers where
# docker is at hand. Prints each finding with its remedy; exit code 1 when there is one.
#   doctor.sh [service...]       (those of the file `services`; by default those that COMPOSE_PROFILES names)
# DOMAIN, tokens and CURL_OPTIONS as for verify.sh. DOCTOR_URL=http://127.0.0.1:{port} looks there instead of https://{service}.$DOMAIN.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=gateways.sh
. "$here/gateways.sh"

domain=$(domain)
pattern=${DOCTOR_URL:-https://{service\}.$domain}
if [ -z "${DOCTOR_URL:-}" ] && [ -z "$domain" ]; then echo "set DOMAIN, in the environment or in docker/.env (or DOCTOR_URL)" >&2; exit 2; fi

findings=0
ok() { printf 'ok       %-10s %s\n' "$service" "$1"; }
finding() { printf 'FINDING  %-10s %s\n         remedy: %s\n' "$service" "$1" "$2"; findings=$((findings + 1)); }
# fetch ARGS…: $exit is curl's, $status HTTP's, $errors curl's words, $headers and $body the last answer's.
fetch() {
  local work
  work=$(mktemp -d)
  # shellcheck disable=SC2086  # CURL_OPTIONS is a list
  status=$(printf '%s' "${config:-}" | curl -sS --max-time 15 ${CURL_OPTIONS:-} -K - -o "$work/body" -D "$work/headers" -w '%{http_code}' "$@" 2> "$work/errors")
  exit=$?
  body=$(head -c 2000 "$work/body" 2> /dev/null) headers=$(cat "$work/headers" 2> /dev/null) errors=$(head -n 1 "$work/errors")
  rm -rf "$work"
}

look_at_container() {
  have docker && docker info > /dev/null 2>&1 || return 0
  local name state code
  name=$(container "$service-mcp-gateway")
  name=$(docker inspect -f '{{.Name}}' "${name:-$service-mcp-gateway}" 2> /dev/null | tr -d /)
  name=${name:-$service-mcp-gateway}
  if ! state=$(docker inspect -f '{{.State.Status}}/{{if .State.Health}}{{.State.Health.Status}}{{end}}' "$name" 2> /dev/null); then
    finding "there is no container $name" "docker compose up -d $name, and read what it prints"
    return
  fi
  case "$state" in
    running/healthy|running/) ok "container $name runs" ;;
    running/starting) finding "container $name is starting" 'wait a minute and look again' ;;
    running/*) finding "container $name is unhealthy: $(last_log "$name")" "docker logs $name --tail 50" ;;
    *)
      code=$(docker inspect -f '{{.State.ExitCode}}' "$name")
      finding "container $name is ${state%%/*} (exit code $code): $(last_log "$name")" "mend what the line says (a secret it cannot read: run docker/init.sh), then docker compose up -d $name" ;;
  esac
}

last_log() { docker logs "$1" --tail 20 2>&1 | grep -E 'cannot start|fail|crit|error' | tail -n 1 | head -c 300; }

look_at_proxy() {
  have docker && docker info > /dev/null 2>&1 || return 0
  service=nginx-proxy
  docker inspect nginx-proxy > /dev/null 2>&1 || return 0
  if [ "$(docker inspect -f '{{.State.Status}}' nginx-proxy)" != running ]; then
    finding 'nginx-proxy does not run' 'docker logs nginx-proxy --tail 50; docker compose up -d nginx-proxy'
    return
  fi
  local configuration
  configuration=$(docker exec nginx-proxy nginx -T 2>&1)
  if ! grep -q 'proxy_buffering off;' <<< "$configuration"; then
    finding 'nginx buffers answers, so events arrive all at once' 'mount docker/nginx/vhost.d/default_location and reload nginx-proxy'
  else ok 'nginx does not buffer'; fi
  if ! grep -q 'zone=mcp_per_ip' <<< "$configuration"; then
    finding 'nginx does not limit the rate' 'mount docker/nginx/conf.d/00-gateways.conf and vhost.d, and reload nginx-proxy'
  else ok 'nginx limits the rate'; fi
  if docker inspect cloudflared > /dev/null 2>&1; then
    service=cloudflared
    if [ "$(docker inspect -f '{{.State.Status}}' cloudflared)" != running ]; then
      finding "the tunnel is down: $(docker logs cloudflared --tail 20 2>&1 | grep -i err | tail -n 1 | head -c 300)" 'put the token of the Cloudflare dashboard into docker/secrets/tunnel_token and restart cloudflared'
    else ok 'the tunnel runs'; fi
  fi
}

look_at_dns() {
  local host=$1
  case "$host" in 127.*|localhost|\[*) return 0 ;; esac
  case " ${CURL_OPTIONS:-} " in *" --resolve $host:"*) return 0 ;; esac
  if ! have getent || getent hosts "$host" > /dev/null; then return 0; fi
  finding "$host has no DNS record" 'add an A record for the droplet (or a CNAME for the tunnel), and no AAAA record'
  return 1
}

explain_transport() { # curl's exit code
  case "$exit" in
    0) return 0 ;;
    6) finding "the name does not resolve ($errors)" 'add the DNS record' ;;
    7) finding "nobody listens there ($errors)" 'start nginx-proxy (or cloudflared); open ports 80 and 443 in the cloud firewall' ;;
    28) finding "no answer in time ($errors)" 'a firewall drops the packets, or the gateway hangs: docker logs, cloud firewall' ;;
    35) finding "the TLS handshake is refused ($errors)" "nginx does not know this host: is the gateway's container up with the right VIRTUAL_HOST? Behind Cloudflare (525) the origin has no certificate for the name" ;;
    47) finding 'it redirects in a loop' 'Cloudflare in front with TLS mode Flexible: use Full (strict), or the tunnel profile with HTTPS_METHOD=noredirect' ;;
    51|58|59|60|77|90) finding "the certificate is not valid ($errors)" 'docker exec acme-companion /app/cert_status; then docker exec acme-companion /app/force_renew; port 80 must be reachable for the challenge' ;;
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
    502|504) finding "nginx reaches no gateway ($status)" "the container is up but refuses or hangs: VIRTUAL_PORT must be its PORT; docker logs $service-mcp-gateway" ;;
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
  if [ "$status" = 503 ]; then finding "the gateway is not ready: $(printf '%s' "$body" | sed -n 's/.*"problems":\({[^}]*}\).*/\1/p')" 'do what it says'; else ok 'ready'; fi
}

wanted=$*
for service in ${wanted:-$(chosen_services)}; do
  is_service "$service" || { echo "there is no service '$service': $(all_services | paste -sd' ' -)" >&2; exit 2; }
  url=${pattern//\{service\}/$service} url=${url//\{port\}/$(port_of "$service")}
  host=${url#*://} host=${host%%[:/]*}
  config=
  look_at_container
  look_at_dns "$host" || continue
  fetch -L --max-redirs 5 "$url/health"
  explain_transport && explain_health && look_at_mcp "$url"
done
look_at_proxy

if [ "$findings" = 0 ]; then echo 'nothing found'; else echo "$findings findings"; exit 1; fi
