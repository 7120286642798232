#!/usr/bin/env bash
# Stands in for docker where a spec is about a script and not about containers: none runs, and volumes are folders below
# $FAKE/volumes. $FAKE_DOCKER says what is wrong with it; $FAKE/log gets each call.
set -u
printf '%s\n' "$*" >> "$FAKE/log"
case "$FAKE_DOCKER" in
  stopped) echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?' >&2; exit 1 ;;
  forbidden) echo 'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock' >&2; exit 1 ;;
esac

volumes() { for volume in "$FAKE"/volumes/*/; do [ ! -d "$volume" ] || basename "$volume"; done; }

# What runs where $FAKE_DOCKER is postgres: the gateways' database, whose programs are the machine's, and memory-mcp.
if [ "$FAKE_DOCKER" = postgres ]; then
  case "$*" in
    ps*service=gateways-postgres) echo gateways-postgres; exit ;;
    ps*service=memory-mcp-gateway*) echo memory; exit ;;
    'volume inspect mcp-gateways_gateways-postgres-data') exit ;;
    'inspect -f {{.State.Status}}/'*) echo running/healthy; exit ;;
    'exec -i gateways-postgres sh '*) SECRETS=$FAKE/secrets exec sh "$FAKE/databases.sh" ;;
    'exec -i gateways-postgres '*) shift 3; exec "$@" ;;
  esac
fi

# As Docker 20 is with a container that was paused while a health check began: it is not looked at before it goes on.
if [ "$FAKE_DOCKER" = paused ]; then
  case "$*" in
    ps*status=paused*) [ ! -e "$FAKE/paused" ] || echo memory; exit ;;
    ps*volume=*) echo memory; exit ;;
    'pause memory') touch "$FAKE/paused"; exit ;;
    'unpause memory') rm "$FAKE/paused"; exit ;;
    inspect*) for _ in $(seq 3000); do [ -e "$FAKE/paused" ] || break; sleep 0.1; done; exit ;;
  esac
fi

case "${1:-} ${2:-}" in
  'compose '*)
    [ "$FAKE_DOCKER" != no-compose ] || { echo "docker: 'compose' is not a docker command." >&2; exit 1; }
    if [ "$2" = config ] && [ "$FAKE_DOCKER" = bad-set-up ]; then
      echo 'error while interpolating services.memory-mcp-gateway.image: required variable GATEWAY_VERSION is missing a value: set GATEWAY_VERSION in .env' >&2
      exit 1
    fi
    case "$*" in
      *'--format json'*) printf '{\n  "name": "mcp-gateways"\n}\n' ;;
      *--images*) echo local/memory-mcp-gateway:1 ;;
      *--services*) printf 'memory-mcp-gateway\nnginx-proxy\n' ;;
      compose\ build*) [ "$FAKE_DOCKER" != no-network ] || { echo 'failed to resolve source metadata: no route to host' >&2; exit 1; } ;;
    esac ;;
  'info '* | 'image inspect') ;;
  'container inspect' | 'network inspect') case "$FAKE_DOCKER $*" in foreign*proxy) echo another-project ;; *) exit 1 ;; esac ;;
  'volume ls') volumes ;;
  'volume inspect') [ -d "$FAKE/volumes/$3" ] ;;
  'volume create') mkdir -p "$FAKE/volumes/${*: -1}" ;;
  'run '*)
    # A command on a volume: run … -v NAME:/volume:MODE IMAGE -c COMMAND.
    all="$*" command=${*: -1}
    volume=${all##* -v } volume=${volume%%:*}
    exec bash -c "${command//\/volume/$FAKE/volumes/$volume}" ;;
esac
