"""Model directories of one's own: a Llama that chats and a GPT-2 that does not.

Both are random and made here, with a tokenizer each, and saved as anybody would save
them. Held against loops written out over transformers, against TRL's own tokens, and
against real steps.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    BertConfig,
    BertLMHeadModel,
    GPT2Config,
    GPT2LMHeadModel,
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedTokenizerFast,
    T5Config,
    T5ForConditionalGeneration,
)
from trl import DPOConfig, DPOTrainer

from drillbox.lab.own import TARGET
from drillbox.lab.run import request
from drillbox.lab.three_pairs import THREE_PAIRS
from drillbox.reference import hf, pairs, speaker, worlds_gram
from drillbox.reference.tiny import CheckpointError
from drillbox.reference.worlds import answer
from parity.rows import Row, compared

PAIRS = (
    ("What color is the sky?", " The sky is blue.", " The sky is green."),
    ("Say something kind:", " you look lovely today", " go away, please!"),
    ("two plus two is", " four", " five, or so"),
)
TEMPLATE = (
    "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}<|end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
SIZE = 300
SPREAD = 0.2  # of the weights, so that not all tokens are about as likely
SMALL = 1e-3  # nats: how far a small step widens the gap


def tokenizer(template: str | None) -> PreTrainedTokenizerFast:
    """Byte pairs, learnt from PAIRS."""
    inner = Tokenizer(models.BPE())
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.decoder = decoders.ByteLevel()
    special = ["<|end|>", "<|user|>", "<|assistant|>"]
    trainer = trainers.BpeTrainer(
        vocab_size=SIZE,
        special_tokens=special,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    inner.train_from_iterator(["".join(pair) for pair in PAIRS], trainer)
    made = PreTrainedTokenizerFast(tokenizer_object=inner, eos_token="<|end|>")
    made.pad_token = "<|end|>"
    made.chat_template = template
    return made


def saved(home: Path) -> dict[str, Path]:
    """The directories: `llama` with a chat template, `gpt2` without one."""
    torch.manual_seed(0)
    llama = LlamaConfig(
        vocab_size=SIZE,
        hidden_size=64,
        intermediate_size=160,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=96,
        initializer_range=SPREAD,
    )
    gpt2 = GPT2Config(
        vocab_size=SIZE,
        n_embd=64,
        n_layer=2,
        n_head=4,
        n_positions=96,
        initializer_range=SPREAD,
    )
    made = {
        "llama": (LlamaForCausalLM(llama), TEMPLATE),
        "gpt2": (GPT2LMHeadModel(gpt2), None),
    }
    for name, (model, template) in made.items():
        model.save_pretrained(home / name)
        tokenizer(template).save_pretrained(home / name)
    return {name: home / name for name in made}


def comparisons(home: Path) -> Iterator[Row]:
    """Every comparison."""
    for name, path in saved(home).items():
        loaded = hf.load(path)
        yield by_hand(name, loaded)
        yield tokens_of_trl(name, loaded, home)
        yield one_step(name, path)
        yield of_gram(name, path)
        yield ended_once(name, loaded)
    yield from refused(home)


def by_hand(name: str, loaded: hf.Directory) -> Row:
    """Log-probs against a loop, a token at a time, each read alone and unpadded."""
    batch = speaker.batch(loaded, PAIRS)
    with torch.no_grad():
        ours = torch.cat(batch.logprobs(loaded.model))
    theirs = []
    for side in speaker.SIDES:
        for pair in PAIRS:
            rows = loaded.rows(*pair)
            theirs.append(_looped(loaded, getattr(rows, side), rows.prompt))
    what = f"{name}: log-probs, a token at a time"
    return compared(what, [ours], [torch.tensor(theirs)], 1e-4)


def _looped(loaded: hf.Directory, row: list[int], start: int) -> float:
    total = 0.0
    for at in range(start, len(row)):
        with torch.no_grad():
            told = loaded.model.inner(input_ids=torch.tensor([row[:at]]))
        total += told.logits[0, -1].double().log_softmax(-1)[row[at]].item()
    return total


def tokens_of_trl(name: str, loaded: hf.Directory, home: Path) -> Row:
    """Prompt and answers as DPOTrainer tokenizes them: messages, or texts.

    TRL leaves messages as their template ends them; ours end in <|end|>, so both agree.
    """
    chats = loaded.tokenizer.chat_template is not None
    rows = [dict(zip(("prompt", *speaker.SIDES), pair, strict=True)) for pair in PAIRS]
    if chats:
        roles = {"prompt": "user", "chosen": "assistant", "rejected": "assistant"}
        rows = [
            {k: [{"role": roles[k], "content": text}] for k, text in row.items()}
            for row in rows
        ]
    trainer = DPOTrainer(
        model=loaded.model.inner,
        args=DPOConfig(
            output_dir=str(home / "trl"), use_cpu=True, bf16=False, report_to="none"
        ),
        train_dataset=Dataset.from_list(rows),
        processing_class=loaded.tokenizer,
    )
    theirs, ours = [], []
    for row, found in zip(rows, trainer.train_dataset, strict=True):
        mine = loaded.rows(row["prompt"], row["chosen"], row["rejected"])
        for side in speaker.SIDES:
            whole = getattr(mine, side)
            ours += [whole[: mine.prompt], whole[mine.prompt :]]
            theirs += [found["prompt_ids"], found[f"{side}_ids"]]
    return held(f"{name}: tokens of prompts and answers, by TRL", ours == theirs)


def held(what: str, true: bool) -> Row:
    """A comparison that either holds or does not."""
    return Row(what, 0.0 if true else float("inf"), 0.0)


def asked(path: Path, target: float) -> dict[str, Any]:
    """The request of `drillbox lab own --model`, for PAIRS."""
    names = ("prompt", *speaker.SIDES)
    texts = [dict(zip(names, pair, strict=True)) for pair in PAIRS]
    whole = request(THREE_PAIRS, device="cpu", steps=1) | {"target": target}
    whole["pairs"] = [
        {"pair": str(n), "start": "reference", **text} for n, text in enumerate(texts)
    ]
    del whole["checkpoint"], whole["sha256"]
    return whole | {"directory": str(path)}


def one_step(name: str, path: Path) -> Row:
    """The Gram prediction against a real step of SGD: the largest relative error."""
    records = list(pairs.answer(asked(path, SMALL)))
    assert records[-1]["type"] == "end", records[-1]
    exact = {r["pair"]: r["step1"] for r in records if r["type"] == "replay"}
    worst = 0.0
    for record in records:
        if record["type"] == "pair":
            predicted = record["first_order"]
            gaps = [
                abs(a - b)
                for a, b in zip(predicted, exact[record["pair"]], strict=True)
            ]
            worst = max(worst, max(gaps) / max(map(abs, predicted)))
    return Row(f"{name}: one step against its Gram matrix, relative", worst, 0.02)


def of_gram(name: str, path: Path) -> Row:
    """The run gram, all in float64, at a tenth of a step that widens by TARGET."""
    wish = asked(path, TARGET)
    texts = {k: wish["pairs"][0][k] for k in ("prompt", *speaker.SIDES)}
    settings = {**texts, "beta": 0.5, "lr": 1e-5}
    whole = {"run": "gram", "seed": 0, "device": "cpu", "settings": settings}
    whole |= {"directory": str(path), "target": TARGET}
    records = list(answer(whole, worlds_gram.records))
    assert records[-1]["type"] == "end", records[-1]
    first = next(record for record in records if record["type"] == "step")
    return Row(f"{name}: the run gram, its smallest step", first["error"], 0.02)


def ended_once(name: str, loaded: hf.Directory) -> Row:
    """One end in each answer, whether its text brings one or not."""
    end = loaded.tokenizer.eos_token
    once = True
    for prompt, chosen, rejected in PAIRS:
        again = rejected if loaded.tokenizer.chat_template else rejected + end
        rows = loaded.rows(prompt, chosen, again)
        for row in (rows.chosen, rows.rejected):
            once &= row[rows.prompt :].count(loaded.tokenizer.eos_token_id) == 1
    return held(f"{name}: every answer ends once", once)


def refused(home: Path) -> Iterator[Row]:
    """What no model can be made of, each with a sentence."""
    torch.manual_seed(0)
    small = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    bert = BertConfig(vocab_size=SIZE, intermediate_size=64, **small)
    BertLMHeadModel(bert).save_pretrained(home / "bert")
    t5 = T5Config(
        vocab_size=SIZE, d_model=32, d_kv=8, d_ff=32, num_layers=1, num_heads=2
    )
    T5ForConditionalGeneration(t5).save_pretrained(home / "t5")
    for name in ("bert", "t5", "strange", "lacking", "quantized"):
        tokenizer(None).save_pretrained(home / name)
    (home / "strange" / "config.json").write_text(
        json.dumps({"model_type": "strange", "auto_map": {"AutoConfig": "own.Config"}})
    )
    config = json.loads((home / "gpt2" / "config.json").read_text())
    config["quantization_config"] = {"quant_method": "gptq", "bits": 4}
    (home / "quantized" / "config.json").write_text(json.dumps(config))
    wide = GPT2Config(vocab_size=SIZE, n_embd=64, n_layer=1, n_head=4, n_positions=96)
    GPT2LMHeadModel(wide).save_pretrained(home / "lacking")
    two = json.loads((home / "gpt2" / "config.json").read_text())
    (home / "lacking" / "config.json").write_text(json.dumps(two))
    for name, words in {
        "bert": "is no causal language model: its scores look at what comes later",
        "t5": "is no causal language model: its config.json says t5",
        "strange": "its model cannot be loaded",
        "lacking": "its weights lack",
        "quantized": "has quantized weights",
    }.items():
        try:
            hf.load(home / name)
        except CheckpointError as error:
            said = str(error)
        else:
            said = ""
        yield held(f"refused: {name}", words in said and "\n" not in said)
    yield from _refused_pairs(home)


def _refused_pairs(home: Path) -> Iterator[Row]:
    message = [{"role": "user", "content": "hello"}]
    long = ("word " * 200, " yes", " no")
    for name, pair, words in (
        ("gpt2", (message, message, message), "has no chat template"),
        ("gpt2", long, "and fills the 96 that the model reads at most; shorten it"),
        ("llama", (PAIRS[0][0], PAIRS[0][1], PAIRS[0][1]), "are the same; change one"),
        ("llama", ("hello", " ", " yes"), "the chosen is empty; write a text"),
    ):
        try:
            speaker.check(hf.load(home / name), *pair)
        except speaker.PairError as error:
            said = str(error)
        else:
            said = ""
        yield held(f"refused by {name}: {words}", words in said)
