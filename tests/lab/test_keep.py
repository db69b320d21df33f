"""A finished run as a document, and the shipped one."""

import json
from pathlib import Path
from typing import Any

import pytest

from drillbox import places
from drillbox.lab.keep import before, document, save, shipped
from drillbox.lab.run import LabError

Records = list[dict[str, Any]]


def test_the_shipped_record_is_the_file_that_save_writes(
    kept: Records, tmp_path: Path
) -> None:
    path = tmp_path / "run.json"
    save(kept, str(path))
    there = Path(places.shipped_course(), "records", "three-pairs.json")
    assert path.read_bytes() == there.read_bytes()
    assert json.loads(path.read_text()) == document(kept)


def test_the_numbers_before_a_prediction_come_from_the_record() -> None:
    pairs = before("three-pairs")
    assert list(pairs) == ["A", "B", "C", "D"]
    assert pairs["C"]["logp_rejected"] < pairs["C"]["ref_rejected"] - 10


def test_a_run_that_did_not_end_is_not_kept(kept: Records, tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    with pytest.raises(LabError, match="did not come to its end"):
        save(kept[:-1], str(path))
    assert not path.exists()


def test_a_file_that_cannot_be_written_is_said(kept: Records, tmp_path: Path) -> None:
    with pytest.raises(LabError, match=r"cannot write .*: No such file"):
        save(kept, str(tmp_path / "nowhere" / "run.json"))


def test_a_record_that_is_missing_or_broken_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "shipped_course", lambda: str(tmp_path))
    with pytest.raises(LabError, match=r"cannot read .*: No such file"):
        shipped("three-pairs")
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "three-pairs.json").write_text("{")
    with pytest.raises(LabError, match="is no JSON"):
        shipped("three-pairs")
