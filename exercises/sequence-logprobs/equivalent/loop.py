import torch


def sequence_logprobs(logits, ids, mask):
    wide = logits.float() if logits.dtype == torch.bfloat16 else logits
    sums = torch.zeros(len(ids), dtype=wide.dtype)
    for row in range(len(ids)):
        for t in range(1, ids.shape[1]):
            if mask[row, t]:
                sums[row] += torch.log_softmax(wide[row, t - 1], 0)[ids[row, t]]
    return sums
