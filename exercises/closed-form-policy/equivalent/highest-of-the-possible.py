import torch


def closed_form_policy(ref_probs, rewards, beta):
    possible = ref_probs > 0
    top = rewards[possible].max() / beta
    factor = torch.where(possible, torch.exp(rewards / beta - top), 0.0)
    products = ref_probs * factor.nan_to_num(0.0)
    whole = products.sum()
    return products / whole, top + whole.log()
