"""The worker of the run partition: log Z(x) in pairs of one prompt, and of two.

    pair       two answers to one prompt: margin from the rewards, from the policy, and
               from the policy with c(x) added to both log-probs
    across     an answer to one prompt against an answer to another
    pointwise  the loss of one answer alone, −log σ(β (log π − log ref))

Rafailov et al. 2023, arXiv:2305.18290, Eq. 5 and 6. Everything is float64; log-probs,
margins and losses in nats.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from drillbox.reference.worlds import Record, Request, header, serve


@dataclass(frozen=True, slots=True)
class World:
    """Prompts with listed answers. rewards: (P, K); implicit: β log(π*/ref), (P, K)."""

    rewards: Tensor
    implicit: Tensor
    log_z: Tensor  # (P,)


def records(request: Request) -> Iterator[Record]:
    """Every record but the last."""
    yield header(request)
    asked = request["settings"]
    beta, shift = asked["beta"], asked["shift"]
    draw = torch.Generator().manual_seed(request["seed"])
    world = drawn(asked["prompts"], asked["answers"], beta, draw)
    for prompt in range(asked["prompts"]):
        yield same(world, prompt, beta, shift)
    for prompt in range(asked["prompts"] - 1):
        yield across(world, prompt, beta)
    for prompt in range(asked["prompts"]):
        yield pointwise(world, prompt, beta, shift)


def drawn(prompts: int, answers: int, beta: float, draw: torch.Generator) -> World:
    """Rewards and a reference at random, and the best policy for them (Eq. 4)."""
    size = (prompts, answers)
    level = 2 * torch.randn(prompts, 1, generator=draw, dtype=torch.float64)
    rewards = level + torch.randn(size, generator=draw, dtype=torch.float64)
    ref = torch.randn(size, generator=draw, dtype=torch.float64).log_softmax(-1)
    log_z = torch.logsumexp(ref + rewards / beta, -1)
    best = ref + rewards / beta - log_z[:, None]
    return World(rewards, beta * (best - ref), log_z)


def loss(margin: Tensor) -> float:
    """−log σ(m), nats (Eq. 7 for one pair)."""
    return torch.logaddexp(torch.zeros_like(margin), -margin).item()


def same(world: World, prompt: int, beta: float, shift: float) -> Record:
    """Answers 0 and 1 of one prompt. shift: what is added to both log π, nats."""
    w, l = world.implicit[prompt, :2]  # noqa: E741
    margin, moved = w - l, (w + beta * shift) - (l + beta * shift)
    return {
        "type": "pair",
        "prompt": prompt,
        "beta_log_z": (beta * world.log_z[prompt]).item(),
        "reward_less_implicit": (world.rewards[prompt] - world.implicit[prompt])[
            :2
        ].tolist(),
        "margin_rewards": (world.rewards[prompt, 0] - world.rewards[prompt, 1]).item(),
        "margin_policy": margin.item(),
        "margin_shifted": moved.item(),
        "loss": loss(margin),
        "loss_shifted": loss(moved),
    }


def across(world: World, prompt: int, beta: float) -> Record:
    """Answer 0 of a prompt against answer 1 of the next."""
    truth = world.rewards[prompt, 0] - world.rewards[prompt + 1, 1]
    found = world.implicit[prompt, 0] - world.implicit[prompt + 1, 1]
    left = beta * (world.log_z[prompt] - world.log_z[prompt + 1])
    return {
        "type": "across",
        "prompts": [prompt, prompt + 1],
        "margin_rewards": truth.item(),
        "margin_policy": found.item(),
        "left_over": left.item(),
        "preference_rewards": torch.sigmoid(truth).item(),
        "preference_policy": torch.sigmoid(found).item(),
    }


def pointwise(world: World, prompt: int, beta: float, shift: float) -> Record:
    """One answer alone; `shift` as for `same`."""
    reward = world.implicit[prompt, 0]
    return {
        "type": "pointwise",
        "prompt": prompt,
        "loss": loss(reward),
        "loss_shifted": loss(reward + beta * shift),
    }


if __name__ == "__main__":
    serve(records)
