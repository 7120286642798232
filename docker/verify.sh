#!/usr/bin/env bash
# Is the deployment what it should be? One line for each check, exit code 1 when one fails.
#   verify.sh local      the gateways on 127.0.0.1:8080-8084
#   verify.sh public     https://<service>.$DOMAIN through the proxy; waits two minutes for certificates that are not issued yet
#   verify.sh internal   http://<service>-mcp-gateway:<port> from inside the docker network, and that every container runs
# Tokens: MCP_BEARER_TOKEN, or docker/secrets. Needs bash and curl; for `internal` docker as well. The services are those that
# COMPOSE_PROFILES names, or VERIFY_SERVICES="memory coda"; CURL_OPTIONS goes to curl (--resolve, --cacert).
set -uo pipefail
here=$(CDPATH='' cd "$(dirname "$(readlink -f "$0")")" && pwd)
# shellcheck source=gateways.sh
. "$here/gateways.sh"

flow=${1:-}
case "$flow" in local|public|internal) ;; *) explain 2 ;; esac
problem=$(no_env)
[ -z "$problem" ] || { echo "$problem" >&2; exit 2; }
domain=$(domain)
if [ "$flow" = public ] && [ -z "$domain" ]; then echo "set DOMAIN, in the environment or in docker/.env" >&2; exit 2; fi
[ -n "${VERIFY_SERVICES:=$(chosen_services)}" ] || { no_service_chosen >&2; exit 2; }
have curl || { echo 'curl is missing: install it (apt-get install curl)' >&2; exit 2; }
if [ "$flow" = internal ]; then
  problem=$(no_docker)
  [ -n "$problem" ] || problem=$(no_set_up)
  [ -z "$problem" ] || { echo "$problem" >&2; exit 2; }
fi
[ "$flow" != internal ] || project=$(project)

failures=0
pass() { printf 'pass  %-10s %s\n' "$service" "$1"; }
note() { printf 'note  %-10s %s\n' "$service" "$1"; }
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

# Another gateway's container asks, where one runs: so a stopped one fails for itself alone.
asking_container() {
  local other
  for other in $(chosen_services | grep -vxF -e "$1") "$1"; do
    if [ "$(state_of "$other-mcp-gateway")" = running/healthy ]; then container "$other-mcp-gateway"; return; fi
  done
}

# untrusted: whether curl refused the certificate ($body has its words).
untrusted() { [ "$status" = 000 ] && grep -q 'curl: (60)' <<< "$body"; }

# A certificate takes some 20 s a name after the first start.
ask_health() {
  request "$url/health"
  while untrusted && [ "${patience:=${VERIFY_PATIENCE:-120}}" -gt 0 ]; do
    errors=$(head -n 1 <<< "$body")
    case "$(why_untrusted "$url" "$service")" in no\ running*) return ;; esac
    [ -n "${waiting:-}" ] || echo 'waiting for certificates (two minutes at most) ...'
    waiting=true
    sleep 5
    patience=$((patience - 5))
    request "$url/health"
  done
}

check_ready() {
  local problems tool
  request "$url/health/ready"
  if [ "$status" = 503 ]; then
    problems=$(not_ready_problems "$body" "$service")
    case "$problems" in
      '') note "$(service_field "$service" 4) is not set: every call says so" ;;
      *'newer release'*) fail 'ready' "$problems
      Set GATEWAY_VERSION in .env to the newer release again, or restore the backup made before the upgrade: backup.sh restore ARCHIVE" ;;
      *) fail 'ready' "$problems" ;;
    esac
    return
  fi
  expect 'ready' 200 '"status":"ok"'
  tool=$(service_field "$service" 5)
  [ "$tool" != - ] || return
  token=$(bearer "$service")
  request "${post[@]}" -d "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"$tool\",\"arguments\":$(service_field "$service" 6)}}" "$url/mcp"
  if grep -q 'Unknown tool' <<< "$body"; then note "the tool $tool is not offered here"
  elif grep -q '"isError":true' <<< "$body"; then fail "the tool $tool works" "$(printf '%s' "$body" | head -c 300)"
  else expect "the tool $tool works" 200 '"content":'; fi
}

check_public() {
  local end
  token=
  request "$url/health"
  if grep -qi '^strict-transport-security:' <<< "$headers"; then pass 'HSTS'
  else fail 'HSTS' 'no Strict-Transport-Security header: HTTPS_METHOD or vhost.d; behind a tunnel set it at Cloudflare (SSL/TLS, Edge Certificates)'; fi
  request "$url/admin/host/ping"
  expect "the Functions host's own routes are closed" 404 ''
  request -X POST -d x "http://$service.$domain/mcp"
  if [ "$status" = 308 ] || [ "$status" = 301 ]; then pass 'plain http is redirected'
  else fail 'plain http is redirected' "answered $status; behind a tunnel switch Always Use HTTPS on at Cloudflare"; fi
  end=$(certificate_end "$url")
  case "$end" in
    '') ;;
    *late) fail 'the certificate is renewed' "it ends in ${end% *} days: docker exec acme-companion /app/cert_status; docker logs acme-companion --tail 50" ;;
    *) pass "the certificate is good for ${end% *} days" ;;
  esac
}

post=(-X POST -H 'Content-Type: application/json')
service=- unknown=$(unknown_profiles)
[ -z "$unknown" ] || note "COMPOSE_PROFILES names $unknown, which is not a gateway"
for service in $VERIFY_SERVICES; do
  port=$(port_of "$service") token=
  [ -n "$port" ] || { echo "VERIFY_SERVICES: there is no service '$service'" >&2; exit 2; }
  client=(curl)
  case "$flow" in
    local) url=http://127.0.0.1:$port ;;
    public) url=https://$service.$domain ;;
    internal)
      url=http://$service-mcp-gateway:$port
      state=$(state_of "$service-mcp-gateway")
      if [ "$state" = running/healthy ]; then pass 'container runs and is healthy'
      else fail 'container runs and is healthy' "${state:-there is none}: docker compose up -d $service-mcp-gateway"; continue; fi
      client=(docker exec -i "${VERIFY_FROM:-$(asking_container "$service")}" curl) ;;
  esac

  ask_health
  if untrusted; then
    errors=$(head -n 1 <<< "$body") why=$(why_untrusted "$url" "$service")
    fail 'health' "${why%%|*}
      ${why#*|}"
    continue
  fi
  expect 'health' 200 '"status":"ok"'
  [ "$status" != 000 ] || continue

  request "$url/.well-known/oauth-authorization-server"
  if [ "$status" = 404 ] && [ "$flow" != public ]; then pass 'OAuth discovery is off (no PUBLIC_URL or OPERATOR_SECRET)'
  elif [ "$flow" = public ]; then expect 'OAuth discovery names the issuer' 200 "\"issuer\":\"$url\""
  else expect 'OAuth discovery' 200 '"issuer"'; fi

  token=an-invalid-token-for-this-check
  request "${post[@]}" -d '{}' "$url/mcp"
  expect 'an invalid token is refused' 401 '"error":"Unauthorized"'

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
  token=
  check_ready
  [ "$flow" != public ] || check_public
done

if [ "$flow" = internal ]; then
  for service in $(expected_services | grep -vxF -e "$(chosen_services | sed 's/$/-mcp-gateway/')"); do
    state=$(state_of "$service")
    case "$state" in running/healthy | running/) pass 'container runs' ;; *) fail 'container runs' "${state:-there is none}: docker compose up -d" ;; esac
  done
fi

if [ "$failures" = 0 ]; then echo 'all checks passed'; else
  case "$flow" in
    local) echo "$failures checks failed: DOCTOR_URL='http://127.0.0.1:{port}' docker/doctor.sh says what to do" ;;
    *) echo "$failures checks failed: docker/doctor.sh says what to do" ;;
  esac
  exit 1
fi
