"""The worker of the run beta: one optimizer at a time, many values of β.

    pairs    the pairs that are trained on
    sgd      the gap h of one pair after each step of plain SGD
    adamw    AdamW on all pairs: the gap after the first step, and at the end the KL

h is (log π_w − log ref_w) − (log π_l − log ref_l), nats. The KL is that of the policy
to the reference over the next word, summed along answers that the policy itself speaks
(the chain rule; exact at each word), averaged over the answers. float32.

Below β = 1 the KL hardly hangs on β: the policies have left the corpus. With seeds 0 to
3 it is 10.9 to 16.8 nats at β 0.1, 6.8 to 17.1 at 0.3, 6.6 to 13.9 at 1. So 0.3 is not
in the sweep.
"""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch
from torch import Tensor

from drillbox.reference import corpus, training
from drillbox.reference.logprobs import sequence_logprobs
from drillbox.reference.reviews import Reviews
from drillbox.reference.tiny import (
    CheckpointError,
    TinyLM,
    Vocabulary,
    batch,
    load,
)
from drillbox.reference.worlds import Record, Request, WorldError, header, serve
from drillbox.words import _

PAIRS, BATCH = 64, 8
SPOKEN = 256  # answers that tell the KL
SGD_BETAS = (0.1, 0.3, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 6.0, 10.0)
ADAMW_BETAS = (0.1, 1.0, 3.0, 10.0, 30.0)
FORMS = ("the {work} was {word} .", "the {work} was {word} . i {verb} it .")
Text = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class World:
    """The reference, P pairs (2P, T), chosen rows first, and their log ref (2P,)."""

    reference: TinyLM
    ids: Tensor
    mask: Tensor
    start: Tensor

    def gaps(self, policy: TinyLM, which: Tensor) -> Tensor:
        """h of these pairs, nats: (B,) to (B,)."""
        rows = torch.cat((which, which + len(self.ids) // 2))
        ids, mask = self.ids[rows], self.mask[rows]
        ratio = sequence_logprobs(policy(ids), ids, mask) - self.start[rows]
        chosen, rejected = ratio.chunk(2)
        return chosen - rejected


def records(request: Request) -> Iterator[Record]:
    """Every record but the last."""
    asked = request["settings"]
    try:
        model, words = load(Path(request["checkpoint"]), request["sha256"])
    except CheckpointError as error:
        raise WorldError(str(error)) from None
    yield header(request) | {"dtype": "float32", "sha256": request["sha256"]}
    pairs = reviews(Random(request["seed"]))
    yield {"type": "pairs", "count": len(pairs), "first": list(pairs[0])}
    world = built(model, words, pairs)
    for beta in SGD_BETAS:
        yield from sgd(world, beta, asked["sgd_lr"], asked["sgd_steps"])
    reviews_of = Reviews(words, torch.device("cpu"))
    for beta in ADAMW_BETAS:
        draw = torch.Generator().manual_seed(request["seed"])
        yield adamw(
            world, beta, asked["adamw_lr"], asked["adamw_steps"], reviews_of, draw
        )


def reviews(random: Random) -> list[Text]:
    """Good words preferred to bad ones, in the forms that the model knows."""
    pairs = []
    for _pair in range(PAIRS):
        work = random.choice(corpus.WORKS)
        good, bad = random.choice(corpus.GOOD), random.choice(corpus.BAD)
        form = random.choice(FORMS)
        texts = [
            form.format(work=work, word=word, verb=verb)
            for word, verb in ((good, "liked"), (bad, "hated"))
        ]
        pairs.append((f"review the {work} :", texts[0], texts[1]))
    return pairs


def built(model: TinyLM, words: Vocabulary, pairs: Sequence[Text]) -> World:
    """The pairs as rows, with what the reference says of them."""
    chosen = [(prompt, one) for prompt, one, _ in pairs]
    rejected = [(prompt, one) for prompt, _, one in pairs]
    ids, mask = batch(words, [*chosen, *rejected])
    with torch.no_grad():
        start = sequence_logprobs(model(ids), ids, mask)
    return World(model, ids, mask, start)


def dpo(gaps: Tensor, beta: float) -> Tensor:
    """The mean of −log σ(β h), nats (Rafailov et al. 2023, Eq. 7)."""
    return torch.logaddexp(torch.zeros_like(gaps), -beta * gaps).mean()


def sgd(world: World, beta: float, lr: float, steps: int) -> Iterator[Record]:
    """Plain SGD on the first pair alone."""
    policy = copy.deepcopy(world.reference)
    optimizer = torch.optim.SGD(policy.parameters(), lr=lr)
    first = torch.tensor([0])
    for step in range(steps + 1):
        gaps = world.gaps(policy, first)
        loss = dpo(gaps, beta)
        finite(gaps, _("SGD at β {beta:g}, step {n}").format(beta=beta, n=step))
        yield {"type": "sgd", "beta": beta, "step": step, "gap": gaps.item()}
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        optimizer.step()


def adamw(
    world: World,
    beta: float,
    lr: float,
    steps: int,
    spoken: Reviews,
    draw: torch.Generator,
) -> Record:
    """AdamW on all pairs, in batches in an order by `draw`."""
    policy = copy.deepcopy(world.reference)
    optimizer = training.adamw(policy, lr)
    everything = torch.arange(PAIRS)
    after_first = 0.0
    for step in range(steps):
        which = torch.randperm(PAIRS, generator=draw)[:BATCH]
        gaps = world.gaps(policy, which)
        finite(gaps, _("AdamW at β {beta:g}, step {n}").format(beta=beta, n=step))
        optimizer.zero_grad()
        torch.autograd.backward(dpo(gaps, beta))
        optimizer.step()
        if step == 0:
            with torch.no_grad():
                after_first = world.gaps(policy, everything).mean().item()
    with torch.no_grad():
        gap = world.gaps(policy, everything).mean().item()
        answers = spoken.spoken(policy, SPOKEN, draw)
        kl = spoken.standing(policy, world.reference, answers).kl
    return {
        "type": "adamw",
        "beta": beta,
        "gap_after_1": after_first,
        "gap": gap,
        "kl": kl,
    }


def finite(gaps: Tensor, where: str) -> None:
    """WorldError where the training has broken the model."""
    if not torch.isfinite(gaps).all():
        said = _("{where}: the gap is no number; set a smaller step size")
        raise WorldError(said.format(where=where))


if __name__ == "__main__":
    serve(records)
