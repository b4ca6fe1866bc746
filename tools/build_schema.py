"""Writes resources/schema/label.schema.json from the models; `--check` only says whether it is current."""

import argparse
import json
import sys
from pathlib import Path

from labelviewer.domain.document import LabelDocument

TARGET = Path(__file__).parents[1] / "resources" / "schema" / "label.schema.json"


def schema_text() -> str:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://labelviewer.example/schema/label.schema.json",
        **LabelDocument.model_json_schema(),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    text = schema_text()
    if options.check:
        return 0 if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
