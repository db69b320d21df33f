"""`drillbox log`: out, in, back, again."""

import json
from pathlib import Path

import pytest

from drillbox.cli.opening import clock
from drillbox.cli.shell import run
from drillbox.domain.event import Draft
from drillbox.domain.studyday import Moment
from drillbox.history.log import Log

Capture = pytest.CaptureFixture[str]
DAY_MS = 86_400_000


def answered(home: Path, *items: str, days: int = 0) -> list[str]:
    """Answer these items, so many days from now; the ids of the events."""

    def then() -> Moment:
        now = clock()
        return Moment(now.utc_ms + days * DAY_MS, now.offset_min)

    with Log.open(str(home), then) as log:
        drafts = [Draft("answer", "dpo", item, quality=4) for item in items]
        return [recorded.event.id for recorded in log.append_all(drafts)]


def states(home: Path) -> dict[str, int]:
    with Log.open(str(home), clock) as log:
        return {item: state.answers for item, state in log.schedule("dpo").items()}


def test_export_and_merge_carry_the_record_to_a_fresh_home(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    answered(home, "a", "b")
    file = str(tmp_path / "out.jsonl")
    assert run(["log", "export", file]) == 0
    assert capsys.readouterr().out == f"2 events written to {file}\n"
    monkeypatch.setenv("DRILLBOX_HOME", str(tmp_path / "fresh"))
    assert run(["log", "merge", file]) == 0
    assert run(["log", "merge", file]) == 0
    assert capsys.readouterr().out == "2 events new\n0 events new\n"
    assert states(tmp_path / "fresh") == {"a": 1, "b": 1}


def test_export_overwrites_only_by_force(
    home: Path, tmp_path: Path, capsys: Capture
) -> None:
    answered(home, "a")
    file = tmp_path / "thesis.txt"
    file.write_text("do not lose me")
    assert run(["log", "export", str(file)]) == 2
    assert "is there already; --force overwrites it" in capsys.readouterr().err
    assert file.read_text() == "do not lose me"
    assert run(["log", "export", str(file), "--force"]) == 0
    assert len(file.read_text().splitlines()) == 1


def test_export_to_a_dash_is_the_lines_and_nothing_else(
    home: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (ident,) = answered(home, "a")
    assert run(["log", "export", "-"]) == 0
    (line,) = capfdbinary.readouterr().out.splitlines()
    assert json.loads(line)["id"] == ident


def test_a_bad_line_is_one_sentence_with_file_and_line(
    home: Path, tmp_path: Path, capsys: Capture
) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text("{}\n")
    assert run(["log", "merge", str(file)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f'drillbox: {file}:1: this line is no event: "id" is missin')
    assert said.count("\n") == 1


def test_an_event_is_undone_by_the_first_digits_of_its_id(
    home: Path, capsys: Capture
) -> None:
    ident, other = answered(home, "a", "b")
    assert run(["log", "undo", ident[:12]]) == 0
    assert f"undone: {ident[:12]}" in capsys.readouterr().out
    assert states(home) == {"b": 1}
    assert other


@pytest.mark.parametrize(
    ("ident", "what"), [("ffffffffffff", "is no event"), ("a", "is no event")]
)
def test_an_id_that_names_no_event_is_one_sentence(
    home: Path, capsys: Capture, ident: str, what: str
) -> None:
    answered(home, "a")
    assert run(["log", "undo", ident]) == 2
    assert what in capsys.readouterr().err


def test_an_undo_cannot_be_undone(home: Path, capsys: Capture) -> None:
    (ident,) = answered(home, "a")
    run(["log", "undo", ident])
    with Log.open(str(home), clock) as log:
        undo = log.newest(1)[0]
    assert run(["log", "undo", undo.id]) == 2
    assert "is an undo, which cannot be undone" in capsys.readouterr().err


def test_show_lists_the_newest_first(home: Path, capsys: Capture) -> None:
    first, second = answered(home, "a", "b")
    assert run(["log", "show", "--last", "1"]) == 0
    out = capsys.readouterr().out
    assert second[:12] in out and first[:12] not in out and "dpo/b  4" in out


def test_undo_future_takes_back_what_a_clock_that_ran_ahead_left(
    home: Path, capsys: Capture
) -> None:
    answered(home, "a", days=30)
    answered(home, "b")
    assert run(["log", "undo-future"]) == 0
    said = capsys.readouterr()
    assert "1 event undone" in said.out
    assert "1 entry is dated after today" in said.err
    assert states(home) == {"b": 1}
    assert run(["log", "undo-future"]) == 0
    assert capsys.readouterr() == ("0 events undone\n", "")


def test_rebuild_says_that_nothing_changed_and_mends_what_had(
    home: Path, capsys: Capture
) -> None:
    answered(home, "a")
    assert run(["log", "rebuild"]) == 0
    assert capsys.readouterr().out == "the schedule was worked out again: no change\n"
    with Log.open(str(home), clock) as log:
        log.read(lambda db: db.execute("update schedule set due = due + 5"))
    assert run(["log", "rebuild"]) == 0
    assert "it had differed" in capsys.readouterr().err
    assert run(["log", "rebuild"]) == 0
    assert "no change" in capsys.readouterr().out


def test_showing_an_empty_record_says_so_and_makes_none(
    home: Path, capsys: Capture
) -> None:
    assert run(["log", "show"]) == 0
    assert "nothing has been recorded yet" in capsys.readouterr().err
    assert not home.exists()
