"""The hunt: find a pair whose log-probs both go down, within three tries."""

from collections.abc import Mapping, Sequence
from typing import Any

from drillbox.lab import document
from drillbox.lab.own import PARTS, Told
from drillbox.lab.recipe import Pair
from drillbox.lab.run import LabError, Record
from drillbox.lab.three_pairs import THREE_PAIRS
from drillbox.words import N_, _

TRIES = 3
TEXT = N_(  # shown through `_`
    "Find a pair whose two log-probs both go down in the first step. You have three "
    "tries, and after each you see its Gram matrix. Chosen falls if g_w·g_l is more "
    "than ‖g_w‖²: a likely chosen answer, an unlikely rejected one, nearly the same "
    "words."
)


def won(told: Told) -> bool:
    """Do both go down?"""
    return told.moves == ("down", "down")


def check(pair: Pair) -> None:
    """LabError for a pair that the run has already shown."""
    for known in THREE_PAIRS.pairs:
        if all(getattr(pair, part) == getattr(known, part) for part in PARTS):
            said = _("that is pair {name} of the run; find another one")
            raise LabError(said.format(name=known.pair))


def hint(told: Told) -> str:
    """What the Gram matrix of a try says about the next one."""
    (ww, wl), _rejected = told.start["gram"]
    if wl <= 0:
        return _("the gradients do not even agree: let the answers share more words")
    if wl < ww:
        return _(
            "g_w·g_l is {share} of ‖g_w‖² and must be more than all of it: take a "
            "likelier chosen answer, or a rejected one that is less likely"
        ).format(share=f"{wl / ww:.0%}")
    return _("chosen is dragged down already; rejected must fall too")


def shown() -> list[Record]:
    """Pairs that would have done it, the clearest first, as the search found them."""
    return [
        record
        for record in document.shipped("checkpoints")
        if record["type"] == "pick" and record["role"] == "B"
    ]


def share() -> Record:
    """How many of the template pairs do it on the shipped checkpoint."""
    every = document.shipped("checkpoints")
    (found,) = (r for r in every if r["type"] == "family" and r["family"] == "all")
    return found


def body(tries: Sequence[Told], model: str = "") -> Mapping[str, Any]:
    """What the log keeps. model: its name, if it is not the word model."""
    pairs = [{part: told.start[part] for part in PARTS} for told in tries]
    kept = {"round": "hunt", "tries": pairs, "found": won(tries[-1])}
    return kept | ({"model": model} if model else {})
