#!/bin/sh
# Run once by the PostgreSQL image on an empty volume: a database and a role for each process,
# so that none reads another's tables.
set -eu
for name in gateway accounts tracker; do
  password=$(printenv "$(echo "$name" | tr a-z A-Z)_PASSWORD")
  psql --set ON_ERROR_STOP=1 --set name="$name" --set password="$password" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name" ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT ON DATABASE :"name" FROM PUBLIC;
SQL
done
