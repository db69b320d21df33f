"""A further op of the reference worker, for a training of many steps; the text is run
in referee.py's own names.

    trajectory  a batch and a model, drawn from `seed`; policy and reference start as
                the same. By the number of steps, 1 to `steps`, what the library's
                function (`library`) makes of them; and by name what each of `wrong`,
                texts of wrong solutions, makes of one step and of `looked`
"""

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:  # this text is run where these names are
    from drillbox.grader.harness.referee import (
        OPS,
        attempt,
        caller,
        defined,
        expected,
        others,
        sent,
    )


def trajectory(
    answer: Any, space: Any, function: Any, given: Any, options: dict[str, Any]
) -> dict[str, Any]:
    """Cases as `cases` has them, one for each number of steps; and `bugs`."""
    every = world(space, options)
    call = others(options)["library"]
    head = listed(answer, every[0])
    cases = [
        {
            "name": f"step {count}",
            "arguments": [*head, ["steps", ["value", count]]],
            "expected": list(expected(answer, one, call, [])),
        }
        for count, one in enumerate(every, 1)
    ]
    few = every[0], every[: options["looked"]][-1]
    return {"cases": cases, "bugs": bugs(answer, few, options)}


def world(space: Any, options: dict[str, Any]) -> list[dict[str, Any]]:
    """The arguments for each number of steps: the same but for that number."""
    rng = np.random.default_rng(options["seed"])
    start = space["weights"](rng)
    how = {name: options[name] for name in ("pairs", "beta", "lr")}
    drawn = space["step"](rng, start, start, **how)
    return [{**drawn, "steps": count} for count in range(1, options["steps"] + 1)]


def listed(answer: Any, arguments: dict[str, Any]) -> list[Any]:
    """The arguments as they travel, but for the number of steps."""
    return [
        [name, sent(answer, value)]
        for name, value in arguments.items()
        if name != "steps"
    ]


def bugs(answer: Any, cases: Any, options: dict[str, Any]) -> dict[str, Any]:
    """By name the outputs of each case; None where it raises."""
    found = {}
    for name, text in options["wrong"].items():
        call = caller(defined(text, name, options["function"]), options)
        results = [attempt(call, arguments) for arguments in cases]
        found[name] = [one and answer.listed(one.items()) for one in results]
    return found


OPS["trajectory"] = trajectory
