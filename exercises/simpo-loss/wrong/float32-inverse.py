# id: float32-inverse
# message: β or 1 is divided by the int64 lengths, which gives float32 and loses half
#   of the digits.
# idea: People expect a Python float to bring float64 with it. With an int64 tensor it
#   gives torch's default dtype, float32; divide the float64 log-probs by the lengths
#   instead.
# misconception: float-with-int-tensor
import torch.nn.functional as F


def simpo_loss(
    policy_chosen, policy_rejected, chosen_lengths, rejected_lengths, beta, gamma
):
    chosen = beta / chosen_lengths * policy_chosen
    rejected = beta / rejected_lengths * policy_rejected
    return -F.logsigmoid(chosen - rejected - gamma).mean()
