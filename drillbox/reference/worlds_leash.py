"""The worker of the run leash: PPO with a KL penalty and without, several seeds.

    labels        the pairs of a seed, labelled by the true reward
    reward_model  what was fitted on them; PPO is paid by it alone
    iteration     one iteration of PPO, of the policy before it: score, KL, true reward
    ended         where the policy of a seed stands after the last of them
    said          some of its answers
    summary       over the seeds: mean, least and most

The seeds are that of the run and those that follow it, each with labels and a reward
model of its own, because the luck of those counts too. Both PPOs of a seed have the
same random numbers; they differ in the penalty. Ouyang et al. 2022, arXiv:2203.02155;
Gao et al. 2023, arXiv:2210.10760, for a score that goes on rising while the truth does
not. float32.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import torch

from drillbox.reference.rlhf import Iteration
from drillbox.reference.sampling import Answers
from drillbox.reference.scoring import Scorer
from drillbox.reference.worlds import Record, Request, serve
from drillbox.reference.worlds_reviews import (
    Learner,
    World,
    judged,
    labels,
    mean_and_range,
    opened,
    reward_model,
)

LEASHES = ("without", "with")
SAID = 2  # answers of each policy that are shown
SUMMED = ("score", "kl", "reward", "words", "grammatical")


def records(request: Request) -> Iterator[Record]:
    """Every record but the last."""
    asked, seed = request["settings"], request["seed"]
    first, world = opened(request)
    yield first
    ends = []
    for one in range(seed, seed + asked["seeds"]):
        for record in both(world, one, asked):
            yield record
            if record["type"] == "ended":
                ends.append(record)
    for leash in LEASHES:
        yield summary([one for one in ends if one["leash"] == leash])


def both(world: World, seed: int, asked: Mapping[str, Any]) -> Iterator[Record]:
    """One seed: labels, a reward model, PPO without the penalty and with it."""
    pairs = world.labelled(seed)
    yield labels(world.reviews.vocabulary, pairs, seed)
    scorer, fitted = reward_model(world, pairs, seed, asked["rm_steps"])
    yield fitted
    for leash in LEASHES:
        kl_coef = asked["kl_coef"] if leash == "with" else 0.0
        learner = Learner(world.policy(), kl_coef, asked["lr"], seed)
        about = {"leash": leash, "seed": seed}
        yield from trained(world, learner, scorer, asked["iterations"], about)
        for record in ended(world, learner, scorer):
            yield record | about


def trained(
    world: World, learner: Learner, scorer: Scorer, count: int, about: Record
) -> Iterator[Record]:
    """A record for each iteration of PPO."""
    name = f"PPO {about['leash']} KL, seed {about['seed']}"
    seen = learner.iterations(world, scorer, count, name)
    for number, (state, answers) in enumerate(seen):
        yield {"type": "iteration", **about, "iteration": number} | told(
            world, state, answers
        )


def told(world: World, state: Iteration, answers: Answers) -> Record:
    """What the reward model saw, and the truth that it did not see."""
    reviews = world.reviews
    return {
        "score": state.reward,
        "kl": state.kl,
        "reward": reviews.reward(answers).mean().item(),
        "grammatical": reviews.grammatical(answers).float().mean().item(),
    }


def ended(world: World, learner: Learner, scorer: Scorer) -> tuple[Record, Record]:
    """Where the policy stands at last, and some of its answers."""
    standing, answers = world.standing(learner.policy, learner.seed)
    with torch.no_grad():
        score = judged(scorer, answers).mean().item()
    rows = zip(answers.ids[:SAID], answers.mask[:SAID], strict=True)
    texts = [world.reviews.vocabulary.decode(row[on].tolist()) for row, on in rows]
    last = {"type": "ended", "score": score, **asdict(standing)}
    return last, {"type": "said", "texts": texts}


def summary(ends: Sequence[Record]) -> Record:
    """Over the seeds."""
    spread = {name: mean_and_range([one[name] for one in ends]) for name in SUMMED}
    leash = ends[0]["leash"]
    return {"type": "summary", "leash": leash, "seeds": len(ends), **spread}


if __name__ == "__main__":
    serve(records)
