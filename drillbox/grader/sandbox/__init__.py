"""The layers around a learner's code: probed by doing, named on screen, never silent.

    sealed       bubblewrap, Landlock and seccomp
    confined     Landlock and seccomp
    guarded      seccomp: no processes, network or signals, but files can be read
    limits only  time and memory

landlock.py and seccomp.py are loaded by their path inside the learner's worker.
"""
