# id: mean-logprob
# message: The log-prob of an answer is the mean over its tokens in place of the sum.
# idea: The mean looks fairer to long answers. Probabilities of tokens multiply, so
#   their logs add up; the mean is another loss.
# misconception: mean-logprob
import torch
import torch.nn.functional as F


def train_step(policy, reference, optimizer, batch, beta):
    def log_prob(model, which):
        ids, mask = batch[f"{which}_ids"], batch[f"{which}_mask"]
        scores = F.log_softmax(model(ids)[:, :-1], dim=-1)
        tokens = scores.gather(-1, ids[:, 1:, None]).squeeze(-1)
        return (tokens * mask[:, 1:]).sum(-1) / mask[:, 1:].sum(-1)

    with torch.no_grad():
        ref = log_prob(reference, "chosen") - log_prob(reference, "rejected")
    h = log_prob(policy, "chosen") - log_prob(policy, "rejected") - ref
    loss = -F.logsigmoid(beta * h).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
