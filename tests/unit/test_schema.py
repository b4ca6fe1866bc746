"""The published schema says what the models say."""

import json
from pathlib import Path

from labelviewer.resources import RESOURCES
from tools.build_schema import schema_text

SCHEMA = RESOURCES / "schema" / "label.schema.json"


def test_the_schema_in_the_tree_is_current() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()


def test_the_schema_names_its_dialect_and_what_is_required() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {"iss", "sub", "ver", "iat", "exp", "status", "carriers", "scheme", "product", "grant", "claims"} == set(
        schema["required"]
    )


def test_the_schema_lies_where_the_program_looks_for_it() -> None:
    assert Path(__file__).parents[2] / "resources" / "schema" / "label.schema.json" == SCHEMA
