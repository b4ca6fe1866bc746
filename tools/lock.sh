#!/bin/sh
# Writes requirements/*.lock: the newest releases that pyproject.toml allows, for every system, with hashes.
set -eu
cd "$(dirname "$0")/.."

uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    uv=build/uv/bin/uv
    [ -x $uv ] || { "$(tools/find_python.sh)" -m venv build/uv && build/uv/bin/pip install --quiet uv; }
fi

lock() { # name, more options
    name=$1
    shift
    "$uv" pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
        --no-emit-index-url --no-emit-find-links --output-file "requirements/$name.lock" "$@" pyproject.toml
}

lock run
lock dev --group dev --constraints requirements/run.lock
# requirements/fuzz.txt stays by hand: the newest atheris has no wheels for every Python that is supported.
