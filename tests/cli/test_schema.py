"""`drillbox schema`: says which files it wrote."""

from pathlib import Path

import pytest

from drillbox.cli.shell import run
from drillbox.workbench import new
from drillbox.workbench.schema import content, exercise


def test_the_schema_of_a_course_is_written_into_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    new.course("averages")
    path = Path("averages/schema.json")
    path.write_text("{}")
    assert run(["schema", "averages"]) == 0
    assert capsys.readouterr().out == "averages/schema.json\n"
    assert path.read_text(encoding="utf-8") == content()


def test_a_checkout_gets_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("content", "exercises"):
        (tmp_path / name).mkdir()
    assert run(["schema"]) == 0
    out = capsys.readouterr().out
    assert out == "./content/schema.json\n./exercises/schema.json\n"
    text = (tmp_path / "exercises" / "schema.json").read_text(encoding="utf-8")
    assert text == exercise()


def test_elsewhere_it_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["schema", str(tmp_path)]) == 2
    assert "holds no course; go into a course" in capsys.readouterr().err
