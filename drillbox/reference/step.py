"""One DPO step of two models: what the exercise dpo-train-step asks for.

Apart from training.py, which knows the tiny model and so its file format: the worker
that holds this against a learner's task sees torch and numpy alone.
"""

from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from drillbox.reference import losses
from drillbox.reference.logprobs import sequence_logprobs


def train_step(
    policy: Callable[[Tensor], Tensor],
    reference: Callable[[Tensor], Tensor],
    optimizer: torch.optim.Optimizer,
    batch: Mapping[str, Tensor],
    beta: float,
) -> Tensor:
    """One step on the mean DPO loss (Rafailov et al. 2023, Eq. 7); the loss before it.

    model(ids) gives logits (B, T, V), and logits[:, t] predicts ids[:, t + 1]. batch:
    chosen_ids, chosen_mask, rejected_ids and rejected_mask, each (B, T); a mask is True
    on completion tokens. Chosen and rejected go through each model together. The
    reference gets no gradient. Returns a 0-d tensor, nats.
    """
    ids = torch.cat((batch["chosen_ids"], batch["rejected_ids"]))
    mask = torch.cat((batch["chosen_mask"], batch["rejected_mask"]))
    with torch.no_grad():
        start = sequence_logprobs(reference(ids), ids, mask)
    rewards = beta * (sequence_logprobs(policy(ids), ids, mask) - start)
    chosen, rejected = rewards.chunk(2)
    loss = losses.pair_losses(chosen - rejected).mean()
    optimizer.zero_grad()
    torch.autograd.backward(loss)
    optimizer.step()
    return loss.detach()
