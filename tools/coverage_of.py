"""Runs the tests of the pure modules and fails unless they take every branch of them."""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]

MODULES = (
    "domain/web_address",
    "domain/host_names",
    "domain/ip_table",
    "domain/scanned",
    "domain/strict_json",
    "domain/plain_text",
    "verify/token",
    "verify/status",
    "verify/case",
    "verify/steps",
    "verify/verdict",
    "adapters/links",
)
TESTS = (
    *(f"tests/unit/test_{name}.py" for name in ("web_address", "host_names", "ip_table", "scanned", "strict_json")),
    *(f"tests/unit/test_{name}.py" for name in ("plain_text", "token", "status", "verdict", "verdict_never")),
    "tests/unit/test_foreign.py",
    "tests/pipeline/test_fetch_manners.py",
    "tests/pipeline/test_run_foreign.py",
)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        coverage = [sys.executable, "-m", "coverage"]
        data = f"--data-file={Path(folder, 'coverage')}"
        include = "--include=" + ",".join(f"labelviewer/{module}.py" for module in MODULES)
        tests = ["-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", *TESTS]
        run = subprocess.run([*coverage, "run", "--branch", data, include, *tests], cwd=ROOT, check=False)
        report = subprocess.run(
            [*coverage, "report", data, "--show-missing", "--fail-under=100", "--precision=2"], cwd=ROOT, check=False
        )
    return run.returncode or report.returncode


if __name__ == "__main__":
    sys.exit(main())
