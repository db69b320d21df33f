import torch
import torch.nn.functional as F


def train_step(policy, reference, optimizer, batch, beta):
    ids = torch.cat([batch["chosen_ids"], batch["rejected_ids"]])
    mask = torch.cat([batch["chosen_mask"], batch["rejected_mask"]])[:, 1:]

    def log_probs(model):
        scores = torch.log_softmax(model(ids)[:, :-1], dim=-1)
        tokens = torch.gather(scores, 2, ids[:, 1:].unsqueeze(-1))[..., 0]
        return tokens.masked_fill(~mask, 0.0).sum(dim=1)

    optimizer.zero_grad()
    with torch.no_grad():
        constant = log_probs(reference)
    chosen, rejected = (log_probs(policy) - constant).chunk(2)
    loss = F.softplus(beta * (rejected - chosen)).mean()
    loss.backward()
    optimizer.step()
    return loss.detach()
