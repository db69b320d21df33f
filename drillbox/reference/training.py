"""Training: fine-tuning, DPO on one pair or many, and the Gram matrix of a pair.

A model is a torch module: model(ids) gives logits (B, T, V), and logits[:, t] predict
ids[:, t + 1]. Any will do, so nothing here knows a file format. A pair is two rows of a
batch, chosen then rejected; of P pairs all the chosen rows come first: ids and mask are
(2P, T). Log-probs are summed over the completion, in nats.
"""

import copy
import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from drillbox.reference import gradients, losses
from drillbox.reference.logprobs import sequence_logprobs, token_logprobs


@dataclass(frozen=True, slots=True)
class Batch:
    """P pairs. ids and mask: (2P, T), the P chosen rows before the P rejected ones."""

    ids: Tensor
    mask: Tensor

    def __len__(self) -> int:
        return len(self.ids) // 2

    def to(self, device: torch.device) -> "Batch":
        """The same pairs on a device."""
        return Batch(self.ids.to(device), self.mask.to(device))

    def pick(self, pairs: Tensor) -> "Batch":
        """The pairs with these indexes."""
        rows = torch.cat((pairs, pairs + len(self)))
        return Batch(self.ids[rows], self.mask[rows])

    def trimmed(self) -> "Batch":
        """The same pairs without the columns on the right that none of them reaches."""
        longest = int(self.mask.any(0).nonzero().max()) + 1
        return Batch(self.ids[:, :longest], self.mask[:, :longest])

    def logprobs(self, model: nn.Module) -> tuple[Tensor, Tensor]:
        """log π of the chosen and of the rejected completions, each (P,).

        The model does not see the last token, whose place predicts nothing: of 20
        tokens a twentieth of its work.
        """
        scores = sequence_logprobs(model(self.ids[:, :-1]), self.ids, self.mask)
        return scores[: len(self)], scores[len(self) :]


@dataclass(frozen=True, slots=True)
class State:
    """Where one pair stands: log-probs (nats), margin β h, weight σ(−β h), loss."""

    logp_chosen: float
    logp_rejected: float
    margin: float
    weight: float
    loss: float


def reference_logprobs(reference: nn.Module, batch: Batch) -> tuple[Tensor, Tensor]:
    """log ref of both sides, each (P,), as constants."""
    with torch.no_grad():
        return batch.logprobs(reference)


def gram(model: nn.Module, pair: Batch) -> Tensor:
    """The dot products of g_w = ∇ log π_w and g_l: (2, 2) in float64, nats².

    Over all parameters of the model, for one pair.
    """
    every = list(model.parameters())
    g_w, g_l = (
        torch.autograd.grad(score, every, retain_graph=True, materialize_grads=True)
        for score in torch.cat(pair.logprobs(model))
    )
    ww, wl, ll = _dot(g_w, g_w), _dot(g_w, g_l), _dot(g_l, g_l)
    return torch.stack((ww, wl, wl, ll)).view(2, 2).cpu()


def _dot(one: Sequence[Tensor], other: Sequence[Tensor]) -> Tensor:
    """The dot product of two gradients in float64, a parameter at a time: two float64
    copies of all of them would be most of what a run needs."""
    pairs = zip(one, other, strict=True)
    dots = [a.flatten().double() @ b.flatten().double() for a, b in pairs]
    return torch.stack(dots).sum()


def step(
    policy: nn.Module,
    reference: tuple[Tensor, Tensor],
    batch: Batch,
    optimizer: torch.optim.Optimizer,
    beta: float,
) -> State:
    """One step on the mean DPO loss of the batch (Rafailov et al. 2023, Eq. 7).

    reference: what `reference_logprobs` gave. Returns the state before the step,
    averaged over the batch.
    """
    chosen, rejected = batch.logprobs(policy)
    margins = losses.margin(chosen, rejected, *reference, beta)
    loss = losses.pair_losses(margins).mean()
    optimizer.zero_grad()
    torch.autograd.backward(loss)
    optimizer.step()
    parts = (chosen, rejected, margins, gradients.weight(margins))
    means = torch.stack(parts).detach().mean(1)
    return State(*torch.cat((means, loss.detach()[None])).tolist())


def adamw(model: nn.Module, lr: float) -> torch.optim.AdamW:
    """AdamW without weight decay (Loshchilov and Hutter 2019, arXiv:1711.05101).

    Fused: one pass over each parameter. Written out as torch does by default, the step
    of a small model costs more than its loss.
    """
    return torch.optim.AdamW(model.parameters(), lr=lr, weight_decay=0.0, fused=True)


def train_step(
    policy: Callable[[Tensor], Tensor],
    reference: Callable[[Tensor], Tensor],
    optimizer: torch.optim.Optimizer,
    batch: Mapping[str, Tensor],
    beta: float,
) -> Tensor:
    """The same step with the reference as a model; the loss before it, 0-d, nats.

    batch: chosen_ids, chosen_mask, rejected_ids and rejected_mask, each (B, T); a mask
    is True on completion tokens. Chosen and rejected go through each model together.
    The reference gets no gradient.
    """
    ids = torch.cat((batch["chosen_ids"], batch["rejected_ids"]))
    mask = torch.cat((batch["chosen_mask"], batch["rejected_mask"]))
    seen = ids[:, :-1]
    with torch.no_grad():
        start = sequence_logprobs(reference(seen), ids, mask)
    chosen, rejected = (sequence_logprobs(policy(seen), ids, mask) - start).chunk(2)
    loss = losses.pair_losses(beta * (chosen - rejected)).mean()
    optimizer.zero_grad()
    torch.autograd.backward(loss)
    optimizer.step()
    return loss.detach()


def dpo(
    policy: nn.Module,
    reference: tuple[Tensor, Tensor],
    pairs: Batch,
    optimizer: torch.optim.Optimizer,
    beta: float,
    orders: Iterable[Tensor],
) -> Iterator[State]:
    """The loop of every DPO run: one step for each set of indexes, the state before it.

    reference: log ref of all pairs, worked out once; so the frozen model is not held.
    """
    chosen, rejected = reference
    for which in orders:
        constants = (chosen[which], rejected[which])
        yield step(policy, constants, pairs.pick(which).trimmed(), optimizer, beta)


def run(
    start: nn.Module,
    reference: nn.Module,
    pair: Batch,
    beta: float,
    lr: float,
    steps: int,
) -> Iterator[State]:
    """SGD on one pair alone, from a copy of `start`: the states at steps 0 … `steps`.

    SGD, because an adaptive optimizer scales the tiny gradient of a learnt pair up to
    the size of any other and so hides what the loss asks for.
    """
    policy = copy.deepcopy(start)
    optimizer = torch.optim.SGD(policy.parameters(), lr=lr)
    constants = reference_logprobs(reference, pair)
    every = torch.arange(len(pair), device=pair.ids.device)
    orders = itertools.repeat(every, steps + 1)
    return dpo(policy, constants, pair, optimizer, beta, orders)


def sft(
    model: nn.Module,
    ids: Tensor,
    mask: Tensor,
    optimizer: torch.optim.Optimizer,
    orders: Iterable[Tensor],
) -> Iterator[float]:
    """Supervised fine-tuning: one step for each set of rows, the loss before it.

    ids and mask: (N, T), True on what is to be learnt. The loss is the mean −log π of
    those tokens, nats, over all rows of the step together: a long text counts more.
    """
    for rows in orders:
        scores = token_logprobs(model(ids[rows, :-1]), ids[rows])
        loss = -scores[mask[rows, 1:]].mean()
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        optimizer.step()
        yield loss.item()


@dataclass(frozen=True, slots=True)
class WarmUp:
    """How the warm policy is trained before the run: AdamW, in an order by `seed`."""

    steps: int
    size: int
    lr: float
    seed: int


def warm(reference: nn.Module, pairs: Batch, beta: float, plan: WarmUp) -> nn.Module:
    """A policy that has left the reference: DPO on these pairs, in a seeded order."""
    policy = copy.deepcopy(reference)
    optimizer = adamw(policy, plan.lr)
    constants = reference_logprobs(reference, pairs)
    orders = itertools.islice(_orders(len(pairs), plan), plan.steps)
    deque(dpo(policy, constants, pairs, optimizer, beta, orders), maxlen=0)
    return policy


def _orders(count: int, plan: WarmUp) -> Iterator[Tensor]:
    shuffle = torch.Generator().manual_seed(plan.seed)
    while True:
        order = torch.randperm(count, generator=shuffle)
        for at in range(0, count - plan.size + 1, plan.size):
            yield order[at : at + plan.size]
