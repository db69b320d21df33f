"""What to look at while a run is on: margins, accuracies, distance to the reference.

Log-probs are in nats and summed over the completion. The loss alone says little: it
falls as well when both answers of a pair become less likely.
"""

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor

from drillbox.reference import losses
from drillbox.reference.divergence import k1, kl

_MOST = 100_000  # prefixes at once


def implicit_accuracy(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
) -> Tensor:
    """The share of pairs with r̂_w > r̂_l: (B,) four times to 0-d; a tie is not won.

    So it is 0 where policy and reference agree, whatever β is. In TRL
    `rewards/accuracies`.
    """
    four = policy_chosen, policy_rejected, ref_chosen, ref_rejected
    gap = losses.log_ratio_gap(*four)
    return (gap > 0).to(gap.dtype).mean()


def raw_accuracy(policy_chosen: Tensor, policy_rejected: Tensor) -> Tensor:
    """The share of pairs with log π_w > log π_l: (B,) twice to 0-d; a tie is not won.

    Whether the policy would rather say the chosen answer. Length counts, and so does
    the reference: a policy can have every reward right and less than half of these.
    """
    return (policy_chosen > policy_rejected).to(policy_chosen.dtype).mean()


def pair_metrics(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    beta: float,
) -> tuple[Tensor, Tensor, Tensor]:
    """(mean margin β h, implicit accuracy, raw accuracy): (B,) four times to three 0-d.

    Rewards after Rafailov et al. 2023, arXiv:2305.18290, Eq. 5.
    """
    four = policy_chosen, policy_rejected, ref_chosen, ref_rejected
    raw = raw_accuracy(policy_chosen, policy_rejected)
    return losses.margin(*four, beta).mean(), implicit_accuracy(*four), raw


def kl_sampled(policy_logps: Tensor, ref_logps: Tensor) -> tuple[Tensor, Tensor]:
    """KL(π‖ref) and its standard error from N answers *of the policy*: (N,) twice.

    0-d both, nats an answer: the mean of log π − log ref of whole answers. Unbiased; in
    a small sample it can be negative. NaN for the error if N is 1.
    """
    drift = k1(policy_logps, ref_logps)
    return drift.mean(), drift.std() / len(drift) ** 0.5


def kl_exact(
    policy: Callable[[Tensor], Tensor],
    reference: Callable[[Tensor], Tensor],
    prompt: Tensor,
    length: int,
    end: int,
) -> Tensor:
    """KL(π‖ref) over every answer of up to `length` tokens to one prompt; 0-d, nats.

    model(ids) gives logits (N, T, V); prompt: (T,) whole numbers; an answer stops with
    the token `end` or at `length`. By the chain rule: every prefix has its next token's
    KL, times its probability under the policy. ValueError if there are more than
    100,000 prefixes of one length; sample then.
    """
    prefixes, log_share = prompt[None], torch.zeros(1, device=prompt.device)
    total = torch.zeros((), device=prompt.device)
    for _ in range(length):
        with torch.no_grad():
            logp, logq = (
                torch.log_softmax(model(prefixes)[:, -1], -1)
                for model in (policy, reference)
            )
        total = total + (log_share.exp() * kl(logp, logq)).sum()
        prefixes, log_share = _longer(prefixes, log_share[:, None] + logp, end)
    return total


def _longer(prefixes: Tensor, log_share: Tensor, end: int) -> tuple[Tensor, Tensor]:
    """Each prefix with each next token but `end`; (N, V) log-shares to (N(V − 1),)."""
    words = log_share.shape[1]
    if len(prefixes) * words > _MOST:
        raise ValueError(f"more than {_MOST} prefixes; estimate the KL by sampling")
    tokens = torch.arange(words, device=prefixes.device).repeat(len(prefixes))
    both = torch.cat((prefixes.repeat_interleave(words, 0), tokens[:, None]), 1)
    return both[tokens != end], log_share.flatten()[tokens != end]


def choose_beta(runs: Sequence[Mapping[str, float]], kl_budget: float) -> float | None:
    """The β of the run with the highest reward among those with KL ≤ budget, or None.

    runs: {"beta", "kl", "reward"}, KL in nats, in any order. Ties in the reward go to
    the smaller KL, then to the larger β. The frontier of reward against KL is figure 2
    of Rafailov et al. 2023, arXiv:2305.18290.
    """
    by_beta = sorted(runs, key=lambda run: -run["beta"])
    by_kl = sorted(by_beta, key=lambda run: run["kl"])  # stable, as the next one is
    for run in sorted(by_kl, key=lambda run: -run["reward"]):
        if run["kl"] <= kl_budget:
            return run["beta"]
    return None
