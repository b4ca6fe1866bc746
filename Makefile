# Two commands matter: `make run` and `make test`. Each installs what is missing first, and nothing when nothing is.

PYTHON_IN_VENV = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run test check samples schema matrices coverage fuzz sweep pictures benchmark wheel-check lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## install what is missing, then do the main job on the samples
	@tools/system_packages.sh run
	@tools/environment.sh run
	@tools/main_job.sh

test: ## install what is missing, then run every check and every test
	@tools/system_packages.sh test
	@tools/environment.sh dev
	@tools/checks.sh everything

check: ## the fast checks, nothing installed
	@tools/checks.sh fast

samples: ## rebuild label_samples/
	@tools/environment.sh dev
	@$(PYTHON_IN_VENV) -m label_samples.build

schema: ## rebuild resources/schema/
	@tools/environment.sh dev
	@$(PYTHON_IN_VENV) tools/build_schema.py

matrices: ## rebuild docs/faults.md and docs/threats.md
	@tools/environment.sh dev
	@$(PYTHON_IN_VENV) tools/matrices.py

coverage: ## every branch of the pure modules, each run by its own tests
	@tools/environment.sh dev
	@$(PYTHON_IN_VENV) tools/coverage_of.py

fuzz: ## two minutes of coverage-guided fuzzing of what reads foreign text and bytes
	@tools/environment.sh dev
	@$(PYTHON_IN_VENV) tools/fuzz.py

sweep: ## ten times as many power cuts, kills, damaged libraries and comparisons as in the tests
	@tools/environment.sh dev
	@LABELVIEWER_ROUNDS=10 $(PYTHON_IN_VENV) -m pytest -q tests/unit/test_library_power.py tests/unit/test_library_kills.py \
		tests/unit/test_library_faults.py tests/unit/test_library_salvage.py tests/unit/test_compare_properties.py

pictures: ## take the pictures of docs/pictures/ again
	@tools/system_packages.sh test
	@tools/environment.sh dev
	@$(PYTHON_IN_VENV) tools/pictures.py

benchmark: ## cold start to first frame, against an empty window
	@tools/system_packages.sh test
	@tools/environment.sh dev
	@$(PYTHON_IN_VENV) benchmarks/startup.py

wheel-check: ## `pip install .` into a new environment, then run what it gave
	@tools/wheel_check.sh

lock: ## pin the newest releases that pyproject.toml allows
	@tools/lock.sh

clean: ## remove everything that can be made again
	@rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
