"""The exercise screen: the file is made, watched and graded; attempts are recorded."""

import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from drillbox.errors import GraderError
from drillbox.grader import workfile
from drillbox.grader.exercise import find
from drillbox.grader.report import Case
from drillbox.screen import editor
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
        assert "✗ Not yet: 1 of 2 cases right" in seat.text
        assert "✓ right 1 pair" in seat.text
        assert "✗ wrong 2 pairs: loss: 1, expected 2" in seat.text
        assert attempts(seat) == [("check", None)]


async def test_a_save_is_graded_once_it_is_whole(at_work) -> None:
    async with at_work() as seat:
        save(seat, "def")
        seat.screen.watch_file()
        save(seat, CODE.format(n=1))
        seat.screen.watch_file()
        await seat.settle()
        assert seat.grader.sources == []
        await look(seat)
        assert seat.grader.sources == [CODE.format(n=1)]


async def test_what_comes_with_the_cases_is_shown_as_it_is(at_work) -> None:
    async with at_work() as seat:
        await seat.press("r")
        await seat.press(*["pagedown"] * 3)
        assert "Your results are consistent with" in seat.text
        assert "Cards on it: first-loss" in seat.text
        assert r"│ [bold]not markup[/bold] \x1b[31m" in seat.text
        assert "Sandbox: confined" in seat.text


async def test_a_pass_at_the_first_check_counts_as_five(at_work) -> None:
    async with at_work(RIGHT) as seat:
        save(seat, CODE.format(n=1))
        await look(seat)
        assert attempts(seat) == [("pass", 5)]
        assert "✓ Passed, quality 5, easy; back on 2026-11-24" in seat.text
        await seat.press("r")
        assert "nothing moves" in seat.text
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


async def test_without_an_editor_the_key_says_what_to_do(at_work, monkeypatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with at_work() as seat:
        await seat.press("e")
        assert "no editor is set: set EDITOR" in seat.text


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
    assert workfile.short("/home/ada/x/y.py") == "~/x/y.py"
    assert workfile.short("/home/adam/y.py") == "/home/adam/y.py"


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
