#!/bin/sh
# Makes a role and a database of its own for each gateway, as its secret says. The container runs it when its data is new; to run it again harms
# nothing, and gives roles the passwords of the secrets: docker exec gateways-postgres sh /docker-entrypoint-initdb.d/databases.sh
set -eu
for file in "${SECRETS:-/run/secrets}"/*_database; do
  [ -e "$file" ] || continue
  name=$(basename "$file" _database)
  PASSWORD=$(sed -n 's|^postgres://[^:/@]*:\([^@]*\)@.*|\1|p' "$file")
  [ -n "$PASSWORD" ] || { echo "databases.sh: $file is not postgres://<name>:<password>@<host>/<database>" >&2; exit 1; }
  export PASSWORD
  psql -v ON_ERROR_STOP=1 --no-psqlrc --no-password -q -U "${POSTGRES_USER:-postgres}" -d postgres -v name="$name" << 'SQL'
\getenv password PASSWORD
SELECT format('CREATE ROLE %I LOGIN', :'name') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \gexec
SELECT format('ALTER ROLE %I PASSWORD %L', :'name', :'password') \gexec
SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING ''UTF8''', :'name', :'name')
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
REVOKE CONNECT ON DATABASE :"name" FROM PUBLIC;
REVOKE CONNECT ON DATABASE postgres FROM PUBLIC;
SQL
done
