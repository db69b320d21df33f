"""The reference library in torch: what the course says, as code that runs.

    preferences    rewards, preference probabilities, the optimal policy
    bradley_terry  strengths fitted to counts of wins
    labels         how likely a label is under a policy and its reference
    logprobs       log-probabilities of completions; KL and its estimators
    losses         the DPO loss, its gradient, one step to first order
    margins        what the margin of a pair says: log-sigmoid, weight, metrics
    by_hand        the loss's gradient and the directions, in numpy
    first_order    one step of SGD on a pair, in numpy
    step           one DPO step of two models
    variants       losses close to DPO; the choice of β
    ppo, rollout   what PPO needs: memory; rewards, advantages, the clipped loss
    tiny           a language model of 110,000 parameters and its words
    training       many DPO steps, and the Gram matrix that predicts the first

Imported in worker processes only (importing torch costs about a second, and no
screen should wait for it). All log-probabilities are natural: nats.
"""
