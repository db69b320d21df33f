"""One step of DPO (Rafailov et al. 2023, equation 7) on token log-probs."""

import numpy as np
import torch
import torch.nn.functional as F


def train_step(policy, reference, optimizer, batch, beta):
    """Log-probs of four completions, the loss, one step."""

    def log_prob(model, which):
        ids, mask = batch[f"{which}_ids"], batch[f"{which}_mask"]
        scores = F.log_softmax(model(ids)[:, :-1], dim=-1)
        tokens = scores.gather(-1, ids[:, 1:, None]).squeeze(-1)
        return (tokens * mask[:, 1:]).sum(-1)

    with torch.no_grad():
        ref = log_prob(reference, "chosen") - log_prob(reference, "rejected")
    h = log_prob(policy, "chosen") - log_prob(policy, "rejected") - ref
    loss = -F.logsigmoid(beta * h).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


VOCABULARY, WIDTH, LENGTH = 11, 6, 9
PAD, EOS = 0, 1


def cases(rng):
    """The first step from the reference, then policies that have left it."""
    same = weights(rng)
    yield (
        "policy = reference, 3 pairs, β = 0.5",
        step(rng, same, same, pairs=3, beta=0.5, lr=0.2),
    )
    for pairs, beta, lr in ((4, 0.1, 0.5), (1, 1.5, 0.1), (8, 0.3, 0.3)):
        count = "one pair" if pairs == 1 else f"{pairs} pairs"
        arguments = step(rng, weights(rng), weights(rng), pairs, beta, lr)
        yield f"policy away from the reference, {count}, β = {beta:g}", arguments


def weights(rng):
    """A model's parameters, float64."""
    return {
        "embedding": rng.normal(0.0, 1.0, (VOCABULARY, WIDTH)),
        "mixing": rng.normal(0.0, 0.7, (WIDTH, WIDTH)),
        "output": rng.normal(0.0, 0.7, (WIDTH, VOCABULARY)),
    }


def step(rng, policy, reference, pairs, beta, lr):
    """The arguments of one case."""
    arguments = {f"policy.{name}": value for name, value in policy.items()}
    arguments |= {f"reference.{name}": value for name, value in reference.items()}
    prompts = rng.integers(2, VOCABULARY, (pairs, 3))
    for which in ("chosen", "rejected"):
        ids, mask = completions(rng, prompts)
        arguments |= {f"{which}_ids": ids, f"{which}_mask": mask}
    return {**arguments, "beta": beta, "lr": lr}


def completions(rng, prompts):
    """Prompt, completion, EOS, padding: ids (B, T) and mask (B, T)."""
    pairs, start = prompts.shape
    ids = np.full((pairs, LENGTH), PAD)
    mask = np.zeros((pairs, LENGTH), bool)
    ids[:, :start] = prompts
    for row, count in enumerate(rng.integers(1, LENGTH - start - 1, pairs)):
        end = start + int(count)
        ids[row, start:end] = rng.integers(2, VOCABULARY, count)
        ids[row, end] = EOS
        mask[row, start : end + 1] = True
    return ids, mask
