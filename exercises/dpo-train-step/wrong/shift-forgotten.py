# id: shift-forgotten
# message: The logits at t are scored against the token at t, not against the one at t
#   + 1.
# idea: Logits and ids have the same length, so they seem to belong together position
#   by position. The logits at t predict the next token.
# misconception: shift-forgotten
import torch
import torch.nn.functional as F


def train_step(policy, reference, optimizer, batch, beta):
    def log_prob(model, which):
        ids, mask = batch[f"{which}_ids"], batch[f"{which}_mask"]
        scores = F.log_softmax(model(ids)[:, 1:], dim=-1)
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
