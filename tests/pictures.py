"""Text pictures of the screens, and the picture in docs/.

`python tests/pictures.py` writes them again; tests/screen/test_pictures.py compares.
The one place that asks Textual for its lines and queues, which have no public names.
"""

import asyncio
import os
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rich.segment import Segment
from textual.events import Key
from textual.pilot import Pilot

HERE = Path(__file__).parent
if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))

from drillbox import places  # noqa: E402
from drillbox.domain.course import Course  # noqa: E402
from drillbox.domain.event import Draft  # noqa: E402
from drillbox.domain.settings import Settings  # noqa: E402
from drillbox.domain.studyday import Moment  # noqa: E402
from drillbox.grader.report import Case, Diagnosis, Report  # noqa: E402
from drillbox.grader.sandbox.ladder import Sandbox  # noqa: E402
from drillbox.history.log import Log  # noqa: E402
from drillbox.lab.run import find  # noqa: E402
from drillbox.library.load import load_course  # noqa: E402
from drillbox.screen.app import DrillApp, Wish  # noqa: E402
from drillbox.screen.figure import Figure  # noqa: E402
from drillbox.screen.theme import THEMES  # noqa: E402
from drillbox.session import adopt  # noqa: E402

PICTURES = HERE / "screen" / "pictures"
DOCS = HERE.parent / "docs"
WIDTHS = (60, 80, 120)
HEIGHT = 32
NARROW, LOW = 40, 15  # the smallest window that is still usable
CHARACTERS = {
    "space": " ",
    "question_mark": "?",
    "exclamation_mark": "!",
    "equals_sign": "=",
    "enter": "\r",
}
Rgb = tuple[int, int, int]
NOON = 1_795_435_200_000  # 2026-11-23 12:00 UTC, in ms
DAY = 86_400_000

COURSE = """
id: scenes
title: A course for pictures
goal: To look at.
level: Applied
category: technology
days: 1
minutes: [5, 8]
phases: [{title: One, outcome: One thing}]
"""

DROP = r"""
id: margin
drop: 1
phase: 1
minutes: 7
title: The loss is a log-sigmoid of a margin
does: read
exercises: [dpo-loss]
runs: [three-pairs]
reading: |
  A pair gives one number, the **margin** $h = (\log\pi_w - \log\pi_{ref,w}) -
  (\log\pi_l - \log\pi_{ref,l})$, and the loss is $-\log\sigma(\beta h)$.

  | margin | weight | what it means |
  |---|---|---|
  | $h < 0$ | near 1 | the pair is ranked the wrong way round |
  | $h = 0$ | ½ | the policy is the reference |
  | $h \gg 0$ | near 0 | nothing is left to learn from this pair |

  1. Sum the log-probs over the tokens of each answer.
  2. Subtract the reference's.
  3. Subtract the two.

  ```python
  h = (pw - rw) - (pl - rl)  # shape (B,)
  loss = -F.logsigmoid(beta * h).mean()
  ```

  ## What it does not say

  The loss fixes the *difference*. Both log-probs may fall while it rises.
cards:
  - id: first-loss
    kind: choice
    prompt: The first DPO step prints a loss of $0.6931$. What does that tell you?
    hint: What is $\sigma(0)$?
    options:
      - text: Policy and reference give every pair the same log-prob ratio
        right: true
      - text: The gradient is zero, so nothing is being learnt
        why: At $h = 0$ the slope by the margin is $-\beta/2$, its steepest half.
      - text: The model already ranks every pair rightly, by the raw log-probs
        why: A ranking by raw log-probs says nothing about the margin, which is 0 here.
      - text: The batch is empty
        why: A mean over nothing is `nan`.
    explain: $-\log\sigma(0) = \log 2$ whatever $\beta$ is.
  - id: loss-formula
    kind: formula
    prompt: Write the DPO loss of one pair in terms of beta and the margin h.
    names: {beta: the temperature, h: the difference of the two log-ratios}
    answer: -logsigmoid(beta*h)
    explain: $L = -\log\sigma(\beta h)$.
  - id: which-way
    kind: direction
    prompt: One step on a pair whose answers share most of their words.
    quantities:
      - {text: $\log\pi$ of the chosen answer, answer: down, why: It is dragged along.}
      - {text: $\log\pi$ of the rejected answer, answer: down, why: It is pushed.}
      - {text: the margin, answer: up, why: That is what the loss asks for.}
    explain: Only the margin is sure to rise.
  - id: wrong-line
    kind: spot
    prompt: Which line is wrong?
    code: |
      def loss(pw, pl, rw, rl, beta):
          h = (pw - pl) - (rl - rw)
          return -F.logsigmoid(beta * h).mean()
    line: 2
    fix: h = (pw - pl) - (rw - rl)
    explain: The reference's difference has the same order as the policy's.
"""

SANDBOX = Sandbox("confined", ("Landlock", "seccomp"), (), False)
CASES = (
    Case("1 pair, β = 0.1", True),
    Case("3 pairs, β = 0.7", False, "loss: 0.369796, expected 1.57009"),
    Case("margins of ±1000", False, "loss: inf, expected 500.0"),
)
MEANT = Diagnosis("sign-flipped", "the sign of the margin flipped.", ("first-loss",))
MINE = """from torch.nn.functional import softplus


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    # how far each answer has moved away from the reference
    chosen = policy_chosen - ref_chosen
    h = chosen - (policy_rejected - ref_rejected)
    return softplus(-beta * h).mean()
"""


class FakeGrader:
    """Says what it was told to say."""

    def __init__(self, cases: tuple[Case, ...] = CASES) -> None:
        self.cases = cases
        self.sources: list[str] = []
        self.closed = False
        self.warmed = ""
        self.resting = False

    def warm(self, exercise: Any) -> None:
        """Nothing to start."""
        self.warmed = exercise.id

    def grade(self, exercise: Any, source: str, on_case: Any, file: str) -> Report:
        """Every case in turn."""
        self.sources.append(source)
        for case in self.cases:
            on_case(case)
        passed = all(case.passed for case in self.cases)
        printed = () if passed else ("h = 2.5", "[bold]not markup[/bold] \\x1b[31m")
        return Report(
            exercise.id,
            file,
            passed,
            "cpu",
            SANDBOX,
            0.25,
            self.cases,
            None if passed else MEANT,
            printed=printed,
        )

    def close(self) -> None:
        """Nothing to end."""
        self.closed = True


def records(steps: int = 50) -> Iterator[dict[str, Any]]:
    """A run of three-pairs with made-up numbers of the right kind."""
    lr = find("three-pairs").lr
    yield {"type": "header", "lr": lr, "device": "cpu"} | {
        "dtype": "float32",
        "threads": 1,
        "sha256": "0" * 64,
    }
    pace = {"A": (4e-4, -4e-4), "B": (-2e-3, -1e-2), "C": (1e-6, -2e-6)}
    pace["D"] = (1e-2, 1e-3)
    for name in pace:
        weight = 2e-4 if name == "C" else 0.5
        yield {"type": "pair", "pair": name, "weight": weight, "margin": 0.0} | {
            "start": "warm" if name == "C" else "reference",
            "gram": [[400.0, 240.0], [240.0, 400.0]],
            "logp_chosen": -4.0,
            "logp_rejected": -5.0,
        }
    for step in range(steps + 1):
        for name, (chosen, rejected) in pace.items():
            weight = 2e-4 if name == "C" else 0.5 - step * abs(rejected) / 10
            yield {"type": "step", "pair": name, "step": step, "weight": weight} | {
                "logp_chosen": -4.0 + step * chosen,
                "logp_rejected": -5.0 + step * rejected,
                "margin": 0.0,
                "loss": 0.69,
            }
    yield {"type": "end", "seconds": 3.1}


def before(name: str) -> dict[str, dict[str, Any]]:
    """What is known of each pair before the run."""
    known = {"ref_chosen": -4.0, "ref_rejected": -5.0}
    known |= {"logp_chosen": -4.0, "logp_rejected": -5.0}
    known |= {"norm_chosen": 20.0, "norm_rejected": 21.5}
    matrix = [[400.0, 240.0], [240.0, 462.0]]
    first = {"first_order": [1e-2, -1e-2], "gram": matrix, "weight": 0.5}
    return {pair.pair: known | first for pair in find(name).pairs}


def course_of(directory: Path, head: str = COURSE, drop: str = DROP) -> Course:
    """A course of one drop, written to `directory` and loaded."""
    (directory / "drops").mkdir(parents=True)
    (directory / "course.yaml").write_text(head, encoding="utf-8")
    (directory / "drops" / "01-margin.yaml").write_text(drop, encoding="utf-8")
    loaded = load_course(str(directory))
    assert loaded.course is not None, loaded.problems
    return loaded.course


class Clock:
    """Stands at noon; each look takes a millisecond."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> Moment:
        self.now += 1
        return Moment(self.now, 60)


Hand = Pilot[str]
Scene = Callable[[DrillApp, Hand], Awaitable[None]]


def lines(app: DrillApp) -> list[str]:
    """The screen that is shown, as text."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


def segments(app: DrillApp) -> Iterator[Segment]:
    """The screen that is shown, with its colours."""
    for strip in app.screen._compositor.render_strips():
        yield from strip


QUIET = 3  # rounds through every queue in which nothing was left to do


async def settle(app: DrillApp, hand: Hand) -> None:
    """Wait until every worker has ended and every queue is empty.

    Pilot.pause() guesses from the processor time, which goes wrong on a busy machine.
    """
    quiet = 0
    while quiet < QUIET and app.return_code is None:
        await hand.pause(0)
        if app.workers:
            await asyncio.wait([work._task for work in app.workers if work._task])
            quiet = 0
        quiet = 0 if busy(app) else quiet + 1


def busy(app: DrillApp) -> bool:
    """Has a widget something to do, or is one still being made?"""
    nodes = [app, *app.screen.walk_children(with_self=True)]
    return any(
        not node.is_mounted or node._next_callbacks or not node._message_queue.empty()
        for node in nodes
    )


async def resize(app: DrillApp, hand: Hand, width: int, height: int) -> None:
    """Give the terminal another size."""
    await hand.resize_terminal(width, height)
    while app.screen.size != (width, height):
        await hand.pause(0.01)
    await settle(app, hand)
    await draw(app, hand)


async def draw(app: DrillApp, hand: Hand) -> None:
    """Draw the curves of a run, which else wait for their time."""
    for _ in range(2):  # the lines below know of the curves only once those are there
        for figure in app.screen.query(Figure):
            figure.write()
        await settle(app, hand)


def event_of(key: str) -> Key:
    """The event of a key, which is named, or of a character."""
    if len(key) > 1:
        return Key(key, CHARACTERS.get(key))
    name = key if key.isalnum() else unicodedata.name(key).lower()
    return Key(name.replace(" ", "_").replace("-", "_"), key)


async def press(app: DrillApp, hand: Hand, *keys: str) -> None:
    """Press keys, each on what the one before has led to.

    Pilot.press waits three times for every key; once is enough and saves half the time.
    """
    for key in keys:
        app.post_message(event_of(key))
        await settle(app, hand)


def scene(*keys: str) -> Scene:
    """What is shown after these keys."""

    async def act(app: DrillApp, hand: Hand) -> None:
        await press(app, hand, *keys)

    return act


async def grading(app: DrillApp, hand: Hand) -> None:
    """The exercise screen with a hint and a grading."""
    from drillbox.screen.exercise import ExerciseScreen

    course, log = app.opened()
    grader: Any = FakeGrader()
    await app.push_screen(ExerciseScreen("dpo-loss", course, log, grader))
    await press(app, hand, "h", "r")


async def solved(app: DrillApp, hand: Hand) -> None:
    """The exercise screen after a pass."""
    from drillbox.screen.exercise import ExerciseScreen

    course, log = app.opened()
    grader: Any = FakeGrader(tuple(Case(case.name, True) for case in CASES))
    screen = ExerciseScreen("dpo-loss", course, log, grader)
    await app.push_screen(screen)
    await settle(app, hand)
    Path(screen.file.path).write_text(MINE, encoding="utf-8")
    await press(app, hand, "r")


async def compared(app: DrillApp, hand: Hand) -> None:
    """What passed beside the reference."""
    await solved(app, hand)
    await press(app, hand, "d")


async def predicting(app: DrillApp, hand: Hand) -> None:
    """The run screen at its second pair."""
    await opened_run(app, hand)
    await press(app, hand, *ENTERS, "up", "down", "8", "down")


async def running(app: DrillApp, hand: Hand) -> None:
    """The run screen with its verdict, scrolled to the curves."""
    await told(app, hand)
    await press(app, hand, *["pagedown"] * 6)


async def told(app: DrillApp, hand: Hand) -> None:
    """The run screen with its verdict."""
    await opened_run(app, hand)
    await predict(app, hand)


async def predict(app: DrillApp, hand: Hand) -> None:
    """Predict everything but the bonus, without its many keys; the run then goes."""
    from drillbox.screen.answers import Given

    await press(app, hand, "enter")
    likely = (["up", "down"], ["up", "down"], ["flat", "flat"])
    for moves in likely:
        app.screen.post_message(Given({"moves": moves, "confidence": 0.8}))
    await settle(app, hand)
    await press(app, hand, "s")
    if app.return_value is not None:  # what was predicted could not be recorded
        return
    for moves in (["up", "down"], ["down", "down"], ["flat", "flat"]):
        app.screen.post_message(Given({"moves": moves}))
    await settle(app, hand)


async def opened_run(app: DrillApp, hand: Hand) -> None:
    """The run screen as it opens."""
    from drillbox.screen.run import RunScreen

    course, log = app.opened()
    with patch("drillbox.lab.keep.before", before):
        start: Any = lambda name: records()  # noqa: E731
        screen = RunScreen("three-pairs", course, log, start)
    await app.push_screen(screen)
    await settle(app, hand)


ENTERS = ("enter",) * 3  # through every page of a text; beyond it they do nothing
RIGHT: dict[str, dict[str, Any]] = {
    "first-loss": {"options": [0]},
    "loss-formula": {"text": "-logsigmoid(beta*h)"},
    "which-way": {"moves": ["down", "down", "up"], "confidence": 0.9},
    "wrong-line": {"line": 2},
}


async def wrong(app: DrillApp, hand: Hand) -> None:
    """The verdict on a wrong answer."""
    await press(app, hand, *ENTERS)
    screen: Any = app.screen
    screen.answer({"options": [1]})
    await settle(app, hand)


async def ended(app: DrillApp, hand: Hand) -> None:
    """The end of a session in which everything was right."""
    await press(app, hand, *ENTERS)
    screen: Any = app.screen
    while type(screen).__name__ != "EndScreen":
        screen.answer(RIGHT[screen.step.item.id])
        await settle(app, hand)
        await press(app, hand, "enter")
        screen = app.screen


async def formula(app: DrillApp, hand: Hand) -> None:
    """A formula that is being typed."""
    await press(app, hand, *ENTERS)
    screen: Any = app.screen
    screen.answer(RIGHT["first-loss"])
    await settle(app, hand)
    await press(app, hand, "enter", *"-log(1/(1+exp(-beta*h)))")


async def first(app: DrillApp, hand: Hand) -> None:
    """The question of the first time."""
    from drillbox.screen.first import FirstScreen

    await app.push_screen(FirstScreen())
    await settle(app, hand)


SCENES: dict[str, Scene] = {
    "home": scene(),
    "reading": scene("enter"),
    "choice": scene(*ENTERS, "down"),
    "verdict": wrong,
    "exercise": grading,
    "solved": solved,
    "diff": compared,
    "predicting": predicting,
    "verdict-of-run": told,
    "run": running,
    "end": ended,
    "lived": scene(),
    "statistics": scene("t"),
    "statistics-empty": scene("t"),
    "questions": scene("w", "down"),
    "answer": scene("w", "enter"),
    "courses": scene("c", "down", "down"),
    "keys": scene(*ENTERS, "f1"),
    "note": scene(*ENTERS, "exclamation_mark"),
    "commands": scene("ctrl+p", *"drop"),
    "first": first,
}


DRAWN: dict[str, tuple[Scene, int]] = {  # name: what is seen, in how many lines
    "home": (scene(), 40),
    "formula": (formula, 20),
}


@contextmanager
def fixed(home: Path) -> Iterator[None]:
    """A home of its own, and a stopwatch that stands."""
    there = {"HOME": str(home), "DRILLBOX_HOME": str(home / "drillbox")}
    stopwatch = patch("drillbox.screen.page.monotonic", lambda: 0.0)
    with patch.dict(os.environ, there), stopwatch:
        yield


SHIPPED = {"home", "courses"}
# Over the path, which may be painted a moment late in another size: taken anew in each.
OVER = {"first"}
LIVED = {"lived", "statistics"}

PATH = """
id: path
title: A path for pictures
goal: To look at.
level: Applied
category: technology
days: 8
minutes: [5, 8]
phases: [{title: Begin, outcome: One}, {title: Go on, outcome: Two}]
"""

STATION = """
id: station-{number}
drop: {number}
phase: {phase}
minutes: 6
title: Station {number} has a title that is as long as those of other courses
does: read
reading: Read it.
cards: [{cards}]
"""

QUESTIONS = r"""
- question: Why does the loss begin at $\log 2$, whatever $\beta$ is?
  answer: |
    Because policy and reference are the same before the first step. Every margin is 0:

    $-\log\sigma(0) = \log 2$
  drops: [1, 3]
- question: Is there a question without drops?
  answer: This one.
"""


TOLD = "answer: It is so., rubric: [It is so.], explain: It is so.}"


def path(directory: Path) -> Course:
    """A course of eight drops with four cards each, and two questions."""
    (directory / "drops").mkdir(parents=True)
    (directory / "course.yaml").write_text(PATH, encoding="utf-8")
    (directory / "questions.yaml").write_text(QUESTIONS, encoding="utf-8")
    for number in range(1, 9):
        card = "{id: s%d-%d, kind: recall, prompt: Say %d of %d., " + TOLD
        cards = ", ".join(card % (number, k, k, number) for k in range(1, 5))
        text = STATION.format(number=number, phase=1 + number // 5, cards=cards)
        file = directory / "drops" / f"{number:02}-station.yaml"
        file.write_text(text, encoding="utf-8")
    loaded = load_course(str(directory))
    assert loaded.course is not None, loaded.problems
    return loaded.course


def live(home: Path, course: Course) -> None:
    """61 days up to yesterday, most of them with answers: every sixth is wrong."""
    clock = Clock()
    with fixed(home), Log.open(places.home(), clock) as log:
        adopt(course, log)
        for day in range(61):
            clock.now = NOON + (day - 61) * DAY
            if day % 4 != 3 or day > 50:
                study(course, log, day)


def study(course: Course, log: Log, day: int) -> None:
    """A day: the next drop every twelfth, then at most nine due cards."""
    opened = [drop for drop in course.drops if 12 * drop.number == day + 12]
    for drop in opened:
        log.append(Draft("read", course.id, drop.id))
    new = [item for drop in opened for item in drop.items]
    states, today = log.schedule(course.id), log.today()
    due = [name for name, state in states.items() if (state.due or today + 1) <= today]
    for number, name in enumerate([*(item.id for item in new), *sorted(due)[:9]]):
        right = (number + day) % 6 > 0
        told = {"confidence": 0.9 if right else 0.5} if number % 3 == 0 else {}
        body = {"duration_ms": 9_000 + 2_000 * number, "answer": told}
        body["verdict"] = "right" if right else "wrong"
        quality = 4 if right else 1
        log.append(Draft("answer", course.id, name, quality=quality, body=body))


def add(home: Path) -> None:
    """Another course in the library."""
    with fixed(home):
        there = Path(places.courses()) / "small"
    shutil.copytree(HERE / "courses" / "small", there)


@asynccontextmanager
async def stage(
    home: Path, course: Course, width: int, theme: str = "dark", height: int = HEIGHT
) -> AsyncIterator[tuple[DrillApp, Hand]]:
    """The app on its home screen, with an empty record."""
    with fixed(home):
        settings = Settings.model_validate({"theme": theme})
        log = Log.open(places.home(), Clock())
        app = DrillApp(Wish(), lambda _: (settings, course), lambda: log)
        async with app.run_test(size=(width, height)) as hand:
            await settle(app, hand)
            yield app, hand


@dataclass(frozen=True)
class Taken:
    """A screen. texts: by width. colours: by theme, (foreground, background, text)."""

    texts: dict[int, str]
    colours: dict[str, set[tuple[Rgb, Rgb, str]]]


@cache
def taken(name: str) -> Taken:
    """One screen in every width and every theme."""
    with tempfile.TemporaryDirectory() as home:
        return asyncio.run(take(name, Path(home)))


def shown(name: str, directory: Path) -> Course:
    """The course that a picture is taken of."""
    if name in SHIPPED:
        shipped = load_course(places.shipped_course()).course
        assert shipped is not None
        return shipped
    made_up = name.split("-")[0] in ("lived", "statistics", "questions", "answer")
    return path(directory) if made_up else course_of(directory)


async def take(name: str, home: Path) -> Taken:
    """One screen in every width and every theme."""
    course = shown(name, home / "course")
    if name in LIVED:
        live(home, course)
    if name == "courses":
        add(home)
    texts, colours = {}, {}
    for width, height in sizes_of(name) if name in OVER else ():
        async with stage(home, course, width, height=height) as (app, hand):
            await SCENES[name](app, hand)
            texts[width] = "\n".join(lines(app)) + "\n"
        shutil.rmtree(home / "drillbox")
    async with stage(home, course, 80) as (app, hand):
        await SCENES[name](app, hand)
        for width, height in () if name in OVER else sizes_of(name):
            await resize(app, hand, width, height)
            texts[width] = "\n".join(lines(app)) + "\n"
        for theme in THEMES:
            app.theme = theme.name
            await settle(app, hand)
            colours[theme.name] = set(painted(app))
    return Taken(texts, colours)


def painted(app: DrillApp) -> Iterator[tuple[Rgb, Rgb, str]]:
    """Every pair of colours that text is painted in."""
    for segment in segments(app):
        style = segment.style
        if segment.text.strip() and style and style.color and style.bgcolor:
            front, back = style.color.get_truecolor(), style.bgcolor.get_truecolor()
            if style.reverse:
                front, back = back, front
            yield tuple(front), tuple(back), segment.text


async def drawn(name: str, home: Path) -> str:
    """A screen as SVG, for the README."""
    act, height = DRAWN[name]
    course = shown(name, home / "course")
    async with stage(home, course, 96, height=height) as (app, hand):
        await act(app, hand)
        return app.export_screenshot(title="drillbox")


def sizes_of(name: str) -> list[tuple[int, int]]:
    """The windows that a picture is taken in; the widest last."""
    return [(NARROW, LOW), *((width, HEIGHT) for width in WIDTHS)]


def path_of(name: str, width: int) -> Path:
    """Where a picture is kept."""
    return PICTURES / f"{name}-{width}.txt"


def main() -> None:
    """Write every picture again, or those of the scenes that are named."""
    PICTURES.mkdir(exist_ok=True)
    DOCS.mkdir(exist_ok=True)
    for name in sys.argv[1:] or SCENES:
        for width, text in taken(name).texts.items():
            path_of(name, width).write_text(text, encoding="utf-8")
    if sys.argv[1:]:
        return
    for name in DRAWN:
        with tempfile.TemporaryDirectory() as home:
            svg = asyncio.run(drawn(name, Path(home)))
        (DOCS / f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
