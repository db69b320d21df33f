# id: loss-divided
# message: The loss of a pair is divided by its mean length, not the log-ratios.
# idea: People weigh pairs by their length to be fair to short ones. The shortcut
#   stays: inside the log-sigmoid the sums still grow with the length.
# misconception: correction-outside-the-sigmoid
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
    lengths = (chosen_lengths + rejected_lengths).to(chosen.dtype) / 2
    return (-F.logsigmoid(beta * (chosen - rejected)) / lengths).mean()
