# id: probability-for-accuracy
# message: The mean of σ(margin) is returned where the share of pairs won is asked for.
# idea: σ(m) is the probability of the label, and its mean looks like an accuracy. An
#   accuracy counts pairs; how clearly they are won is what the margin says.
# misconception: accuracy-is-confidence
import torch


def pair_metrics(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    m = beta * ((policy_chosen - ref_chosen) - (policy_rejected - ref_rejected))
    raw = policy_chosen > policy_rejected
    return m.mean(), torch.sigmoid(m).mean(), raw.to(m.dtype).mean()
