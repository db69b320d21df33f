"""One source has one verdict: on the screen, by `check`, and by `drillbox.check`."""

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

import drillbox
from drillbox.cli.shell import run
from drillbox.errors import GraderError
from drillbox.grader.report import Report
from drillbox.grader.supervisor import Grader
from drillbox.screen.exercise import ExerciseScreen

LOSS = """import torch.nn.functional as F


def dpo_loss(pc, pr, rc, rr, beta):
    h = (pc - rc) - (pr - rr)
    return -F.logsigmoid(beta * h).mean()
"""
SOURCES = {
    "right": LOSS,
    "named": LOSS.replace("beta * h", "-beta * h"),
    "with_a_fact": LOSS.replace("return -", "return -1.234 * "),
    "overflows": LOSS.replace("F.logsigmoid(beta * h)", "(beta * h).sigmoid().log()"),
    "raises": LOSS.replace("pc - rc", "pc - nothing"),
    "another_shape": LOSS.replace(".mean()", ""),
    "does_not_parse": LOSS.replace("def ", "def def "),
}


def verdict(told: Any) -> tuple[object, ...]:
    """What must not depend on who asks: not the drawn numbers, nor how long it took."""
    if isinstance(told, Report):
        told = json.loads(json.dumps(told.json()))
    found = told["diagnosis"]
    passed = [case["passed"] for case in told["cases"]]
    known = found and (found["id"], found["message"], found["idea"])
    return told["passed"], passed, known, told["facts"], told["sandbox"]


class Listening(Grader):
    """Keeps what it found."""

    def grade(self, *words: Any, **more: Any) -> Report:
        self.report = super().grade(*words, **more)
        return self.report


async def by_screen(sit_down: Any, dpo: Any) -> dict[str, Any]:
    found = {}
    async with sit_down(dpo) as seat:
        grader = Listening()
        screen = ExerciseScreen("dpo-loss", *seat.app.opened(), grader)
        await seat.app.push_screen(screen, seat.app.returned)
        await seat.settle()
        for name, source in SOURCES.items():
            Path(screen.file.path).write_text(source, encoding="utf-8")
            await seat.press("r")
            found[name] = verdict(grader.report)
            sign = "✓ Passed" if grader.report.passed else "✗ Not yet"
            assert sign in seat.text
    return found


def by_check(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    files = [folder / f"{name}.py" for name in SOURCES]
    for file in files:
        file.write_text(SOURCES[file.stem])
    assert run(["check", "dpo-loss", "--json", *map(str, files)]) == 1
    lines = capsys.readouterr().out.splitlines()
    return {Path(one["file"]).stem: verdict(one) for one in map(json.loads, lines)}


def by_python(folder: Path) -> Iterator[tuple[str, Any]]:
    for name in SOURCES:
        spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        try:
            spec.loader.exec_module(module)
        except SyntaxError:
            continue
        yield name, verdict(drillbox.check("dpo-loss", module.__dict__["dpo_loss"]))


async def test_the_same_source_has_the_same_verdict_by_every_way(
    sit_down: Any, dpo: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = await by_screen(sit_down, dpo)
    check = by_check(tmp_path, capsys)
    assert screen == check
    python = dict(by_python(tmp_path))
    assert python == {name: check[name] for name in python}
    assert set(SOURCES) - set(python) == {"does_not_parse"}
    assert [name for name, found in check.items() if found[0]] == ["right"]
    assert check["named"][2][0] == "sign-flipped"
    assert "1.234 times" in check["with_a_fact"][3][0]


async def test_a_check_waits_for_no_import_once_the_grader_is_warm(
    sit_down: Any, dpo: Any
) -> None:
    async with sit_down(dpo) as seat:
        seat.app.open_exercise("dpo-loss")
        await seat.settle()
        seat.screen.warming.join()
        late = GraderError("started only now")
        with patch("drillbox.grader.sandbox.ladder.start", side_effect=late):
            Path(seat.screen.file.path).write_text(LOSS)
            await seat.press("r")
        assert "✓ Passed" in seat.text
