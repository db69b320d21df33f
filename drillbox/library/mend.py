"""A card whose form is wrong, put right as far as one can guess.

Only so that the rest of it is checked in the same reading: what comes out is never
shown to a learner, and nothing is guessed that could make a sound part look wrong.
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from drillbox.domain.card import Card
from drillbox.library.wording import Fault, faults_of, meant

ROUNDS = 5  # a field put right may show what is wrong inside it
_STAND_IN = frozenset({"id", "prompt", "explain", "why", "fix"})
_NEEDLESS = frozenset(
    {"check", "group", "hint", "misconception", "source", "tolerance", "unit", "was"}
)


def mended(raw: Any, validate: Callable[[Any], Card], model: Any) -> Card | None:
    """The card in `raw` after renaming, dropping or filling in what is wrong with it;
    None where that takes more. validate: what makes a card of it, or refuses."""
    value = deepcopy(raw)
    for _ in range(ROUNDS):
        try:
            card = validate(value)
        except ValidationError as error:
            faults = sorted(faults_of(error, model, value), key=_misspelt_first)
            if not all(_put_right(value, fault) for fault in faults):
                return None
        else:
            return card
    return None


def _misspelt_first(fault: Fault) -> bool:
    return fault.code != "extra_forbidden"


def _put_right(card: Any, fault: Fault) -> bool:
    """Put one fault right within `card`; False if that would be a guess too far."""
    path = fault.path
    around = _around(card, path)
    if not path or not isinstance(around, dict):
        return False
    name = str(path[-1])
    if fault.code == "extra_forbidden":
        _rename(around, name, meant(fault))
    elif path[0] in _NEEDLESS:
        card.pop(path[0], None)
    elif name in _NEEDLESS:
        around.pop(name, None)
    elif _is_echo(fault, around, name):
        return True
    elif name not in _STAND_IN or (name == "prompt" and "blanks" in around):
        return False  # the gaps of a prompt that is not there would all be missing
    else:
        around[name] = "x"
    return True


def _is_echo(fault: Fault, around: dict[str, Any], name: str) -> bool:
    """Whether this is only said because of another fault: a misspelt field is missing
    too, and a list is too short if pydantic could not use some of its entries."""
    if fault.code == "too_short":
        return len(fault.value) >= int(fault.limits["min_length"])
    return fault.code == "missing" and name in around


def _rename(around: dict[str, Any], name: str, to: str | None) -> None:
    inner = around.pop(name, None)
    if to is not None:
        around.setdefault(to, inner)


def _around(value: Any, path: Sequence[str | int]) -> Any:
    """What stands around the last part of the path; None if there is no such place."""
    for part in path[:-1]:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value
