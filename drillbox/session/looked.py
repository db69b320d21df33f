"""What of a long record, or of a large course, is only read where it is looked at."""

from collections import Counter
from collections.abc import Iterator, Mapping

from drillbox.domain.course import Course
from drillbox.domain.fingerprint import fingerprint
from drillbox.domain.schedule import ItemState
from drillbox.history.log import Log

_FEW = 3  # looks at a drop, as many as it has core cards; the next reads all of it


class States(Mapping[str, ItemState]):
    """The states of a course's items; only those that something happened to.

    A state is read once, so that a plan holds together. Of a drop that is looked at
    again and again all are read in one go.
    """

    def __init__(self, course: Course, log: Log) -> None:
        self._course = course
        self._log = log
        self._read: dict[str, ItemState | None] = {}
        self._looks: Counter[int] = Counter()

    def __getitem__(self, item: str) -> ItemState:
        if item not in self._read:
            self._look(item)
        state = self._read[item]
        if state is None:
            raise KeyError(item)
        return state

    def __iter__(self) -> Iterator[str]:
        return iter(self._log.schedule(self._course.id))

    def __len__(self) -> int:
        return len(self._log.schedule(self._course.id))

    def _look(self, item: str) -> None:
        names, known = [item], self._course.items.get(item)
        if known is not None:
            self._looks[known.drop] += 1
            if self._looks[known.drop] > _FEW:
                drop = self._course.drop(known.drop)
                names = [one.id for one in drop.items if one.id not in self._read]
        found = self._log.states_of(self._course.id, names)
        self._read.update((name, found.get(name)) for name in names)


class Marks(Mapping[str, str]):
    """The fingerprints of a course's items as they are now."""

    def __init__(self, course: Course) -> None:
        self._items = course.items

    def __getitem__(self, item: str) -> str:
        return fingerprint(self._items[item])

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)
