"""The worker of the run four-models: PPO and DPO on the same labels, counted and timed.

    memory        bytes of one model that a method holds, counted on its tensors
    bill          of all its models, beside the formula; on a GPU as torch.cuda says
    account       the formula in bf16, for billions of parameters
    time          seconds of one pass, and of a method's whole training (CPU seconds;
                  on a GPU those of the clock); not the same twice, as all else is
    labels, reward_model   of a seed
    standing      where a policy stands: at the start, half way and at the end
    summary       of each method at its end, over the seeds: mean, least and most

PPO: Ouyang et al. 2022, arXiv:2203.02155. DPO: Rafailov et al. 2023, arXiv:2305.18290.
Online DPO: Guo et al. 2024, arXiv:2402.04792; by the true preference, on labels that
are new at every step, and once by the reward model, on no label but the first ones.
float32.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor

from drillbox.reference import rlhf, training
from drillbox.reference.online import Prefer, online_dpo
from drillbox.reference.reviews import MOST
from drillbox.reference.sampling import Answers
from drillbox.reference.scoring import Scorer
from drillbox.reference.tiny import TinyLM
from drillbox.reference.training import Batch, State, adamw, reference_logprobs
from drillbox.reference.worlds import Record, Request, serve
from drillbox.reference.worlds_bill import bills
from drillbox.reference.worlds_reviews import (
    RM_STEPS,
    SIZE,
    Learner,
    World,
    judged,
    labels,
    mean_and_range,
    now,
    opened,
    orders,
    reward_model,
    sound,
    watched,
)

PARTS = 2  # of a training, each ending with a look at where the policy stands
PPO_ITERATIONS, PPO_KL, PPO_LR = 30, 0.1, 3e-4
DPO_STEPS, DPO_LR = 64, 1e-4  # eight times over all labels
DPO_BETA, LOW_BETA = 1.0, 0.3
ONLINE_STEPS, ONLINE_LR, ONLINE_BETA = 40, 3e-4, 0.3
SUMMED = ("kl", "reward", "words", "grammatical")
Settings = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Training:
    """A method at work. labels: true preferences that it needs; steps: of `states`."""

    method: str
    labels: int
    policy: TinyLM
    steps: int
    states: Iterator[State | rlhf.Iteration]


@dataclass(frozen=True, slots=True)
class Seed:
    """All that the methods of one seed have in common. cached: log ref of the pairs."""

    world: World
    seed: int
    pairs: Batch
    cached: tuple[Tensor, Tensor]
    scorer: Scorer
    length: float


def lengthened(steps: int, length: float) -> int:
    """So many steps, more or fewer as the settings wish; at least one."""
    return max(1, round(steps * length))


def records(request: Request) -> Iterator[Record]:
    """Every record but the last."""
    asked, seed = request["settings"], request["seed"]
    first, world = opened(request)
    yield first
    pairs = world.labelled(seed)
    yield from bills(world, pairs, asked["width"], seed)
    ends = []
    for one in range(seed, seed + asked["seeds"]):
        if one != seed:
            pairs = world.labelled(one)
        for record in scoreboard(world, one, pairs, asked):
            yield record
            if record["type"] == "standing" and record["at"] == 1:
                ends.append(record)
    for method in dict.fromkeys(one["method"] for one in ends):
        yield summary([one for one in ends if one["method"] == method])


def scoreboard(
    world: World, seed: int, pairs: Batch, asked: Settings
) -> Iterator[Record]:
    """One seed: its labels, a reward model, and every method on them."""
    yield labels(world.reviews.vocabulary, pairs, seed)
    began = now(world.device)
    scorer, fitted = reward_model(
        world, pairs, seed, lengthened(RM_STEPS, asked["length"])
    )
    yield fitted
    yield time("reward model", now(world.device) - began, seed)
    start, _ = world.standing(world.reference, seed)
    yield {"type": "standing", "seed": seed, "method": "reference", "at": 0} | asdict(
        start
    )
    cached = reference_logprobs(world.reference, pairs)
    have = Seed(world, seed, pairs, cached, scorer, asked["length"])
    for method in trainings(have, asked):
        yield from followed(world, method, seed)


def trainings(have: Seed, asked: Settings) -> Iterator[Training]:
    """PPO, DPO, online DPO; the learner's own DPO where the settings wish another."""
    yield ppo(have)
    steps = lengthened(DPO_STEPS, have.length)
    yield offline(have, "DPO", DPO_BETA, DPO_LR, steps)
    yield offline(have, f"DPO with β {LOW_BETA:g}", LOW_BETA, DPO_LR, steps)
    yield online(have, "online DPO", true=True)
    yield online(have, "online DPO by score", true=False)
    own = asked["beta"], asked["lr"], asked["steps"]
    if own != (DPO_BETA, DPO_LR, DPO_STEPS):
        yield offline(have, "yours", *own)


def ppo(have: Seed) -> Training:
    """PPO, paid by the reward model less the KL penalty."""
    policy, steps = have.world.policy(), lengthened(PPO_ITERATIONS, have.length)
    learner = Learner(policy, PPO_KL, PPO_LR, have.seed)
    seen = learner.iterations(have.world, have.scorer, steps, "PPO")
    return Training("PPO", len(have.pairs), policy, steps, (one for one, _ in seen))


def offline(have: Seed, name: str, beta: float, lr: float, steps: int) -> Training:
    """DPO on the labelled pairs."""
    world, pairs, policy = have.world, have.pairs, have.world.policy()
    order = orders(len(pairs), steps, world.random(have.seed, "DPO"))
    states = training.dpo(policy, have.cached, pairs, adamw(policy, lr), beta, order)
    checked = watched(name, sound(name, policy, world, states))
    return Training(name, len(pairs), policy, steps, checked)


def online(have: Seed, name: str, *, true: bool) -> Training:
    """Online DPO; compared by the true preference, or by the reward model's."""
    world, policy = have.world, have.world.policy()
    steps = lengthened(ONLINE_STEPS, have.length)
    draw = world.random(have.seed, "online DPO")
    prefer = world.reviews.prefer(draw) if true else by_score(have.scorer, draw)
    states = online_dpo(
        policy,
        world.reference,
        world.reviews.prompts(SIZE),
        prefer,
        adamw(policy, ONLINE_LR),
        beta=ONLINE_BETA,
        most=MOST,
        steps=steps,
        generator=draw,
    )
    checked = watched(name, sound(name, policy, world, states))
    asked = SIZE * steps if true else len(have.pairs)
    return Training(name, asked, policy, steps, checked)


def by_score(scorer: Scorer, generator: torch.Generator) -> Prefer:
    """Bradley and Terry on the scores of a reward model."""

    def won(first: Answers, second: Answers) -> Tensor:
        with torch.no_grad():
            gap = judged(scorer, first) - judged(scorer, second)
        draws = torch.rand(gap.shape, generator=generator, device=gap.device)
        return draws < torch.sigmoid(gap)

    return won


def followed(world: World, method: Training, seed: int) -> Iterator[Record]:
    """Train to the end; where the policy stands on the way; the seconds."""
    about = {"seed": seed, "method": method.method}
    marks = {round(method.steps * part / PARTS) for part in range(1, PARTS + 1)}
    spent, began = 0.0, now(world.device)
    for step, _ in enumerate(method.states, 1):
        if step in marks:
            spent += now(world.device) - began
            found, _ = world.standing(method.policy, seed)
            at = {"labels": method.labels, "at": step / method.steps}
            yield {"type": "standing", **about} | at | asdict(found)
            began = now(world.device)
    yield time(method.method, spent, seed)


def time(method: str, seconds: float, seed: int) -> Record:
    """Of a whole training, without what was looked at on the way."""
    return {"type": "time", "method": method, "seed": seed, "seconds": seconds}


def summary(ends: Sequence[Record]) -> Record:
    """Of one method, over the seeds."""
    spread = {name: mean_and_range([one[name] for one in ends]) for name in SUMMED}
    return {"type": "summary", "method": ends[0]["method"], "seeds": len(ends)} | spread


if __name__ == "__main__":
    serve(records)
