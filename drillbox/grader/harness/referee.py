"""Runs in the reference worker: draws the cases and works out what is right.

The job's source is reference.py. options: `op`, `key` (hex: of this submission's
cases), `harness` and `options` (how the function is called), and by op
    cases       `texts`: name → text of another right solution: how exact float32 can be
    signatures  `texts`: id → text of a wrong solution
    residual    `case`: its number; the arguments of the job are the results
`more`: the text of further ops, such as those of proofs.py.
"""

import hmac
import importlib
import sys
from collections.abc import Callable, Iterator
from itertools import count
from types import ModuleType
from typing import Any

import numpy as np

compiled: Callable[[str], Any]  # inside.py gives it: the code of a harness's text

FACTOR = 8.0
FLOOR = 16.0
MOST = 512  # numbers in the arguments of a case below float64
UNITS = {"float16": 2.0**-10, "float32": 2.0**-23}


class Answer:
    """Outputs in the making: a head of JSON, and arrays by their number."""

    def __init__(self) -> None:
        self.arrays: list[Any] = []

    def add(self, array: Any) -> int:
        """The number of a new array."""
        self.arrays.append(np.asarray(array))
        return len(self.arrays) - 1

    def listed(self, outputs: Any) -> list[Any]:
        """Outputs as they travel: pairs of a name and a number or what it is."""
        return [
            [name, value if isinstance(value, dict) else {"array": self.add(value)}]
            for name, value in outputs
        ]

    def outputs(self, head: dict[str, Any]) -> list[Any]:
        """What inside.py sends."""
        numbered = ((str(k), array) for k, array in enumerate(self.arrays))
        return [("head", head), *numbered]


def run(function: Any, arguments: dict[str, Any], options: dict[str, Any]) -> list[Any]:
    """Answer one request."""
    space = sys.modules["submission"].__dict__
    answer = Answer()
    if "more" in options:
        exec(compiled(options["more"]), globals())  # noqa: F821 (inside.py)
    head = OPS[options["op"]](answer, space, function, arguments, options)
    return answer.outputs(head)


def drawn(space: dict[str, Any], key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The cases of a submission. Each has a seed of its own, so it stays what it is
    when another case is changed or left out."""
    rng = np.random.default_rng(0)
    made = iter(space["cases"](rng))
    for number in count():
        digest = hmac.digest(bytes.fromhex(key), b"case %d" % number, "sha256")
        seeded = np.random.default_rng(int.from_bytes(digest, "big"))
        rng.bit_generator.state = seeded.bit_generator.state
        try:
            name, arguments = next(made)
        except StopIteration:
            return
        yield name, {key: plain(value) for key, value in arguments.items()}


def plain(value: Any) -> Any:
    """numpy's scalars as Python's; a bfloat16 tensor as a pair with its float32."""
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, (np.ndarray, int, float, str, list, dict, type(None))):
        return value
    return ("bfloat16", np.array(value.float().numpy()))


def caller(
    function: Any, options: dict[str, Any], twice: bool = False
) -> Callable[[Any], dict[str, Any]]:
    """Call the function as the learner's is called. twice: if it is repeatable."""
    harness = ModuleType("harness")
    exec(compiled(options["harness"]), harness.__dict__)  # noqa: F821 (inside.py)
    again = twice and options["options"]["repeatable"]
    chosen = {**options["options"], "device": "cpu", "repeatable": again}

    def call(arguments: dict[str, Any]) -> dict[str, Any]:
        with np.errstate(all="ignore"):
            return dict(harness.__dict__["run"](function, arguments, chosen))

    return call


def defined(text: str, name: str, called: str) -> Any:
    """The function `called` of this text."""
    module = ModuleType(name)
    exec(compile(text, f"{name}.py", "exec"), module.__dict__)
    return module.__dict__[called]


# --- cases ---------------------------------------------------------------------------


def cases(
    answer: Answer, space: Any, function: Any, given: Any, options: dict[str, Any]
) -> dict[str, Any]:
    """Every case: its arguments, and what the reference makes of them."""
    call = caller(function, options)
    forms = [
        caller(defined(text, name, options["function"]), options)
        for name, text in options["texts"].items()
    ]
    return {
        "cases": [
            {
                "name": name,
                "arguments": [[key, sent(answer, v)] for key, v in arguments.items()],
                "expected": list(expected(answer, arguments, call, forms)),
            }
            for name, arguments in drawn(space, options["key"])
        ]
    }


def sent(answer: Answer, value: Any) -> list[Any]:
    """An argument as it travels."""
    if isinstance(value, tuple):
        return ["bfloat16", answer.add(value[1])]
    if isinstance(value, np.ndarray):
        return ["array", answer.add(value)]
    return ["value", value]


def expected(
    answer: Answer, arguments: Any, call: Any, forms: list[Any]
) -> Iterator[list[Any]]:
    """Name, what it is (an array's number or a fact), dtype, tolerance or None."""
    native = call(arguments)
    low = any(map(is_low, arguments.values()))
    exact = call(in_float64(arguments)) if low else native
    allowed = tolerances(arguments, call, native, exact, forms) if low else {}
    for name, value in native.items():
        if isinstance(value, dict):
            check_fact(name, value)
            yield [name, value, "", None]
        elif name in allowed:
            tolerance = answer.add(allowed[name])
            yield [name, answer.add(exact[name]), value.dtype.name, tolerance]
        else:
            yield [name, answer.add(value), value.dtype.name, None]


def check_fact(name: str, fact: dict[str, Any]) -> None:
    """None, no gradient, an exception and a text are answers; what cannot travel is a
    mistake."""
    plain = fact in ({"type": "None"}, {"grad": "unused"})
    if not plain and fact.keys() not in ({"raises"}, {"value"}):
        raise ValueError(f"the reference gives {fact} for the {name}")


def is_low(value: Any) -> bool:
    """Whether it is coarser than float64."""
    if isinstance(value, tuple):
        return True
    return isinstance(value, np.ndarray) and value.dtype.name in UNITS


def in_float64(arguments: dict[str, Any]) -> dict[str, Any]:
    """The same arguments, exactly, in float64."""
    return {
        name: (value[1] if isinstance(value, tuple) else value).astype(np.float64)
        if is_low(value)
        else value
        for name, value in arguments.items()
    }


def tolerances(
    arguments: Any, call: Any, native: Any, exact: Any, forms: list[Any]
) -> dict[str, Any]:
    """By name, how far each number may be off. From the problem: the worst error of a
    right solution, what the rounding of the inputs alone does, and a floor."""
    low = units(native)
    carried = sensitivity(in_float64(arguments), call, exact, low)
    right = [native, *(form(arguments) for form in forms)]
    return allowances(low, right, exact, carried)


def units(native: dict[str, Any]) -> dict[str, float]:
    """By name of what is coarser than float64: the distance of 1 to the next number."""
    return {
        name: UNITS[value.dtype.name]
        for name, value in native.items()
        if not isinstance(value, dict)
        and value.dtype.name in UNITS
        and not name.startswith(("argument ", "again "))
    }


def allowances(
    low: dict[str, float], right: list[Any], exact: Any, carried: Any
) -> dict[str, Any]:
    """The tolerances that these right solutions ask for."""
    found = {}
    for name, unit in low.items():
        errors = [np.abs(one[name] - exact[name]) for one in right]
        worst = np.max(errors, axis=0)
        scale = np.max(np.abs(exact[name]), initial=0.0)
        found[name] = FACTOR * np.maximum(worst, carried[name]) + FLOOR * unit * scale
    return found


def sensitivity(
    arguments: Any, call: Any, exact: Any, low: dict[str, float]
) -> dict[str, Any]:
    """What one unit in the last place of every number of the inputs adds up to."""
    unit = max(low.values(), default=0.0)
    sums = {name: np.zeros(np.shape(exact[name])) for name in low}
    floats = {
        name: value
        for name, value in arguments.items()
        if isinstance(value, np.ndarray) and value.dtype.kind == "f"
    }
    if sum(value.size for value in floats.values()) > MOST:
        raise ValueError(f"a case below float64 has more than {MOST} numbers")
    for name, value in floats.items():
        for place in np.ndindex(value.shape):
            moved = np.array(value)
            moved[place] *= 1.0 + unit
            outputs = call({**arguments, name: moved})
            for key in low:
                sums[key] += np.abs(outputs[key] - exact[key])
    return sums


# --- other solutions -----------------------------------------------------------------


def signatures(
    answer: Answer, space: Any, function: Any, given: Any, options: dict[str, Any]
) -> dict[str, Any]:
    """What every wrong solution gives for these cases; None where it raises.

    `given` are the learner's results of the case `probe`: who gives something else
    there is left out, since all of them on all cases would take too long.
    """
    every = [arguments for _, arguments in drawn(space, options["key"])]
    found: dict[str, list[Any]] = {}
    for name, text in options["texts"].items():
        call = caller(defined(text, name, options["function"]), options)
        if given and not resembles(attempt(call, every[options["probe"]]), given):
            continue
        results = [attempt(call, arguments) for arguments in every]
        found[name] = [one and answer.listed(one.items()) for one in results]
    return {"signatures": found}


def attempt(call: Any, arguments: Any) -> dict[str, Any] | None:
    """A wrong solution may also raise; then it gives nothing."""
    try:
        return call(arguments)  # type: ignore[no-any-return]
    except Exception:
        return None


def resembles(outputs: dict[str, Any] | None, given: dict[str, Any]) -> bool:
    """Roughly: the diagnosis looks closely."""
    if outputs is None:
        return False
    for name, wanted in given.items():
        value = outputs.get(name)
        if not isinstance(value, np.ndarray) or value.shape != wanted.shape:
            return False
        if not np.isfinite(wanted).all():
            if np.isfinite(value).all():
                return False
            continue
        scale = np.max(np.abs(wanted), initial=0.0)
        if not np.allclose(value, wanted, rtol=1e-3, atol=1e-3 * scale):
            return False
    return True


def others(options: dict[str, Any]) -> dict[str, Callable[[Any], dict[str, Any]]]:
    """The equivalent forms and the library's function, to be called."""
    found = {
        name: defined(text, name, options["function"])
        for name, text in options["texts"].items()
    }
    if options["library"]:
        module, _, name = options["library"].partition(".")
        home = importlib.import_module(f"drillbox.reference.{module}")
        found["library"] = getattr(home, name)
    return {name: caller(function, options) for name, function in found.items()}


def residual(
    answer: Answer, space: Any, function: Any, given: Any, options: dict[str, Any]
) -> dict[str, Any]:
    """How far the results are from solving the case."""
    _, arguments = list(drawn(space, options["key"]))[options["case"]]
    left = space["residual"](arguments, given)
    return {"residual": answer.add(np.asarray(left, np.float64))}


OPS = {
    "cases": cases,
    "signatures": signatures,
    "residual": residual,
}
