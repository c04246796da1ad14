#!/bin/bash
# Run a command and keep people's words out of what it prints: Rasa's tracebacks quote values.
# What is personal was masked before it came here; this takes out what is no ASCII, as it stands
# or as Python writes it (tools/filtered.py does more, but needs the other environment).
exec "$@" > >(
  LC_ALL=C exec sed -u -E \
    -e 's/[^[:print:][:space:]]+/[words]/g' \
    -e 's/(\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\x[89a-fA-F][0-9a-fA-F])+/[words]/g'
) 2>&1
