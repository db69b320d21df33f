# id: log-of-mean-probability
# message: The probabilities of the labels are averaged before the log is taken.
# idea: The accuracy of a batch is a mean of probabilities, so the loss is taken to be
#   its log. The likelihood of a batch is a product, so the logs are averaged.
# misconception: mean-before-log
import torch


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -torch.log(torch.sigmoid(beta * h).mean())
