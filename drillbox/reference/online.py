"""DPO on pairs that the policy itself has just written: online DPO.

Guo et al. 2024, "Direct language model alignment from online AI feedback",
arXiv:2402.04792. Each step draws two answers to every prompt, has them compared, and
takes one DPO step on the pairs. The reference stays where it was, and it must be held:
nothing of new answers can be cached.
"""

from collections.abc import Callable, Iterator, Sequence

import torch
from torch import Tensor, nn
from torch.nn.functional import pad

from drillbox.reference.sampling import Answers, sample
from drillbox.reference.tiny import PAD, TinyLM
from drillbox.reference.training import Batch, State, reference_logprobs, step

# (first, second) to (B,) of truth values: is the first answer preferred?
Prefer = Callable[[Answers, Answers], Tensor]


def drawn_pairs(
    policy: TinyLM,
    prompts: Sequence[Sequence[int]],
    most: int,
    prefer: Prefer,
    generator: torch.Generator,
) -> Batch:
    """A pair for each prompt: two answers of up to `most` words, compared.

    prompts: word numbers, with what ends a prompt. The answers are independent and may
    be equal; such a pair has no gradient. generator: of the policy's device.
    """
    twice = [*prompts, *prompts]
    both = sample(policy, twice, most, generator)
    rows = torch.arange(len(prompts), device=both.ids.device)
    sides = [Answers(both.ids[i], both.mask[i]) for i in (rows, rows + len(prompts))]
    won = prefer(*sides)
    order = torch.cat((rows + len(rows) * ~won, rows + len(rows) * won))
    return Batch(both.ids[order], both.mask[order])


def joined(parts: Sequence[Batch]) -> Batch:
    """Pairs of several batches as one: chosen rows first, padded to the longest."""
    longest = max(part.ids.shape[1] for part in parts)
    sides = []
    for which in (0, 1):
        for part in parts:
            half = slice(which * len(part), (which + 1) * len(part))
            room = (0, longest - part.ids.shape[1])
            ids, mask = pad(part.ids[half], room, value=PAD), pad(part.mask[half], room)
            sides.append((ids, mask))
    ids, mask = (torch.cat(rows) for rows in zip(*sides, strict=True))
    return Batch(ids, mask)


def online_dpo(
    policy: TinyLM,
    reference: nn.Module,
    prompts: Sequence[Sequence[int]],
    prefer: Prefer,
    optimizer: torch.optim.Optimizer,
    *,
    beta: float,
    most: int,
    steps: int,
    generator: torch.Generator,
) -> Iterator[State]:
    """`steps` times: new pairs from the policy, one DPO step on all; the state before.

    The optimizer holds the policy's parameters. Every prompt gives one pair a step, so
    repeat prompts for a larger batch.
    """
    for _ in range(steps):
        pairs = drawn_pairs(policy, prompts, most, prefer, generator)
        constants = reference_logprobs(reference, pairs)
        yield step(policy, constants, pairs, optimizer, beta)
