# id: exp-written-out
# message: ref · exp(r / β) and its sum are computed as they are written, and the
#   exponential leaves the range of floats.
# idea: The formula is right on paper, so it is typed in as it stands. With r / β =
#   800 the exponential is inf, and inf / inf is NaN.
# misconception: paper-is-not-float
import torch


def closed_form_policy(ref_probs, rewards, beta):
    products = ref_probs * torch.exp(rewards / beta)
    return products / products.sum(), products.sum().log()
