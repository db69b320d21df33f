# id: always-float32
# message: Everything is computed in float32, whatever the dtype of the inputs.
# idea: Upcasting half precision to float32 is a good habit, so .float() is put
#   everywhere. For float64 it throws digits away, and the result has the wrong dtype.
# misconception: float32-is-enough
import torch.nn.functional as F


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    h = (policy_chosen - ref_chosen) - (policy_rejected - ref_rejected)
    return -F.logsigmoid(beta * h.float()).mean()
