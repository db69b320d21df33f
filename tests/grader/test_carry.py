"""A function becomes a text that stands alone; what cannot is named."""

import linecache
import math
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from numpy import logaddexp
from torch import sigmoid

from drillbox.grader.carry import CannotCarry, carry

ONE = 1.0
SETTINGS = {"sign": [1, (2.0, None)], "big": math.inf, "none": {1, 2}}
stranger = ModuleType("stranger")


class Weights:
    half = 0.5 * ONE


def outer(x: float) -> float:
    return inner(x) + Weights.half


def inner(x: float) -> float:
    return x * ONE if x > 0 else outer(-x)


def run(source: str, name: str) -> Any:
    """What the carried text defines, in a namespace of its own."""
    namespace: dict[str, Any] = {"__name__": "carried"}
    exec(source, namespace)
    return namespace[name]


def factory(scale: float) -> Callable[[float], float]:
    def scaled(x: float) -> float:
        return scale * x

    return scaled


def uses_modules(x: float) -> float:
    return float(np.exp(x)) + math.pi + float(F.relu(torch.tensor(x)))


def uses_names(x: float) -> float:
    return float(logaddexp(0.0, x)) + float(sigmoid(torch.tensor(x)))


def uses_settings(x: float) -> float:
    return x if SETTINGS["big"] == math.inf else 0.0


@pytest.mark.parametrize(
    "function", [outer, factory(3.0), uses_modules, uses_names, uses_settings]
)
def test_the_text_alone_gives_the_same_results(function: Callable[..., Any]) -> None:
    carried = run(carry(function, "asked"), "asked")
    assert carried(2.0) == function(2.0)


def test_it_says_that_a_module_is_not_there_when_code_is_graded() -> None:
    def visits(x: float) -> float:
        return float(stranger.weight) * x

    with pytest.raises(CannotCarry, match=r"stranger .*not there"):
        carry(visits, "asked")


def test_it_names_a_value_that_is_no_constant() -> None:
    scale = torch.ones(())

    def scaled(x: Any) -> Any:
        return scale * x

    with pytest.raises(CannotCarry, match="scale") as error:
        carry(scaled, "asked")
    assert error.value.name == "scale"


@pytest.mark.parametrize("value", [lambda x: x, math.sin, Weights()])
def test_what_is_no_function_with_a_source_is_refused(value: Any) -> None:
    with pytest.raises(CannotCarry):
        carry(value, "asked")


def test_a_source_that_is_not_what_runs_is_refused() -> None:
    namespace: dict[str, Any] = {}
    file = "edited.py"
    exec(compile("def edited(x):\n    return x + 1\n", file, "exec"), namespace)
    text = "def edited(x):\n    return x.mean()\n"
    linecache.cache[file] = (len(text), None, text.splitlines(True), file)
    with pytest.raises(CannotCarry, match="changed"):
        carry(namespace["edited"], "edited")
