#!/bin/sh
# The main job on the samples: in the window where there is a display, else in words and pictures.
set -eu
cd "$(dirname "$0")/.."
samples=label_samples/us-ctm

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" != Linux ]; then
    exec .venv/bin/labelviewer --samples
fi

say() {
    printf '\n%s\n\n' "$1"
}

say 'There is no display here, so this is the same in words and pictures.
1. One label, read from a photograph of a box:'
.venv/bin/labelviewer read $samples/camera-a/box.jpg
say '2. Two labels, side by side:'
.venv/bin/labelviewer compare $samples/camera-a/box.jpg $samples/camera-b/box.jpg
say '3. Pictures of the window with these labels:'
.venv/bin/python tools/pictures.py --only label,compare --to build/pictures
