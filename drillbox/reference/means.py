"""The losses as a batch has them: the mean over its pairs, in the exercises' words.

Each is a loss of `losses`, averaged, with the arguments in the order in which an
exercise gives them. Log-probs are in nats and summed over the completion's tokens
unless a name says mean, each (B,), B ≥ 1; a loss is 0-d. NaN for an empty batch.
"""

from torch import Tensor

from drillbox.reference import losses


def ipo_loss(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    tau: float,
) -> Tensor:
    """The mean of `losses.ipo`, with the paper's name for β; tau > 0, in 1/nats."""
    four = policy_chosen, policy_rejected, ref_chosen, ref_rejected
    return losses.ipo(*four, beta=tau).mean()


def cdpo_loss(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    beta: float,
    epsilon: float,
) -> Tensor:
    """The mean of `losses.cdpo`; epsilon in [0, ½): how often a label is wrong."""
    four = policy_chosen, policy_rejected, ref_chosen, ref_rejected
    return losses.cdpo(*four, beta=beta, label_smoothing=epsilon).mean()


def dpop_loss(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    beta: float,
    lam: float,
) -> Tensor:
    """The mean of `losses.dpop`; lam ≥ 0."""
    four = policy_chosen, policy_rejected, ref_chosen, ref_rejected
    return losses.dpop(*four, beta=beta, lam=lam).mean()


def rdpo_loss(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    chosen_lengths: Tensor,
    rejected_lengths: Tensor,
    beta: float,
    alpha: float,
) -> Tensor:
    """The mean of `losses.rdpo`; lengths int64, in tokens; alpha ≥ 0."""
    four = policy_chosen, policy_rejected, ref_chosen, ref_rejected
    return losses.rdpo(
        *four,
        beta=beta,
        alpha=alpha,
        chosen_lengths=chosen_lengths,
        rejected_lengths=rejected_lengths,
    ).mean()


def length_normalised_dpo(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    ref_chosen: Tensor,
    ref_rejected: Tensor,
    chosen_lengths: Tensor,
    rejected_lengths: Tensor,
    beta: float,
) -> Tensor:
    """The mean of `losses.sigmoid_norm`; lengths int64, ≥ 1, in tokens."""
    four = policy_chosen, policy_rejected, ref_chosen, ref_rejected
    return losses.sigmoid_norm(
        *four,
        beta=beta,
        chosen_lengths=chosen_lengths,
        rejected_lengths=rejected_lengths,
    ).mean()


def simpo_loss(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    chosen_lengths: Tensor,
    rejected_lengths: Tensor,
    beta: float,
    gamma: float,
) -> Tensor:
    """The mean of `losses.simpo`; lengths int64, ≥ 1, in tokens; gamma ≥ 0."""
    scores = policy_chosen, policy_rejected
    return losses.simpo(*scores, chosen_lengths, rejected_lengths, beta, gamma).mean()


def orpo_loss(
    chosen_mean_logps: Tensor, rejected_mean_logps: Tensor, lam: float
) -> Tensor:
    """The mean of `losses.orpo`; mean log-probs per token, nats."""
    return losses.orpo(chosen_mean_logps, rejected_mean_logps, lam).mean()


def kto_loss(
    policy_logps: Tensor,
    ref_logps: Tensor,
    desirable: Tensor,
    kl_policy_logps: Tensor,
    kl_ref_logps: Tensor,
    beta: float,
    weight_desirable: float,
    weight_undesirable: float,
) -> Tensor:
    """The mean of `losses.kto` over all answers, of both kinds together."""
    answers = policy_logps, ref_logps, desirable
    weights = weight_desirable, weight_undesirable
    return losses.kto(*answers, kl_policy_logps, kl_ref_logps, beta, *weights).mean()
