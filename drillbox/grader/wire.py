"""Jobs, cases and outputs as they travel in frames; what comes back is not trusted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from drillbox.grader.sandbox.ladder import CANARIES, START_S
from drillbox.grader.verdict import Expected, Outputs
from drillbox.workers.frame import LARGE, Array, FrameError, pack, unpack
from drillbox.workers.spawn import Outcome


@dataclass(frozen=True)
class Drawn:
    """A case as the reference worker drew it; number: its place among them."""

    number: int
    name: str
    arguments: list[Any]
    arrays: list[Array]
    expected: tuple[Expected, ...]


def job(
    fields: Mapping[str, Any], arguments: list[Any], arrays: Iterable[Array]
) -> bytes:
    """The frame of one job; arguments name their arrays by index."""
    texts = dict.fromkeys(("source", "file", "function", "calls", "warm"), "")
    empty = {**texts, "seconds": START_S}
    return pack({**empty, **fields, "arguments": arguments}, tuple(arrays))


def canaries(outcome: Outcome) -> dict[str, Any]:
    """What the canaries found; one that took the process with it was not stopped."""
    try:
        head, _ = unpack(outcome.result)
        found: dict[str, Any] = dict(head["outputs"])["canaries"]
        return found
    except (FrameError, KeyError, TypeError, ValueError):
        return {"open": list(CANARIES), "readable": ["unknown"]}


def drawn(head: Mapping[str, Any], arrays: list[Array]) -> list[Drawn]:
    """The cases of the reference worker's answer."""
    return [_one(k, case, arrays) for k, case in enumerate(head["cases"])]


def _one(number: int, case: dict[str, Any], arrays: list[Array]) -> Drawn:
    own: list[Array] = []
    arguments: list[Any] = []
    for name, (kind, value) in case["arguments"]:
        if kind != "value":
            own.append(arrays[value])
            value = len(own) - 1
        arguments.append([name, [kind, value]])
    expected = tuple(
        Expected(
            name,
            what if isinstance(what, dict) else arrays[what],
            dtype,
            None if allowed is None else arrays[allowed],
        )
        for name, what, dtype, allowed in case["expected"]
    )
    return Drawn(number, case["name"], arguments, own, expected)


def answered(outcome: Outcome) -> tuple[dict[str, Any], list[Array]]:
    """Head and arrays of the reference worker's answer; FrameError if it is none."""
    answer, arrays = unpack(outcome.result, LARGE)
    if isinstance(answer.get("error"), dict):
        return answer, arrays
    listed = dict(answer["outputs"])
    return listed["head"], arrays


def outputs(listed: Any, arrays: list[Array]) -> Outputs:
    """Outputs by name; the learner's process wrote this, so anything may be wrong."""
    found: dict[str, Any] = {}
    for name, value in listed:
        if not isinstance(name, str) or not isinstance(value, dict) or name in found:
            raise ValueError("outputs are pairs of a name and what it is")
        at = value.get("array")
        if at is None:
            found[name] = {str(key): one for key, one in value.items()}
        elif type(at) is int and 0 <= at < len(arrays):
            found[name] = arrays[at]
        else:
            raise ValueError("an output names an array that is not there")
    return found
