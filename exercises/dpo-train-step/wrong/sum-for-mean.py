# id: sum-for-mean
# message: The loss is the sum over the batch where the mean is asked for.
# idea: The learning rate is thought to take care of the scale. With the sum the step
#   grows with the batch.
# misconception: sum-for-mean
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
    loss = -F.logsigmoid(beta * h).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
