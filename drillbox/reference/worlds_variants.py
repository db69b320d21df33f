"""The worker of the run variants: one failure, and which losses it does not befall.

    pairs    how many, and the first one
    look     a policy after some steps: the share of the hundred sums it gets right, the
             implicit accuracy on the pairs, how far both sides have moved (nats), the
             share of answers that are in no pair, and the first of those

The pairs are the sums of two digits, the right one preferred to one that is 1 off; all
but one word of the answers is the same. "Greedy" takes the likeliest word each time.
For such pairs: Pal et al. 2024 (Smaug), arXiv:2402.13228. float32.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import torch

from drillbox.reference import corpus, losses
from drillbox.reference.metrics import implicit_accuracy
from drillbox.reference.sampling import sample
from drillbox.reference.tiny import SEP, TinyLM, batch
from drillbox.reference.training import Batch, adamw, reference_logprobs
from drillbox.reference.variants import Loss, Scores, fit, scores
from drillbox.reference.worlds import Record, Request, serve
from drillbox.reference.worlds_reviews import World, opened, orders, sound, watched

MOST = 10  # words of an answer
EVERY = 25  # steps between two looks
SIMPO, GAMMA = 2.0, 0.5  # its β, and its γ in reward
ORPO = 1.0  # its λ
Settings = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Method:
    """A loss under the name that its records have."""

    name: str
    loss: Loss


def records(request: Request) -> Iterator[Record]:
    """Every record but the last."""
    first, world = opened(request)
    yield first
    asked, seed = request["settings"], request["seed"]
    texts = off_by_one()
    pairs = batched(world, texts)
    yield {"type": "pairs", "count": len(pairs), "first": list(texts[0])}
    start = reference_logprobs(world.reference, pairs)
    yield look(world, "reference", world.reference, 0, pairs, start)
    for method in methods(asked):
        yield from trained(world, method, pairs, start, asked, seed)


def off_by_one() -> list[tuple[str, str, str]]:
    """Every sum of two digits with each neighbour of its answer that has a name."""
    return [
        (
            corpus.sum_question(a, b),
            corpus.sum_answer(a, b, a + b),
            corpus.sum_answer(a, b, wrong),
        )
        for a in range(10)
        for b in range(10)
        for wrong in (a + b - 1, a + b + 1)
        if 0 <= wrong < len(corpus.NUMBERS)
    ]


def batched(world: World, texts: list[tuple[str, str, str]]) -> Batch:
    """The pairs as rows, chosen first."""
    chosen = [(prompt, one) for prompt, one, _ in texts]
    rejected = [(prompt, one) for prompt, _, one in texts]
    return Batch(*batch(world.reviews.vocabulary, [*chosen, *rejected]))


def methods(asked: Settings) -> list[Method]:
    """The losses that stand side by side."""
    beta, noise, lam = asked["beta"], asked["label_smoothing"], asked["lam"]
    tau, large = asked["tau"], asked["beta_large"]
    smooth = {"beta": beta, "label_smoothing": noise}
    return [
        Method("DPO", lambda seen: losses.dpo(*seen.four, beta=beta)),
        Method("DPO, β large", lambda seen: losses.dpo(*seen.four, beta=large)),
        Method("cDPO", lambda seen: losses.cdpo(*seen.four, **smooth)),
        Method("robust DPO", lambda seen: losses.robust(*seen.four, **smooth)),
        Method("IPO", lambda seen: losses.ipo(*seen.four, beta=tau)),
        Method("SimPO", simpo),
        Method("ORPO", orpo),
        Method("DPOP", lambda seen: losses.dpop(*seen.four, beta=beta, lam=lam)),
        Method("DPO + likelihood", lambda seen: with_likelihood(seen, beta)),
    ]


def simpo(seen: Scores) -> torch.Tensor:
    """Without a reference, each log-prob divided by its length."""
    return losses.simpo(
        seen.policy_chosen,
        seen.policy_rejected,
        seen.chosen_lengths,
        seen.rejected_lengths,
        SIMPO,
        GAMMA,
    )


def orpo(seen: Scores) -> torch.Tensor:
    """The likelihood of chosen and the odds of the pair, without a reference."""
    return losses.orpo(
        seen.policy_chosen / seen.chosen_lengths,
        seen.policy_rejected / seen.rejected_lengths,
        ORPO,
    )


def with_likelihood(seen: Scores, beta: float) -> torch.Tensor:
    """DPO and the mean −log π of chosen's tokens, nats: the term that fine-tuning has.

    Pang et al. 2024, arXiv:2404.19733, Eq. 1, with weight 1.
    """
    likelihood = seen.policy_chosen / seen.chosen_lengths
    return losses.dpo(*seen.four, beta=beta) - likelihood


def trained(
    world: World,
    method: Method,
    pairs: Batch,
    start: tuple[torch.Tensor, torch.Tensor],
    asked: Settings,
    seed: int,
) -> Iterator[Record]:
    """A look after every EVERY steps, and after the last."""
    policy, steps, name = world.policy(), asked["steps"], method.name
    order = orders(len(pairs), steps, world.random(seed, "orders"))
    optimizer = adamw(policy, asked["lr"])
    states = fit(policy, start, pairs, method.loss, optimizer, order)
    for done, _ in enumerate(watched(name, sound(name, policy, world, states)), 1):
        if done % EVERY == 0 or done == steps:
            yield look(world, name, policy, done, pairs, start)


def look(
    world: World,
    name: str,
    policy: TinyLM,
    step: int,
    pairs: Batch,
    start: tuple[torch.Tensor, torch.Tensor],
) -> Record:
    """What the policy answers, and where it stands on the pairs."""
    said = answers(world, policy)
    right = [corpus.sum_answer(a, b, a + b) for a in range(10) for b in range(10)]
    in_pairs = {text for _, *both in off_by_one() for text in both}
    strange = [text for text in said if text not in in_pairs]
    with torch.no_grad():
        seen = scores(policy, start, pairs)
    return {
        "type": "look",
        "name": name,
        "step": step,
        "greedy": sum(map(str.__eq__, said, right)) / len(said),
        "accuracy": implicit_accuracy(*seen.four).item(),
        "chosen": (seen.policy_chosen - seen.ref_chosen).mean().item(),
        "rejected": (seen.policy_rejected - seen.ref_rejected).mean().item(),
        "elsewhere": len(strange) / len(said),
        "strange": strange[0] if strange else "",
    }


def answers(world: World, policy: TinyLM) -> list[str]:
    """The likeliest answer, word by word, to each of the hundred sums."""
    words = world.reviews.vocabulary
    questions = [corpus.sum_question(a, b) for a in range(10) for b in range(10)]
    prompts = [[*words.encode(question), SEP] for question in questions]
    spoken = sample(policy, prompts, MOST, world.random(0, "greedy"), 0.0)
    return [
        words.decode(row[marks].tolist())
        for row, marks in zip(spoken.ids, spoken.mask, strict=True)
    ]


if __name__ == "__main__":
    serve(records)
