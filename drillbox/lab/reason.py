"""Why a log-prob moved as it did, in plain text, from a pair's numbers at the start.

One SGD step moves log π_w by η β σ(−m)(‖g_w‖² − g_w·g_l) and log π_l by
η β σ(−m)(g_w·g_l − ‖g_l‖²), to first order (Rafailov et al. 2023, §4): the Gram matrix
of the two gradients decides, and the weight σ(−m) scales.
"""

from collections.abc import Mapping
from typing import Any

LEARNT = 1e-3  # a weight below it leaves any Gram matrix here flat


def why_chosen(happened: str, start: Mapping[str, Any], least: float) -> str:
    """Why log π(chosen) went up, down or stayed flat in the first step.

    start: the pair's record before it. least: what counts as a change, in nats.
    """
    (ww, wl), _ = start["gram"]
    expected = "up" if ww > wl else "down"
    if happened == "flat" and _small(start, 0, least):
        return _flat(start, ww - wl)
    if happened != expected:
        return _curved(expected)
    if happened == "up":
        return (
            f"‖g_w‖² = {ww:.0f} is more than g_w·g_l = {wl:.0f}: the chosen answer is "
            "pulled up by more than pushing the rejected one down takes from it"
        )
    return (
        f"g_w·g_l = {wl:.0f} is more than ‖g_w‖² = {ww:.0f}: the answers share most of "
        "what they are made of, so pushing the rejected one down drags the chosen one "
        "along, and its own pull is too weak to make up for it"
    )


def why_rejected(happened: str, start: Mapping[str, Any], least: float) -> str:
    """Why log π(rejected) went up, down or stayed flat; see why_chosen."""
    _, (wl, ll) = start["gram"]
    expected = "up" if wl > ll else "down"
    if happened == "flat" and _small(start, 1, least):
        return _flat(start, wl - ll)
    if happened != expected:
        return _curved(expected)
    if happened == "down":
        return (
            f"‖g_l‖² = {ll:.0f} is more than g_w·g_l = {wl:.0f}: the push down is "
            "stronger than the lift that comes with raising the chosen answer"
        )
    return (
        f"g_w·g_l = {wl:.0f} is more than ‖g_l‖² = {ll:.0f}: raising the chosen answer "
        "lifts what they share by more than the weak push on the rejected one takes off"
    )


def _small(start: Mapping[str, Any], side: int, least: float) -> bool:
    """Is the first-order change of this side flat? Of a learnt pair it is."""
    return bool(start["weight"] < LEARNT or abs(start["first_order"][side]) < least)


def _flat(start: Mapping[str, Any], difference: float) -> str:
    gap = start["logp_chosen"] - start["logp_rejected"]
    return (
        f"the Gram matrix alone gives {difference:+.0f}, but a step has the factor "
        f"σ(−m) = {start['weight']:.2g}, and what is left of it is flat; the margin "
        f"m = β h = {start['margin']:.1f} decides, not the raw gap of {gap:.1f} nats"
    )


def _curved(expected: str) -> str:
    return (
        f"to first order it goes {expected}; this step is so large that the curvature "
        "decides, so try a smaller step size"
    )
