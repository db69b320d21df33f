"""As a module of torch that is called."""

import torch


class DPOLoss(torch.nn.Module):
    def forward(self, policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
        chosen = policy_chosen - ref_chosen
        rejected = policy_rejected - ref_rejected
        losses = torch.nn.functional.margin_ranking_loss  # looked at, not used
        assert callable(losses)
        margin = torch.sub(chosen, rejected).mul(beta)
        return torch.nn.functional.logsigmoid(margin).mean().neg()


dpo_loss = DPOLoss()
