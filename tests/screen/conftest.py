"""The app under test, on the small course, the real one, or one with every kind."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from textual.pilot import Pilot

from drillbox import places
from drillbox.domain.course import Course
from drillbox.domain.event import Event
from drillbox.domain.expression import parse
from drillbox.domain.settings import Settings
from drillbox.domain.studyday import Moment
from drillbox.grader.report import Case
from drillbox.history.log import Log
from drillbox.library.load import load_course
from drillbox.screen.app import DrillApp, Wish
from drillbox.session import Ask
from tests import pictures
from tests.screen.desk import WRONG

GOLDEN = Path(__file__).parents[1] / "domain" / "golden"
MOVES = {"up": "up", "down": "down", "same": "equals_sign"}

HEAD = """
id: kinds
title: Every kind
goal: To test with.
level: Applied
category: technology
days: 8
minutes: [5, 8]
phases: [{title: One, outcome: One thing}]
"""


def keys_for(ask: Ask, well: bool = True) -> list[str]:
    """The keys that answer this question, rightly or wrongly, and how sure."""
    keys = answer_keys(ask, well)
    if ask.item.card.kind == "direction":
        return [*keys, "9" if ask.sure else "enter"]
    return [*keys, "9"] if ask.sure else keys


def answer_keys(ask: Ask, well: bool) -> list[str]:
    """The keys that answer it."""
    card: Any = ask.item.card
    shown = list(ask.variant.order)
    if card.kind == "choice":
        right = [k for k, option in enumerate(card.options) if option.right]
        if len(right) == 1:
            place = next(p for p, k in enumerate(shown) if (k in right) is well)
            return [str(place + 1)]
        ticked = right if well else [k for k in shown if k not in right]
        return [*(str(shown.index(k) + 1) for k in ticked), "enter"]
    if card.kind == "order":
        steps = [str(shown.index(k) + 1) for k in range(len(shown))]
        return [*(steps if well else reversed(steps)), "enter"]
    if card.kind == "direction":
        answers = [quantity.answer for quantity in card.quantities]
        other = {"up": "down", "down": "same", "same": "up"}
        return [MOVES[a if well else other[a]] for a in answers]
    if card.kind == "spot":
        line = card.line if well else card.line % len(card.code.splitlines()) + 1
        return [*str(line), "enter"]
    return [*typed(ask, well), "enter"]


def typed(ask: Ask, well: bool) -> str:
    """What is typed for a kind that is typed."""
    card: Any = ask.item.card
    if card.kind == "numeric":
        value = parse(card.answer).evaluate(ask.variant.values)
        return f"{value if well else value * 3 + 1:.6g}"
    if card.kind == "formula":
        return card.answer if well else "17"
    if card.kind == "cloze":
        return card.blanks[ask.item.blank].answer if well else "zebra"
    return "as I said"


class Seat:
    """Someone at the keyboard of `app`."""

    def __init__(self, app: DrillApp, hand: Pilot[str]) -> None:
        self.app = app
        self.hand = hand

    async def press(self, *keys: str) -> None:
        """Press keys and wait for what they lead to."""
        await pictures.press(self.app, self.hand, *keys)

    async def settle(self) -> None:
        """Wait until nothing happens any more."""
        await pictures.settle(self.app, self.hand)

    async def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        await pictures.resize(self.app, self.hand, width, height)

    async def answer(self, well: bool = True) -> None:
        """Answer the question that is shown."""
        await self.press(*keys_for(self.screen.step, well))

    async def read(self) -> None:
        """Turn the pages of a drop to its end and go on."""
        while self.shown == "ReadScreen":
            await self.press("space")

    @property
    def screen(self) -> Any:
        """The screen that is seen."""
        return self.app.screen

    @property
    def shown(self) -> str:
        """The kind of screen that is seen."""
        return type(self.app.screen).__name__

    @property
    def text(self) -> str:
        """What is seen, in one line with single blanks."""
        return " ".join(" ".join(pictures.lines(self.app)).split())

    @property
    def lines(self) -> list[str]:
        """What is seen."""
        return pictures.lines(self.app)

    @property
    def keys(self) -> str:
        """The line of keys that is seen."""
        from drillbox.screen.keys import Keys

        return " ".join(str(self.screen.query_one(Keys).content).split())

    def events(self, kind: str = "answer") -> list[Event]:
        """What is on disk, of one kind."""
        _, log = self.app.opened()
        return [event for event in log.events() if event.kind == kind]


SitDown = Callable[..., AbstractAsyncContextManager[Seat]]


@pytest.fixture
def sit_down(home: Path, clock: Callable[[], Moment]) -> SitDown:
    """Starts the app over a course, on a record in `home`, by the test's clock."""

    @asynccontextmanager
    async def sit(
        course: Course,
        wish: Wish | None = None,
        size: tuple[int, int] = (80, 30),
        **settings: Any,
    ) -> AsyncIterator[Seat]:
        chosen = Settings.model_validate(settings)
        app = DrillApp(
            wish or Wish(),
            lambda _: (chosen, course),
            lambda: Log.open(places.home(), clock),
        )
        async with app.run_test(size=size) as hand:
            seat = Seat(app, hand)
            await seat.settle()
            yield seat

    return sit


@pytest.fixture(scope="session")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Eight drops, one for each kind of card in the order of the alphabet."""
    directory = tmp_path_factory.mktemp("courses") / "kinds"
    (directory / "drops").mkdir(parents=True)
    (directory / "course.yaml").write_text(HEAD, encoding="utf-8")
    for number, path in enumerate(sorted(GOLDEN.glob("*.yaml")), 1):
        drop = drop_of(path, number)
        text = yaml.safe_dump(drop, allow_unicode=True, sort_keys=False)
        file = directory / "drops" / f"{number:02}-{path.stem}.yaml"
        file.write_text(text, encoding="utf-8")
    loaded = load_course(str(directory))
    assert loaded.course is not None, loaded.problems
    return loaded.course


def drop_of(path: Path, number: int) -> dict[str, Any]:
    """A drop with the first card of a golden file."""
    card = yaml.safe_load(path.read_text(encoding="utf-8"))[0]["card"]
    words = {"id": f"drop-of-{path.stem}", "title": path.stem, "does": "read"}
    place = {"drop": number, "phase": 1, "minutes": 5, "reading": "Read it."}
    return {**words, **place, "cards": [card]}


@pytest.fixture(scope="session")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course of one drop that the pictures are taken of."""
    return pictures.course_of(tmp_path_factory.mktemp("courses") / "scenes")


LONG = """
id: long-drop
drop: 1
phase: 1
minutes: 5
title: Long
does: read
reading: Read it.
cards:
  - id: long-code
    kind: spot
    prompt: Which line is wrong?
    code: |
{code}
    line: 14
    fix: line = 0
    explain: It is.
"""


@pytest.fixture(scope="session")
def long_spot(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """One card with fifteen lines of code."""
    tmp_path = tmp_path_factory.mktemp("courses")
    code = "\n".join(f"      line = {n}" for n in range(1, 16))
    drop = LONG.format(code=code)
    return pictures.course_of(tmp_path / "long", HEAD, drop)


@pytest.fixture
def at_work(sit_down, scenes) -> Callable[..., AbstractAsyncContextManager[Any]]:
    """The exercise screen with a grader that says what it is told."""
    from drillbox.screen.exercise import ExerciseScreen  # numpy: about 100 ms

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
