#!/usr/bin/env bash
# A docker engine of the tests' own, beside whatever the machine has, with base images that stand in for the official ones
# under the same names (no image can be pulled where the tests run).
#   engine.sh prepare FOLDER   what start needs of the network, which takes a minute: ./test makes it beside the build
#   engine.sh start FOLDER     prints DOCKER_HOST and DOCKER_CONFIG
#   engine.sh restart FOLDER   the daemon alone, as a reboot does: containers come back by their restart policies
#   engine.sh stop FOLDER
# Needs root and Debian's docker.io, debootstrap and iptables. What took time to make stays in FOLDER for the next run.
set -euo pipefail
verb=$1 folder=$2
export DOCKER_HOST=unix://$folder/docker.sock DOCKER_CONFIG=$folder/config DOCKER_BUILDKIT=1

# shellcheck disable=SC2016  # apt's own placeholder
debian() { apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | awk '!/security/ && !found++'; }

# compose and buildx are packages of the next Debian, whose programs run on this one.
fetch_plugins() {
  [ -e "$folder/config/cli-plugins/docker-compose" ] && return
  local apt=$folder/apt
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/packages" "$folder/config/cli-plugins"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(debian) trixie main" > "$apt/sources.list"
  printf 'Dir::Etc::sourcelist "%s";\nDir::Etc::sourceparts "-";\nDir::State::lists "%s";\nDir::Cache "%s";\n' \
    "$apt/sources.list" "$apt/lists" "$apt/cache" > "$apt/apt.conf"
  (export APT_CONFIG=$apt/apt.conf && cd "$apt/packages" && apt-get update -q && apt-get download -q docker-compose/trixie docker-buildx/trixie) >&2
  for package in "$apt"/packages/*.deb; do dpkg -x "$package" "$apt/packages"; done
  ln -sf "$apt"/packages/usr/libexec/docker/cli-plugins/* "$folder/config/cli-plugins/"
}

make_base() {
  [ -e "$folder/base-systemd.tar" ] && return
  # Left by one that was interrupted.
  umount -R "$folder/rootfs/proc" 2> /dev/null || true
  rm -rf --one-file-system "$folder/rootfs"
  debootstrap --variant=minbase --include=ca-certificates,curl,libicu72,nginx-light,systemd bookworm "$folder/rootfs" "$(debian)" >&2
  # Where a proxy re-signs TLS, restores inside a build need this machine's certificates.
  cp /etc/ssl/certs/ca-certificates.crt "$folder/rootfs/etc/ssl/certs/ca-certificates.crt"
  tar -C "$folder/rootfs" --exclude='./proc/*' --exclude='./sys/*' --exclude='./dev/*' -cf "$folder/base.part" .
  mv "$folder/base.part" "$folder/base-systemd.tar"
  rm -rf "$folder/rootfs"
}

# A folder with node and npm alone, wherever they are installed.
npm_and_node() {
  rm -rf "$folder/node"
  mkdir -p "$folder/node/bin" "$folder/node/lib/node_modules"
  cp -L "$(command -v node)" "$folder/node/bin/node"
  cp -r "$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")" "$folder/node/lib/node_modules/npm"
  echo "$folder/node"
}

make_stand_ins() {
  local dotnet
  docker image inspect standin/debian:systemd > /dev/null 2>&1 && return
  dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
  docker import - standin/debian:12 < "$folder/base-systemd.tar" >&2
  docker build -q -t mcr.microsoft.com/dotnet/sdk:10.0 -f - "$dotnet" >&2 << 'DOCKERFILE'
FROM standin/debian:12
COPY . /usr/share/dotnet
RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet
ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt NUGET_CERT_REVOCATION_MODE=offline DOTNET_CLI_TELEMETRY_OPTOUT=1
DOCKERFILE
  # This machine's Node.js with its npm and its registry.
  docker build -q -t node:22-slim --build-arg REGISTRY="$(npm config get registry)" -f - "$(npm_and_node)" >&2 << 'DOCKERFILE'
FROM standin/debian:12
COPY . /usr/local/
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
ARG REGISTRY
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt npm_config_registry=$REGISTRY
DOCKERFILE
  # The environment of the official Functions image, without the host: services run there with GATEWAY_HOST=kestrel.
  docker build -q -t mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0 -f - "$dotnet" >&2 << 'DOCKERFILE'
FROM standin/debian:12
COPY dotnet /usr/share/dotnet/
COPY host /usr/share/dotnet/host
COPY shared /usr/share/dotnet/shared
RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet && useradd -u 1654 -m app
ENV AzureWebJobsScriptRoot=/home/site/wwwroot HOME=/home FUNCTIONS_WORKER_RUNTIME=dotnet-isolated \
    DOTNET_USE_POLLING_FILE_WATCHER=true ASPNETCORE_CONTENTROOT=/azure-functions-host ASPNETCORE_URLS=http://+:80
EXPOSE 80
CMD ["/opt/startup/start_nonappservice.sh"]
DOCKERFILE
  docker tag mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0 mcr.microsoft.com/dotnet/aspnet:10.0
  # What a program needs that brings its own .NET.
  docker tag standin/debian:12 mcr.microsoft.com/dotnet/runtime-deps:10.0
  docker tag standin/debian:12 standin/debian:systemd
}

# nginx of Debian in the layout of the official image; what generates its configuration and its certificates only hears signals here.
make_proxy_stand_ins() {
  local image
  docker build -q -t "$(image_of nginx-proxy)" - >&2 << 'DOCKERFILE'
FROM standin/debian:12
RUN printf '%s\n' 'user www-data; pid /run/nginx.pid; error_log stderr; events { worker_connections 1024; }' 'http {' \
  'client_body_temp_path /var/cache/nginx/body; proxy_temp_path /var/cache/nginx/proxy; fastcgi_temp_path /var/cache/nginx/fastcgi;' \
  'uwsgi_temp_path /var/cache/nginx/uwsgi; scgi_temp_path /var/cache/nginx/scgi; access_log off;' 'include conf.d/*.conf; }' > /etc/nginx/nginx.conf
STOPSIGNAL SIGQUIT
CMD ["nginx", "-g", "daemon off;", "-e", "stderr"]
DOCKERFILE
  for image in "$(image_of docker-gen)" "$(image_of acme-companion)"; do
    docker build -q -t "$image" - >&2 << 'DOCKERFILE'
FROM standin/debian:12
CMD ["sh", "-c", "trap : HUP; trap exit TERM; while :; do sleep 1 & wait; done"]
DOCKERFILE
  done
}

# image_of SERVICE: as compose.yml names it.
image_of() { awk -v service="  $1:" '$0 == service { found = 1 } found && $1 == "image:" { print $2; exit }' "$(dirname "$0")/../../../docker/compose.yml"; }

start_daemon() {
  dockerd --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/dockerd.pid" -H "$DOCKER_HOST" \
    --bip 10.90.0.1/24 --default-address-pool base=10.91.0.0/16,size=24 > "$folder/dockerd.log" 2>&1 &
  for _ in $(seq 60); do docker info > /dev/null 2>&1 && break; sleep 0.5; done
  docker info > /dev/null || { tail -n 20 "$folder/dockerd.log" >&2; exit 1; }
}

prepare() {
  mkdir -p "$folder"
  # Who comes second waits for the first, and finds it made.
  (
    flock 9
    fetch_plugins
    make_base
  ) 9> "$folder/lock"
}

start() {
  prepare
  start_daemon
  make_stand_ins
  make_proxy_stand_ins
  printf 'DOCKER_HOST=%s\nDOCKER_CONFIG=%s\n' "$DOCKER_HOST" "$DOCKER_CONFIG"
}

stop_daemon() {
  kill "$(cat "$folder/dockerd.pid")"
  for _ in $(seq 120); do [ -e "$folder/dockerd.pid" ] || break; sleep 0.5; done
}

restart() {
  stop_daemon
  start_daemon
}

stop() {
  [ -e "$folder/dockerd.pid" ] || return 0
  docker ps -aq | xargs -r docker rm -f > /dev/null
  stop_daemon
  # What the daemon leaves behind.
  iptables -P FORWARD ACCEPT
  ip link delete docker0 2> /dev/null || true
}

"$verb"
