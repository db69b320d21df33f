"""The DPO loss and its relatives: one number a pair, before any mean.

f(policy_chosen, policy_rejected, ref_chosen, ref_rejected, *, beta, …) -> (B,)

The four are log-probs in nats, summed over a completion's tokens, each (B,): of the
chosen and the rejected answer, under the policy π and the frozen reference. Throughout
d = log π − log ref of one answer, h = d_w − d_l (w chosen, l rejected), m = β h the
margin, |y| the tokens of a completion. A loss is in the dtype of the log-probs and is
differentiable by the policy's. Which file says which:

    margins            of the margin alone: DPO, hinge, IPO, cDPO, robust, EXO, DiscoPOP
    rewards            of each answer's reward: DPOP, NCA, BCO, SPPO, APO, KTO
    lengths            that count tokens: normalised IPO and DPO, R-DPO; LD-DPO's sum
    batches            of a whole batch: AOT; WPO's weights
    without_reference  that need no reference: SimPO, ORPO
    divergences        DPO with another divergence than reverse KL

"In TRL" is trl 1.16.0, under the name of its `loss_type`; `make parity` compares.
"""

from drillbox.reference.losses.batches import aot, aot_unpaired, wpo_weights
from drillbox.reference.losses.divergences import (
    Score,
    alpha_divergence,
    f_dpo,
    forward_kl,
    jensen_shannon,
    reverse_kl,
)
from drillbox.reference.losses.lengths import (
    ipo_normalised,
    ld_alpha,
    length_normalised_margin,
    rdpo,
    sigmoid_norm,
)
from drillbox.reference.losses.margins import (
    Number,
    cdpo,
    cdpo_target,
    discopop,
    dpo,
    dpo_loss,
    exo_pair,
    hinge,
    ipo,
    ipo_target,
    log_ratio_gap,
    margin,
    pair_losses,
    robust,
)
from drillbox.reference.losses.rewards import (
    apo_down,
    apo_zero,
    bco_pair,
    dpop,
    kto,
    nca_pair,
    sppo_hard,
)
from drillbox.reference.losses.without_reference import log_odds, orpo, simpo

__all__ = [
    "Number",
    "Score",
    "alpha_divergence",
    "aot",
    "aot_unpaired",
    "apo_down",
    "apo_zero",
    "bco_pair",
    "cdpo",
    "cdpo_target",
    "discopop",
    "dpo",
    "dpo_loss",
    "dpop",
    "exo_pair",
    "f_dpo",
    "forward_kl",
    "hinge",
    "ipo",
    "ipo_normalised",
    "ipo_target",
    "jensen_shannon",
    "kto",
    "ld_alpha",
    "length_normalised_margin",
    "log_odds",
    "log_ratio_gap",
    "margin",
    "nca_pair",
    "orpo",
    "pair_losses",
    "rdpo",
    "reverse_kl",
    "robust",
    "sigmoid_norm",
    "simpo",
    "sppo_hard",
    "wpo_weights",
]
