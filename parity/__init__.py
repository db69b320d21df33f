"""`make parity`: the reference library held against TRL and choix, number by number.

Apart from the tests, since it needs a venv of its own (.venv-parity). Nothing is
downloaded while it runs: model, tokenizer and pairs are made here.
"""
