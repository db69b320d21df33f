# id: half-factor
# message: The loss is divided by 2B, the number of answers, in place of B, the number
#   of pairs.
# idea: The batch has 2B rows, and the mean is thought to run over those. A pair has
#   one loss, so the mean is over B of them.
# misconception: loss-scale-is-free
import torch
import torch.nn.functional as F


def train_step(policy, reference, optimizer, batch, beta):
    def log_prob(model, which):
        ids, mask = batch[f"{which}_ids"], batch[f"{which}_mask"]
        scores = F.log_softmax(model(ids)[:, :-1], dim=-1)
        tokens = scores.gather(-1, ids[:, 1:, None]).squeeze(-1)
        return (tokens * mask[:, 1:]).sum(-1)

    with torch.no_grad():
        ref = log_prob(reference, "chosen") - log_prob(reference, "rejected")
    h = log_prob(policy, "chosen") - log_prob(policy, "rejected") - ref
    answers = len(batch["chosen_ids"]) + len(batch["rejected_ids"])
    loss = -F.logsigmoid(beta * h).sum() / answers
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
