"""The worker of the run tabular: DPO where every answer can be listed.

    arms       the reference, the rewards, and the policy ref · exp(r/β)/Z
    step       DPO by gradient descent on all pairs: loss, value, distance to it
    objective  the value of that policy beside β log Z, and of policies drawn at random
    unseen     one pair, three answers: where the probability of the third one goes

Rafailov et al. 2023, arXiv:2305.18290, Eq. 3, 4 and 7; the unseen answer is the example
of Xu et al. 2024, arXiv:2404.10719, §4, with features that the answers share.
Everything is float64; log-probs in nats.
"""

from collections.abc import Iterator

import torch
from torch import Tensor

from drillbox.reference.worlds import Record, Request, header, serve

RANDOM = 1000  # policies drawn to see whether one of them is better
UNSEEN_BETA, UNSEEN_LR = 0.1, 0.5
UNSEEN_REF = (0.45, 0.45, 0.10)  # chosen, rejected, never in a pair
FEATURES = {
    "own": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "shared": ((1.0, 0.2), (1.2, -0.1), (-1.0, 0.0)),
}


def records(request: Request) -> Iterator[Record]:
    """Every record but the last."""
    yield header(request)
    asked = request["settings"]
    draw = torch.Generator().manual_seed(request["seed"])
    rewards = 2 * torch.rand(asked["arms"], generator=draw, dtype=torch.float64) - 1
    scores = torch.randn(asked["arms"], generator=draw, dtype=torch.float64)
    ref = scores.log_softmax(0)
    log_z = torch.logsumexp(ref + rewards / asked["beta"], 0)
    best = ref + rewards / asked["beta"] - log_z
    yield {
        "type": "arms",
        "ref": ref.exp().tolist(),
        "reward": rewards.tolist(),
        "closed_form": best.exp().tolist(),
        "log_z": log_z.item(),
    }
    yield from descent(ref, rewards, best, asked["beta"], asked["steps"])
    yield objective(ref, rewards, best, log_z, asked["beta"], draw)
    for name, rows in FEATURES.items():
        yield from unseen(name, torch.tensor(rows).double(), asked["unseen_steps"])


def value(policy: Tensor, ref: Tensor, rewards: Tensor, beta: float) -> Tensor:
    """E_π r − β KL(π‖ref) of log-probs (…, K), in units of the reward (Eq. 3)."""
    return (policy.exp() * (rewards - beta * (policy - ref))).sum(-1)


def dpo(policy: Tensor, ref: Tensor, labels: Tensor, beta: float) -> Tensor:
    """The mean expected DPO loss over all pairs of answers, nats (Eq. 7).

    policy, ref: log-probs (K,). labels: (K, K), how often i is preferred to j.
    """
    first, second = torch.triu_indices(len(ref), len(ref), 1)
    ratio = policy - ref
    margin = beta * (ratio[first] - ratio[second])
    wins = labels[first, second]
    zero = torch.zeros_like(margin)
    losses = torch.logaddexp(zero, -margin) * wins
    return (losses + torch.logaddexp(zero, margin) * (1 - wins)).mean()


def descent(
    ref: Tensor, rewards: Tensor, best: Tensor, beta: float, steps: int
) -> Iterator[Record]:
    """Gradient descent from the reference on labels that Bradley and Terry give.

    The step size is one over the largest curvature that the loss can have in the
    logits, β²/(2(K − 1)).
    """
    labels = torch.sigmoid(rewards[:, None] - rewards)
    logits = ref.clone().requires_grad_()
    lr = 2 * (len(ref) - 1) / beta**2
    for step in range(steps + 1):
        policy = logits.log_softmax(0)
        loss = dpo(policy, ref, labels, beta)
        if step < 20 or step % 10 == 0 or step == steps:
            yield {
                "type": "step",
                "step": step,
                "loss": loss.item(),
                "value": value(policy, ref, rewards, beta).item(),
                "gap": (policy - best).abs().max().item(),
            }
        (slope,) = torch.autograd.grad(loss, logits)
        logits = (logits - lr * slope).detach().requires_grad_()


def objective(
    ref: Tensor,
    rewards: Tensor,
    best: Tensor,
    log_z: Tensor,
    beta: float,
    draw: torch.Generator,
) -> Record:
    """The best value of Eq. 3, beside β log Z and beside other policies."""
    size = (RANDOM, len(ref))
    others = torch.randn(size, generator=draw, dtype=torch.float64).log_softmax(-1)
    reached = value(best, ref, rewards, beta)
    return {
        "type": "objective",
        "value": reached.item(),
        "beta_log_z": (beta * log_z).item(),
        "difference": (reached - beta * log_z).abs().item(),
        "value_ref": value(ref, ref, rewards, beta).item(),
        "best_of_random": value(others, ref, rewards, beta).max().item(),
        "random": RANDOM,
    }


def unseen(name: str, features: Tensor, steps: int) -> Iterator[Record]:
    """DPO on the pair (first ≻ second); logits are log ref + features · weights."""
    ref = torch.tensor(UNSEEN_REF, dtype=torch.float64).log()
    weights = torch.zeros(features.shape[1], dtype=torch.float64, requires_grad=True)
    for step in range(steps + 1):
        policy = (ref + features @ weights).log_softmax(0)
        ratio = policy - ref
        margin = UNSEEN_BETA * (ratio[0] - ratio[1])
        if step % max(1, steps // 20) == 0 or step == steps:
            chosen, rejected, third = policy.exp().tolist()
            yield {
                "type": "unseen",
                "features": name,
                "step": step,
                "chosen": chosen,
                "rejected": rejected,
                "unseen": third,
            }
        loss = torch.logaddexp(torch.zeros_like(margin), -margin)
        (slope,) = torch.autograd.grad(loss, weights)
        weights = (weights - UNSEEN_LR * slope).detach().requires_grad_()


if __name__ == "__main__":
    serve(records)
