# id: float32-inverse
# message: β or 1 is divided by the int64 lengths, which gives float32 and loses half
#   of the digits.
# idea: People expect a Python float to bring float64 with it. With an int64 tensor it
#   gives torch's default dtype, float32; divide the float64 log-ratios by the lengths
#   instead.
# misconception: float-with-int-tensor
import torch.nn.functional as F


def length_normalised_dpo(
    policy_chosen,
    policy_rejected,
    ref_chosen,
    ref_rejected,
    chosen_lengths,
    rejected_lengths,
    beta,
):
    chosen, rejected = policy_chosen - ref_chosen, policy_rejected - ref_rejected
    m = beta / chosen_lengths * chosen - beta / rejected_lengths * rejected
    return -F.logsigmoid(m).mean()
