#!/bin/sh
# Lay .venv-bot (Python 3.10) and .venv-api (3.12) from the hash-pinned requirement files.
# With them comes what builds the website widget (api/widget/package-lock.json).
# Usage: tools/lay_environments.sh run|dev. An environment laid for dev serves run as well.
set -eu
kind=$1
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$1" >&2; exit 1; }
sum() { sha256sum "$1" | cut -c1-64; }

# Room for both environments before anything is fetched: a full disk halfway helps nobody.
room() {
  free=$(df -Pk . | awk 'NR==2 {print $4}')
  [ "$free" -ge $(($1 * 1024 * 1024)) ] ||
    say "Only $((free / 1024)) MB are free on this disk and $1 GB are needed: free some space, then run make again."
}

uv() {
  if [ ! -x .venv-uv/bin/uv ] || [ "$(cat .venv-uv/laid 2>/dev/null)" != "$(sum requirements/uv.txt)" ]; then
    command -v python3 >/dev/null || say "python3 was not found: install the Debian packages python3 and python3-venv, then run make again."
    python3 -m venv .venv-uv 2>/dev/null ||
      say "python3 cannot make a virtual environment: install the Debian package python3-venv, then run make again."
    .venv-uv/bin/pip install --quiet --require-hashes --no-deps -r requirements/uv.txt 2>var/lay.log ||
      say "The package index did not answer (var/lay.log says why): check the network, then run make again."
    sum requirements/uv.txt >.venv-uv/laid
  fi
  .venv-uv/bin/uv --quiet --no-progress "$@"
}

lay() { # name, python version
  wanted=requirements/$1.txt
  [ "$kind" = run ] || wanted=requirements/dev-$1.txt
  laid=$(cat ".venv-$1/laid" 2>/dev/null || true)
  case $laid in
    "$(sum "$wanted")" | "$(sum "requirements/dev-$1.txt")") return 0 ;;
  esac
  [ -x ".venv-$1/bin/python" ] || room "$3"
  printf 'Laying .venv-%s (Python %s); the first time takes some minutes.\n' "$1" "$2"
  uv venv --allow-existing --python "$2" ".venv-$1" 2>var/lay.log ||
    say "Python $2 was not found and could not be fetched: install it (pyenv install $2) or connect this machine to a network, then run make again."
  uv pip sync --compile-bytecode --require-hashes --python ".venv-$1/bin/python" "$wanted" 2>var/lay.log ||
    say "The packages of .venv-$1 could not be installed (var/lay.log says why): check network and disk, then run make again."
  sum "$wanted" >".venv-$1/laid"
}

# What builds the widget: npm fetches it by the hashes of the lock file, which names no address.
lay_widget() {
  wanted="$(sum api/widget/package-lock.json)"
  case $(cat api/widget/node_modules/laid 2>/dev/null || true) in
    "$wanted $kind" | "$wanted dev") return 0 ;;
  esac
  omit=$([ "$kind" = dev ] || echo --omit=dev)
  # shellcheck disable=SC2086 # nothing or one word
  PATH="$PWD/.venv-api/bin:$PATH" npm --prefix api/widget ci $omit >var/lay.log 2>&1 ||
    say "The widget's bundler could not be installed (var/lay.log says why): check the network, then run make again."
  echo "$wanted $kind" >api/widget/node_modules/laid
}

mkdir -p var 2>/dev/null || say "The folder var cannot be made here: check that this disk is writable and not full."
lay api 3.12 2
lay_widget
lay bot 3.10 5
