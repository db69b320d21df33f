"""PPO on answers of a language model: the loop of four models that DPO does without.

Ouyang et al. 2022, arXiv:2203.02155. Policy and critic learn; the reward model and the
reference, from which the policy started, stand still. What happens to the numbers is in
`ppo`, one formula at a time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from drillbox.reference import ppo
from drillbox.reference.logprobs import token_logprobs
from drillbox.reference.sampling import Answers, sample
from drillbox.reference.tiny import TinyLM

Judge = Callable[[Answers], Tensor]
Model = Callable[[Tensor], Tensor]


@dataclass(frozen=True, slots=True)
class Plan:
    """How an iteration goes. most: words of an answer; kl_coef: reward per nat."""

    most: int
    kl_coef: float
    epochs: int
    size: int
    gamma: float = 1.0
    lam: float = 0.95
    clip: float = 0.2
    value_weight: float = 0.1


@dataclass(frozen=True, slots=True)
class Iteration:
    """What an iteration showed, of the policy before it: means over its answers.

    reward: as judged; kl: log π − log ref of an answer, nats; length: words of an
    answer; loss: of its last minibatch.
    """

    reward: float
    kl: float
    length: float
    loss: float


def iterate(
    policy: TinyLM,
    critic: Model,
    reference: Model,
    judge: Judge,
    optimizer: torch.optim.Optimizer,
    prompts: Sequence[Sequence[int]],
    plan: Plan,
    generator: torch.Generator,
) -> Iteration:
    """Write one answer to each prompt, judge them, and step on them in minibatches.

    judge: answers to rewards (B,), a reward model or the truth. The optimizer holds the
    parameters of policy and critic. generator: for words and orders, of the model's
    device; orders are drawn on the CPU from a seed of it.
    """
    answers = sample(policy, prompts, plan.most, generator)
    with torch.no_grad():
        scores = judge(answers)
        rollout, drift = looked_at(policy, critic, reference, answers, scores, plan)
    seed = int(torch.randint(2**31, (1,), generator=generator, device=generator.device))
    orders = torch.Generator().manual_seed(seed)
    rows = ppo.minibatches(len(prompts), plan.size, plan.epochs, orders)
    limits = {"clip": plan.clip, "value_weight": plan.value_weight}
    losses = ppo.update(policy, critic, optimizer, rollout, rows, **limits)
    lengths = answers.mask.sum(1).to(drift.dtype)
    reward, kl, length = (one.mean().item() for one in (scores, drift, lengths))
    return Iteration(reward, kl, length, losses[-1])


def looked_at(
    policy: Model,
    critic: Model,
    reference: Model,
    answers: Answers,
    scores: Tensor,
    plan: Plan,
) -> tuple[ppo.Rollout, Tensor]:
    """What is known of the answers before the first step; log π − log ref of each."""
    ids, mask = answers.ids, answers.mask[:, 1:]
    logps = token_logprobs(policy(ids), ids)
    ref_logps = token_logprobs(reference(ids), ids)
    values = critic(ids)[:, :-1]
    rewards = ppo.kl_shaped_reward(scores, logps, ref_logps, mask, plan.kl_coef)
    advantages, returns = ppo.gae(rewards, values, mask, plan.gamma, plan.lam)
    white = ppo.whiten(advantages, mask)
    rollout = ppo.Rollout(ids, mask, logps, values, white, returns)
    return rollout, (logps - ref_logps).masked_fill(~mask, 0.0).sum(1)
