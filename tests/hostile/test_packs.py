"""A course pack is code of somebody else: its reference.py runs sandboxed too.

packs/: each file is an `attack` that a reference solution makes before it draws its
cases; its header says whether that can be graded or is refused in one sentence.
"""

import json
import re
import struct
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from drillbox.errors import GraderError
from drillbox.grader import crew
from drillbox.grader.exercise import Exercise, find
from drillbox.grader.supervisor import Grader
from drillbox.grader.wrong import read as read_wrong

HERE = Path(__file__).parent
PACKS = {path.stem: path for path in sorted((HERE / "packs").glob("*.py"))}
DRAWN = """

drawn = cases


def cases(rng):
    attack()
    yield from drawn(rng)
"""


def hostile(text: str) -> Exercise:
    """dpo-gradient with a reference solution that attacks."""
    exercise = find("dpo-gradient")
    reference = f"{exercise.reference}\n{text}{DRAWN}"
    return replace(exercise, reference=reference, wrong=(), equivalent=())


def assert_others_are_graded_as_before(grader: Grader, right: str) -> None:
    other = replace(find("dpo-loss"), wrong=())
    assert grader.grade(other, right).passed
    nothing = "def dpo_loss(pc, pr, rc, rr, beta):\n    return pc.sum() * 0\n"
    assert not grader.grade(other, nothing).passed


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reference worker's deadline, which these would wait for."""
    monkeypatch.setattr(crew, "REFERENCE_S", 2.0)


@pytest.mark.parametrize("name", PACKS)
def test_no_hostile_pack_harms(grader: Grader, right: str, name: str) -> None:
    text = PACKS[name].read_text(encoding="utf-8")
    exercise = hostile(text)
    before = _processes(grader)
    if "\n# ends: graded\n" in text:
        assert grader.grade(exercise, find("dpo-gradient").reference).passed
        wrong = find("dpo-gradient").wrong[0].source
        assert not grader.grade(exercise, wrong).passed
    else:
        with pytest.raises(GraderError) as caught:
            grader.grade(exercise, find("dpo-gradient").reference)
        assert "THROUGH" not in str(caught.value)
        assert str(caught.value).isprintable() and len(str(caught.value)) < 500
    assert_others_are_graded_as_before(grader, right)
    assert _processes(grader) == before, "a worker had to be started again"


def _processes(grader: Grader) -> list[int]:
    return sorted(one.worker.process.pid for one in grader.crew._workers.values())


def test_every_hostile_pack_says_what_must_hold_and_how_it_ends() -> None:
    for path in PACKS.values():
        text = path.read_text(encoding="utf-8")
        assert text.startswith('"""Tries ') and "\nMust hold: " in text, path.name
        assert re.search(r"^# stopped by: \S", text, re.MULTILINE), path.name
        assert re.search(r"^# ends: (graded|refused)$", text, re.MULTILINE), path.name


FORGE = """
import os, struct


def attack():
    text = {text!r}
    body = {body!r}
    head = struct.pack("<4sIQ", b"DBX1", len(text), len(body))
    os.write(3, head + text + body)
    os._exit(0)
"""
CASE = {"name": "x", "arguments": [], "expected": []}
SHAPES: Iterable[object] = [["float64", [1]]]
HEADS: dict[str, object] = {
    "no cases": {},
    "a number of cases": {"cases": 5},
    "cases that are numbers": {"cases": [5]},
    "a text of cases": {"cases": "five"},
    "a case without a name": {"cases": [{**CASE, "name": None}]},
    "arguments that are no pairs": {"cases": [{**CASE, "arguments": [1]}]},
    "an array that is not there": {
        "cases": [{**CASE, "arguments": [["x", ["array", 99]]]}]
    },
    "an array from behind": {"cases": [{**CASE, "arguments": [["x", ["array", -1]]]}]},
    "an array by a bool": {"cases": [{**CASE, "arguments": [["x", ["array", True]]]}]},
    "a result of no array": {"cases": [{**CASE, "expected": [["x", 99, "", None]]}]},
    "a tolerance for a text": {
        "cases": [{**CASE, "expected": [["x", {"value": "x"}, "float64", 0]]}]
    },
    "a list": [],
    "null": None,
}


@pytest.mark.parametrize("name", HEADS)
def test_a_forged_answer_of_the_reference_worker_is_refused_in_one_sentence(
    grader: Grader, right: str, name: str
) -> None:
    head = {"outputs": [["head", HEADS[name]]]}
    text = json.dumps({"head": head, "arrays": SHAPES}).encode()
    body = struct.pack("<d", 1.0)
    with pytest.raises(GraderError) as caught:
        grader.grade(hostile(FORGE.format(text=text, body=body)), right)
    assert str(caught.value).isprintable()


def test_an_answer_without_a_single_case_passes_nobody(
    grader: Grader, right: str
) -> None:
    head = {"outputs": [["head", {"cases": []}]]}
    text = json.dumps({"head": head, "arrays": []}).encode()
    report = grader.grade(hostile(FORGE.format(text=text, body=b"")), right)
    assert not report.passed


def test_the_name_of_a_case_cannot_paint_the_screen(grader: Grader) -> None:
    text = "def attack():\n    pass\n\n\nfirst = cases\n\n\ndef cases(rng):\n"
    text += (
        '    for _, one in first(rng):\n        yield "\\x1b[2JPASSED\\u202e", one\n'
    )
    report = grader.grade(hostile(text), find("dpo-gradient").reference)
    assert report.passed
    assert [line for line in report.text() if not line.isprintable()] == []


NOTHING = "def dpo_gradient(pc, pr, rc, rr, beta):\n    return pc * 0, pr * 0\n"
WRONGS: dict[str, str] = {
    "loops": "while True:\n    pass\n",
    "exits": "import os\nos._exit(0)\n",
    "raises": "raise ValueError('\\x1b[2J')\n",
    "no mapping": "5",
    "no list": '{"x": 5}',
    "numbers": '{"x": [5]}',
    "an array that is not there": '{"x": [[["loss", {"array": 7}]]]}',
}


@pytest.mark.parametrize("name", WRONGS)
def test_a_hostile_wrong_solution_costs_the_diagnosis_and_no_verdict(
    grader: Grader, right: str, name: str
) -> None:
    source = WRONGS[name]
    if "\n" not in source:
        signatures = json.loads(source)
        head = {"outputs": [["head", {"signatures": signatures}]]}
        text = json.dumps({"head": head, "arrays": []}).encode()
        source = FORGE.format(text=text, body=b"") + "\n\nattack()\n"
    exercise = find("dpo-gradient")
    planted = replace(exercise.wrong[0], source=source)
    report = grader.grade(replace(exercise, wrong=(planted,)), NOTHING)
    assert not report.passed and report.cases and report.diagnosis is None
    (note,) = report.notes
    assert note.startswith("no diagnosis: ")
    assert note.isprintable() and len(note) < 500
    assert_others_are_graded_as_before(grader, right)


def test_the_header_of_a_wrong_solution_cannot_paint_the_screen() -> None:
    fields = ("id", "message", "idea", "misconception")
    header = "".join(f"# {name}: \x1b[2J\x1b[32mPASSED\u202e\n" for name in fields)
    wrong, problems = read_wrong(header, "x.py")
    assert wrong is not None and problems == []
    assert all(getattr(wrong, name).isprintable() for name in fields)
