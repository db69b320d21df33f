"""Jobs, cases and outputs as they travel in frames; what comes back is not trusted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from drillbox.errors import GraderError
from drillbox.grader.printable import line
from drillbox.grader.sandbox.ladder import CANARIES, START_S
from drillbox.grader.verdict import Expected, Outputs
from drillbox.words import _
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
        head, _arrays = unpack(outcome.result)
        found: dict[str, Any] = dict(head["outputs"])["canaries"]
        return found
    except (FrameError, KeyError, TypeError, ValueError):
        return {"open": list(CANARIES), "readable": ["unknown"]}


MOST_CASES = 1000


def drawn(head: Mapping[str, Any], arrays: list[Array]) -> list[Drawn]:
    """The cases of the reference worker's answer. GraderError for what are none: an
    author's code ran there, which may have written it itself."""
    try:
        listed = list(head["cases"])[:MOST_CASES]
        return [_one(k, case, arrays) for k, case in enumerate(listed)]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        said = _("the reference worker drew no cases: {why}")
        raise GraderError(said.format(why=line(str(error), 80))) from None


def _one(number: int, case: dict[str, Any], arrays: list[Array]) -> Drawn:
    own: list[Array] = []
    arguments: list[Any] = []
    for name, (kind, value) in case["arguments"]:
        if kind != "value":
            own.append(_at(arrays, value))
            value = len(own) - 1
        arguments.append([_text(name), [_text(kind), value]])
    expected = tuple(_expected(one, arrays) for one in case["expected"])
    return Drawn(number, line(_text(case["name"]), 80), arguments, own, expected)


def _expected(listed: Any, arrays: list[Array]) -> Expected:
    name, what, dtype, allowed = listed
    value = what if isinstance(what, dict) else _at(arrays, what)
    tolerance = None if allowed is None else _at(arrays, allowed)
    if tolerance is not None:
        shape = None if isinstance(value, dict) else value.shape
        if tolerance.shape != shape or tolerance.dtype.kind != "f":
            raise ValueError(_("a tolerance is of another shape"))
    return Expected(_text(name), value, _text(dtype), tolerance)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(_("a name is no text"))
    return value


def _at(arrays: list[Array], place: Any) -> Array:
    if type(place) is not int or not 0 <= place < len(arrays):
        raise ValueError(_("an array is not there"))
    return arrays[place]


def answered(outcome: Outcome) -> tuple[dict[str, Any], list[Array]]:
    """Head and arrays of the reference worker's answer; FrameError if it is none."""
    answer, arrays = unpack(outcome.result, LARGE)
    if isinstance(answer.get("error"), dict):
        return answer, arrays
    head = dict(answer["outputs"])["head"]
    if not isinstance(head, dict):
        raise FrameError(_("the answer is no mapping"))
    return head, arrays


_SOLUTIONS = {"signatures": "signatures", "agreement": "forms"}


def check(op: str, head: Mapping[str, Any], arrays: list[Array]) -> None:
    """GraderError unless this answer to `op` can be read: an author's code ran there,
    which may have written it itself. Cases are checked by `drawn`."""
    try:
        if op == "residual":
            _at(arrays, head["residual"])
        for every in head[_SOLUTIONS[op]].values() if op in _SOLUTIONS else ():
            for one in every:
                if one is not None:
                    outputs(one, arrays)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        said = _("the reference worker answered nonsense: {why}")
        raise GraderError(said.format(why=line(str(error), 80))) from None


def outputs(listed: Any, arrays: list[Array]) -> Outputs:
    """Outputs by name; the learner's process wrote this, so anything may be wrong."""
    found: dict[str, Any] = {}
    for name, value in listed:
        if not isinstance(name, str) or not isinstance(value, dict) or name in found:
            raise ValueError(_("outputs are pairs of a name and what it is"))
        at = value.get("array")
        if at is None:
            found[name] = {str(key): one for key, one in value.items()}
        elif type(at) is int and 0 <= at < len(arrays):
            found[name] = arrays[at]
        else:
            raise ValueError(_("an output names an array that is not there"))
    return found
