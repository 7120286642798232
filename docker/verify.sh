#!/usr/bin/env bash
# Is the deployment what it should be? One line for each check, exit code 1 when one fails.
#   verify.sh local      the gateways on 127.0.0.1:8080-8084
#   verify.sh public     https://<service>.$DOMAIN through nginx-proxy
#   verify.sh internal   http://<service>-mcp-gateway:<port> from inside the docker network
# Tokens: MCP_BEARER_TOKEN, or docker/secrets. Needs bash and curl; for `internal` docker as well.
# VERIFY_SERVICES="memory coda" checks those alone; CURL_OPTIONS goes to curl (--resolve, --cacert).
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=gateways.sh
. "$here/gateways.sh"

flow=${1:-}
case "$flow" in local|public|internal) ;; *) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 2 ;; esac
domain=$(domain)
if [ "$flow" = public ] && [ -z "$domain" ]; then echo "set DOMAIN, in the environment or in docker/.env" >&2; exit 2; fi

failures=0
pass() { printf 'pass  %-10s %s\n' "$service" "$1"; }
fail() { printf 'FAIL  %-10s %s\n      %s\n' "$service" "$1" "$2"; failures=$((failures + 1)); }

authorization() { if [ -n "$token" ]; then printf 'header = "Authorization: Bearer %s"\n' "$token"; fi; }

# request ARGS…: sets $status (000: no answer), $body and $headers. The token goes in by standard input, where `ps` does not show it.
request() {
  local answer
  # shellcheck disable=SC2086  # CURL_OPTIONS is a list
  answer=$(authorization | "${client[@]}" -sS -i --max-time 20 ${CURL_OPTIONS:-} -K - "$@" 2>&1)
  status=$(printf '%s' "$answer" | sed -n 's/^HTTP\/[0-9.]* \([0-9]*\).*/\1/p' | tail -n 1)
  status=${status:-000}
  headers=$(printf '%s' "$answer" | sed '/^\r*$/q')
  body=$(printf '%s' "$answer" | sed '1,/^\r*$/d')
  [ "$status" != 000 ] || body=$answer
}

expect() { # expect NAME STATUS PATTERN: PATTERN must be in the body (empty: no matter)
  if [ "$status" != "$2" ]; then fail "$1" "answered $status instead of $2: $(printf '%s' "$body" | head -c 200)"
  elif [ -n "$3" ] && ! grep -q "$3" <<< "$body"; then fail "$1" "the answer lacks $3: $(printf '%s' "$body" | head -c 200)"
  else pass "$1"; fi
}

post=(-X POST -H 'Content-Type: application/json')
for service in ${VERIFY_SERVICES:-$(chosen_services)}; do
  port=$(port_of "$service") token=
  [ -n "$port" ] || { echo "VERIFY_SERVICES: there is no service '$service'" >&2; exit 2; }
  client=(curl)
  case "$flow" in
    local) url=http://127.0.0.1:$port ;;
    public) url=https://$service.$domain ;;
    internal) url=http://$service-mcp-gateway:$port client=(docker exec -i "${VERIFY_FROM:-$(container "$service-mcp-gateway")}" curl) ;;
  esac

  if [ "$flow" = internal ]; then
    state=$(docker inspect -f '{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{end}}' "$(container "$service-mcp-gateway")" 2>&1)
    if [ "$state" = 'running healthy' ]; then pass 'container runs and is healthy'; else fail 'container runs and is healthy' "$state"; fi
  fi

  request "$url/health"
  expect 'health' 200 '"status":"ok"'
  [ "$status" != 000 ] || continue

  request "$url/.well-known/oauth-authorization-server"
  if [ "$status" = 404 ] && [ "$flow" != public ]; then pass 'OAuth discovery is off (no PUBLIC_URL or OPERATOR_SECRET)'
  elif [ "$flow" = public ]; then expect 'OAuth discovery names the issuer' 200 "\"issuer\":\"$url\""
  else expect 'OAuth discovery' 200 '"issuer"'; fi

  token=an-invalid-token-for-this-check
  request "${post[@]}" -d '{}' "$url/mcp"
  expect 'an invalid token is refused' 401 'not one of this gateway'

  token=$(bearer "$service")
  if [ -z "$token" ]; then fail 'a valid token is accepted' "no token is known here: $(no_bearer "$service")"; continue; fi
  request "${post[@]}" -d "$initialize" "$url/mcp"
  expect 'a valid token is accepted' 200 '"serverInfo"'
  request "${post[@]}" -H 'Accept: application/json, text/event-stream' -d "$initialize" "$url/mcp"
  expect 'the answer can stream' 200 '^data: '
  request "${post[@]}" -d '{"jsonrpc":"2.0","id":2,"method":"tools/list"}' "$url/mcp"
  expect 'tools are listed' 200 '"tools":\[{'
  request -I "$url/mcp"
  expect 'curl -I /mcp' 200 ''

  if [ "$flow" = public ]; then
    token=
    request "$url/health"
    if grep -qi '^strict-transport-security:' <<< "$headers"; then pass 'HSTS'; else fail 'HSTS' 'no Strict-Transport-Security header: HTTPS_METHOD or vhost.d'; fi
    request "$url/admin/host/ping"
    expect "the Functions host's own routes are closed" 404 ''
    request -X POST -d x "http://$service.$domain/mcp"
    if [ "$status" = 308 ] || [ "$status" = 301 ]; then pass 'plain http is redirected'; else fail 'plain http is redirected' "answered $status"; fi
  fi
done

if [ "$failures" = 0 ]; then echo 'all checks passed'; else echo "$failures checks failed"; exit 1; fi
