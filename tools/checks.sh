#!/bin/sh
# Runs the checks (fast or everything), all of them even when one fails, and closes with a line that counts them.
set -u
cd "$(dirname "$0")/.." || exit
wanted=$1
bin=.venv/bin
passed='' failed=''

if [ ! -x $bin/ruff ]; then
    printf 'The checks need the tools in .venv, and it has none. Run "make test" once: it installs them.\n'
    exit 1
fi

step() { # name, command
    name=$1
    shift
    printf '\n== %s\n' "$name"
    if "$@"; then passed="$passed, $name"; else failed="$failed, $name"; fi
}

qml() { # whole paths: given half ones, qmllint takes a singleton for none
    room=$PWD/labelviewer/ui/qml
    find "$room" -name '*.qml' -exec $bin/pyside6-qmllint --max-warnings 0 -I "$room" {} + &&
        printf '%s QML files, no warnings\n' "$(find "$room" -name '*.qml' | wc -l)"
}

step format $bin/ruff format --check .
step lint $bin/ruff check .
step types $bin/mypy
if [ "$wanted" = everything ]; then
    step qml qml
    step tests $bin/python -m pytest --numprocesses 4 --dist loadfile
else
    step 'rules, words and packs' $bin/python -m pytest -q --tb=short \
        tests/test_import_rules.py tests/test_project.py tests/packs
fi

printf '\n'
[ -z "$passed" ] || printf 'passed: %s\n' "${passed#, }"
[ -z "$failed" ] || { printf 'failed: %s\n' "${failed#, }"; exit 1; }
