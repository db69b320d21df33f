"""The exercise screen: the file is made, watched and graded; attempts are recorded."""

import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from threading import Event
from typing import Any
from unittest.mock import patch

import pytest

from drillbox import places
from drillbox.domain.event import Draft
from drillbox.errors import GraderError
from drillbox.grader.exercise import find
from drillbox.grader.report import NOT_RUN, Case
from drillbox.screen import editor
from drillbox.screen.cases import Cases
from drillbox.screen.exercise import ExerciseScreen
from tests import pictures

RIGHT = (Case("1 pair", True), Case("2 pairs", True))
WRONG = (Case("1 pair", True), Case("2 pairs", False, "loss: 1, expected 2"))
CODE = "def dpo_loss(a, b, c, d, beta):\n    return {n}\n"


@pytest.fixture
def at_work(sit_down, scenes) -> Callable[..., AbstractAsyncContextManager[Any]]:
    """The exercise screen with a grader that says what it is told."""

    @asynccontextmanager
    async def open_screen(
        cases: tuple[Case, ...] = WRONG, **settings: Any
    ) -> AsyncIterator[Any]:
        async with sit_down(scenes, **settings) as seat:
            course, log = seat.app.opened()
            seat.grader = pictures.FakeGrader(cases)
            screen = ExerciseScreen("dpo-loss", course, log, seat.grader)
            await seat.app.push_screen(screen, seat.app.returned)
            await seat.settle()
            yield seat

    return open_screen


def save(seat: Any, text: str) -> None:
    """Write the learner's file, as an editor does."""
    Path(seat.screen.file.path).write_text(text, encoding="utf-8")


async def look(seat: Any) -> None:
    """The two looks at the file that a save takes to be noticed."""
    seat.screen.watch_file()
    seat.screen.watch_file()
    await seat.settle()


def attempts(seat: Any) -> list[tuple[str, int | None]]:
    return [(event.body["what"], event.quality) for event in seat.events("attempt")]


async def test_the_file_is_made_from_the_starter_and_never_overwritten(at_work) -> None:
    async with at_work() as seat:
        path = Path(seat.screen.file.path)
        assert path.read_text() == find("dpo-loss").starter
        assert "Your file:" in seat.text
        path.write_text("mine")
    async with at_work():
        assert path.read_text() == "mine"


async def test_a_save_is_graded_and_recorded(at_work) -> None:
    async with at_work() as seat:
        await look(seat)
        assert seat.grader.sources == []
        save(seat, CODE.format(n=1))
        await look(seat)
        assert seat.grader.sources == [CODE.format(n=1)]
        assert "✗ Not yet, 1 of 2 cases right" in seat.text
        assert "✓ right 1 pair" in seat.text
        assert "✗ wrong 2 pairs: loss: 1, expected 2" in seat.text
        assert attempts(seat) == [("check", None)]


async def test_what_comes_with_the_cases_is_shown_as_it_is(at_work) -> None:
    async with at_work() as seat:
        await seat.press("r")
        assert "Your results are consistent with" in seat.text
        await seat.press("pagedown")
        assert "first-loss" not in seat.text
        assert r"│ [bold]not markup[/bold] \x1b[31m" in seat.text
        assert "Sandbox: confined" in seat.text


async def test_a_pass_at_the_first_check_counts_as_five(at_work) -> None:
    async with at_work(RIGHT) as seat:
        save(seat, CODE.format(n=1))
        await look(seat)
        assert attempts(seat) == [("pass", 5)]
        assert "✓ Passed, quality 5, easy; back tomorrow, on 2026-11-24" in seat.text
        await seat.press("r")
        assert "nothing moves: the same as at the last check" in seat.text
        assert len(attempts(seat)) == 1


async def test_a_pass_after_a_hint_counts_as_three(at_work) -> None:
    async with at_work(RIGHT) as seat:
        await seat.press("h")
        assert "Hint. Two log-ratios" in seat.text
        save(seat, CODE.format(n=1))
        await look(seat)
        assert attempts(seat) == [("hint", None), ("pass", 3)]


async def test_hints_taken_before_are_shown_again_and_then_end(at_work) -> None:
    async with at_work() as seat:
        await seat.press("h", "h")
    async with at_work() as seat:
        assert len(seat.screen.query(".hint")) == 2
        await seat.press("h", "h", "h")
        assert "hint" not in seat.keys
        assert len(attempts(seat)) == 3


async def test_the_starter_and_a_file_that_does_not_parse_are_no_checks(
    at_work,
) -> None:
    async with at_work() as seat:
        await seat.press("r")
        save(seat, "def dpo_loss(:")
        await look(seat)
        assert len(seat.grader.sources) == 2
        assert attempts(seat) == []


async def test_giving_up_asks_once_more_with_another_key(at_work) -> None:
    async with at_work() as seat:
        await seat.press("g")
        assert "counts as 0" in seat.text
        assert seat.keys == "y show the solution: quality 0 n no, go on f1 keys"
        await seat.press("g", "enter", "r", "e", "n")
        assert seat.grader.sources == []
        assert "e edit" in seat.keys
        await seat.press("g", "escape")
        assert seat.shown == "ExerciseScreen"
        assert attempts(seat) == []
        await seat.press("g", "y")
        assert attempts(seat) == [("give-up", 0)]
        assert "return -F.logsigmoid(beta * h).mean()" in seat.text


async def test_after_a_pass_the_solution_is_free(at_work) -> None:
    async with at_work(RIGHT) as seat:
        save(seat, CODE.format(n=1))
        await look(seat)
        await seat.press("g")
        assert "return -F.logsigmoid(beta * h).mean()" in seat.text
        assert attempts(seat) == [("pass", 5)]


async def test_after_a_pass_a_hint_is_free(at_work) -> None:
    async with at_work(RIGHT) as seat:
        save(seat, CODE.format(n=1))
        await look(seat)
        await seat.press("h")
        assert "Hint." in seat.text
        assert attempts(seat) == [("pass", 5)]
        await seat.press("g")
        assert "The solution." in seat.text


async def test_a_verdict_is_in_the_window_below_hints_and_solution(at_work) -> None:
    async with at_work(size=(60, 16)) as seat:
        await seat.press("h", "h", "g", "y")
        assert "Not yet" not in seat.text
        await seat.press("r")
        assert "Not yet" in seat.text


async def test_long_lines_of_code_are_broken_and_never_cut(at_work) -> None:
    async with at_work(size=(60, 60)) as seat:
        await seat.press("g", "y")
        solution = find("dpo-loss").solution()
        assert max(map(len, solution.split("\n"))) > 60
        assert "".join(solution.split()) in "".join(seat.text.split())


async def test_the_failing_cases_stand_above_the_passed_ones(at_work) -> None:
    three = (*WRONG, Case("3 pairs", False, "loss: 1, expected 2"))
    async with at_work(three) as seat:
        await seat.press("r")
        text = seat.text
        assert "wrong 2 pairs: loss: 1, expected 2 ✗ wrong 3 pairs: the same" in text
        assert text.index("3 pairs") < text.index("✓ right 1 pair")


async def test_a_case_is_painted_before_the_next_one_is_judged(at_work) -> None:
    async with at_work(WRONG, size=(80, 40)) as seat:
        await seat.press("r")
        cases = seat.screen.query_one(Cases)
        cases.begin("Grading …")
        await seat.settle()
        assert "· … 2 pairs: loss: 1, expected 2 · … 1 pair" in seat.text
        cases.add(WRONG[0])
        await seat.settle()
        assert "· … 2 pairs: loss: 1, expected 2 ✓ right 1 pair" in seat.text
        cases.add(RIGHT[1])
        await seat.settle()
        assert "✓ right 1 pair ✓ right 2 pairs" in seat.text


async def test_what_does_not_parse_is_one_line_without_cases(at_work) -> None:
    stop = Case("1 pair", False, "line 1: this does not parse: invalid syntax")
    async with at_work((stop, Case("2 pairs", False, NOT_RUN))) as seat:
        await seat.press("r")
        assert "✗ Not yet: line 1: this does not parse: invalid syntax" in seat.text
        assert "pair" not in seat.text.partition("Write the DPO")[0]
        seat.grader.cases = (RIGHT[0], WRONG[1], Case("3 pairs", False, NOT_RUN))
        await seat.press("r")
        assert "✗ wrong 2 pairs: loss: 1, expected 2 ✓ right 1 pair" in seat.text
        assert "1 more case was not run" in seat.text


async def test_the_grader_starts_behind_the_reader(at_work) -> None:
    async with at_work() as seat:
        seat.screen.warming.join()
        assert seat.grader.warmed == "dpo-loss"


async def test_a_grader_that_does_not_start_is_said_and_may_be_tried_again(
    at_work,
) -> None:
    late = GraderError("torch cannot be imported here")
    with patch.object(pictures.FakeGrader, "warm", side_effect=late):
        async with at_work(RIGHT) as seat:
            seat.screen.warming.join()
            await seat.settle()
            assert "Not graded: torch cannot be imported here" in seat.text
            save(seat, CODE.format(n=1))
            await look(seat)
            assert "✓ Passed, quality 5" in seat.text


async def test_after_a_pass_yours_stands_beside_the_reference(at_work) -> None:
    async with at_work(WRONG, size=(120, 30)) as seat:
        save(seat, CODE.format(n=0))
        await look(seat)
        assert "d diff" not in seat.keys
        seat.grader.cases = RIGHT
        save(seat, CODE.format(n=1))
        await look(seat)
        assert "d diff" in seat.keys
        await seat.press("d")
        assert seat.shown == "DiffScreen"
        assert any("yours" in ln and "the reference" in ln for ln in seat.lines)
        assert "return 1" in seat.text and "logsigmoid" in seat.text
        await seat.resize(80, 30)
        assert not any("yours " in ln and "reference" in ln for ln in seat.lines[1:])
        await seat.press("escape")
        assert seat.shown == "ExerciseScreen"


async def test_reset_gives_a_blank_file_and_keeps_the_old_one(at_work) -> None:
    async with at_work() as seat:
        save(seat, CODE.format(n=1))
        await look(seat)
        await seat.press("b")
        path = Path(seat.screen.file.path)
        assert path.read_text() == find("dpo-loss").starter
        assert (path.parent / "dpo-loss.1.py").read_text() == CODE.format(n=1)
        assert "dpo-loss.1.py" in seat.text and "Not yet" not in seat.text
        await look(seat)
        assert len(seat.grader.sources) == 1
        save(seat, CODE.format(n=2))
        await look(seat)
        assert len(seat.grader.sources) == 2


async def test_next_opens_the_next_exercise_of_the_path(sit_down, dpo) -> None:
    async with sit_down(dpo) as seat:
        course, log = seat.app.opened()
        for drop in course.drops:
            log.append(Draft("read", "dpo", drop.id))
        path = course.exercises
        after = path[path.index("dpo-loss") + 1]
        grader: Any = pictures.FakeGrader(RIGHT)
        screen = ExerciseScreen("dpo-loss", course, log, grader)
        await seat.app.push_screen(screen, seat.app.returned)
        await seat.settle()
        assert "next exercise" not in seat.keys
        save(seat, CODE.format(n=1))
        await look(seat)
        assert "n next exercise" in seat.keys
        with patch("drillbox.screen.exercise.Grader", lambda **_: grader):
            await seat.press("n")
        assert seat.shown == "ExerciseScreen"
        assert f"Exercise {after}" in seat.text


async def test_a_due_exercise_opens_with_a_blank_file(at_work, clock) -> None:
    async with at_work(RIGHT) as seat:
        save(seat, CODE.format(n=1))
        await look(seat)
        path = Path(seat.screen.file.path)
    os.utime(path, (clock.now / 1000, clock.now / 1000))
    clock.sleep(1)
    async with at_work(RIGHT) as seat:
        assert path.read_text() == find("dpo-loss").starter
        assert (path.parent / "dpo-loss.1.py").read_text() == CODE.format(n=1)
        assert "It has come back, with a blank file" in seat.text
        path.write_text(CODE.format(n=1))
        os.utime(path, (clock.now / 1000, clock.now / 1000))
        await look(seat)
        assert "✓ Passed, quality 5, easy; back in 6 days" in seat.text


async def test_a_failed_check_brings_the_cards_on_its_mistake(at_work, scenes) -> None:
    async with at_work(size=(80, 60)) as seat:
        _, log = seat.app.opened()
        log.append(Draft("read", "scenes", "margin"))
        save(seat, CODE.format(n=1))
        await look(seat)
        assert "1 card on this comes today." in seat.text
        (body,) = [event.body for event in seat.events("bring")]
        assert body == {"items": ["first-loss"], "cause": "sign-flipped"}
        assert log.state("scenes", "first-loss").brought == log.today()


async def test_what_cannot_be_graded_is_said_and_not_recorded(at_work) -> None:
    async with at_work() as seat:

        def fail(*_: Any, **__: Any) -> None:
            raise GraderError("the reference worker did not answer")

        seat.grader.grade = fail
        save(seat, CODE.format(n=1))
        await look(seat)
        assert "Not graded: the reference worker did not answer" in seat.text
        assert attempts(seat) == []
        assert "r grade" in seat.keys


async def test_a_file_that_is_gone_is_said(at_work) -> None:
    async with at_work() as seat:
        os.remove(seat.screen.file.path)
        await look(seat)
        await seat.press("r")
        assert "there is no file" in seat.text


async def test_leaving_ends_the_grader(at_work) -> None:
    async with at_work() as seat:
        await seat.press("q")
        assert seat.shown == "HomeScreen"
        assert seat.grader.closed


async def test_leaving_while_the_grader_starts_ends_it_once_it_has(at_work) -> None:
    begun, go_on = Event(), Event()
    told: list[str] = []

    def warm(grader: pictures.FakeGrader, exercise: object) -> None:
        begun.set()
        assert go_on.wait(30)
        told.append("started")

    def close(grader: pictures.FakeGrader) -> None:
        told.append("closed")
        go_on.set()

    with (
        patch.object(pictures.FakeGrader, "warm", warm),
        patch.object(pictures.FakeGrader, "close", close),
    ):
        async with at_work() as seat:
            screen = seat.screen
            assert begun.wait(30)
            await seat.hand.press("q")
            screen.warming.join(0.1)  # without the order kept, it has closed by now
            go_on.set()
            screen.clearing.join()
    assert told == ["started", "closed"]


async def test_without_an_editor_one_writes_on_the_screen(at_work, monkeypatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with at_work() as seat:
        await seat.press("e")
        assert seat.shown == "EditBox"


async def test_a_terminal_that_cannot_be_handed_over_is_said(at_work) -> None:
    async with at_work(editor="true") as seat:
        await seat.press("e")
        assert "this terminal cannot be handed over" in seat.text


class Suspendable:
    """An app whose terminal can be handed over."""

    def suspend(self) -> Any:
        from contextlib import nullcontext

        return nullcontext()


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("no-such-editor --wait", "no-such-editor cannot be started"),
        ("'", "is no command"),
        ("false", "false ended with 1"),
    ],
)
def test_an_editor_that_fails_is_named(tmp_path, command, said) -> None:
    app: Any = Suspendable()
    with pytest.raises(editor.EditorError, match=said):
        editor.edit(app, str(tmp_path / "a.py"), command)


def test_the_settings_editor_comes_before_visual_before_editor(monkeypatch) -> None:
    monkeypatch.setenv("VISUAL", "v -w")
    monkeypatch.setenv("EDITOR", "e")
    assert editor.command("s") == ["s"]
    assert editor.command(None) == ["v", "-w"]
    monkeypatch.delenv("VISUAL")
    assert editor.command(None) == ["e"]


def test_ctrl_c_in_the_editor_ends_neither_it_nor_us(tmp_path) -> None:
    path = tmp_path / "a.py"
    code = (
        "import os, signal, sys; os.kill(os.getppid(), signal.SIGINT);"
        "open(sys.argv[1], 'w').write('saved')"
    )
    script = tmp_path / "edit.py"
    script.write_text(code)
    app: Any = Suspendable()
    editor.edit(app, str(path), f"{sys.executable} {script}")
    assert path.read_text() == "saved"


def test_a_path_in_the_home_directory_is_shown_from_the_tilde(monkeypatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    assert places.short("/home/ada/x/y.py") == "~/x/y.py"
    assert places.short("/home/adam/y.py") == "/home/adam/y.py"


async def test_the_real_grader_passes_the_right_loss(sit_down, dpo) -> None:
    async with sit_down(dpo) as seat:
        seat.app.open_exercise("dpo-loss")
        await seat.settle()
        save(
            seat,
            "import torch.nn.functional as F\n\n\n"
            "def dpo_loss(pw, pl, rw, rl, beta):\n"
            "    return -F.logsigmoid(beta * ((pw - rw) - (pl - rl))).mean()\n",
        )
        await look(seat)
        assert attempts(seat) == [("pass", 5)]
        assert "✓ Passed, quality 5" in seat.text
        assert "Sandbox:" in seat.text


async def test_what_was_passed_can_be_taken_back(at_work) -> None:
    async with at_work(RIGHT) as seat:
        save(seat, CODE.format(n=1))
        await look(seat)
        assert "✓ Passed, quality 5" in seat.text
        assert "d diff" in seat.keys
        await seat.press("u")
        assert "undone: the attempt at dpo-loss" in seat.text
        assert "d diff" not in seat.keys
        assert seat.screen.record.state.answers == 0
        assert "u undo" not in seat.keys
        await seat.press("u")
        assert len(seat.events("undo")) == 1


async def test_undo_is_offered_only_where_something_of_this_exercise_was_done_today(
    at_work,
) -> None:
    async with at_work(WRONG) as seat:
        assert "u undo" not in seat.keys
        save(seat, CODE.format(n=0))
        await look(seat)
        await seat.press("h", "u")
        assert "u undo" not in seat.keys and seat.events("undo") == []
        seat.grader.cases = RIGHT
        save(seat, CODE.format(n=1))
        await look(seat)
        assert "u undo" in seat.keys
    async with at_work(RIGHT) as seat:
        assert "u undo" in seat.keys


async def test_after_a_day_there_is_nothing_of_the_exercise_to_undo(
    at_work, clock
) -> None:
    async with at_work(RIGHT) as seat:
        save(seat, CODE.format(n=1))
        await look(seat)
        clock.sleep(1)
        await seat.press("u")
        assert "nothing to undo today" in seat.text
        assert seat.events("undo") == [] and "u undo" not in seat.keys


async def test_what_was_done_elsewhere_is_not_undone_at_an_exercise(at_work) -> None:
    async with at_work(RIGHT) as seat:
        _, log = seat.app.opened()
        save(seat, CODE.format(n=1))
        await look(seat)
        body = {"answer": {}, "verdict": "right"}
        log.append(Draft("answer", "scenes", "first-loss", quality=4, body=body))
        log.append(Draft("attempt", "other", "dpo-loss", body={"what": "pass"}))
        await seat.press("u", "u", "u")
        assert [event.item for event in seat.events("undo")] == ["dpo-loss"]
        assert log.state("scenes", "first-loss").answers == 1
        assert "undone: the attempt at dpo-loss" in seat.text


async def test_after_an_undo_the_verdict_of_the_pass_is_gone(at_work) -> None:
    async with at_work(RIGHT) as seat:
        save(seat, CODE.format(n=1))
        await look(seat)
        await seat.press("u")
        assert "Passed" not in seat.text and "back tomorrow" not in seat.text
        assert "right 1 pair" not in seat.text
        await seat.press("r")
        assert "✓ Passed, quality 5" in seat.text


async def test_an_undo_leaves_the_verdict_on_what_did_not_pass(at_work) -> None:
    async with at_work(WRONG) as seat:
        await seat.press("g", "y")
        save(seat, CODE.format(n=0))
        await look(seat)
        await seat.press("u")
        assert "undone: giving up dpo-loss" in seat.text
        assert "✗ Not yet, 1 of 2 cases right" in seat.text


async def test_after_giving_up_is_undone_the_solution_is_hidden_again(at_work) -> None:
    async with at_work() as seat:
        await seat.press("h", "g", "y")
        assert "The solution." in seat.text
        assert "g give up" not in seat.keys and "h hint" not in seat.keys
        await seat.press("u")
        assert "undone: giving up dpo-loss" in seat.text
        assert "The solution." not in seat.text and "logsigmoid" not in seat.text
        assert len(seat.screen.query(".hint")) == 1
        assert "g give up" in seat.keys and "h hint" in seat.keys
        await seat.press("g")
        assert "counts as 0" in seat.text
        await seat.press("y")
        assert "The solution." in seat.text
        what = [name for name, _quality in attempts(seat)]
        assert what == ["hint", "give-up", "give-up"]


async def test_what_was_free_after_a_pass_costs_again_once_it_is_undone(
    at_work,
) -> None:
    async with at_work(RIGHT) as seat:
        await seat.press("h")
        save(seat, CODE.format(n=1))
        await look(seat)
        await seat.press("h", "g")
        assert len(seat.screen.query(".hint")) == 2
        assert "The solution." in seat.text
        await seat.press("u")
        assert len(seat.screen.query(".hint")) == 1
        assert "The solution." not in seat.text
        await seat.press("h")
        assert [name for name, _quality in attempts(seat)] == ["hint", "pass", "hint"]


async def test_the_solution_stays_while_giving_up_stands(at_work) -> None:
    async with at_work(RIGHT) as seat:
        await seat.press("g", "y")
        save(seat, CODE.format(n=1))
        await look(seat)
        assert [name for name, _quality in attempts(seat)] == ["give-up", "pass"]
        await seat.press("u")
        assert "undone: the attempt at dpo-loss" in seat.text
        assert "The solution." in seat.text and "g give up" not in seat.keys
        await seat.press("u")
        assert "undone: giving up dpo-loss" in seat.text
        assert "The solution." not in seat.text and "u undo" not in seat.keys


def files(seat: Any) -> dict[str, str]:
    """What lies in the learner's folder."""
    folder = Path(seat.screen.file.path).parent
    return {path.name: path.read_text() for path in folder.iterdir()}


async def test_after_a_reset_undo_brings_the_former_file_back(at_work) -> None:
    async with at_work() as seat:
        save(seat, CODE.format(n=1))
        await look(seat)
        await seat.press("b")
        assert "u undo" in seat.keys
        await seat.press("u")
        assert files(seat) == {"dpo-loss.py": CODE.format(n=1)}
        assert "undone: the reset of dpo-loss" in seat.text
        assert "u undo" not in seat.keys
        await look(seat)
        assert len(seat.grader.sources) == 1  # that it is back is no save
        save(seat, CODE.format(n=2))
        await look(seat)
        assert seat.grader.sources[1:] == [CODE.format(n=2)]


async def test_what_was_written_after_a_reset_is_kept_when_that_is_undone(
    at_work,
) -> None:
    async with at_work(size=(120, 30)) as seat:
        save(seat, CODE.format(n=1))
        await look(seat)
        await seat.press("b")
        save(seat, CODE.format(n=2))
        await look(seat)
        assert "✗ Not yet" in seat.text
        await seat.press("u")
        one, two = CODE.format(n=1), CODE.format(n=2)
        assert files(seat) == {"dpo-loss.py": one, "dpo-loss.2.py": two}
        assert "undone: the reset of dpo-loss; what you wrote after it is" in seat.text
        assert "dpo-loss.2.py" in seat.text.replace(" ", "")
        assert "✗ Not yet" not in seat.text


async def test_resets_and_attempts_are_undone_the_newest_first(at_work) -> None:
    async with at_work(RIGHT) as seat:
        for n in (1, 2):
            save(seat, CODE.format(n=n))
            await look(seat)
            await seat.press("b")
        assert [name for name, _quality in attempts(seat)] == ["pass", "pass"]
        save(seat, CODE.format(n=3))
        await look(seat)
        said, mine = [], []
        while "u undo" in seat.keys:
            await seat.press("u")
            said.append(str(seat.screen.query_one(".said").content).partition(";")[0])
            mine.append(files(seat)["dpo-loss.py"][-2])
        attempt = "undone: the attempt at dpo-loss"
        reset = "undone: the reset of dpo-loss"
        assert said == [attempt, reset, attempt, reset, attempt]
        assert mine == [*"32211"]
        assert sorted(files(seat).values()) == [CODE.format(n=n) for n in (1, 2, 3)]


async def test_a_former_file_that_is_gone_is_said_and_undo_goes_on(at_work) -> None:
    async with at_work(RIGHT) as seat:
        save(seat, CODE.format(n=1))
        await look(seat)
        await seat.press("b")
        path = Path(seat.screen.file.path)
        path.with_suffix(".1.py").unlink()
        await seat.press("u")
        assert "there is no file" in seat.text
        assert path.read_text() == find("dpo-loss").starter
        await seat.press("u")
        assert "undone: the attempt at dpo-loss" in seat.text


async def test_what_was_undone_is_said_until_the_next_grading(at_work) -> None:
    async with at_work(RIGHT) as seat:
        save(seat, CODE.format(n=1))
        await look(seat)
        await seat.press("u", "r")
        assert "✓ Passed, quality 5" in seat.text
        assert "undone:" not in seat.text
        await seat.press("b")
        save(seat, CODE.format(n=2))
        await look(seat)
        assert "blank again" not in seat.text


async def test_a_save_does_not_take_a_question_away(at_work) -> None:
    async with at_work() as seat:
        await seat.press("g")
        save(seat, CODE.format(n=1))
        await look(seat)
        assert "Show the solution?" in seat.text and "✗ Not yet" in seat.text
