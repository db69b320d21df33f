import torch


def pair_metrics(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    margin, implicit, raw = 0.0, 0, 0
    rows = (policy_chosen, policy_rejected, ref_chosen, ref_rejected)
    for pc, pr, rc, rr in zip(*rows, strict=True):
        margin = margin + beta * ((pc - pr) - (rc - rr))
        implicit += int(pc - pr > rc - rr)
        raw += int(pc > pr)
    size, kind = len(policy_chosen), policy_chosen.dtype
    shares = (torch.tensor(won / size, dtype=kind) for won in (implicit, raw))
    return (margin / size, *shares)
