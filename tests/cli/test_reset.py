"""`drillbox reset COURSE` asks, and can be taken back."""

import io
import re
from pathlib import Path

import pytest

from drillbox.cli.opening import clock
from drillbox.cli.shell import run
from drillbox.domain.event import Draft
from drillbox.history.log import Log

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def known(home: Path) -> list[tuple[object, ...]]:
    """A record of one course; its schedule."""
    with Log.open(str(home), clock) as log:
        log.append(Draft("answer", "dpo", "a", quality=4))
        log.append(Draft("read", "dpo", "drop-1"))
        return log.dump()


def schedule(home: Path) -> list[tuple[object, ...]]:
    with Log.open(str(home), clock) as log:
        return log.dump()


@pytest.mark.parametrize(
    ("typed", "goes"),
    [("y\n", True), ("n\n", False), ("\n", False), ("", False)],
)
def test_it_asks_and_enter_means_no(
    home: Path,
    known: list[tuple[object, ...]],
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    goes: bool,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert run(["reset", "dpo"]) == (130 if typed == "" else 0)
    assert schedule(home) == ([] if goes else known)


def test_the_command_it_names_takes_it_back(
    home: Path, known: list[tuple[object, ...]], capsys: Capture
) -> None:
    assert run(["reset", "dpo", "--yes"]) == 0
    assert schedule(home) == []
    named = re.search("`drillbox (log undo [0-9a-f]+)`", capsys.readouterr().out)
    assert named is not None
    assert run(named[1].split()) == 0
    assert schedule(home) == known


def test_a_course_that_was_never_answered_is_one_sentence(
    home: Path, known: list[tuple[object, ...]], capsys: Capture
) -> None:
    assert run(["reset", "dop", "--yes"]) == 2
    assert "in a course 'dop'; did you mean dpo?" in capsys.readouterr().err
    assert run(["reset", "zzzz", "--yes"]) == 2
    assert "there is dpo" in capsys.readouterr().err
    assert schedule(home) == known


def test_without_a_record_there_is_nothing_to_reset(
    home: Path, capsys: Capture
) -> None:
    assert run(["reset", "dpo", "--yes"]) == 2
    assert "nothing has been answered yet" in capsys.readouterr().err
    assert not home.exists()
