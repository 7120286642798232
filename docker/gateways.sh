# Sourced by the other scripts: what the four gateways are called and how their tokens are found.
# shellcheck shell=bash

# shellcheck disable=SC2034
gateways=(coda:8080 github:8081 memory:8082 firecrawl:8084)

# setting NAME DEFAULT: from the environment, else from .env beside the scripts.
setting() {
  local value="${!1:-}"
  # shellcheck disable=SC2154  # set by the script that sources this
  if [ -z "$value" ] && [ -r "$here/.env" ]; then value=$(sed -n "s/^$1=//p" "$here/.env" | tail -n 1); fi
  printf '%s' "${value:-$2}"
}

# bearer SERVICE: MCP_BEARER_TOKEN, else the first token that init.sh made for the service.
bearer() {
  if [ -n "${MCP_BEARER_TOKEN:-}" ]; then
    printf '%s' "$MCP_BEARER_TOKEN"
  elif [ -r "$here/secrets/$1_bearer_tokens" ]; then
    head -n 1 "$here/secrets/$1_bearer_tokens" | cut -d= -f2-
  fi
}

# shellcheck disable=SC2034
initialize='{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"verify","version":"1"}}}'
