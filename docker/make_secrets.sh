#!/bin/sh
# Write docker/secrets.env, readable by its owner only; what stands there already stays.
set -eu
cd "$(dirname "$0")"
umask 077
touch secrets.env
for name in RASA_TOKEN ACCOUNTS_TOKEN LINK_SECRET \
  DB_PASSWORD GATEWAY_DB_PASSWORD ACCOUNTS_DB_PASSWORD TRACKER_DB_PASSWORD; do
  grep -q "^HELPBOT_$name=" secrets.env ||
    echo "HELPBOT_$name=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')" >>secrets.env
done
