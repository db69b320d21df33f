# id: z-without-reference
# message: log Z is summed without the reference; the probabilities are right.
# idea: Z is remembered as the sum of the exponentials. The sum is weighted with the
#   reference: Z is the reference's average of exp(r / β).
# misconception: forgot-reference-in-optimum
import torch


def closed_form_policy(ref_probs, rewards, beta):
    scores = ref_probs.log() + rewards / beta
    return torch.softmax(scores, dim=-1), torch.logsumexp(rewards / beta, dim=-1)
