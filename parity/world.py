"""A Llama of 106,000 random parameters, its words and its pairs, made from a seed."""

import copy
import os
import sys
from pathlib import Path
from random import Random
from typing import Any

os.environ.update(  # before transformers is imported: it reads them once
    HF_HUB_OFFLINE="1",
    HF_DATASETS_OFFLINE="1",
    HF_HOME=str(Path(sys.prefix) / "huggingface"),  # in the venv, not in the home
    TOKENIZERS_PARALLELISM="false",
    TQDM_DISABLE="1",
)

import torch
from datasets import Dataset, disable_progress_bars
from tokenizers import Tokenizer, models, pre_tokenizers
from torch import Tensor, nn
from transformers import (
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedTokenizerFast,
    PrinterCallback,
)
from trl import DPOConfig, DPOTrainer, KTOConfig, KTOTrainer

from drillbox.reference.tiny import Vocabulary

WORDS = Vocabulary.of(
    [
        "yes no never maybe the a is sky grass sun blue green red what color ? . ,",
        "great awful movie was i think you are sorry cannot help with that please",
        "thanks good hello go away bad very and book song warm cold funny sad",
    ]
)
BETA = 0.1
disable_progress_bars()


def tokenizer() -> PreTrainedTokenizerFast:
    """The vocabulary as a tokenizer of transformers, with our pad and end."""
    numbers = {word: number for number, word in enumerate(WORDS.words)}
    inner = Tokenizer(models.WordLevel(numbers, unk_token="<sep>"))
    inner.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    names = {"pad_token": "<pad>", "eos_token": "<end>", "unk_token": "<sep>"}
    return PreTrainedTokenizerFast(tokenizer_object=inner, **names)


def llama(seed: int) -> LlamaForCausalLM:
    """Two layers of width 64, float32."""
    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=len(WORDS.words),
        hidden_size=64,
        intermediate_size=180,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=4,
        max_position_embeddings=64,
        bos_token_id=1,
        eos_token_id=1,
        pad_token_id=0,
        tie_word_embeddings=True,
    )
    return LlamaForCausalLM(config).float()


def moved(model: LlamaForCausalLM, size: float) -> LlamaForCausalLM:
    """A copy with noise on every parameter: a policy that has left its reference."""
    other = copy.deepcopy(model)
    noise = torch.Generator().manual_seed(7)
    with torch.no_grad():
        for parameter in other.parameters():
            parameter += size * torch.randn(parameter.shape, generator=noise)
    return other


class Logits(nn.Module):
    """A model of transformers as the reference library wants one: ids to logits."""

    def __init__(self, model: LlamaForCausalLM) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor) -> Tensor:
        """(B, T) to (B, T, V); padding on the right needs no mask."""
        logits: Tensor = self.model(input_ids=ids, use_cache=False).logits
        return logits


def pairs(count: int, seed: int = 0) -> list[dict[str, str]]:
    """Prompts of 4 to 8 words with two answers of 4 to 12."""
    random, known = Random(seed), WORDS.words[3:]

    def text(least: int, most: int) -> str:
        return " ".join(
            random.choice(known) for _ in range(random.randint(least, most))
        )

    return [
        {
            "prompt": text(4, 8),
            "chosen": " " + text(4, 12),
            "rejected": " " + text(4, 12),
        }
        for _ in range(count)
    ]


def trainer(
    policy: LlamaForCausalLM,
    reference: LlamaForCausalLM,
    rows: list[dict[str, str]],
    home: Path,
    kind: type[DPOTrainer] = DPOTrainer,
    **changes: Any,
) -> DPOTrainer:
    """TRL's trainer on the CPU, in float32, with nothing written and nothing logged."""
    settings = {
        "output_dir": str(home),
        "beta": BETA,
        "per_device_train_batch_size": 16,
        "lr_scheduler_type": "constant",
        "weight_decay": 0.0,
        "max_grad_norm": 0.0,
        "bf16": False,
        "use_cpu": True,
        "gradient_checkpointing": False,
        "report_to": "none",
        "save_strategy": "no",
        "logging_strategy": "no",
        "disable_tqdm": True,
        "dataloader_pin_memory": False,
        "seed": 0,
        **changes,
    }
    made = kind(
        model=policy,
        ref_model=reference,
        args=DPOConfig(**settings),
        train_dataset=Dataset.from_list(rows),
        processing_class=tokenizer(),
    )
    made.remove_callback(PrinterCallback)
    return made


def kto_trainer(home: Path) -> KTOTrainer:
    """TRL's KTOTrainer on single answers, good and bad ones, as above."""
    reference = llama(0)
    rows = [
        {"prompt": row["prompt"], "completion": row[side], "label": side == "chosen"}
        for row in pairs(8, seed=4)
        for side in ("chosen", "rejected")
    ]
    return KTOTrainer(
        model=moved(reference, 0.01),
        ref_model=reference,
        args=KTOConfig(
            output_dir=str(home),
            per_device_train_batch_size=len(rows),
            desirable_weight=1.5,
            undesirable_weight=0.75,
            bf16=False,
            use_cpu=True,
            gradient_checkpointing=False,
            report_to="none",
            disable_tqdm=True,
            dataloader_pin_memory=False,
        ),
        train_dataset=Dataset.from_list(rows),
        processing_class=tokenizer(),
    )
