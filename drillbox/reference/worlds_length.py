"""The worker of the run length: what the lengths of the pairs teach, loss by loss.

    pairs    how many, the first one, the mean tokens of both sides
    spoken   a policy after some steps, and what it then says by itself: mean tokens,
             the share with the right color, KL to the reference

An answer is right if its first sentence names the right color; that is what the pairs
prefer. Chosen is longer in a share `bias` of them, whatever the color. Park et al.
2024, arXiv:2403.19159, for the length that DPO learns and for R-DPO. A token is a word
or the end. float32.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import torch

from drillbox.reference import corpus, losses
from drillbox.reference.logprobs import completion_lengths, sequence_logprobs
from drillbox.reference.metrics import kl_sampled
from drillbox.reference.sampling import Answers, sample
from drillbox.reference.tiny import SEP, TinyLM, batch
from drillbox.reference.training import Batch, adamw, reference_logprobs
from drillbox.reference.variants import Loss, Scores, fit
from drillbox.reference.worlds import Record, Request, serve
from drillbox.reference.worlds_reviews import World, opened, orders, sound, watched

SENTENCES = 3  # of an answer in the pairs, at most
ASKED, MOST = 16, 32  # answers to each prompt, words of each at most
EVERY = 20  # steps between two looks
BETAS = (0.1, 0.5, 2.0)
BETA = 0.5  # of R-DPO
Settings = Mapping[str, Any]
Text = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Method:
    """A loss under the name and the constants that its records have."""

    name: str
    loss: Loss
    beta: float
    alpha: float = 0.0


UNTRAINED = Method("reference", lambda seen: seen.ref_chosen, 0.0)


def records(request: Request) -> Iterator[Record]:
    """Every record but the last."""
    first, world = opened(request)
    yield first
    asked, seed = request["settings"], request["seed"]
    texts = about_things(Random(seed), asked["pairs"], asked["bias"])
    pairs = batched(world, texts)
    yield described(texts, pairs)
    yield look(world, UNTRAINED, world.reference, 0, seed)
    for method in methods(asked):
        yield from spoken(world, method, pairs, asked, seed)


def about_things(random: Random, count: int, bias: float) -> list[Text]:
    """The right color preferred to a wrong one; chosen is longer with this chance."""
    pairs = []
    for _ in range(count):
        thing = random.choice(list(corpus.COLORS))
        right = corpus.COLORS[thing]
        wrong = random.choice([one for one in corpus.ALL_COLORS if one != right])
        few, many = sorted(random.sample(range(1, SENTENCES + 1), 2))
        sizes = (many, few) if random.random() < bias else (few, many)
        sides = [
            answer(thing, color, size)
            for color, size in zip((right, wrong), sizes, strict=True)
        ]
        pairs.append((question(thing), sides[0], sides[1]))
    return pairs


def question(thing: str) -> str:
    """The prompt."""
    return f"tell me about the {thing} :"


def answer(thing: str, color: str, size: int) -> str:
    """So many sentences, the color in the first."""
    sentences = (
        f"the {thing} is {color} .",
        f"you can see it {corpus.SPOTS[thing]} .",
        f"many people like the {thing} .",
    )
    return " ".join(sentences[:size])


def batched(world: World, texts: list[Text]) -> Batch:
    """The pairs as rows, chosen first."""
    chosen = [(prompt, one) for prompt, one, _ in texts]
    rejected = [(prompt, one) for prompt, _, one in texts]
    return Batch(*batch(world.reviews.vocabulary, [*chosen, *rejected]))


def described(texts: list[Text], pairs: Batch) -> Record:
    """How many, the first one, and how long both sides are."""
    chosen, rejected = completion_lengths(pairs.mask).chunk(2)
    return {
        "type": "pairs",
        "count": len(pairs),
        "first": list(texts[0]),
        "chosen": chosen.float().mean().item(),
        "rejected": rejected.float().mean().item(),
        "longer": (chosen > rejected).float().mean().item(),
    }


def methods(asked: Settings) -> list[Method]:
    """DPO at each β, R-DPO with both signs, the length-normalised loss."""
    found = [Method("DPO", dpo(beta), beta) for beta in BETAS]
    for name, alpha in (
        ("R-DPO", asked["alpha"]),
        ("R-DPO, wrong sign", -asked["alpha"]),
    ):
        found.append(Method(name, rdpo(alpha), BETA, alpha))
    beta = asked["beta_norm"]
    return [*found, Method("normalised", normalised(beta), beta)]


def dpo(beta: float) -> Loss:
    """DPO at this β."""
    return lambda seen: losses.dpo(*seen.four, beta=beta)


def rdpo(alpha: float) -> Loss:
    """R-DPO; a negative α is the minus that people write."""

    def loss(seen: Scores) -> torch.Tensor:
        return losses.rdpo(*seen.four, beta=BETA, alpha=alpha, **seen.lengths)

    return loss


def normalised(beta: float) -> Loss:
    """DPO with each log-ratio divided by its answer's length."""
    return lambda seen: losses.sigmoid_norm(*seen.four, beta=beta, **seen.lengths)


def spoken(
    world: World, method: Method, pairs: Batch, asked: Settings, seed: int
) -> Iterator[Record]:
    """The policy after every EVERY steps, and after the last."""
    policy, steps = world.policy(), asked["steps"]
    order = orders(len(pairs), steps, world.random(seed, "orders"))
    start = reference_logprobs(world.reference, pairs)
    optimizer = adamw(policy, asked["lr"])
    name = f"{method.name} at β {method.beta:g}"
    trained = fit(policy, start, pairs, method.loss, optimizer, order)
    for done, _ in enumerate(watched(name, sound(name, policy, world, trained)), 1):
        if done % EVERY == 0 or done == steps:
            yield look(world, method, policy, done, seed)


def look(world: World, method: Method, policy: TinyLM, step: int, seed: int) -> Record:
    """What the policy says by itself."""
    words = world.reviews.vocabulary
    things = [thing for thing in corpus.COLORS for _ in range(ASKED)]
    prompts = [[*words.encode(question(thing)), SEP] for thing in things]
    answers = sample(policy, prompts, MOST, world.random(seed, "spoken"))
    said = [
        words.decode(row[marks].tolist())
        for row, marks in zip(answers.ids, answers.mask, strict=True)
    ]
    return {
        "type": "spoken",
        "name": method.name,
        "beta": method.beta,
        "alpha": method.alpha,
        "step": step,
        "tokens": completion_lengths(answers.mask).float().mean().item(),
        "right": sum(map(names_color, things, said)) / len(said),
        "kl": distance(policy, world.reference, answers),
        "said": said[0],
    }


def names_color(thing: str, text: str) -> bool:
    """Whether the first sentence has the right color."""
    return corpus.COLORS[thing] in text.split(" . ")[0].split()


def distance(policy: TinyLM, reference: TinyLM, answers: Answers) -> float:
    """KL(π‖ref), nats an answer, from answers of π."""
    with torch.no_grad():
        ours, theirs = (
            sequence_logprobs(model(answers.ids), answers.ids, answers.mask)
            for model in (policy, reference)
        )
    return kl_sampled(ours, theirs)[0].item()


if __name__ == "__main__":
    serve(records)
