"""What is due, in the order in which it comes, made no further than it is looked at.

Of fifty thousand cards that wait a day has room for twenty.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar, overload

from drillbox.domain.schedule import PASS

T = TypeVar("T")
LATE_DAYS = 3  # a card due for so long comes before lapses; else some wait a week


class Wait(NamedTuple):
    """An item that is due. due: study day. quality: of its last review."""

    item: str
    due: int
    quality: int | None


def in_order(
    waits: Iterable[Wait], today: int, place: Callable[[str], int]
) -> Iterator[str]:
    """The items: what is late, then lapses, then what has waited longest.

    place: where an item stands on the path; it decides where all else is equal.
    """
    alike: dict[tuple[bool, bool, int], list[str]] = defaultdict(list)
    for item, due, quality in waits:
        lapsed = quality is not None and quality < PASS
        alike[today - due < LATE_DAYS, not lapsed, due].append(item)
    for rank in sorted(alike):
        yield from sorted(alike[rank], key=place)


class Lazy(Sequence[T]):
    """A sequence whose items are made when they are first looked at, in order."""

    def __init__(self, source: Iterable[T]) -> None:
        self._source = iter(source)
        self._made: list[T] = []

    def __iter__(self) -> Iterator[T]:
        k = 0
        while self._reaches(k):
            yield self._made[k]
            k += 1

    def __len__(self) -> int:
        self._made.extend(self._source)
        return len(self._made)

    def __bool__(self) -> bool:
        return self._reaches(0)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        len(self)
        return self._made[index]

    def _reaches(self, k: int) -> bool:
        self._made.extend(islice(self._source, max(0, k + 1 - len(self._made))))
        return len(self._made) > k
