#!/usr/bin/env bash
# compose.yaml against the Compose specification, then read whole by Compose itself, with secrets
# made for the occasion: what is interpolated, merged and referred to is right. Nothing is built.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv-api/bin/check-jsonschema --builtin-schema vendor.compose-spec compose.yaml
if docker compose version >/dev/null 2>&1; then
  compose="docker compose"
elif command -v docker-compose >/dev/null; then
  compose="docker-compose"
else
  echo "Compose was not found: install Docker or the Debian package docker-compose, then run this again." >&2
  exit 1
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -r compose.yaml docker "$folder"
cd "$folder"
sh docker/make_secrets.sh
$compose --env-file docker/secrets.env config --quiet
echo "compose.yaml: read by $($compose version --short 2>/dev/null)"
