"""More text pictures: each kind of card, and what is empty, wrong or in the way.

`python tests/states.py` writes them again; tests/screen/test_states.py compares. They
are taken in the smallest window and in one of 80 columns.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))

from drillbox import places  # noqa: E402
from drillbox.domain.course import Course  # noqa: E402
from drillbox.errors import GraderError  # noqa: E402
from drillbox.lab.begin import find  # noqa: E402
from drillbox.lab.document import shipped  # noqa: E402
from drillbox.lab.run import LabError  # noqa: E402
from drillbox.library.load import load_course  # noqa: E402
from drillbox.screen.app import DrillApp  # noqa: E402
from drillbox.screen.theme import THEMES  # noqa: E402
from tests import pictures  # noqa: E402
from tests.pictures import ENTERS, Hand, Scene, Taken, press, scene, settle  # noqa: E402

GOLDEN = HERE / "domain" / "golden"
SIZES = ((pictures.NARROW, pictures.LOW), (80, 24))

HEAD = """
id: kinds
title: One card of a kind
goal: To look at.
level: Applied
category: technology
days: 1
minutes: [5, 8]
phases: [{title: One, outcome: One thing}]
"""
TERMS = r"""
- term: margin
  symbols: [h]
  meaning: The difference of the two log-ratios, $h = \log\frac{\pi_w}{\pi_l}$, in nats.
"""


def card(kind: str, number: int = 0) -> Callable[[Path], Course]:
    """A course of one card, the golden one of this kind with this number."""

    def written(directory: Path) -> Course:
        text = (GOLDEN / f"{kind}.yaml").read_text(encoding="utf-8")
        about = {"id": "one", "drop": 1, "phase": 1, "minutes": 5, "title": "One card"}
        about |= {"does": "read", "reading": "The *margin* $h$ is a number."}
        drop = about | {"cards": [yaml.safe_load(text)[number]["card"]]}
        return course(directory, yaml.safe_dump(drop, allow_unicode=True))

    return written


def page(directory: Path) -> Course:
    """A course of one card, the blank page of drop 5."""
    path = HERE.parent / "content" / "dpo" / "drops"
    (file,) = path.glob("05-*.yaml")
    drop = yaml.safe_load(file.read_text(encoding="utf-8"))
    pages = [one for one in drop["cards"] if "lines" in one]
    about = {"id": "one", "drop": 1, "phase": 1, "minutes": 5, "title": "One card"}
    about |= {"does": "read", "reading": "Read it.", "cards": pages[:1]}
    return course(directory, yaml.safe_dump(about, allow_unicode=True))


def course(directory: Path, drop: str, head: str = HEAD) -> Course:
    """A course of one drop and one term."""
    (directory / "drops").mkdir(parents=True)
    (directory / "course.yaml").write_text(head, encoding="utf-8")
    (directory / "glossary.yaml").write_text(TERMS, encoding="utf-8")
    (directory / "drops" / "01-one.yaml").write_text(drop, encoding="utf-8")
    loaded = load_course(str(directory))
    assert loaded.course is not None, loaded.problems
    return loaded.course


Before = Callable[[Path, Course], None]


@dataclass(frozen=True)
class State:
    """What is seen of a course after some keys. before: what home holds by then."""

    act: Scene
    course: Callable[[Path], Course] = pictures.course_of
    before: Before | None = None


def right(name: str) -> Scene:
    """The verdict on the right answer to a card of the small course."""

    async def act(app: DrillApp, hand: Hand) -> None:
        await press(app, hand, *ENTERS)
        screen: Any = app.screen
        while screen.step.item.id != name:
            screen.answer(pictures.RIGHT[screen.step.item.id])
            await settle(app, hand)
            await press(app, hand, "enter")
            screen = app.screen
        screen.answer(pictures.RIGHT[name])
        await settle(app, hand)

    return act


def grade(error: str) -> Scene:
    """A grader that cannot grade."""

    class Broken(pictures.FakeGrader):
        def grade(self, *_: Any, **__: Any) -> Any:
            raise GraderError(error)

    return at_exercise(Broken, "r")


def at_exercise(grader: Callable[[], Any], *keys: str) -> Scene:
    """The exercise screen after these keys."""

    async def act(app: DrillApp, hand: Hand) -> None:
        from drillbox.screen.exercise import ExerciseScreen

        opened, log = app.opened()
        await app.push_screen(ExerciseScreen("dpo-loss", opened, log, grader()))
        await settle(app, hand)
        await press(app, hand, *keys)

    return act


async def without_file(app: DrillApp, hand: Hand) -> None:
    """The learner's file has gone away."""
    await at_exercise(pictures.FakeGrader)(app, hand)
    screen: Any = app.screen
    os.remove(screen.file.path)
    await press(app, hand, "r")


def broken(home: Path, _: Course) -> None:
    """Two more courses: one that cannot be read, one that can."""
    pictures.add(home)
    with pictures.fixed(home):
        there = Path(places.courses()) / "broken"
    there.mkdir()
    (there / "course.yaml").write_text("id: [broken\n", encoding="utf-8")


async def in_the_box(app: DrillApp, hand: Hand) -> None:
    """Code is written on the screen, as in a browser."""
    os.environ.pop("VISUAL", None)
    os.environ.pop("EDITOR", None)
    await at_exercise(pictures.FakeGrader, "e")(app, hand)


async def all_done(app: DrillApp, hand: Hand) -> None:
    """Home after a session in which everything was answered."""
    await pictures.ended(app, hand)
    await press(app, hand, "enter")


async def too_small(app: DrillApp, hand: Hand) -> None:
    """The window cannot be read in; it is made so when the picture is taken."""


async def broken_off(app: DrillApp, hand: Hand) -> None:
    """A run that breaks off."""
    from unittest.mock import patch

    from drillbox.screen.run import RunScreen

    def start(name: str) -> Any:
        yield from list(pictures.records(5))[:-1]
        raise LabError("the run broke off: out of memory; run it again")

    opened, log = app.opened()
    with patch("drillbox.lab.keep.before", pictures.before):
        screen = RunScreen("three-pairs", opened, log, start)
    await app.push_screen(screen)
    await settle(app, hand)
    await pictures.predict(app, hand)


def at_lab(start: Callable[[Any], Any], *keys: str) -> Scene:
    """The screen of the run tabular over these records, after these keys."""

    async def act(app: DrillApp, hand: Hand) -> None:
        from drillbox.screen.lab_run import LabRunScreen

        run = find("tabular")
        assert run is not None
        await app.push_screen(LabRunScreen(run, *app.opened(), start))
        await settle(app, hand)
        await press(app, hand, *keys)
        await pictures.draw(app, hand)

    return act


def recorded(run: Any) -> Iterator[dict[str, Any]]:
    """The shipped record of a run."""
    yield from shipped(run.id)
    yield {"type": "end", "seconds": 1.0}


def broken_at_40(run: Any) -> Iterator[dict[str, Any]]:
    """A run that breaks off after some of its records."""
    yield from shipped(run.id)[:40]
    raise LabError("the run broke off: out of memory; run it again")


async def lab_running(app: DrillApp, hand: Hand) -> None:
    """A run of which 40 records have come, and none comes while it is looked at."""
    await at_lab(recorded)(app, hand)
    screen: Any = app.screen
    screen.records = shipped("tabular")[:40]
    screen.show("running", *screen.running())
    await settle(app, hand)
    screen.paint(screen.records)
    await pictures.draw(app, hand)


async def pairs_running(app: DrillApp, hand: Hand) -> None:
    """The run three-pairs at step 11."""
    await pictures.opened_run(app, hand)
    screen: Any = app.screen
    screen.records = list(pictures.records(11))[:-1]
    screen.show("running", *screen.running())
    await settle(app, hand)
    screen.paint(screen.records)
    await pictures.draw(app, hand)


# below 1e-8, β log Z, down, up: the last one wrong
LAB_KEYS = (*ENTERS, "1", "9", "1", "8", "2", "7", "2", "0")

STATES: dict[str, State] = {
    "card-cloze": State(scene(*ENTERS, *"log"), card("cloze")),
    "card-direction": State(scene(*ENTERS, "up"), card("direction")),
    "card-formula": State(scene(*ENTERS, *"-log(h)/(beta+1)"), card("formula")),
    "card-formula-open": State(scene(*ENTERS, *"-log(h)/(beta"), card("formula")),
    "card-formula-wrong": State(scene(*ENTERS, *"-log(b)/2", "enter"), card("formula")),
    "card-numeric": State(scene(*ENTERS, *"1/0"), card("numeric")),
    "card-numeric-wrong": State(scene(*ENTERS, "2", "x", "enter"), card("numeric")),
    "card-order": State(scene(*ENTERS, "2"), card("order")),
    "card-order-moved": State(scene(*ENTERS, "down", "J", "J"), card("order")),
    "card-recall": State(scene(*ENTERS), card("recall")),
    "card-recall-open": State(scene(*ENTERS, *"yes", "enter"), card("recall")),
    "card-spot": State(scene(*ENTERS, "down", "down"), card("spot")),
    "card-page": State(
        scene(*ENTERS, "enter", *"r-b*(lp-lq)", "enter", *"(lp-lq)-r/(b"), page
    ),
    "verdict-right": State(right("first-loss")),
    "verdict-unknown": State(scene(*ENTERS, "question_mark")),
    "hint": State(scene(*ENTERS, "h")),
    "undone": State(scene(*ENTERS, "1", "9", "u")),
    "glossary": State(scene("enter", "g"), card("recall")),
    "home-keys": State(scene("f1")),
    "home-done": State(all_done),
    "reread": State(scene("r")),
    "courses-broken": State(scene("c", "2"), before=broken),
    "questions-none": State(scene("w")),
    "exercise-start": State(at_exercise(pictures.FakeGrader)),
    "exercise-not-graded": State(grade("torch cannot be imported here")),
    "exercise-no-file": State(without_file),
    "exercise-give-up": State(at_exercise(pictures.FakeGrader, "g")),
    "exercise-box": State(in_the_box),
    "run-start": State(pictures.opened_run),
    "run-running": State(pairs_running),
    "lab-run": State(at_lab(recorded)),
    "lab-run-asked": State(at_lab(recorded, *ENTERS, "down")),
    "lab-run-running": State(lab_running),
    "lab-run-told": State(at_lab(recorded, *LAB_KEYS)),
    "lab-run-failed": State(at_lab(broken_at_40, *LAB_KEYS)),
    "run-failed": State(broken_off),
    "too-small": State(too_small),
}


def sizes_of(name: str) -> tuple[tuple[int, int], ...]:
    """The windows a picture is taken in."""
    return ((30, 8),) if name == "too-small" else SIZES


@cache
def taken(name: str) -> Taken:
    """One state in every window and every theme."""
    with tempfile.TemporaryDirectory() as home:
        return asyncio.run(take(STATES[name], sizes_of(name), Path(home)))


async def take(state: State, sizes: tuple[tuple[int, int], ...], home: Path) -> Taken:
    """One state in every window and every theme."""
    course = state.course(home / "course")
    if state.before is not None:
        state.before(home, course)
    texts, colours = {}, {}
    async with pictures.stage(home, course, 80) as (app, hand):
        await state.act(app, hand)
        for width, height in sizes:
            await pictures.resize(app, hand, width, height)
            texts[width] = "\n".join(pictures.lines(app)) + "\n"
        for theme in THEMES:
            app.theme = theme.name
            await settle(app, hand)
            colours[theme.name] = set(pictures.painted(app))
    return Taken(texts, colours)


def main() -> None:
    """Write every picture again, or those of the states that are named."""
    for name in sys.argv[1:] or STATES:
        for width, text in taken(name).texts.items():
            pictures.path_of(name, width).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
