"""The reference worker: it alone holds solution, generator and seeds.

A process of its own. A request names an exercise's folder; the answer is a frame with
the cases of a fresh seed and what the reference makes of them, or with what each wrong
solution makes of the same cases.

    {"op": "cases", …, "seed": null or a whole number}
    {"op": "signatures", …}      of the cases that were asked for last
"""

import os
import secrets
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np

from drillbox.workers.frame import LARGE, Array, pack, read, unpack

DRAWS = 8  # perturbations by one unit in the last place of float32
FACTOR = 8.0
FLOOR = 16.0

Arguments = dict[str, Any]
Outputs = dict[str, Any]


@dataclass
class Answer:
    """A frame in the making; arrays are named by their index."""

    head: dict[str, Any] = field(default_factory=dict)
    arrays: list[Array] = field(default_factory=list)

    def add(self, array: Array) -> int:
        """The index of a new array."""
        self.arrays.append(array)
        return len(self.arrays) - 1

    def outputs(self, outputs: Outputs) -> list[Any]:
        """Outputs as they travel: pairs of a name and an index or what it is."""
        return [
            [name, value if isinstance(value, Mapping) else {"array": self.add(value)}]
            for name, value in outputs.items()
        ]


class Referee:
    """Answers requests about one exercise at a time."""

    def __init__(self) -> None:
        self.arguments: list[Arguments] = []

    def answer(self, request: dict[str, Any]) -> bytes:
        """The frame for this request; the reason where it cannot be answered."""
        try:
            asked = {"cases": self.cases, "signatures": self.signatures}
            answer = asked[request["op"]](request)
        except Exception as error:
            kind = type(error).__name__
            return pack({"error": f"{kind}: {error}"[:2000]})
        return pack(answer.head, answer.arrays)

    def cases(self, request: dict[str, Any]) -> Answer:
        """Draw the cases and work them out with the reference solution."""
        module = program(os.path.join(request["directory"], "reference.py"))
        seed = request["seed"]
        rng = np.random.default_rng(secrets.randbits(63) if seed is None else seed)
        drawn = list(module.__dict__["cases"](rng))
        self.arguments = [arguments for _, arguments in drawn]
        call = caller(request, module)
        answer = Answer()
        answer.head["cases"] = [
            _case(answer, name, arguments, call) for name, arguments in drawn
        ]
        return answer

    def signatures(self, request: dict[str, Any]) -> Answer:
        """What every wrong solution gives for the cases drawn last."""
        answer = Answer()
        answer.head["signatures"] = {
            name: self._signature(answer, request, path)
            for name, path in request["wrong"].items()
        }
        return answer

    def _signature(self, answer: Answer, request: Any, path: str) -> list[Any]:
        call = caller(request, program(path))
        results: list[Any] = []
        for arguments in self.arguments:
            try:
                results.append(answer.outputs(call(arguments)))
            except Exception:  # a wrong solution may also raise; then it gives nothing
                results.append(None)
        return results


def program(path: str) -> ModuleType:
    """The module at this path, run afresh."""
    with open(path, encoding="utf-8") as file:
        source = file.read()
    module = ModuleType(os.path.splitext(os.path.basename(path))[0])
    exec(compile(source, path, "exec"), module.__dict__)
    return module


def caller(request: dict[str, Any], module: ModuleType) -> Callable[[Any], Outputs]:
    """Call the module's function as the learner's is called."""
    harness = ModuleType("harness")
    exec(compile(request["harness"], "<harness>", "exec"), harness.__dict__)
    run, function = harness.__dict__["run"], module.__dict__[request["function"]]
    options = {**request["options"], "device": "cpu"}

    def call(arguments: Arguments) -> Outputs:
        with np.errstate(all="ignore"):
            return dict(run(function, arguments, options))

    return call


def _case(
    answer: Answer, name: str, arguments: Arguments, call: Callable[[Any], Outputs]
) -> dict[str, Any]:
    return {
        "name": name,
        "arguments": [[key, _sent(answer, v)] for key, v in arguments.items()],
        "expected": list(_expected(answer, arguments, call)),
    }


def _sent(answer: Answer, value: Any) -> list[Any]:
    if isinstance(value, np.ndarray):
        return ["array", answer.add(value)]
    return ["value", value]


def _expected(
    answer: Answer, arguments: Arguments, call: Callable[[Any], Outputs]
) -> Iterable[list[Any]]:
    """Name, index of the value, dtype, index of the tolerance or None."""
    native = call(arguments)
    low = any(_is_low(value) for value in arguments.values())
    exact = call(_as_float64(arguments)) if low else native
    spread = _spread(arguments, call, exact) if low else {}
    for name, value in native.items():
        if isinstance(value, Mapping):
            raise ValueError(f"the reference gives {dict(value)} for the {name}")
        if name.startswith("argument ") or value.dtype.kind != "f" or not low:
            yield [name, answer.add(value), value.dtype.name, None]
            continue
        tolerance = answer.add(_tolerance(value, exact[name], spread[name]))
        yield [name, answer.add(exact[name]), value.dtype.name, tolerance]


def _is_low(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype == np.float32


def _as_float64(arguments: Arguments) -> Arguments:
    return {
        name: value.astype(np.float64) if _is_low(value) else value
        for name, value in arguments.items()
    }


def _spread(
    arguments: Arguments, call: Callable[[Any], Outputs], exact: Outputs
) -> dict[str, Array]:
    """How far one unit in the last place of the inputs moves each output."""
    rng = np.random.default_rng(0)
    unit = np.finfo(np.float32).eps
    far = {
        name: np.zeros(value.shape)
        for name, value in exact.items()
        if value.dtype.kind == "f" and not name.startswith("argument ")
    }
    for _ in range(DRAWS):
        moved = {
            name: value * (1 + unit * rng.choice([-1.0, 1.0], np.shape(value)))
            if isinstance(value, np.ndarray) and value.dtype.kind == "f"
            else value
            for name, value in _as_float64(arguments).items()
        }
        outputs = call(moved)
        for name, most in far.items():
            far[name] = np.maximum(most, np.abs(outputs[name] - exact[name]))
    return far


def _tolerance(native: Array, exact: Array, spread: Array) -> Array:
    """From the problem: its rounding error and its sensitivity, with room to spare."""
    unit = float(np.finfo(np.float32).eps)
    rounding = np.abs(native.astype(np.float64) - exact)
    scale = float(np.abs(exact).max()) if exact.size else 0.0
    return np.asarray(FACTOR * np.maximum(rounding, spread) + FLOOR * unit * scale)


def main() -> None:
    """Requests on standard input, answers on standard output, until it ends."""
    requests, answers = os.dup(0), os.dup(1)
    os.dup2(2, 1)  # what an author's code prints is no answer
    referee = Referee()
    while (data := read(lambda count: os.read(requests, count), LARGE)) is not None:
        rest = memoryview(referee.answer(unpack(data, LARGE)[0]))
        while rest:
            rest = rest[os.write(answers, rest) :]
    sys.exit(0)


if __name__ == "__main__":
    main()
