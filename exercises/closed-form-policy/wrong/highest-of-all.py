# id: highest-of-all
# message: the highest of all rewards is subtracted before the exponential, also where
#   the reference is 0, so all that is left may underflow to 0.
# idea: Subtracting the highest reward is the usual cure for overflow. It must be the
#   highest among answers that the reference gives, or every product becomes 0.
# misconception: paper-is-not-float
import torch


def closed_form_policy(ref_probs, rewards, beta):
    top = (rewards / beta).max()
    products = ref_probs * torch.exp(rewards / beta - top)
    return products / products.sum(), products.sum().log() + top
