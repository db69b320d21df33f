"""The records of a run as JSON and CSV."""

import csv
import io
import json
from pathlib import Path

import pytest

from drillbox import places
from drillbox.lab.begin import general_runs
from drillbox.lab.document import shipped, table, text, write
from drillbox.lab.run import LabError

END = {"type": "end", "seconds": 1.0}


@pytest.mark.parametrize("name", [one.id for one in general_runs()])
def test_the_shipped_record_is_the_file_that_save_writes(name: str) -> None:
    there = Path(places.shipped_course(), "records", f"{name}.json")
    assert text([*shipped(name), END]) == there.read_text(encoding="utf-8")


def test_a_table_has_a_column_for_each_name_and_gives_the_values_back() -> None:
    records = [{"type": "a", "x": 0.1}, {"type": "b", "y": [1, 2], "x": 1e-300}]
    first, second = csv.DictReader(io.StringIO(table(records)))
    assert list(first) == ["type", "x", "y"]
    assert (float(first["x"]), first["y"]) == (0.1, "")
    assert (float(second["x"]), json.loads(second["y"])) == (1e-300, [1, 2])


def test_a_run_that_did_not_end_is_not_kept() -> None:
    with pytest.raises(LabError, match="did not come to its end"):
        text(shipped("tabular"))


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(LabError, match=r"cannot write .*: No such file"):
        write(str(tmp_path / "no" / "x.csv"), "x")
