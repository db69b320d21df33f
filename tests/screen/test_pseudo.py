"""Every word on a screen is the catalogue's, the course's own apart.

As tests/test_pseudo.py: in the made-up language no plain vowel is seen on a screen.
The screens were imported in English, so what is marked is translated where it is shown.
"""

import re
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from textual.widgets import Input

from drillbox.grader.report import Case
from drillbox.lab import document
from drillbox.lab import run as lab
from drillbox.lab.chart import Chart
from drillbox.lab.general import Happened, Question, Run
from drillbox.lab.partition import PARTITION
from drillbox.library.load import load_course
from drillbox.screen.edit_box import EditBox
from drillbox.screen.exercise import ExerciseScreen
from drillbox.screen.first import FirstScreen
from drillbox.screen.lab_run import LabRunScreen
from drillbox.screen.note import NoteScreen
from drillbox.screen.run import RunScreen
from drillbox.screen.small import SmallScreen
from drillbox.session import Ask
from tests import pictures
from tests.conftest import COURSES
from tests.pictures import FakeGrader, stage
from tests.pseudo import NAMES, plain_words, pseudo
from tests.screen.conftest import Seat, keys_for

SIZE = (110, 70)
NO_WORDS = {
    *(*NAMES, "a", "o", "oo"),  # keys, and the sign of a curve
    *("dpo", "loss", "three", "pairs", "partition"),  # of an exercise and of runs
    *("Landlock", "seccomp", "A", "ref"),  # others, of a pair and in a formula
    *("bold", "not"),  # printed by the learner's code
}
HELPED: set[tuple[str, str, str]] = set()  # screens whose help was looked at


@asynccontextmanager
async def seated(home: Path) -> AsyncIterator[Seat]:
    """Somebody at the course whose words have no vowels."""
    course = load_course(str(COURSES / "vlk")).course
    assert course is not None
    async with stage(home, course, SIZE[0], height=SIZE[1]) as (app, hand):
        yield Seat(app, hand)


def left(seat: Seat) -> list[str]:
    """The words with a plain vowel that are seen; none is drawn where none is."""
    text = re.sub(r"log π\((chosen|rejected)\)", "", seat.text)
    seen = [word for word in plain_words(text) if word not in NO_WORDS]
    assert "⟦" in seat.text
    return seen


async def look(seat: Seat) -> None:
    """The screen; and the keys that work on it, where they are others than before."""
    assert left(seat) == [], "\n".join(seat.lines)
    shown = seat.screen
    about = (seat.shown, str(shown.focused), seat.keys)
    if about in HELPED:
        return
    HELPED.add(about)
    await seat.press("f1")
    if seat.screen is not shown:
        assert seat.shown == "HelpScreen"
        assert left(seat) == [], "\n".join(seat.lines)
        await seat.press("escape")


# -- a day


async def test_every_word_of_a_session_comes_from_the_catalogue(
    spoken: None, tmp_path: Path
) -> None:
    asked: list[str] = []
    async with seated(tmp_path) as seat:
        await look(seat)
        await seat.press("enter")
        while seat.shown != "EndScreen":
            await look(seat)
            await step(seat, asked)
        await look(seat)
        await seat.press("enter")
        await look(seat)
        await seat.press("t")
        await look(seat)
        await seat.press("escape", "u")
        await look(seat)
    assert len(set(asked)) == len(asked) // 2 == 8, "each kind wrong and right"


async def step(seat: Seat, asked: list[str]) -> None:
    """Go on: what is new is not known, what comes again is answered."""
    shown = seat.screen.step
    if seat.shown == "ReadScreen":
        await seat.press("g")
        await look(seat)
        await seat.press("escape")
        await seat.read()
    elif not isinstance(shown, Ask):
        await seat.press("4" if shown.quality is None else "enter")
    elif shown.cause == "again":
        kind = shown.item.card.kind
        asked.append(kind)
        keys = ["z", "enter"] if kind == "recall" else keys_for(shown)
        await seat.press(*keys)
    else:
        asked.append(shown.item.card.kind)
        await begin(seat, shown)
        seat.screen.action_unknown()
        await seat.settle()


async def begin(seat: Seat, ask: Ask) -> None:
    """Take the hint, and half of an answer."""
    seat.screen.action_hint()
    await seat.settle()
    half = {"direction": ["up", "down"], "order": ["1", "2"], "choice": ["down"]}
    half |= {"numeric": ["7"], "spot": ["2"]}
    await seat.press(*half.get(ask.item.card.kind, []))
    await look(seat)


async def test_every_word_of_the_first_time_comes_from_the_catalogue(
    spoken: None, tmp_path: Path
) -> None:
    async with seated(tmp_path) as seat:
        for screen in (FirstScreen(), NoteScreen("drps/krk.yaml:1")):
            await seat.app.push_screen(screen)
            await seat.settle()
            assert left(seat) == [], "\n".join(seat.lines)
            await seat.press("escape")
        await seat.resize(39, 20)
        assert isinstance(seat.screen, SmallScreen)
        assert left(seat) == [], "\n".join(seat.lines)


@pytest.mark.parametrize("width", [40, 60, 110])
async def test_every_word_of_the_path_comes_from_the_catalogue(
    spoken: None, tmp_path: Path, width: int
) -> None:
    async with seated(tmp_path) as seat:
        await seat.press("enter")
        await seat.read()
        await seat.press("q")
        await seat.resize(width, 40)
        assert left(seat) == [], "\n".join(seat.lines)


# -- what lies beside it


@pytest.mark.parametrize("width", [40, 60, 110])
async def test_every_word_of_the_statistics_comes_from_the_catalogue(
    spoken: None, tmp_path: Path, width: int
) -> None:
    course = load_course(str(COURSES / "vlk")).course
    assert course is not None
    pictures.live(tmp_path, course)
    async with seated(tmp_path) as seat:
        await seat.press("t")
        await seat.resize(width, SIZE[1])
        await look(seat)


async def test_every_word_of_the_questions_comes_from_the_catalogue(
    spoken: None, tmp_path: Path
) -> None:
    async with seated(tmp_path) as seat:
        await seat.press("w")
        await look(seat)
        await seat.press("enter")
        await look(seat)
        await seat.press("y")
        assert left(seat) == [], "\n".join(seat.lines)


async def test_every_word_of_the_library_comes_from_the_catalogue(
    spoken: None, tmp_path: Path
) -> None:
    there = tmp_path / "drillbox" / "courses"
    shutil.copytree(COURSES / "vlk", there / "krk")
    shipped = patch("drillbox.screen.courses.shelf", lambda: own(there))
    async with seated(tmp_path) as seat:
        with shipped:
            await seat.press("c")
            await look(seat)


def own(there: Path) -> list[Any]:
    """The library without the shipped course, whose title has vowels; and a course that
    cannot be opened."""
    from drillbox.library.shelf import shelf

    mine = [book for book in shelf() if book.path and str(there) in book.path]
    return [*mine, *(replace(book, trouble="krk") for book in mine)]


async def test_every_word_of_the_palette_comes_from_the_catalogue(
    spoken: None, tmp_path: Path
) -> None:
    async with seated(tmp_path) as seat:
        seat.app._driver.report_mouse = lambda ours: None  # type: ignore[union-attr]
        await seat.press("ctrl+p")
        assert seat.shown == "Palette"
        assert left(seat) == [], "\n".join(seat.lines)
        assert seat.screen.query_one(Input).placeholder == pseudo(
            "part of a name; Enter does it, Esc leaves"
        )
        await seat.press(*"zzz")
        seat.screen.tell_nothing("zzz")
        await seat.settle()
        assert pseudo("No matches found") in seat.text
        await seat.press("escape")
        for act in (seat.app.action_help_quit, lambda: seat.app.use_mouse(False)):
            act()
            await seat.settle()
            assert left(seat) == [], "\n".join(seat.lines)


# -- what is tried


KRK = tuple(Case("krk", passed, "" if passed else "zmrzl") for passed in (True, False))
PASSED = KRK[:1]


@asynccontextmanager
async def exercised(seat: Seat, cases: tuple[Case, ...]) -> AsyncIterator[None]:
    """An exercise with a task and hints without vowels."""
    course, log = seat.app.opened()
    grader: Any = FakeGrader(cases)
    screen = ExerciseScreen("dpo-loss", course, log, grader)
    plain: Any = {"task": "Krk.", "title": "Krk", "hints": ["Vlk."]}
    head = screen.exercise.head.model_copy(update=plain)
    screen.exercise = replace(screen.exercise, head=head)
    screen.heading = re.sub(r"[^·⟦~⟧]+(?=~*⟧)", "krk", screen.heading)
    with (
        patch("tests.pictures.MEANT", None),
        patch.object(type(screen.exercise), "solution", lambda _self: "krk"),
    ):
        await seat.app.push_screen(screen)
        await seat.settle()
        yield


async def test_every_word_of_an_exercise_comes_from_the_catalogue(
    spoken: None, tmp_path: Path
) -> None:
    async with seated(tmp_path) as seat, exercised(seat, KRK):
        for keys in ([], ["h"], ["r"], ["b"], ["g"], ["n"], ["g", "y"], ["u"]):
            await seat.press(*keys)
            await look(seat)


async def test_every_word_of_a_solved_exercise_comes_from_the_catalogue(
    spoken: None, tmp_path: Path
) -> None:
    async with seated(tmp_path) as seat, exercised(seat, PASSED):
        Path(seat.screen.file.path).write_text("krk")
        for keys in (["r"], ["d"], ["escape", "r"]):
            await seat.press(*keys)
            await look(seat)


async def test_every_word_of_the_edit_box_comes_from_the_catalogue(
    spoken: None, tmp_path: Path
) -> None:
    path = tmp_path / "krk.py"
    path.write_text("krk")
    async with seated(tmp_path) as seat:
        await seat.app.push_screen(EditBox(str(path)))
        await seat.settle()
        path.write_text("zmrzl")
        await seat.press("v", "ctrl+s")
        await look(seat)


@pytest.fixture
def recipe() -> Iterator[lab.PairRun]:
    """The run three-pairs without what its model reads."""
    found = lab.find("three-pairs")
    texts = {"prompt": "krk", "chosen": "vlk", "rejected": "plch"}
    silent = replace(found, pairs=tuple(replace(p, **texts) for p in found.pairs))
    with patch("drillbox.screen.run.lab.find", lambda _name: silent):
        yield silent


async def test_every_word_of_a_run_of_pairs_comes_from_the_catalogue(
    spoken: None, tmp_path: Path, recipe: lab.PairRun
) -> None:
    async with seated(tmp_path) as seat:
        course, log = seat.app.opened()
        start: Any = lambda name: pictures.records()  # noqa: E731
        with patch("drillbox.lab.keep.before", pictures.before):
            await seat.app.push_screen(RunScreen("three-pairs", course, log, start))
        await seat.settle()
        await look(seat)
        await seat.press("enter", "up")
        await look(seat)
        await seat.press("down")
        await look(seat)
        await seat.press("escape")
    async with seated(tmp_path) as seat:
        with patch("drillbox.lab.keep.before", pictures.before):
            await pictures.told(seat.app, seat.hand)
        await pictures.draw(seat.app, seat.hand)
        await look(seat)
        seat.screen.action_stop()
        await seat.settle()
        await look(seat)


QUESTIONS = (Question("vlk", "Vlk?", ("plch", "krk")), Question("krk", "Krk?", (), 0.5))


def made() -> Run:
    """A run whose texts have no vowels."""
    happened = {"vlk": Happened("krk", "1", "zmrzl"), "krk": Happened(1.0, "1", "zd")}
    return Run(
        "krk",
        "Krk",
        1,
        "Vlk.",
        (),
        QUESTIONS,
        "",
        1.0,
        ("Zmrzl.", "Zdrhl.", "Krk."),
        lambda _records: happened,
        lambda record: "krk" if record["type"] == "step" else "",
        lambda _records: Chart("Krk", "x", "z", ()),
    )


async def test_every_word_of_a_run_comes_from_the_catalogue(
    spoken: None, tmp_path: Path
) -> None:
    def start(_run: Run) -> Iterator[dict[str, Any]]:
        yield {"type": "header"}
        yield {"type": "step"}
        yield {"type": "end", "seconds": 1.0}

    async with seated(tmp_path) as seat:
        course, log = seat.app.opened()
        begun: Any = start
        await seat.app.push_screen(LabRunScreen(made(), course, log, begun))
        await seat.settle()
        typed = (*"zz", "enter"), ("backspace", "backspace", "7", "enter")
        for keys in ((), ("enter",), ("1",), ("9",), *typed, ("9",), ("u",)):
            await seat.press(*keys)
            await look(seat)


async def test_every_word_that_a_run_of_the_course_says_comes_from_the_catalogue(
    spoken: None, tmp_path: Path
) -> None:
    def start(run: Run) -> Iterator[dict[str, Any]]:
        yield from document.shipped(run.id)
        yield {"type": "end", "seconds": 1.0}

    async with seated(tmp_path) as seat:
        course, log = seat.app.opened()
        begun: Any = start
        await seat.app.push_screen(LabRunScreen(PARTITION, course, log, begun))
        await seat.settle()
        for keys in ("", "enter", *"1919191", "9"):
            await seat.press(*filter(None, [keys]))
            await look(seat)
        assert isinstance(seat.screen, LabRunScreen) and seat.screen.phase == "told"
        assert seat.screen.said["shifted"].answer == "up"
        await seat.press("end")
        await look(seat)
