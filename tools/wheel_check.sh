#!/bin/sh
# Does what a user does: `pip install .` into a new environment, dependencies and all, then runs the command from elsewhere.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

"$(tools/find_python.sh)" -m venv "$place/env"
"$place/env/bin/pip" install --quiet --disable-pip-version-check "$root"
cd "$place"
env/bin/labelviewer --version
env/bin/labelviewer read "$root/label_samples/us-ctm/camera-a/box.jpg"
