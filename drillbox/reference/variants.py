"""Training with any loss of this library, so that one run can hold many side by side.

A loss here sees `Scores`, all that the losses of drillbox.reference.losses ask for, and
gives one number a pair; the step is on their mean.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from drillbox.reference.logprobs import completion_lengths
from drillbox.reference.training import Batch


@dataclass(frozen=True, slots=True)
class Scores:
    """P pairs: summed log-probs in nats, (P,) each; lengths in tokens, the end too."""

    policy_chosen: Tensor
    policy_rejected: Tensor
    ref_chosen: Tensor
    ref_rejected: Tensor
    chosen_lengths: Tensor
    rejected_lengths: Tensor

    @property
    def four(self) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """The log-probs, in the order of the losses."""
        return (
            self.policy_chosen,
            self.policy_rejected,
            self.ref_chosen,
            self.ref_rejected,
        )

    @property
    def lengths(self) -> dict[str, Tensor]:
        """The lengths, by the names of the losses."""
        return {
            "chosen_lengths": self.chosen_lengths,
            "rejected_lengths": self.rejected_lengths,
        }


Loss = Callable[[Scores], Tensor]


def scores(policy: nn.Module, reference: tuple[Tensor, Tensor], pairs: Batch) -> Scores:
    """What a loss sees of these pairs; reference: their log ref, (P,) both."""
    lengths = completion_lengths(pairs.mask).chunk(2)
    return Scores(*pairs.logprobs(policy), *reference, *lengths)


def fit(
    policy: nn.Module,
    reference: tuple[Tensor, Tensor],
    pairs: Batch,
    loss: Loss,
    optimizer: torch.optim.Optimizer,
    orders: Iterable[Tensor],
) -> Iterator[float]:
    """One step for each set of indexes; the mean loss before it.

    reference: what `reference_logprobs` gave for all pairs.
    """
    chosen, rejected = reference
    for which in orders:
        constants = (chosen[which], rejected[which])
        part = pairs.pick(which).trimmed()
        mean = loss(scores(policy, constants, part)).mean()
        optimizer.zero_grad()
        torch.autograd.backward(mean)
        optimizer.step()
        yield mean.item()
