"""Fuzzes what reads foreign text and bytes: guided by coverage where atheris can be installed, else by hypothesis.

`make fuzz`, or `python tools/fuzz.py [seconds for each target]`. What it finds is written to build/fuzz/.
"""

import importlib.util
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOUND = ROOT / "build" / "fuzz"
LOCK = ROOT / "requirements" / "fuzz.txt"
SECONDS = 20

TARGETS = ("web_address", "scanned", "strict_json", "token", "status", "plain_text", "host_names", "links")


def has_atheris() -> bool:
    """Installed when first needed: it has no wheels for some systems and for the newest Python."""
    if importlib.util.find_spec("atheris") is None:
        install = ["-m", "pip", "install", "--quiet", "--only-binary=:all:", "--require-hashes", "-r", str(LOCK)]
        subprocess.run([sys.executable, *install], capture_output=True, check=False)
        importlib.invalidate_caches()
    return importlib.util.find_spec("atheris") is not None


def main() -> int:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    engine = "atheris" if has_atheris() else "hypothesis"
    if engine == "hypothesis":
        print(
            "atheris cannot be installed here. hypothesis tries inputs at random instead, without looking at coverage."
        )
    failed = []
    for target in TARGETS:
        corpus = FOUND / target
        corpus.mkdir(parents=True, exist_ok=True)
        print(f"\n== {target}, {seconds} s, {engine}", flush=True)
        ran = subprocess.run(
            [sys.executable, "-m", "tools.fuzz_target", engine, target, str(seconds), corpus], cwd=ROOT
        )
        if ran.returncode:
            failed.append(target)
    print(f"\nfailed: {', '.join(failed)}" if failed else f"\n{len(TARGETS)} targets, nothing found")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
