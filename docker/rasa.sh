#!/bin/sh
# Serve the model that this image was built with, or the one that HELPBOT_MODEL names.
# The turn endpoint compares the name with what is loaded, so both come from one place.
set -eu
HELPBOT_MODEL=${HELPBOT_MODEL:-$(cat var/model)}
export HELPBOT_MODEL
exec bash docker/filtered.sh python -m rasa run --quiet --interface 0.0.0.0 --port 5005 --model "$HELPBOT_MODEL" \
  --endpoints endpoints.yml --credentials credentials.yml
