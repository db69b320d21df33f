"""The worker of the run shift: one loss, pairs from near the policy and from far away.

    pairs      of a method, with the mean log ref of both sides, nats
    loss       the mean loss of a batch before each step, nats
    standing   what the policy then says by itself; for a method with pairs of its own
               also how far both sides moved and the implicit accuracy on those pairs

Offline pairs are labelled by the true reward without noise; online DPO labels by
Bradley and Terry. Online DPO: Guo et al. 2024, arXiv:2402.04792. Fine-tuning on the
chosen answers first: Rafailov et al. 2023, arXiv:2305.18290, section 4. float32.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from random import Random
from typing import Any

import torch

from drillbox.reference import corpus, training
from drillbox.reference.metrics import implicit_accuracy
from drillbox.reference.online import drawn_pairs, joined, online_dpo
from drillbox.reference.reviews import MOST, Reviews
from drillbox.reference.sampling import Answers
from drillbox.reference.tiny import TinyLM, batch
from drillbox.reference.training import Batch, State, adamw, reference_logprobs
from drillbox.reference.worlds import Record, Request, serve
from drillbox.reference.worlds_reviews import (
    World,
    intact,
    opened,
    orders,
    sound,
    watched,
)

PAIRS = 256
ONLINE, SFT_LR = 32, 3e-4  # fresh pairs of an online step
OWN, STYLE, ORDER = "own answers", "another style", "another word order"
FORMS = {
    STYLE: "many people like the {work} . i hope it is {one} .",
    ORDER: "{one} {work} , {two} {work} .",
}
STYLED = {
    FORMS[STYLE].format(work=work, one=one)
    for work in corpus.WORKS
    for one in (*corpus.GOOD, *corpus.BAD)
}
Settings = Mapping[str, Any]


def records(request: Request) -> Iterator[Record]:
    """Every record but the last."""
    first, world = opened(request)
    yield first
    asked, seed = request["settings"], request["seed"]
    yield standing(world, "reference", world.reference, seed)
    offline = {name: foreign(world, form, seed) for name, form in FORMS.items()}
    for name, pairs in ({OWN: own(world, seed)} | offline).items():
        yield described(world, name, pairs)
        yield from trained(world, name, world.policy(), pairs, asked, seed)
    yield from online(world, asked, seed)
    yield from tuned_first(world, offline[STYLE], asked, seed)


def own(world: World, seed: int) -> Batch:
    """Answers of the reference, of different true reward, the better one chosen."""
    reviews, draw = world.reviews, world.random(seed, "own")

    def better(first: Answers, second: Answers) -> torch.Tensor:
        return reviews.reward(first) > reviews.reward(second)

    parts: list[Batch] = []
    while (missing := PAIRS - sum(map(len, parts))) > 0:
        drawn = (world.reference, reviews.prompts(PAIRS), MOST, better, draw)
        parts.append(apart(reviews, drawn_pairs(*drawn), missing))
    return joined(parts)


def apart(reviews: Reviews, pairs: Batch, most: int) -> Batch:
    """Those pairs, `most` at most, whose sides differ in true reward."""
    worth = reviews.reward(Answers(pairs.ids, pairs.mask))
    chosen, rejected = worth.chunk(2)
    return pairs.pick((chosen > rejected).nonzero()[:most, 0])


def foreign(world: World, form: str, seed: int) -> Batch:
    """Pairs that somebody else wrote: good words in a form, and bad words in it."""
    random = Random(seed)
    works = [random.choice(corpus.WORKS) for _ in range(PAIRS)]
    sides = []
    for words in (corpus.GOOD, corpus.BAD):
        for work in works:
            one, two = random.sample(words, 2)
            text = form.format(work=work, one=one, two=two)
            sides.append((f"review the {work} :", text))
    return Batch(*batch(world.reviews.vocabulary, sides)).to(world.device)


def described(world: World, name: str, pairs: Batch) -> Record:
    """How many, the first pair, and what the reference thinks of both sides."""
    chosen, rejected = reference_logprobs(world.reference, pairs)
    return {
        "type": "pairs",
        "name": name,
        "count": len(pairs),
        "first": [said(world, pairs.ids[i], pairs.mask[i]) for i in (0, len(pairs))],
        "ref_chosen": chosen.mean().item(),
        "ref_rejected": rejected.mean().item(),
    }


def said(world: World, ids: torch.Tensor, mask: torch.Tensor) -> str:
    """The text of an answer."""
    return world.reviews.vocabulary.decode(ids[mask].tolist())


def trained(
    world: World,
    name: str,
    policy: TinyLM,
    pairs: Batch,
    asked: Settings,
    seed: int,
) -> Iterator[Record]:
    """DPO from where the policy stands, which is its reference; then its standing."""
    start = reference_logprobs(policy, pairs)
    order = orders(len(pairs), asked["steps"], world.random(seed, "orders"))
    optimizer = adamw(policy, asked["lr"])
    states = training.dpo(policy, start, pairs, optimizer, asked["beta"], order)
    yield from losses(name, states)
    # Nobody asks it for words before: so it is looked at once, after the last step.
    intact(name, policy, world, asked["steps"] - 1)
    with torch.no_grad():
        end = pairs.logprobs(policy)
    moved = [(now - then).mean().item() for now, then in zip(end, start, strict=True)]
    accuracy = implicit_accuracy(*end, *start).item()
    sides = {"chosen": moved[0], "rejected": moved[1], "accuracy": accuracy}
    yield standing(world, name, policy, seed) | sides


def losses(name: str, states: Iterator[State]) -> Iterator[Record]:
    """The loss before each step."""
    for step, state in enumerate(watched(name, states)):
        yield {"type": "loss", "name": name, "step": step, "loss": state.loss}


def online(world: World, asked: Settings, seed: int) -> Iterator[Record]:
    """Fresh pairs of the policy at each step."""
    name, policy = "online DPO", world.policy()
    states = online_dpo(
        policy,
        world.reference,
        world.reviews.prompts(ONLINE),
        world.reviews.prefer(world.random(seed, "judge")),
        adamw(policy, asked["online_lr"]),
        beta=asked["beta"],
        most=MOST,
        steps=asked["online_steps"],
        generator=world.random(seed, "online"),
    )
    yield from losses(name, sound(name, policy, world, states))
    yield standing(world, name, policy, seed)


def tuned_first(
    world: World, pairs: Batch, asked: Settings, seed: int
) -> Iterator[Record]:
    """Fine-tuning on the chosen answers, then DPO with that as the reference."""
    name, policy = "SFT, then DPO", world.policy()
    order = orders(len(pairs), asked["sft_steps"], world.random(seed, "SFT"))
    rows = pairs.ids[: len(pairs)], pairs.mask[: len(pairs)]
    steps = training.sft(policy, *rows, adamw(policy, SFT_LR), order)
    for _ in watched("SFT", steps):
        pass
    intact("SFT", policy, world, asked["sft_steps"] - 1)
    yield from trained(world, name, policy, pairs, asked, seed)


def standing(world: World, name: str, policy: TinyLM, seed: int) -> Record:
    """Where the policy stands, from the shipped model, and its first answer.

    styled: the share of answers that are whole texts of the other style.
    """
    found, answers = world.standing(policy, seed)
    rows = zip(answers.ids, answers.mask, strict=True)
    texts = [said(world, ids, mask) for ids, mask in rows]
    styled = sum(text in STYLED for text in texts) / len(texts)
    more = {"styled": styled, "said": texts[0]}
    return {"type": "standing", "name": name} | asdict(found) | more


if __name__ == "__main__":
    serve(records)
