"""Why a log-prob moved as it did, in plain text, from a pair's numbers at the start.

One SGD step moves log π_w by η β σ(−m)(‖g_w‖² − g_w·g_l) and log π_l by
η β σ(−m)(g_w·g_l − ‖g_l‖²), to first order (Rafailov et al. 2023, §4): the Gram matrix
of the two gradients decides, and the weight σ(−m) scales.
"""

from collections.abc import Mapping
from typing import Any

from drillbox.lab.axis import minus
from drillbox.words import _

LEARNT = 1e-3  # a weight below it leaves any Gram matrix here flat


def why_chosen(happened: str, start: Mapping[str, Any], least: float) -> str:
    """Why log π(chosen) went up, down or stayed flat in the first step.

    start: the pair's record before it. least: what counts as a change, in nats.
    """
    (ww, wl), _row = start["gram"]
    expected = "up" if ww > wl else "down"
    if happened == "flat" and _small(start, 0, least):
        return _flat(start, ww - wl)
    if happened != expected:
        return _curved(expected)
    if happened == "up":
        return _(
            "‖g_w‖² = {ww} is more than g_w·g_l = {wl}: the chosen "
            "answer is pulled up by more than pushing the rejected one down "
            "takes from it"
        ).format(ww=_whole(ww), wl=_whole(wl))
    return _(
        "g_w·g_l = {wl} is more than ‖g_w‖² = {ww}: the answers "
        "share most of what they are made of, so pushing the rejected one "
        "down drags the chosen one along, and its own pull is too weak to "
        "make up for it"
    ).format(wl=_whole(wl), ww=_whole(ww))


def why_rejected(happened: str, start: Mapping[str, Any], least: float) -> str:
    """Why log π(rejected) went up, down or stayed flat; see why_chosen."""
    _row, (wl, ll) = start["gram"]
    expected = "up" if wl > ll else "down"
    if happened == "flat" and _small(start, 1, least):
        return _flat(start, wl - ll)
    if happened != expected:
        return _curved(expected)
    if happened == "down":
        return _(
            "‖g_l‖² = {ll} is more than g_w·g_l = {wl}: the push down "
            "is stronger than the lift that comes with raising the chosen "
            "answer"
        ).format(ll=_whole(ll), wl=_whole(wl))
    return _(
        "g_w·g_l = {wl} is more than ‖g_l‖² = {ll}: raising the "
        "chosen answer lifts what they share by more than the weak push on "
        "the rejected one takes off"
    ).format(wl=_whole(wl), ll=_whole(ll))


def _whole(value: float) -> str:
    return minus(f"{value:.0f}")


def _small(start: Mapping[str, Any], side: int, least: float) -> bool:
    """Is the first-order change of this side flat? Of a learnt pair it is."""
    return bool(start["weight"] < LEARNT or abs(start["first_order"][side]) < least)


def _flat(start: Mapping[str, Any], difference: float) -> str:
    gap = start["logp_chosen"] - start["logp_rejected"]
    return _(
        "the Gram matrix alone gives {difference}, but a step has the "
        "factor σ(−m) = {weight:.2g}, and what is left of it is flat; the "
        "margin m = β h = {margin} decides, not the raw gap of "
        "{gap} nats"
    ).format(
        difference=minus(f"{difference:+.0f}"),
        weight=start["weight"],
        margin=minus(f"{start['margin']:.1f}"),
        gap=minus(f"{gap:.1f}"),
    )


def _curved(expected: str) -> str:
    if expected == "up":
        return _(
            "to first order it goes up; this step is so large that the curvature "
            "decides, so try a smaller step size"
        )
    return _(
        "to first order it goes down; this step is so large that the curvature "
        "decides, so try a smaller step size"
    )
