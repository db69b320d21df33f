"""`drillbox notes` lists what learners noted, for authors."""

from pathlib import Path

import pytest

from drillbox.cli.opening import clock
from drillbox.cli.shell import run
from drillbox.domain.event import Draft
from drillbox.domain.studyday import iso
from drillbox.history.log import Log


def note(log: Log, text: str, course: str = "dpo") -> str:
    body = {"text": text, "where": "content/dpo/drops/07.yaml:31"}
    return log.append(Draft("note", course, "beta-role", body=body)).event.id


def test_notes_stand_with_file_and_line_and_undone_ones_do_not(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Log.open(str(home), clock) as log:
        note(log, "β or\n1/β?")
        note(log, "elsewhere", "other")
        gone = note(log, "never mind")
        log.append(Draft("undo", "dpo", "beta-role", target=gone))
        today = iso(log.today())
    assert run(["notes", "--course", "dpo"]) == 0
    expected = f"content/dpo/drops/07.yaml:31: beta-role: β or 1/β? ({today})\n"
    assert capsys.readouterr() == (expected, "")
    assert run(["notes"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_without_a_record_there_are_no_notes_and_none_is_made(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["notes"]) == 0
    assert capsys.readouterr() == ("", "no notes; `!` on a card keeps one\n")
    assert not home.exists()
