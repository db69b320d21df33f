"""What every test has: a home of its own, and a clock it can move."""

import gc
import gettext
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from drillbox import places, words
from drillbox.domain.course import Course
from drillbox.domain.studyday import Moment

if TYPE_CHECKING:
    from drillbox.history.log import Log

# Threads of torch with nothing to do sleep. They would spin, which on two busy cores
# makes a run in two threads three times as slow; no number depends on it.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

NOON = 1_795_435_200_000  # 2026-11-23 12:00 UTC
DAY = 86_400_000
COURSES = Path(__file__).parent / "courses"


def pytest_collection_finish() -> None:
    """Thousands of collected tests and their modules stay until the end: the garbage
    collector need not walk them again at every screen that is thrown away."""
    gc.collect()
    gc.freeze()


class Clock:
    """A clock that stands until it is moved. Times in ms."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> Moment:
        self.now += 1
        return Moment(self.now, 60)

    def sleep(self, days: int) -> None:
        """Let this many days pass."""
        self.now += days * DAY


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A DRILLBOX_HOME of its own."""
    directory = tmp_path / "home"
    monkeypatch.setenv("DRILLBOX_HOME", str(directory))
    return directory


@pytest.fixture(scope="session")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a catalogue of the made-up language."""
    from tests import pseudo  # Babel and click: for two files of tests

    home = tmp_path_factory.mktemp("pseudo")
    pseudo.write(home)
    return home


@pytest.fixture
def spoken(translated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The made-up language, in this process."""
    made = gettext.translation("drillbox", translated / "locale", ["eo"])
    monkeypatch.setattr(words, "_catalogue", made)


@pytest.fixture
def clock() -> Clock:
    """A clock that stands at noon of 2026-11-23 until it is moved."""
    return Clock()


@pytest.fixture
def log(home: Path, clock: Clock) -> "Iterator[Log]":
    """An empty record in `home`."""
    from drillbox.history.log import Log

    with Log.open(str(home), clock) as opened:
        yield opened


@pytest.fixture
def small() -> Course:
    """One drop: a choice, a numeric and a cloze are core, a recall is not."""
    from drillbox.library.load import load_course

    loaded = load_course(str(COURSES / "small"))
    assert loaded.course is not None, loaded.problems
    return loaded.course


@pytest.fixture(scope="session")
def dpo() -> Course:
    """The shipped course."""
    from drillbox.library.load import load_course

    loaded = load_course(places.shipped_course())
    assert loaded.course is not None, loaded.problems
    return loaded.course


@pytest.fixture(scope="module")
def one_crew() -> Iterator[None]:
    """Every grader of this module works with the same workers, which stay when it is
    closed: starting them takes 3 s. For tests of what is graded, not of who grades."""
    from drillbox.grader.supervisor import Grader

    begin = Grader.__init__

    def shared(self: Grader, *words: Any, **more: Any) -> None:
        begin(self, *words, **more)
        self.crew, self._lock = warm.crew, warm._lock

    def close(self: Grader) -> None:
        with self._lock:
            self._stay_up()

    # The class itself: whatever is imported meanwhile must not keep another one.
    with Grader() as warm, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Grader, "__init__", shared)
        patch.setattr(Grader, "close", close)
        yield
