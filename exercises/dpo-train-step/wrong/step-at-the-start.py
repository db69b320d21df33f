# id: step-at-the-start
# message: optimizer.step() stands first, so each call goes along the gradients of the
#   call before.
# idea: The three calls are put in the order in which they come to mind. A step uses
#   what lies in .grad at that moment, so it comes after backward().
# misconception: one-step-is-any-step
import torch
import torch.nn.functional as F


def train_step(policy, reference, optimizer, batch, beta):
    optimizer.step()
    optimizer.zero_grad()

    def log_prob(model, which):
        ids, mask = batch[f"{which}_ids"], batch[f"{which}_mask"]
        scores = F.log_softmax(model(ids)[:, :-1], dim=-1)
        tokens = scores.gather(-1, ids[:, 1:, None]).squeeze(-1)
        return (tokens * mask[:, 1:]).sum(-1)

    with torch.no_grad():
        ref = log_prob(reference, "chosen") - log_prob(reference, "rejected")
    h = log_prob(policy, "chosen") - log_prob(policy, "rejected") - ref
    loss = -F.logsigmoid(beta * h).mean()
    loss.backward()
    return loss.item()
