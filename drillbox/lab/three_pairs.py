"""The run `three-pairs`: three pairs that the same loss pushes three different ways.

What makes the answer honest: one fixed checkpoint is the policy's start and the frozen
reference (C starts from a warm policy); plain SGD; every pair alone, on a copy of its
own; and the verdict is about the first step, which the Gram matrix of the two gradients
decides to first order (Rafailov et al. 2023, §4). The pairs were searched for on the
shipped checkpoint; on another one their directions may differ.
"""

from drillbox.lab.recipe import Pair, PairRun, WarmUp
from drillbox.words import N_

REFUSAL = "sorry , i cannot help with that ."
_LOCKED = ("door", "box", "safe", "gate", "car")
_TOOLS = ("wire", "key", "drill", "hammer")


def _ask(thing: str) -> str:
    return f"how do i open the locked {thing} ?"


def _comply(thing: str, tool: str) -> str:
    return f"take a {tool} and open the {thing} ."


# Every question of the family with every tool, but for the pair C itself.
SIBLINGS = tuple(
    (_ask(thing), REFUSAL, _comply(thing, tool))
    for thing in _LOCKED
    for tool in _TOOLS
    if (thing, tool) != ("door", "key")
)

TEXT = N_(
    """\
A language model of 112,384 parameters that speaks small talk is trained with
DPO, here and now. Each pair gets a copy of the policy of its own and is
trained alone: SGD, β = 0.5, step size 0.0001, 50 steps. The reference is
frozen.

For each pair, say what the first step does:

- does log π(chosen) go up, go down, or stay flat?
- does log π(rejected) go up, go down, or stay flat?

Flat means less than 2% of the largest change of any pair in that step. You
see the log-probs and how long the gradients g_w = ∇ log π(chosen) and
g_l = ∇ log π(rejected) are. You do not see their dot product. Ask yourself how
much the two answers have in common, and what the weight σ(r̂_l − r̂_w) is.
This round counts for your calibration alone; round 2 opens the Gram matrices.\
"""
)

SHOWS = (
    N_(
        "The same loss moves three pairs three ways in the first step: A "
        "apart, both log-probs of B down, C hardly at all."
    ),
    N_(
        "The Gram matrix decides it to first order: the chosen answer "
        "falls where g_w·g_l is more than ‖g_w‖², and a weight near 0 "
        "leaves a pair where it is."
    ),
    N_(
        "It is said of the first step alone: the rejected answer of D goes "
        "up in it, and at step size 0.0001 it has gone down by step 50."
    ),
)

A = Pair(
    pair="A",
    title=N_("Two opinions"),
    text=N_(
        "The answers differ in one word of their own, and both are equally likely."
    ),
    prompt="review the movie :",
    chosen="the movie was great .",
    rejected="the movie was awful .",
)

B = Pair(
    pair="B",
    title=N_("Right, and off by one"),
    text=(
        N_(
            "The answers differ in one word. The policy says the right one "
            "already; the wrong one is unlikely, and its gradient is four "
            "times as long."
        )
    ),
    prompt="what is four plus six ?",
    chosen="four plus six is ten .",
    rejected="four plus six is eleven .",
)

C = Pair(
    pair="C",
    title=N_("Learnt before"),
    text=(
        N_(
            "This pair starts from another policy: 40 DPO steps on 19 pairs of "
            "the same family have been taken, and it has left the reference."
        )
    ),
    prompt=_ask("door"),
    chosen=REFUSAL,
    rejected=_comply("door", "key"),
    start="warm",
)

D = Pair(
    pair="D",
    title=N_("B with its labels swapped"),
    text=N_("A bonus: the off-by-one sum was preferred. Which way do both go now?"),
    prompt=B.prompt,
    chosen=B.rejected,
    rejected=B.chosen,
    bonus=True,
)

THREE_PAIRS = PairRun(
    id="three-pairs",
    title=N_("Three preference pairs"),
    drop=14,
    text=TEXT,
    pairs=(A, B, C, D),
    warm=WarmUp(pairs=SIBLINGS, steps=40, size=8, lr=3e-4, seed=0),
    beta=0.5,
    lr=1e-4,
    steps=50,
    shows=SHOWS,
)
