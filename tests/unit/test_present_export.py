"""What is exported: rows for other programs, in which no cell is ever calculated."""

import csv
import io
import json
from dataclasses import astuple, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelviewer.domain.inspection import Inspection
from labelviewer.pipeline.run import inspect_code
from labelviewer.present.export import ExportRow, as_csv, as_json, export_row, guarded
from tests.desk import ports_of
from tests.labels import words
from tests.simulator import NOW, Authority

ROW = ExportRow("Camera", "Acme", "HC-2", "us-ctm", "verified", "Real", "2031-12-31", True, *("",) * 5)
DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "＠x", "\u2068=1\u2069")


def looked_up(authority: Authority) -> Inspection:
    return inspect_code(authority.code(), ports_of(authority))


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.threat("T31")
@pytest.mark.parametrize("cell", DANGEROUS)
def test_a_cell_that_could_be_a_formula_is_text(cell: str) -> None:
    _, row = table(as_csv([replace(ROW, product=cell)]))
    assert row[0] == f"'{cell}"


@pytest.mark.threat("T31")
@given(st.text(max_size=20))
def test_no_cell_begins_as_a_formula_does(cell: str) -> None:
    assert not guarded(cell).lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert guarded(cell).endswith(cell)


def test_other_cells_stay_as_they_are() -> None:
    plain = replace(ROW, product='Camera "2", indoor', maker="Müller & Söhne; カメラ", model="a=b")
    names, row = table(as_csv([plain]))
    assert names[:2] == ["product", "maker"]
    assert row == ["yes" if field is True else field for field in astuple(plain)]


def test_no_labels_are_a_table_with_names_alone() -> None:
    assert len(table(as_csv([]))) == 1
    assert json.loads(as_json([], "1.0", NOW))["labels"] == []


def test_the_data_file_holds_the_same_rows_unguarded() -> None:
    record = json.loads(as_json([replace(ROW, product="=1")], "1.0", NOW))
    assert record["labelviewer"] == "1.0"
    assert record["labels"][0]["product"] == "=1"
    assert record["labels"][0]["owned"] is True


def test_a_row_says_what_the_check_found_today() -> None:
    row = export_row(looked_up(Authority().publish()), words(), at=NOW, owned=False)
    assert (row.product, row.maker, row.model) == ("Hearth Camera 2", "Acme Home Ltd", "HC-2")
    assert (row.state, row.updates_end, row.since, row.owned) == ("verified", "2031-12-31", "2026-06-01", False)
    assert row.message == "Checked: this label is real"


def test_what_a_check_hides_is_not_exported() -> None:
    row = export_row(looked_up(Authority().publish().withdraw()), words(), at=NOW, owned=True)
    assert (row.state, row.updates_end, row.model) == ("withdrawn", "", "")
