"""The exercise screen: its file is made, its keys, and what is recorded."""

import os
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from drillbox import places
from drillbox.domain.event import Draft
from drillbox.grader.exercise import find
from drillbox.screen import editor
from drillbox.screen.exercise import ExerciseScreen
from tests import pictures
from tests.screen.desk import CODE, RIGHT, WRONG, attempts, look, save


async def test_the_file_is_made_from_the_starter_and_never_overwritten(at_work) -> None:
    async with at_work() as seat:
        path = Path(seat.screen.file.path)
        assert path.read_text() == find("dpo-loss").starter
        assert "Your file:" in seat.text
        path.write_text("mine")
    async with at_work():
        assert path.read_text() == "mine"


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


async def test_long_lines_of_code_are_broken_and_never_cut(at_work) -> None:
    async with at_work(size=(60, 60)) as seat:
        await seat.press("g", "y")
        solution = find("dpo-loss").solution()
        assert max(map(len, solution.split("\n"))) > 60
        assert "".join(solution.split()) in "".join(seat.text.split())


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
