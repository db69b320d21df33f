"""A language model that gives numbers: the reward model, and PPO's critic.

Both are the body of a language model with one number for each place instead of the
scores of all words. A reward model is read at an answer's last word, where it has seen
everything (Ouyang et al. 2022, arXiv:2203.02155, section 3.5); a critic everywhere.
"""

import copy
from collections.abc import Iterable, Iterator

import torch
from torch import Tensor, nn

from drillbox.reference.preferences import reward_model_loss
from drillbox.reference.tiny import TinyLM
from drillbox.reference.training import Batch


class Scorer(nn.Module):
    """scorer(ids) gives one number for each place: (B, T) to (B, T). At first all 0."""

    def __init__(self, body: TinyLM) -> None:
        """A copy of the body, which stays as it is."""
        super().__init__()
        self.body = copy.deepcopy(body)
        like = body.words.weight
        self.head = nn.Linear(body.shape.width, 1, device=like.device, dtype=like.dtype)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: Tensor) -> Tensor:
        """The number at t has seen ids[:, : t + 1]."""
        numbers: Tensor = self.head(self.body.norm(self.body.states(ids)))
        return numbers[..., 0]


def rewards(model: nn.Module, ids: Tensor, mask: Tensor) -> Tensor:
    """The number at the last True of each row: (B, T) twice to (B,).

    Every row has a True.
    """
    last = mask.shape[1] - 1 - mask.long().flip(1).argmax(1)
    numbers: Tensor = model(ids)
    return numbers.gather(1, last[:, None])[:, 0]


def fit(
    model: nn.Module,
    pairs: Batch,
    optimizer: torch.optim.Optimizer,
    orders: Iterable[Tensor],
) -> Iterator[float]:
    """Train a reward model on pairs: one step for each set of indexes, the loss before.

    The loss is Bradley and Terry's (`reward_model_loss`), nats; ln 2 at the start.
    """
    for which in orders:
        part = pairs.pick(which).trimmed()
        chosen, rejected = rewards(model, part.ids, part.mask).chunk(2)
        loss = reward_model_loss(chosen, rejected)
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        optimizer.step()
        yield loss.item()
