#!/bin/sh
# Prints the newest Python from 3.11 to 3.14 on this machine; $PYTHON, where set, is asked first.
set -u

for candidate in ${PYTHON:-} python3.14 python3.13 python3.12 python3.11 python3; do
    "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null || continue
    command -v "$candidate"
    exit 0
done

cat >&2 <<'WORDS'
labelviewer needs Python 3.11, 3.12, 3.13 or 3.14, and none of them was found.
Install one (on Debian and Ubuntu: apt-get install python3 python3-venv), or name yours: make run PYTHON=/path/to/python
WORDS
exit 1
