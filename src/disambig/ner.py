"""The two components of the shipped spaCy pipeline: sentences by rule, and people, organisations and places by a small transformer.

The transformer (`scripts/train_model.py` makes it) is uncased, so every word also says how it is written: `shapes`. Its last layers
look only at words that may be part of a name: `may_be_named`. An article is cut at sentence ends into windows that are run one by one,
so that its spans depend on nothing but the article.
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
from spacy.language import Language
from spacy.tokens import Doc, Span
from tokenizers import Tokenizer

from disambig.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    Flags = npt.NDArray[np.bool_]
    Numbers = npt.NDArray[np.int64]
    Scores = npt.NDArray[np.float32]

KINDS = ("PERSON", "ORG", "LOC")
TAGS = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BIES"))  # Begin, Inside, End of a name; Single word

# -- sentences ---------------------------------------------------------------------------------------------------------------------

_TERMINAL = re.compile(r"[.!?…。！？]+")
_CLOSERS = frozenset("\"'”’»)]}") | {"''", "-RRB-", "-RSB-"}
_OPENERS = frozenset("“‘«([{") | {"``", "-LRB-", "-LSB-"}
_NOTABLE = frozenset('.!?…。！？"') | {chr(i) for i in range(0x3001) if chr(i).isspace()}
# A full stop after these never ends a sentence: something always follows.
_NEVER_LAST = frozenset(
    "adj adm amb approx asst atty brig capt cf cllr cmdr col cpl dr e.g fr fig gen gov hon i.e insp lt maj messrs mgr mlle mme mr mrs "
    "ms mt no nos pfc pp pres prof pvt rep reps rev rt sen sens sgt sra sr st ste supt v viz vol vs".split()
)
# These stand before a full stop both inside and at the end of a sentence: the next word decides.
_MAYBE_LAST = frozenset(
    "a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec inc corp ltd co cos bros jr etc al dept univ ave blvd rd ph.d m.d b.a "
    "m.a esq plc llc pty s.a ft lb oz sq est calif fla ill mass mich pa tex va wash".split()
)
_STARTERS = frozenset(
    "a after all also although an and another any as at because before both but by despite during each earlier even every few for from "
    "he her here his how however i if in instead is it its last later many meanwhile more most my nearly neither no nobody nor not nothing "
    "now of on once one only other others our over she several since so some still such that the their then there these they this those "
    "though to two under until we what when where whether while who why with yesterday you your".split()
)
_WRAPPED = 0.3  # of the single line ends: so many continued in lower case mean that lines are wrapped, not meant


def sentence_starts(words: Sequence[str]) -> list[bool]:
    """For each word, whether a sentence starts there; white space between words may be passed as words of its own.

    >>> sentence_starts("Gen. D. Kozak came . He left .".split())
    [True, False, False, False, False, True, False, False]
    """
    starts = [False] * len(words)
    wrapped = _lines_are_wrapped(words)
    caseless = not any(word[:1].isupper() for word in words)
    ended = fresh = True
    quoted = False
    previous = ""
    for i, word in enumerate(words):
        if not (ended or fresh) and word[-1] not in _NOTABLE:
            previous = word  # nearly every word goes this way, which makes it quick
            continue
        if word.isspace():
            if word.count("\n") > 1 or ("\n" in word and not wrapped):
                fresh, quoted = True, False
            continue
        closes = word in _CLOSERS and (word != '"' or quoted)
        if fresh or (ended and not closes and _opens(words, i, caseless)):
            starts[i] = True
        ended = (ended and closes) or _ends(words, i, previous)
        fresh = False
        quoted ^= word == '"'
        previous = word
    if words:
        starts[0] = True
    return starts


def _lines_are_wrapped(words: Sequence[str]) -> bool:
    after = [words[i + 1] for i, word in enumerate(words[:-1]) if word.isspace() and word.count("\n") == 1]
    return sum(word[0].islower() for word in after) > _WRAPPED * len(after)


def _opens(words: Sequence[str], i: int, caseless: bool) -> bool:
    """The word can be a sentence's first one: anything but a word in lower case, or a mark that does not open."""
    word = words[i]
    if word in _OPENERS or word in {'"', "'", "-", "–", "—", "•"}:
        following = next((other for other in words[i + 1 : i + 3] if not other.isspace()), "")
        return caseless or not following[:1].islower()
    return word[0].isalnum() and (caseless or not word[0].islower())


def _ends(words: Sequence[str], i: int, previous: str) -> bool:
    """The word ends a sentence, if the next one can start another."""
    word = words[i]
    if not word or word[-1] not in ".!?…。！？":
        return False
    alone = _TERMINAL.fullmatch(word)
    if alone and word != ".":
        return True
    stem = (previous if alone else word[:-1]).lower()
    if stem in _NEVER_LAST or (not alone and len(stem) == 1 and stem.isalpha()):
        return False
    if alone and stem not in _MAYBE_LAST and not (len(stem) == 1 and previous.isupper()):
        return True
    following = next((other for other in words[i + 1 : i + 4] if not other.isspace() and other not in _CLOSERS | _OPENERS), "")
    return following.lower() in _STARTERS


class Sentences:
    """Marks where sentences start: after a full stop and the like, and at line ends, for headlines have no full stop."""

    def __call__(self, doc: Doc) -> Doc:
        """Set `is_sent_start` of every token."""
        starts = np.array(sentence_starts([token.text for token in doc]), dtype=np.bool_)
        if len(starts):
            doc.from_array(["SENT_START"], np.where(starts, 1, -1).astype(np.uint64).reshape(-1, 1))  # type: ignore[arg-type]
        return doc


# -- how a word is written ---------------------------------------------------------------------------------------------------------

SHAPES = 12
CONTEXTS = 4  # first of its sentence; in a sentence without small letters; in one where most words have a capital; elsewhere
_MOSTLY = 0.7  # of the words of a headline have a capital


_HYPHEN, _NUMBERED, _CASELESS, _SMALL, _CAPITAL = 0, 3, 4, (5, 6), 7  # those of the shapes below that have a part in rules


def _shape(word: str) -> int:
    if word == "-":
        return _HYPHEN
    letters = [char for char in word if char.isalpha()]
    if not letters:
        return 1 if any(char.isdigit() for char in word) else 2
    if any(char.isdigit() for char in word):
        return _NUMBERED
    upper = sum(char.isupper() for char in letters)
    if not upper:
        if not any(char.islower() for char in letters):
            return _CASELESS  # as in other scripts
        return _SMALL[0] if len(letters) == len(word) else _SMALL[1]
    if upper == len(letters):
        return _CAPITAL if upper == 1 else _CAPITAL + 1
    if not letters[0].isupper():
        return _CAPITAL + 2  # iPhone
    return _CAPITAL + 3 if upper == 1 else _CAPITAL + 4  # Kozak, McDonald


def shapes(words: Sequence[str], starts: Sequence[bool], known: dict[str, int]) -> Numbers:
    """For each word a number below SHAPES * CONTEXTS: its letter case, and that of its sentence. *known* remembers words.

    The first of *starts* must be set, here and in what follows.
    """
    plain = np.empty(len(words), dtype=np.int64)
    for i, word in enumerate(words):
        shape = known.get(word)
        if shape is None:
            shape = known[word] = _shape(word)
        plain[i] = shape
    bounds = np.flatnonzero(starts)
    small = np.add.reduceat(np.isin(plain, _SMALL), bounds) if len(words) else bounds
    capital = np.add.reduceat(plain >= _CAPITAL, bounds) if len(words) else bounds
    context = np.where(small == 0, 2, np.where(capital > _MOSTLY * (small + capital), 3, 0))
    context = np.repeat(context, np.diff(np.append(bounds, len(words))))
    context[bounds] = np.where(context[bounds] == 0, 1, context[bounds])
    both: Numbers = plain + SHAPES * context
    return both


def may_be_named(shape: Numbers, starts: Sequence[bool]) -> Flags:
    """For each word, whether the last layers look at it: near a capital or a digit within a word, or in a sentence without capitals."""
    plain = shape % SHAPES
    capital = (plain >= _CAPITAL) | (plain == _NUMBERED) | (plain == _CASELESS)
    near: Flags = capital.copy()
    for step in (1, 2):
        near[step:] |= capital[:-step]
    near[:-1] |= capital[1:]
    near[:-2] |= capital[2:] & (plain[1:-1] == _HYPHEN)  # al-Haddani is three words here
    bounds = np.flatnonzero(starts)
    if len(shape):
        bare = np.repeat(~np.logical_or.reduceat(capital, bounds), np.diff(np.append(bounds, len(shape))))
        near |= bare
    return near


# -- windows and tags --------------------------------------------------------------------------------------------------------------

MOST_PIECES = 160  # of a window, with the two marks at its ends; near what the network was trained on, and attention's cost grows with it
LONGEST_WORD = 12  # pieces; what a longer word (a link, a line of dashes) has beyond them is not looked at


def windows(lengths: Sequence[int], starts: Sequence[bool], room: int) -> Iterator[tuple[int, int, int, int]]:
    """Begin and end of each window, and of the words in it whose tags are taken from it, which in sum are all words, each once.

    A window is a row of whole sentences with at most *room* pieces. A longer sentence gets several that overlap by half.
    """
    begin = end = room_used = 0
    bounds = [i for i, start in enumerate(starts) if start] + [len(lengths)]
    for first, last in pairwise(bounds):
        size = sum(lengths[first:last])
        if end > begin and room_used + size > room:
            yield begin, end, begin, end
            begin, room_used = first, 0
        if size > room:
            yield from _overlapping(lengths, first, last, room)
            begin, end = last, last
        else:
            end, room_used = last, room_used + size
    if end > begin:
        yield begin, end, begin, end


def _overlapping(lengths: Sequence[int], first: int, last: int, room: int) -> Iterator[tuple[int, int, int, int]]:
    begin = taken = first
    while True:
        end, size, middle = begin, 0, begin
        while end < last and size + lengths[end] <= room:
            size += lengths[end]
            end += 1
            if size <= room // 2:
                middle = end
        if end == last:
            yield begin, end, taken, end
            return
        until = (middle + end) // 2
        yield begin, end, taken, until
        begin, taken = middle, until


def _allowed() -> Flags:
    """[before, after]: whether one tag may follow the other; O stands for the ends of the text too."""
    allowed = np.zeros((len(TAGS), len(TAGS)), dtype=np.bool_)
    for i, before in enumerate(TAGS):
        for j, after in enumerate(TAGS):
            inside = before[0] in "BI"
            allowed[i, j] = (after[0] in "IE" and before[2:] == after[2:]) if inside else after[0] in "OBS"
    return allowed


_ALLOWED = _allowed()


def best_tags(scores: Scores, cuts: Flags) -> Numbers:
    """The best tags that make whole names, for (words, TAGS) scores; where *cuts* is set no name reaches back beyond that word.

    Where the best tag of each word already makes whole names, those are the answer; Viterbi's search runs on the other stretches only.
    """
    tags: Numbers = scores.argmax(axis=1)
    if not len(tags):
        return tags
    first = cuts.copy()
    first[0] = True
    last = np.append(first[1:], True)
    fits = _ALLOWED[np.where(first, 0, np.roll(tags, 1)), tags] & (~last | _ALLOWED[tags, 0])
    bounds = np.append(np.flatnonzero(first), len(tags))
    for stretch in np.unique(np.searchsorted(bounds, np.flatnonzero(~fits), side="right") - 1):
        begin, end = bounds[stretch], bounds[stretch + 1]
        tags[begin:end] = _viterbi(scores[begin:end])
    return tags


def _viterbi(scores: Scores) -> Numbers:
    penalty = np.where(_ALLOWED, 0.0, -1e9)
    best = scores[0] + penalty[0]
    back = np.zeros(scores.shape, dtype=np.int64)
    for i in range(1, len(scores)):
        paths = best[:, None] + penalty
        back[i] = paths.argmax(axis=0)
        best = paths.max(axis=0) + scores[i]
    tags = np.empty(len(scores), dtype=np.int64)
    tags[-1] = (best + penalty[:, 0]).argmax()
    for i in range(len(scores) - 1, 0, -1):
        tags[i - 1] = back[i, tags[i]]
    return tags


# -- the recogniser ----------------------------------------------------------------------------------------------------------------

_MODEL, _TOKENIZER = "model.onnx", "tokenizer.json"
_MOST_REMEMBERED = 15_000  # words; a memory that is full is emptied, which changes the speed only
_CUT = 200  # characters of a word that the tokenizer is given


class Recogniser:
    """Sets `doc.ents` to the people, organisations and places of the text."""

    labels = KINDS

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}
        self._session: onnxruntime.InferenceSession | None = None
        self._tokenizer: Tokenizer | None = None
        self._pieces: dict[str, tuple[int, ...]] = {}
        self._shapes: dict[str, int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Find the names; sentences must have been marked before."""
        tokens = [token for token in doc if not token.is_space]
        if not tokens:
            doc.set_ents([])
            return doc
        words = [token.text for token in tokens]
        starts = [bool(token.is_sent_start) for token in tokens]
        starts[0] = True
        scores, looked = self._score(words, starts)
        # No name goes through a word that was not looked at, nor over a line end.
        cuts = ~looked
        cuts[1:] |= ~looked[:-1]
        places = np.fromiter((token.i for token in tokens), dtype=np.int64, count=len(tokens))
        for gap in np.flatnonzero(np.diff(places) > 1):
            cuts[gap + 1] |= "\n" in doc[int(places[gap]) + 1 : int(places[gap + 1])].text
        doc.set_ents(list(_spans(doc, places, best_tags(scores, cuts))))
        return doc

    def _score(self, words: list[str], starts: list[bool]) -> tuple[Scores, Flags]:
        """Scores of shape (words, TAGS), and which words were looked at: the others are certainly O."""
        pieces = self._encode(words)
        lengths = [len(word) for word in pieces]
        shape = shapes(words, starts, self._shapes)
        looked = may_be_named(shape, starts)
        scores = np.zeros((len(words), len(TAGS)), dtype=np.float32)
        scores[:, 0] = np.where(looked, 0, 1)
        for begin, end, taken, until in windows(lengths, starts, MOST_PIECES - 2):
            here = np.flatnonzero(looked[begin:end])
            if len(here):
                found = self._run(pieces[begin:end], np.array(lengths[begin:end]), shape[begin:end], looked[begin:end])
                inside = (here >= taken - begin) & (here < until - begin)
                scores[begin + here[inside]] = found[inside]
        return scores, looked

    def _encode(self, words: list[str]) -> list[tuple[int, ...]]:
        if self._tokenizer is None:
            message = "the names model is not loaded; load the whole pipeline: spacy.load(FOLDER)"
            raise ConfigError(message)
        known = self._pieces
        if len(known) > _MOST_REMEMBERED:
            known.clear()
            self._shapes.clear()
        missing = sorted({word for word in words if word not in known})
        for word, encoding in zip(
            missing, self._tokenizer.encode_batch([word[:_CUT] for word in missing], add_special_tokens=False), strict=True
        ):
            known[word] = tuple(encoding.ids[:LONGEST_WORD]) or (self._unknown,)
        return [known[word] for word in words]

    def _run(self, pieces: list[tuple[int, ...]], lengths: Numbers, shape: Numbers, looked: Flags) -> Scores:
        """Scores of the words of one window that are looked at."""
        assert self._session is not None
        ids = np.fromiter((self._first, *(piece for word in pieces for piece in word), self._last), dtype=np.int64)
        written = np.full(len(ids), SHAPES * CONTEXTS, dtype=np.int64)
        written[1:-1] = np.repeat(shape, lengths)
        kept = np.flatnonzero(np.repeat(looked, lengths)) + 1
        heads = np.cumsum(np.append(0, lengths[looked][:-1]))
        (scores,) = self._session.run(None, {"pieces": ids, "shapes": written, "kept": kept, "heads": heads})
        return np.asarray(scores, dtype=np.float32)

    # spaCy's protocol for components that have something to save

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002 (spaCy passes it)
        """The files of the model in one."""
        head = json.dumps({name: len(content) for name, content in self._files.items()}).encode()
        return len(head).to_bytes(4, "big") + head + b"".join(self._files.values())

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Recogniser:  # noqa: ARG002
        """Load what `to_bytes` gave."""
        place = 4 + int.from_bytes(data[:4], "big")
        files = {}
        for name, size in json.loads(data[4:place]).items():
            files[name] = data[place : place + size]
            place += size
        return self.load(files)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Write the files of the model into the folder *path*."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self._files.items():
            (folder / name).write_bytes(content)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Recogniser:  # noqa: ARG002
        """Load the files of the model from the folder *path*."""
        missing = [name for name in (_MODEL, _TOKENIZER) if not (Path(path) / name).is_file()]
        if missing:
            message = f"{path}: '{missing[0]}' is missing; expected the folder of a names model, as scripts/train_model.py writes it"
            raise ConfigError(message)
        return self.load({name: (Path(path) / name).read_bytes() for name in (_MODEL, _TOKENIZER)})

    def __getstate__(self) -> dict[str, bytes]:
        """What a pickle holds: the files."""
        return self._files

    def __setstate__(self, files: dict[str, bytes]) -> None:
        """Load from a pickle."""
        Recogniser.__init__(self)
        if files:
            self.load(files)

    def load(self, files: dict[str, bytes]) -> Recogniser:
        """Load the contents of the files of a model, by name."""
        if not files:
            return self
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # workers are processes; and sums keep their order
        # The graph is written as it should run: the higher levels put back a layer norm that is six times slower here.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        options.log_severity_level = 3  # errors only
        self._session = onnxruntime.InferenceSession(files[_MODEL], options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_str(files[_TOKENIZER].decode())
        self._first, self._last, self._unknown = (self._tokenizer.token_to_id(mark) or 0 for mark in ("[CLS]", "[SEP]", "[UNK]"))
        self._files = dict(files)
        self._pieces, self._shapes = {}, {}
        return self


def _spans(doc: Doc, places: Numbers, tags: Numbers) -> Iterator[Span]:
    begin = 0
    for i in np.flatnonzero(tags):
        tag = TAGS[tags[i]]
        if tag[0] in "BS":
            begin = int(places[i])
        if tag[0] in "ES":
            yield Span(doc, begin, int(places[i]) + 1, label=tag[2:])


@Language.factory("disambig_ner", assigns=["doc.ents"], requires=["token.is_sent_start"])
def make_ner(nlp: Language, name: str) -> Recogniser:  # noqa: ARG001 (spaCy passes both)
    """The component that finds names; empty until loaded from a folder."""
    return Recogniser()


@Language.factory("disambig_sentences", assigns=["token.is_sent_start"])
def make_sentences(nlp: Language, name: str) -> Sentences:  # noqa: ARG001
    """The component that marks sentences."""
    return Sentences()
