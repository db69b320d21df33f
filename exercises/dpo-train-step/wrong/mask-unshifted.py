# id: mask-unshifted
# message: The mask was not shifted with the tokens: the first token of the completion
#   is not scored and one after its end is.
# idea: Once the labels are shifted, the mask seems to fit as it is. It says which
#   labels count, so it loses its first column too.
# misconception: mask-unshifted
import torch
import torch.nn.functional as F


def train_step(policy, reference, optimizer, batch, beta):
    def log_prob(model, which):
        ids, mask = batch[f"{which}_ids"], batch[f"{which}_mask"]
        scores = F.log_softmax(model(ids)[:, :-1], dim=-1)
        tokens = scores.gather(-1, ids[:, 1:, None]).squeeze(-1)
        return (tokens * mask[:, :-1]).sum(-1)

    with torch.no_grad():
        ref = log_prob(reference, "chosen") - log_prob(reference, "rejected")
    h = log_prob(policy, "chosen") - log_prob(policy, "rejected") - ref
    loss = -F.logsigmoid(beta * h).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
