# id: absolute-distance
# message: Every distance of chosen from the reference is punished, also a rise.
# idea: People read the penalty as a leash on the chosen answer. DPOP wants chosen to
#   rise; only a fall below the reference costs anything.
# misconception: dpop-any-distance
import torch.nn.functional as F


def dpop_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta, lam):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    distance = (ref_chosen - policy_chosen).abs()
    return -F.logsigmoid(beta * (h - lam * distance)).mean()
