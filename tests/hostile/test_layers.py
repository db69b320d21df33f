"""Each layer of Linux does what is said of it: without it, its submissions get through.

A submission names the layers that stop it, each of them alone. So behind any one of
them it is stopped, and without all of them it prints THROUGH, or ends its server.
In a worker of its own, without a grader: no expected value is needed.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from drillbox.grader import wire
from drillbox.grader.exercise import find
from drillbox.grader.sandbox import ladder, landlock
from drillbox.grader.sandbox.ladder import LAYERS, Inside, Layer, Wanted

HERE = Path(__file__).parent
EVERY = frozenset({*LAYERS, "rlimits"})
SECONDS = 5.0
SOURCES = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted(HERE.glob("*.py"))
    if not path.stem.startswith(("test_", "conftest"))
}


def _named(source: str) -> frozenset[str]:
    found = re.search(r"^# stopped by: (.+)$", source, re.MULTILINE)
    return frozenset(found[1].split(", ")) if found else frozenset()


# What no other thing stops than layers of Linux.
LAYERED = {
    name: _named(source)
    for name, source in SOURCES.items()
    if _named(source) and _named(source) <= EVERY
}
Pair = tuple[frozenset[str], str]


def _sorted(pairs: Iterable[Pair]) -> list[Pair]:
    """By layers, so that a worker is started once for each set of them."""
    return sorted(pairs, key=lambda pair: (sorted(pair[0]), pair[1]))


def _ids(pairs: list[Pair], word: str) -> list[str]:
    return [f"{word} {'+'.join(sorted(layers))}-{name}" for layers, name in pairs]


WITHOUT = _sorted((EVERY - named, name) for name, named in LAYERED.items())
ALONE = _sorted(
    (frozenset({layer}), name) for name, named in LAYERED.items() for layer in named
)


@dataclass
class Bench:
    """Workers behind these layers alone, by whether they have torch."""

    layers: frozenset[str]
    workers: dict[bool, Inside]

    def got_through(self, name: str) -> bool:
        """Whether this submission says so, or its worker is gone."""
        source = SOURCES[name]
        named = re.search(r"^# exercise: (\S+)$", source, re.MULTILINE)
        exercise = find(named[1] if named else "dpo-loss")
        torch = exercise.head.torch
        if torch not in self.workers:
            self.workers[torch] = self._started(torch)
        pairs = [f"{who}_{what}" for who in ("policy", "ref") for what in "cr"]
        arguments = [[one, ["array", k]] for k, one in enumerate(pairs)]
        fields = {
            "source": source,
            "file": f"{name}.py",
            "function": exercise.head.function,
            "harness": exercise.harness,
            "options": {**exercise.head.options, "gradients": [], "device": "cpu"},
            "seconds": SECONDS,
        }
        sent = wire.job(
            fields, [*arguments, ["beta", ["value", 0.5]]], [np.ones(2)] * 4
        )
        outcome = self.workers[torch].run(sent, SECONDS)
        if outcome.end == "lost":
            self.workers.pop(torch).worker.close()
            return True
        return b"THROUGH" in outcome.output

    def close(self) -> None:
        """End its workers."""
        for inside in self.workers.values():
            inside.worker.close()

    def _started(self, torch: bool) -> Inside:
        wanted = Wanted(torch=torch, limits="rlimits" in self.layers)
        layers: set[Layer] = {layer for layer in LAYERS if layer in self.layers}
        inside = ladder.start(wanted, layers)
        words = {"bubblewrap": "bwrap", "Landlock": "landlock", "seccomp": "seccomp"}
        reached = {words[layer.split()[0]] for layer in inside.layers()}
        if reached != layers:
            inside.worker.close()
            missing = ", ".join(sorted(layers - reached))
            pytest.skip(f"this machine does not give {missing}: {inside.way.why}")
        return inside


@pytest.fixture(scope="module")
def benches() -> Iterator[list[Bench]]:
    """The bench of the last test; ended when another is needed, and at the end."""
    last: list[Bench] = []
    yield last
    for one in last:
        one.close()


def _bench(last: list[Bench], layers: frozenset[str]) -> Bench:
    """The last one, if it has these layers; the tests are in the order of them."""
    if not last or last[0].layers != layers:
        while last:
            last.pop().close()
        last.append(Bench(layers, {}))
    return last[0]


@pytest.mark.parametrize(
    ("layers", "name"),
    WITHOUT,
    ids=_ids([(EVERY - layers, name) for layers, name in WITHOUT], "without"),
)
def test_without_what_stops_it_it_gets_through(
    benches: list[Bench], layers: frozenset[str], name: str
) -> None:
    assert _bench(benches, layers).got_through(name) == _may(SOURCES[name])


@pytest.mark.parametrize(("layers", "name"), ALONE, ids=_ids(ALONE, "behind"))
def test_behind_one_layer_that_stops_it_it_is_stopped(
    benches: list[Bench], layers: frozenset[str], name: str
) -> None:
    got_through = _bench(benches, layers).got_through(name)
    by_scope = layers == {"landlock"} and name.startswith("kills_")
    assert got_through == (by_scope and landlock.abi() < 6)


IO_URING = Path("/proc/sys/kernel/io_uring_disabled")


def _may(source: str) -> bool:
    """Whether this user, on this kernel, may do it at all without any layer."""
    if "\n# needs: io_uring\n" in source:
        return not IO_URING.exists() or IO_URING.read_text().strip() == "0"
    if "\n# needs: the right to write there\n" in source:
        return os.access(os.path.dirname(np.__file__), os.W_OK)
    return True


def test_every_layer_is_alone_in_stopping_something() -> None:
    alone = {layer for named in LAYERED.values() if len(named) == 1 for layer in named}
    assert alone == EVERY
