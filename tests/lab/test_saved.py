"""Saving a run's figure and records: both or none, and never over a file."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from drillbox.lab import document
from drillbox.lab.begin import find
from drillbox.lab.chart import Chart, Series
from drillbox.lab.run import LabError
from drillbox.lab.saved import save

CHART = Chart("t", "step", "nats", (Series("loss", ((0, 1), (1, 0))),))
RECORDS = [{"type": "step", "step": 0, "loss": 1.0}, {"type": "end", "seconds": 1}]


def saved(directory: Path) -> tuple[str, str]:
    return save(str(directory), "run", CHART, RECORDS)


@pytest.mark.parametrize(
    ("there", "names"),
    [
        ((), ("run.svg", "run.csv")),
        (("run.svg",), ("run-2.svg", "run-2.csv")),
        (("run.csv",), ("run-2.svg", "run-2.csv")),
        (("run.svg", "run-2.csv"), ("run-3.svg", "run-3.csv")),
    ],
)
def test_the_next_free_name(
    tmp_path: Path, there: tuple[str, ...], names: tuple[str, str]
) -> None:
    for name in there:
        (tmp_path / name).write_text("mine")
    assert saved(tmp_path) == names
    assert {one.name for one in tmp_path.iterdir()} == {*there, *names}
    assert all((tmp_path / name).read_text() == "mine" for name in there)


def test_a_link_that_leads_nowhere_is_no_free_name(tmp_path: Path) -> None:
    (tmp_path / "run.svg").symlink_to(tmp_path / "elsewhere")
    assert saved(tmp_path) == ("run-2.svg", "run-2.csv")
    assert not (tmp_path / "elsewhere").exists()


def test_what_is_saved_is_what_the_command_line_writes(tmp_path: Path) -> None:
    run = find("tabular")
    assert run is not None
    records = document.shipped("tabular")
    figure, table = save(str(tmp_path), run.id, run.chart(records), records)
    root = ElementTree.parse(tmp_path / figure).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert (tmp_path / table).read_text() == document.table(records)


def test_a_directory_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(LabError, match=r"cannot write .*gone/run\.svg: No such file"):
        saved(tmp_path / "gone")


def test_a_full_disk_leaves_neither(tmp_path: Path, monkeypatch) -> None:
    def full(path: str, *args: object, **more: object) -> object:
        if path.endswith(".csv"):
            raise OSError(28, "No space left on device")
        return opened(path, *args, **more)

    opened = open
    monkeypatch.setattr("builtins.open", full)
    with pytest.raises(LabError, match=r"cannot write .*run\.csv: No space left"):
        saved(tmp_path)
    assert list(tmp_path.iterdir()) == []
