"""With postponed annotations, a dataclass and a method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor


class Pair(NamedTuple):
    chosen: Tensor
    rejected: Tensor

    def gap(self) -> Tensor:
        return self.chosen - self.rejected


@dataclass(frozen=True, slots=True)
class Preference:
    policy: Pair
    reference: Pair
    beta: float

    def logits(self) -> Tensor:
        return self.beta * (self.policy.gap() - self.reference.gap())


def dpo_loss(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    beta: float,
) -> Tensor:
    policy = Pair(policy_chosen, policy_rejected)
    asked = Preference(policy, Pair(ref_chosen, ref_rejected), beta)
    return -torch.nn.functional.logsigmoid(asked.logits()).mean()
