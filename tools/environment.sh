#!/bin/sh
# Makes .venv as a lock file says (run or dev); does nothing, and asks no network, when it is so already.
set -eu
cd "$(dirname "$0")/.."
wanted=$1

version() {
    "$1" -c 'import sys; print(*sys.version_info[:3], sep=".")'
}

# Prints where packages lie; fails where .venv is absent, was made by a Python that has since gone or changed, or by
# another one than $PYTHON asks for.
packages() {
    [ -z "${PYTHON:-}" ] || [ "$(version "$PYTHON")" = "$(version .venv/bin/python 2>/dev/null)" ] || return 1
    .venv/bin/python -c '
import sys, sysconfig, pip
print(sysconfig.get_path("purelib"))
sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null
}

if ! place=$(packages); then
    python=$(tools/find_python.sh)
    printf 'Making .venv with %s\n' "$("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv
    place=$(packages)
fi

# The lock files that .venv was filled from are kept in it; dev holds everything that run holds.
if ! cmp -s "requirements/$wanted.lock" ".venv/$wanted.lock"; then
    printf 'Installing what requirements/%s.lock names into .venv (some 300 MB the first time)\n' "$wanted"
    rm -f .venv/run.lock .venv/dev.lock
    log=$(mktemp)
    if ! .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check --require-hashes --no-deps \
        --only-binary :all: --requirement "requirements/$wanted.lock" >"$log" 2>&1 </dev/null; then
        printf 'That did not work. pip said (all of it: %s):\n' "$log"
        grep -v '^WARNING' "$log" | tail -n 6
        exit 1
    fi
    rm -f "$log"
    cp requirements/run.lock .venv/run.lock
    [ "$wanted" = run ] || cp "requirements/$wanted.lock" .venv/
fi

# The program runs from this folder: a path file makes it importable, a line of shell makes it a command.
pwd >"$place/labelviewer.pth"
cat >.venv/bin/labelviewer <<'COMMAND'
#!/bin/sh
exec "$(dirname "$0")/python" -P -m labelviewer "$@"
COMMAND
chmod +x .venv/bin/labelviewer
