"""Further ops of the reference worker, for proofs; the text is run in referee.py's own
names. Each is asked about the cases of many submissions at once: options `keys`.

    seeds    as `cases`
    forms    what the equivalent forms (`texts`) and the library's function (`library`)
             give, and all that judging them needs; `itself`: and what the reference
             gives when it is called as a learner's function is, and what became of the
             arguments, of which `mutates` may change. `single`: the cases in float32
    programs what each of `texts` gives, and how far that is from solving the case
             where the exercise measures it so; `seconds`: that one may run, since it
             may never end
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:  # this text is run where these names are
    from drillbox.grader.harness.referee import (
        MOST,
        OPS,
        allowances,
        attempt,
        caller,
        cases,
        check_fact,
        defined,
        drawn,
        in_float64,
        is_low,
        others,
        sensitivity,
        units,
    )


def every(
    space: Any, options: dict[str, Any]
) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """The key's number, name and arguments of each case of each submission."""
    for number, key in enumerate(options["keys"]):
        for name, arguments in drawn(space, key):
            low = options.get("single")
            yield number, name, single(arguments) if low else arguments


def single(arguments: dict[str, Any]) -> dict[str, Any]:
    """The same in float32; a case that is too large for it stays as it is."""
    floats = [a for a in arguments.values() if getattr(a, "dtype", None) == np.float64]
    if sum(value.size for value in floats) > MOST:
        return arguments
    return {
        name: value.astype(np.float32)
        if isinstance(value, np.ndarray) and value.dtype == np.float64
        else value
        for name, value in arguments.items()
    }


def seeds(
    answer: Any, space: Any, function: Any, given: Any, options: dict[str, Any]
) -> dict[str, Any]:
    """The cases of all of them, as if they were those of one."""
    asked = ({**options, "key": key} for key in options["keys"])
    found = [cases(answer, space, function, given, one) for one in asked]
    return {"cases": [case for one in found for case in one["cases"]]}


# --- forms ---------------------------------------------------------------------------


def forms(
    answer: Any, space: Any, function: Any, given: Any, options: dict[str, Any]
) -> dict[str, Any]:
    """By name, for each case: `expected`, and `outputs` or, where it raised, a text."""
    call = caller(function, options)
    calls = others(options)
    if options["itself"]:
        calls["reference"] = caller(function, options, twice=True)
    found: dict[str, list[Any]] = {name: [] for name in calls}
    for key, case, arguments in every(space, options):
        results = {name: said(one, arguments) for name, one in calls.items()}
        if not options["itself"]:
            results = {name: bare(outputs) for name, outputs in results.items()}
        wanted = expectations(answer, arguments, call, results, options)
        for name, outputs in results.items():
            one = {"key": key, "name": case, "arguments": []}
            one["expected"] = wanted[name]
            one["residual"] = measured(answer, space, arguments, outputs)
            known = isinstance(outputs, dict)
            one["outputs"] = answer.listed(outputs.items()) if known else outputs
            found[name].append(one)
    return {"forms": found}


def measured(answer: Any, space: Any, arguments: Any, outputs: Any) -> int | None:
    """The number of the residual, where there is one to be had."""
    left = space.get("residual")
    if not left or not isinstance(outputs, dict) or "raises" in outputs:
        return None
    try:
        with np.errstate(all="ignore"):
            found = np.asarray(left(arguments, outputs), np.float64)
    except Exception:  # results of another form; that is said of them first
        return None
    return int(answer.add(found))


def said(call: Any, arguments: Any) -> Any:
    """What it gives, or a text of what it raised."""
    try:
        return call(arguments)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def bare(outputs: Any) -> Any:
    """Without the arguments: half of what would travel."""
    if not isinstance(outputs, dict):
        return outputs
    return {k: one for k, one in outputs.items() if not k.startswith("argument ")}


def expectations(
    answer: Any, arguments: Any, call: Any, results: Any, options: Any
) -> dict[str, list[Any]]:
    """By name of the form what it must give: see `expected`. Below float64 a form is
    measured by the others, not by itself."""
    native = once(results.get("reference"), call, arguments)
    native = native if options["itself"] else bare(native)
    low = units(native) if any(map(is_low, arguments.values())) else {}
    exact = call(in_float64(arguments)) if low else native
    base = [
        [name, *stated(answer, name, (exact if name in low else native)[name], value)]
        if name.removeprefix("argument ") not in arguments
        else [name, *unchanged(answer, name, value, arguments, options)]
        for name, value in native.items()
    ]
    found = {}
    for name, allowed in tolerated(arguments, call, native, exact, results, low):
        found[name] = [
            [*one, answer.add(allowed[one[0]]) if one[0] in allowed else None]
            for one in base
        ]
    return found


def once(given: Any, call: Any, arguments: Any) -> dict[str, Any]:
    """What the reference gave in its first call; where it raised, it does so again."""
    known: dict[str, Any] = given if isinstance(given, dict) else call(arguments)
    return {name: one for name, one in known.items() if not name.startswith("again ")}


def tolerated(
    arguments: Any, call: Any, native: Any, exact: Any, results: Any, low: Any
) -> Iterator[tuple[str, dict[str, Any]]]:
    """By name of the form, how far each number may be off. What the rounding of the
    inputs does takes a call for each number, so it is asked only if it matters."""
    nothing = dict.fromkeys(low, 0.0)
    carried: Any = None
    for name, given in results.items():
        right = [native, *fitting(results, low, exact, name)]
        allowed = allowances(low, right, exact, nothing)
        off = [key for key in low if exceeds(given, key, exact, allowed)]
        if off and carried is None:
            carried = sensitivity(in_float64(arguments), call, exact, low)
        yield name, allowances(low, right, exact, carried) if off else allowed


def exceeds(given: Any, key: str, exact: Any, allowed: Any) -> bool:
    """Whether this number, if it is one, is further off than that."""
    value = given.get(key) if isinstance(given, dict) else None
    if not isinstance(value, np.ndarray) or value.shape != np.shape(exact[key]):
        return False
    return not bool((np.abs(value - exact[key]) <= allowed[key]).all())


def fitting(results: Any, low: Any, exact: Any, name: str) -> list[Any]:
    """What the other forms gave, as far as it can be compared at all."""
    return [
        one
        for other, one in results.items()
        if other != name
        and isinstance(one, dict)
        and all(
            key in one and np.shape(one[key]) == np.shape(exact[key]) for key in low
        )
    ]


def stated(answer: Any, name: str, value: Any, native: Any) -> list[Any]:
    """What it is, an array's number or a fact, and its dtype."""
    if isinstance(value, dict):
        check_fact(name, value)
        return [value, ""]
    return [answer.add(value), native.dtype.name]


def unchanged(
    answer: Any, name: str, value: Any, arguments: Any, options: Any
) -> list[Any]:
    """An argument as it was drawn, unless it may be changed."""
    own = name.removeprefix("argument ")
    if own in options["mutates"]:
        return stated(answer, name, value, value)
    before = arguments[own]
    before = before[1] if isinstance(before, tuple) else before
    if isinstance(before, np.ndarray):
        return [answer.add(before), before.dtype.name]
    return [{"value": repr(before)[:4096]}, ""]


# --- programs ------------------------------------------------------------------------


def programs(
    answer: Any, space: Any, function: Any, given: Any, options: dict[str, Any]
) -> dict[str, Any]:
    """By name, for each case: what it gives and its residual, or None and None."""
    asked = [arguments for _, _, arguments in every(space, options)]
    found: dict[str, list[Any]] = {}
    for name, text in options["texts"].items():
        results: list[Any] = []
        try:
            with limit(options["seconds"]):
                call = caller(defined(text, name, options["function"]), options)
                for arguments in asked:
                    results.append(attempt(call, arguments))
        except Over:
            results += [None] * (len(asked) - len(results))
        except Exception:  # the text itself
            results = [None] * len(asked)
        found[name] = [
            [None, None]
            if one is None
            else [
                answer.listed(one.items()),
                measured(answer, space, arguments, one),
            ]
            for arguments, one in zip(asked, results, strict=True)
        ]
    return {"programs": found}


class Over(BaseException):
    """The time of a program is over; no `except Exception` of its own holds it."""


@contextmanager
def limit(seconds: float) -> Iterator[None]:
    """Over in whatever runs longer."""

    def over(number: int, frame: Any) -> None:
        raise Over

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


OPS |= {"seeds": seeds, "forms": forms, "programs": programs}
