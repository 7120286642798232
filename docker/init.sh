#!/usr/bin/env bash
# Makes what `docker compose up` needs and nobody should type: .env and the secrets, random where that is enough.
# Never overwrites: run it again after an upgrade and it adds what is new.
set -euo pipefail
cd "$(dirname "$0")"

uid=1654   # the user inside the containers
mkdir -p secrets
chmod 700 secrets

readable_by() {
  # A compose secret is a bind mount: the host's owner and mode count inside. The folder keeps everybody else out.
  if [ "$(id -u)" = 0 ] && [ "$1" = gateways ]; then chown "$uid:$uid" "$2" && chmod 400 "$2"; else chmod 444 "$2"; fi
}

create() { # create gateways|others NAME: who reads it in a container; the content comes on standard input
  if [ -e "secrets/$2" ]; then echo "kept    secrets/$2"; return; fi
  (umask 077 && cat > "secrets/$2")
  readable_by "$1" "secrets/$2"
  echo "created secrets/$2"
}

random() { openssl rand -hex 32; }

if [ -e .env ]; then
  echo "kept    .env"
else
  (umask 077 && cp .env.example .env)
  echo "created .env: set DOMAIN and LETSENCRYPT_EMAIL there"
fi

for service in coda github memory firecrawl; do
  create gateways "${service}_bearer_tokens" < <(printf 'claude=%s\nn8n=%s\n' "$(random)" "$(random)")
done
create gateways operator_secret < <(random)
create others n8n_postgres_password < <(random)
create others n8n_encryption_key < <(random)
create others tunnel_token < /dev/null
for upstream in coda_api_token github_token github_app_private_key firecrawl_api_key; do
  create gateways "$upstream" < /dev/null
done

if grep -q '^GITHUB_APP_ID=.' .env; then github=github_app_private_key; else github=github_token; fi
for upstream in coda_api_token "$github" firecrawl_api_key; do
  [ -s "secrets/$upstream" ] || echo "empty   secrets/$upstream: put the service's $([ "$upstream" = github_app_private_key ] && echo 'private key' || echo 'API token') there (it does not start until then)"
done
