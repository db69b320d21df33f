"""The warm single-use process, which stands in where forking is not safe."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from drillbox.grader.exercise import find
from drillbox.grader.report import Report
from drillbox.grader.sandbox import ladder
from drillbox.grader.supervisor import Grader

HEAD = "def dpo_gradient(pc, pr, rc, rr, beta):\n"


@pytest.fixture(scope="module")
def single() -> Iterator[Grader]:
    """A grader without a fork server."""
    with Grader(single_use=True) as started:
        yield started


def reference() -> str:
    return find("dpo-gradient").reference


def graded(grader: Grader, body: str) -> Report:
    return grader.grade(find("dpo-gradient"), HEAD + body)


def test_right_code_passes_and_wrong_code_is_diagnosed(single: Grader) -> None:
    exercise = find("dpo-gradient")
    assert single.grade(exercise, reference()).passed
    wrong = exercise.wrong[0]
    report = single.grade(exercise, Path(wrong.file).read_text())
    assert report.diagnosis is not None and report.diagnosis.id == wrong.id


def test_a_loop_is_stopped_at_its_line_and_the_next_is_graded(single: Grader) -> None:
    report = graded(single, "    while True:\n        pass\n")
    assert "did not return; last line running: dpo-gradient.py:" in (
        report.cases[0].message
    )
    assert {case.message for case in report.cases[1:]} == {"not run"}
    assert single.grade(find("dpo-gradient"), reference()).passed


@pytest.mark.parametrize(
    "body",
    [
        "    import os; os._exit(0)\n",
        "    import os; os.closerange(0, 64); return 1\n",
        "    import ctypes; ctypes.string_at(0)\n",
        "    import os; [os.write(k, b'DBX1' * 99) for k in range(1, 9)]\n",
    ],
)
def test_a_process_that_is_gone_fails_the_case_only(single: Grader, body: str) -> None:
    report = graded(single, body)
    assert not report.passed and report.cases[0].message
    assert single.grade(find("dpo-gradient"), reference()).passed


def test_nothing_is_left_for_the_next_submission(single: Grader) -> None:
    graded(single, "    import numpy; numpy.exp = None; return 1\n")
    assert single.grade(find("dpo-gradient"), reference()).passed


def test_where_no_rlimit_holds_a_watchdog_ends_what_takes_too_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As on macOS: no address space limit, memory in use is watched."""
    monkeypatch.setattr(ladder, "_watched", lambda wanted: 1 << 28)
    monkeypatch.setattr(ladder, "_MEMORY", 1 << 40)
    body = "    held = [bytearray(b'x' * (1 << 26)) for _ in range(16)]\n"
    with Grader(single_use=True) as started:
        report = graded(started, body + "    while True: pass\n")
        assert "memory" in report.cases[0].message and "SIGKILL" in str(report)
        assert started.grade(find("dpo-gradient"), reference()).passed
