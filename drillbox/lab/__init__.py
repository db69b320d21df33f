"""Real training runs: what a learner predicts of them, and what happened.

    run          the runs there are; starting one gives its records as they come
    three_pairs  the run of the last drop: three pairs, three different answers
    compare      predictions against records, each with its reason
    keep         a finished run as one JSON document; the one that is shipped

The training itself happens in a worker process; nothing here imports torch.
"""
