"""Many cases of one exercise at once, in the reference worker: for proofs."""

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from drillbox.grader import wire
from drillbox.grader.diagnose import Signature, Tried
from drillbox.grader.exercise import Exercise, harness
from drillbox.grader.grading import Grading
from drillbox.grader.judging import Answered, Judged
from drillbox.grader.supervisor import Device, Grader
from drillbox.grader.verdict import Outputs
from drillbox.grader.wire import Drawn
from drillbox.words import _
from drillbox.workers.frame import LARGE, Array

REFERENCE = "reference"
ASK_S = 15.0  # that one request should take at most
AT_ONCE = 25  # programs in one request


class Given(NamedTuple):
    """What a program gave for each case, and how far that is from solving it."""

    outputs: Signature
    lefts: Sequence[Array | None]


_NOTHING = Given((), ())


@dataclass(frozen=True)
class Many(Grading):
    """Asks with the ops of harness/proofs.py. key: of the cases of programs."""

    def more(self, op: str, **options: Any) -> tuple[dict[str, Any], list[Array]]:
        """The answer to one of these ops."""
        return self._ask(op, more=harness("proofs"), **options)

    def forms(self, seeds: int, cases: int) -> Iterator[tuple[str, Judged]]:
        """Name and verdict of the reference and every other right solution, on the
        cases of this many seeds, and of more until there are `cases` of them; then,
        where they are tensors, on those of `seeds` in float32."""
        yield from self._asked(seeds, cases, low=False)
        if self.exercise.head.arguments == "tensors":
            yield from self._asked(seeds, 0, low=True)

    def _asked(self, seeds: int, cases: int, low: bool) -> Iterator[tuple[str, Judged]]:
        """The first request has the cases of one seed; it shows how many the next may
        have within the time and the caps of an answer."""
        seed, done, step = 0, 0, 1
        while seed < seeds or done < cases:
            started = time.perf_counter()
            forms, arrays = self._forms(range(seed, seed + step), low, seed < seeds)
            seconds = (time.perf_counter() - started) / step
            for name, entries in forms.items():
                yield name, self._judged(name, entries, arrays)
            done += max(map(len, forms.values()))
            seed += step
            room = 3 * LARGE.arrays * step // (4 * max(1, len(arrays)))
            needed = seeds - seed if seed < seeds else -(-(cases - done) * seed // done)
            step = max(1, min(needed, room, int(ASK_S / seconds)))

    def _forms(
        self, seeds: range, low: bool, itself: bool
    ) -> tuple[dict[str, list[dict[str, Any]]], list[Array]]:
        """itself: the reference and the library too, which need fewer cases. A step of
        training may give a Python float, which is exact to no dtype: below float64
        only the reference itself is looked at."""
        told = self.exercise.head
        alone = low and told.harness != "call"
        head, arrays = self.more(
            "forms",
            keys=[key_of(seed) for seed in seeds],
            texts={} if alone else dict(self.exercise.equivalent),
            library=told.library if itself and not alone else None,
            mutates=list(told.mutates),
            single=low,
            itself=itself,
        )
        for entry in (entry for form in head["forms"].values() for entry in form):
            said = _("{name}, seed {n}, in float32") if low else _("{name}, seed {n}")
            entry["name"] = said.format(name=entry["name"], n=seeds[entry["key"]])
        return head["forms"], arrays

    def _judged(
        self, name: str, entries: list[dict[str, Any]], arrays: list[Array]
    ) -> Judged:
        """As if a learner's code had given this."""
        given = _Given(
            self.crew, self.exercise, self.key, entries=entries, arrays=arrays
        )
        return given.judged(given.answer, twice=name == REFERENCE)

    def programs(self, texts: Mapping[str, str], seconds: float) -> dict[str, Given]:
        """What each of these gives for each case; seconds: that one may run."""
        found: dict[str, Given] = {}
        names = list(texts)
        for start in range(0, len(names), AT_ONCE):
            few = {name: texts[name] for name in names[start : start + AT_ONCE]}
            head, arrays = self.more(
                "programs", keys=[self.key], texts=few, seconds=seconds
            )
            for name, cases in head["programs"].items():
                outputs = [one and wire.outputs(one, arrays) for one, _left_k in cases]
                lefts = [None if k is None else arrays[k] for _one, k in cases]
                found[name] = Given(outputs, lefts)
        return found

    def as_answered(self, given: Given) -> Judged:
        """The verdict, as if a learner's code had given this."""
        told = _Told(self.crew, self.exercise, self.key, cases=self.drawn, given=given)
        return told.judged(told.answer, twice=False)


@dataclass(frozen=True)
class _Told(Grading):
    """Cases, and what a program gave for each."""

    cases: list[Drawn] = field(default_factory=list)
    given: Given = _NOTHING

    @cached_property
    def drawn(self) -> list[Drawn]:
        """The cases."""
        return self.cases

    def answer(self, one: Drawn) -> Answered:
        """What it gave."""
        outputs = self.given.outputs[one.number]
        return outputs, "" if outputs else _("it raises an exception"), False

    def residual(self, drawn: Drawn, outputs: Outputs) -> Array:
        """Came with it."""
        return _left(self.given.lefts[drawn.number])


@dataclass(frozen=True)
class _Given(Grading):
    """Cases that came with what a right solution gave for each."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    arrays: list[Array] = field(default_factory=list)

    @cached_property
    def drawn(self) -> list[Drawn]:
        """The cases, with what is right."""
        return wire.drawn({"cases": self.entries}, self.arrays)

    def answer(self, one: Drawn) -> Answered:
        """What was given."""
        outputs = self.entries[one.number]["outputs"]
        if isinstance(outputs, str):
            return None, _("it raises {error}").format(error=outputs), False
        return wire.outputs(outputs, self.arrays), "", False

    def residual(self, drawn: Drawn, outputs: Outputs) -> Array:
        """Came with it."""
        at = self.entries[drawn.number]["residual"]
        return _left(None if at is None else self.arrays[at])

    def _look_ahead(self, one: Tried) -> None:
        """There is no mistake to name."""


class OnSeeds(Grader):
    """Grades one submission on the cases of this many seeds."""

    def __init__(self, device: Device, seeds: int) -> None:
        super().__init__(device)
        self.seeds = seeds

    def grading(self, exercise: Exercise, source: str) -> Grading:
        """See `Grader.grading`."""
        keys = tuple(map(key_of, range(self.seeds)))
        return _Seeds(self.crew, exercise, key_of(0), keys=keys)


@dataclass(frozen=True)
class _Seeds(Many):
    keys: tuple[str, ...] = ()

    @cached_property
    def drawn(self) -> list[Drawn]:
        """The cases of all seeds, as if they were those of one."""
        texts = dict(self.exercise.equivalent)
        return wire.drawn(*self.more("seeds", keys=list(self.keys), texts=texts))


def _left(measured: Array | None) -> Array:
    """Where it could not be measured nothing is solved."""
    return np.array([np.inf]) if measured is None else measured


def key_of(seed: int) -> str:
    """What the cases of this seed are drawn from: as `Grader` has it."""
    return hashlib.sha256(f"seed {seed}".encode()).hexdigest()
