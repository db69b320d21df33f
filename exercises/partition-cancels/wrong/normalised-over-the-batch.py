# id: normalised-over-the-batch
# message: the policy's log-probs are normalised over the prompts of the batch, each
#   column by itself.
# idea: An unnormalised policy seems to need a softmax, and it runs over the wrong
#   axis. Then each column loses another constant, and the two do not cancel.
# misconception: z-cancels-across-prompts
import torch


def preference_probability(policy_logps, ref_logps, beta):
    policy = torch.log_softmax(policy_logps, dim=0)
    rewards = beta * (policy - ref_logps)
    return torch.sigmoid(rewards[:, 0] - rewards[:, 1])
