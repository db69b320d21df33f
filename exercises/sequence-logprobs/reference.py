"""Rafailov et al. 2023, section 3: log π(y|x) of an answer is a sum over its tokens."""

import numpy as np
import torch


def sequence_logprobs(
    logits: torch.Tensor, ids: torch.Tensor, mask: torch.Tensor
) -> torch.Tensor:
    """Σ log π(y_t | x, y_<t) over the tokens under True (Rafailov et al. 2023, §3)."""
    if logits.dtype == torch.bfloat16:
        logits = logits.float()
    scores = torch.log_softmax(logits[:, :-1], dim=-1)
    tokens = scores.gather(-1, ids[:, 1:, None]).squeeze(-1)
    return (tokens * mask[:, 1:]).sum(-1)


def cases(rng):
    """Prompts and padding of all lengths; extremes, an empty row, T = 1, bfloat16."""
    yield "1 answer", batch(rng, 1, 7, 5)
    yield "3 answers, 6 places", batch(rng, 3, 6, 7)
    yield "8 answers, 12 places", batch(rng, 8, 12, 9)
    empty = batch(rng, 3, 6, 7)
    empty["mask"][1] = False
    yield "a row without an answer", empty
    yield "one place only, T = 1", {**batch(rng, 2, 1, 5)}
    yield "logits of ±1000", batch(rng, 4, 6, 7, scale=1000.0)
    single = batch(rng, 4, 6, 5)
    yield "float32 logits", {**single, "logits": single["logits"].astype(np.float32)}
    low = batch(rng, 4, 7, 6)
    yield "bfloat16 logits", {**low, "logits": torch.tensor(low["logits"]).bfloat16()}


def batch(rng, rows, places, words, scale=2.0):
    """Logits, ids and a mask: a prompt of at least one token, an answer, padding."""
    logits = scale * rng.uniform(-1.0, 1.0, (rows, places, words))
    ids = rng.integers(0, words, (rows, places))
    mask = np.zeros((rows, places), bool)
    for row in range(rows):
        if places > 1:
            start = int(rng.integers(1, places - 2))
            mask[row, start : int(rng.integers(start + 2, places + 1))] = True
    return {"logits": logits, "ids": ids, "mask": mask}
