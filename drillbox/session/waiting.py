"""What a sitting still has before it: the plan, what comes again, what is spare."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from drillbox.domain.plan import Asking, Entry


@dataclass
class Waiting:
    """queue: the plan, in order. again: cards answered below 4, after it. spare: what
    the minutes have no room for."""

    queue: deque[Entry] = field(default_factory=deque)
    again: deque[Asking] = field(default_factory=deque)
    spare: deque[Entry] = field(default_factory=deque)

    def __len__(self) -> int:
        """How many are still to come; spare ones are not."""
        return len(self.queue) + len(self.again)

    def first(self) -> Entry | None:
        """What comes next, left where it is."""
        coming = self.queue or self.again
        return coming[0] if coming else None

    def pop(self) -> Entry:
        """What comes next, taken out."""
        return self.queue.popleft() if self.queue else self.again.popleft()

    def put_back(self, entry: Entry) -> None:
        """This comes next."""
        self.queue.appendleft(entry)

    def stop(self) -> None:
        """The time is over: all of it is spare."""
        self.spare.extendleft(reversed([*self.queue, *self.again]))
        self.queue.clear()
        self.again.clear()

    def go_on(self) -> None:
        """There is time again: what is spare comes."""
        self.queue.extend(self.spare)
        self.spare.clear()

    def forget(self, item: str) -> None:
        """This item is not asked again."""
        self.queue = deque(_without(item, self.queue))
        self.spare = deque(_without(item, self.spare))
        self.again = deque(ask for ask in self.again if ask.item.id != item)


def _without(item: str, entries: Iterable[Entry]) -> list[Entry]:
    return [e for e in entries if not isinstance(e, Asking) or e.item.id != item]
