# id: beta-outside
# message: β multiplies the loss instead of standing inside the log-sigmoid.
# idea: People read β as the weight of a loss term. Inside the sigmoid it decides at
#   which distance the push fades; outside it only scales the step.
# misconception: beta-outside
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
    loss = -beta * F.logsigmoid(h).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
