"""Labelled windows for train_model.py: cut from the labelled sets, and varied anew for each epoch."""
# ruff: noqa: PLR2004 (the shares of each variation say what they are where they stand)

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import spacy
from spacy.tokens import DocBin
from train_model_names import Culture, Name, draw_name

from disambig.ner import KINDS, TAGS, sentence_starts

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from spacy.tokens import Doc

SPLIT = spacy.blank("en").tokenizer
MISSING = -100  # the tag of a word that is not to be learnt from

# Shares of the windows, or of the sentences where it says so.
SWAP_PEOPLE = 0.5
SWAP_OTHERS = 0.3
ADD_TITLE = 0.15  # of the names
INVENTED = 0.16  # windows that get an invented sentence or two
CURLY = 0.4
ALL_CAPS = 0.03  # of the sentences
ALL_CAPS_WINDOW = 0.015
TITLE_CASE = 0.02  # of the sentences
LOWER_CASE = 0.012  # of the sentences
NO_FULL_STOP = 0.05  # of the sentences
LATEX_QUOTES = 0.06


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some words in a row, with the kind of name that they are, None for no name, or "?" for not to be learnt from."""

    words: tuple[str, ...]
    kind: str | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, as chunks."""

    chunks: tuple[Chunk, ...]

    def __len__(self) -> int:
        """In words."""
        return sum(len(chunk.words) for chunk in self.chunks)


@dataclass(frozen=True, slots=True)
class Window:
    """What the model sees at once."""

    words: tuple[str, ...]
    starts: tuple[bool, ...]
    tags: tuple[int, ...]


def read_docs(path: Path) -> list[Doc]:
    """The texts of one labelled set."""
    return list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))


def read_sentences(path: Path, *, not_places: frozenset[str], titles: frozenset[str]) -> list[list[Sentence]]:
    """The sentences of each text. *not_places* are never learnt as LOC from this set, *titles* are cut off the names of people."""
    return [_sentences(doc, not_places, titles) for doc in read_docs(path)]


def _sentences(doc: Doc, not_places: frozenset[str], titles: frozenset[str]) -> list[Sentence]:
    starts = sentence_starts([token.text for token in doc])
    kinds: list[tuple[int, str | None]] = [(-1, None if token.ent_iob_ else "?") for token in doc]
    for number, span in enumerate(doc.ents):
        begin = span.start
        while span.label_ == "PERSON" and begin < span.end - 1 and doc[begin].text.lower().rstrip(".") in titles:
            begin += 1
        kind = "?" if span.label_ == "LOC" and span.text in not_places else span.label_
        kinds[begin : span.end] = [(number, kind)] * (span.end - begin)
    sentences: list[Sentence] = []
    chunks: list[Chunk] = []
    last: tuple[int, str | None] | None = None
    for token, start, kind in zip(doc, starts, kinds, strict=True):
        if start and chunks:
            sentences.append(Sentence(tuple(chunks)))
            chunks, last = [], None
        if token.is_space:
            continue
        if kind == last:
            chunks[-1] = Chunk((*chunks[-1].words, token.text), kind[1])
        else:
            chunks.append(Chunk((token.text,), kind[1]))
        last = kind
    return [*sentences, Sentence(tuple(chunks))] if chunks else sentences


def cut(texts: Sequence[Sequence[Sentence]], longest: int, rng: random.Random) -> Iterator[tuple[Sentence, ...]]:
    """Sentences in a row, up to *longest* words, most windows near that and some short; where they are cut differs each time."""
    for text in texts:
        window: list[Sentence] = []
        limit = _limit(longest, rng)
        for sentence in text:
            if window and sum(map(len, window)) + len(sentence) > limit:
                yield tuple(window)
                window, limit = [], _limit(longest, rng)
            window.append(sentence)
        if window:
            yield tuple(window)


def _limit(longest: int, rng: random.Random) -> int:
    return longest if rng.random() < 0.7 else rng.randint(8, longest)


def plain(sentences: Sequence[Sentence]) -> Window:
    """The sentences as they are."""
    words: list[str] = []
    starts: list[bool] = []
    tags: list[int] = []
    for sentence in sentences:
        starts += [True] + [False] * (len(sentence) - 1)
        for chunk in sentence.chunks:
            words += chunk.words
            tags += _tags(chunk)
    return Window(tuple(words), tuple(starts), tuple(tags))


def _tags(chunk: Chunk) -> list[int]:
    if chunk.kind is None or chunk.kind == "?":
        return [MISSING if chunk.kind else 0] * len(chunk.words)
    places = "S" if len(chunk.words) == 1 else "B" + "I" * (len(chunk.words) - 2) + "E"
    return [TAGS.index(f"{place}-{chunk.kind}") for place in places]


# -- variation ---------------------------------------------------------------------------------------------------------------------

RANKS = (
    "President,Vice President,Prime Minister,Deputy Prime Minister,First Deputy Prime Minister,Foreign Minister,"
    "Defense Minister,Defence Minister,Finance Minister,Interior Minister,Energy Minister,Health Minister,Justice Minister,"
    "Education Minister,Trade Minister,Minister of Defense,Minister of Foreign Affairs,Minister of Culture,Secretary of State,"
    "Secretary of Defense,Home Secretary,Foreign Secretary,Deputy Chief of Staff,Chief of Staff,Chief of General Staff,"
    "Chief Executive,CEO,Chairman,Chairwoman,Deputy Chairman,Speaker,Governor,Lieutenant Governor,Mayor,Senator,"
    "Congressman,Congresswoman,Representative,Ambassador,Secretary General,Secretary-General,Director,Director General,"
    "General,Major General,Lieutenant General,Colonel,Lieutenant Colonel,Major,Captain,Lieutenant,Sergeant,Admiral,"
    "Commander,Judge,Justice,Chief Justice,Professor,Bishop,Archbishop,Cardinal,Patriarch,Pope,Imam,Sheikh,Ayatollah,"
    "Rabbi,King,Queen,Prince,Crown Prince,Princess,Sultan,Emir,Gen.,Lt. Gen.,Maj. Gen.,Col.,Lt. Col.,Maj.,Capt.,Sgt.,"
    "Sen.,Rep.,Gov.,Dr.,Mr.,Mrs.,Ms.,Mr,Mrs,Ms,Dr,Sir,Prof.,Rev.,Adm.,Commissioner,Prosecutor General,"
    "Attorney General,Inspector General,Coach,Head Coach,Premier,Chancellor,Comrade,Chief,Deputy Minister,Special Envoy,"
    "Spokesman,Spokeswoman,Secretary,Advisor,Deputy,MP,MEP,Gen,Lt Gen,Maj Gen,Col,Lt Col,Capt,Sgt,Sen,Rep,Prof"
).split(",")
ROLES = (
    "spokesman,spokeswoman,spokesperson,chief,head,leader,director,secretary,boss,minister,lawmaker,deputy,envoy,"
    "adviser,coach,captain,striker,goalkeeper,midfielder,president,chairman,chairwoman,manager,analyst,economist,"
    "researcher,officer,official,lawyer,prosecutor,editor,correspondent,reporter,activist,director general,press secretary,"
    "chief executive,founder,co-founder,owner,chief of staff,deputy head,vice president,veteran,defender,forward,"
    "prime minister,foreign minister,ambassador,governor,mayor,senator,billionaire"
).split(",")
BODIES = (
    "Foreign Ministry,Defense Ministry,Ministry of Defence,Interior Ministry,Kremlin,White House,Pentagon,State Department,"
    "National Security Council,Security and Defense Council,National Defense Commission,Central Bank,Supreme Court,"
    "Constitutional Court,State Duma,Senate,Parliament,House of Representatives,General Staff,Presidential Administration,"
    "Presidential Office,Red Cross,World Bank,Football Federation,Anti-Corruption Commission,Electoral Commission,"
    "Human Rights Watch,Labour Party,Workers' Party,Democratic Union,Electoral Council,Security Service,"
    "Investigative Committee,Prosecutor's Office,Police Service,Armed Forces,Revolutionary Guard,Chamber of Commerce,"
    "Bar Association,Teachers Union,Health Ministry,Ministry of Justice,Education Department,Tax Authority,Ports Authority"
).split(",")
PEOPLES = (
    "Russian,Ukrainian,Polish,German,French,Turkish,Iranian,Iraqi,Israeli,Egyptian,Algerian,Nigerian,Kenyan,"
    "South African,Indian,Pakistani,Chinese,Japanese,South Korean,North Korean,Vietnamese,Filipino,Brazilian,Mexican,"
    "Chilean,Argentine,British,American,Australian,Canadian,Italian,Spanish,Georgian,Armenian,Kazakh,Belarusian,Serbian,"
    "Hungarian,Czech,Syrian,Lebanese,Saudi,Afghan,Indonesian,Malaysian,Kyrgyz"
).split(",")
BEFORE_RANK = ("Deputy", "Former", "Acting", "Senior", "First Deputy", "Outgoing", "Interim", "former", "ex-", "then", "acting", "late")

# {f} a full name, {s} the surname of the same person, {i} initial and surname; {f2} … of another; {o} body, {p} place, {n} people,
# {r} rank, {j} role. The names that a sentence repeats are the same people.
TEMPLATES = (
    "{n} {r} {s} said on Tuesday that talks would go on .",
    "{o} {j} {s} declined to comment .",
    "The {o} {j} {f} told reporters in {p} that the plan was dead .",
    "{r} of the {o} {s} said the proposal came from {s2} .",
    "Secretary of the {o} {s} met {f2} in {p} , {s2} 's office said .",
    "National {o} {s} said .",
    'According to {s} , " {s2} had nothing to do with it . "',
    'The " {s} " in his words may be somebody else .',
    '" Which {s} ? " asked {f2} , {j} of the {o} .',
    "' {s} ' , as the {j} called him , left {p} on Friday .",
    "{f} is no relation to {f2} .",
    "{f} ( no relation to the {r} , {f2} ) joined the {o} .",
    "{f} should not be confused with {n} {j} {f2} .",
    "It was {s} , not {s2} , who signed the letter .",
    "By {f} and {f2}",
    "{p} , Jan. 12 ( {o} ) - {r} {s} arrived in {p2} .",
    "{p} ( {o} ) - {f} , the {j} of the {o2} , resigned .",
    "{s} accuses {s2} of fraud",
    "{s} : No deal with {s2}",
    "{s} to visit {p} in May",
    "{n} {j} {f} dies at 83",
    "{s} wins in {p} , {s2} concedes",
    "Who is {f} ?",
    "{s} , {s2} meet in {p}",
    "Present were {f} , {f2} , {f3} and {f4} .",
    "{i} and {i2} voted against , {s3} abstained .",
    "{i} , {j} of the {o} , could not be reached .",
    "Mr. {s} and his wife {g2} live in {p} .",
    "Mrs {s} said her husband , {f2} , was innocent .",
    "{r} {f} and his {n} counterpart {f2} spoke by phone .",
    "Deputy Chief of Staff {s} brought the plan to {p} .",
    "Former {o} {r} {s} is wanted in {p} .",
    "{n} {o} {r} {f} ordered an inquiry .",
    "{s} 's lawyer , {f2} , denied it .",
    "{f}",
    "{s}",
    "{s} said .",
    '" It is a lie , " said {s} .',
    '" We never met , " {s} added .',
    "Asked about {s} , {s2} laughed .",
    "Neither {s} nor {s2} replied .",
    "The {o} 's {f} , 54 , is a former {j} from {p} .",
    "{s} ( 23 ) beat {s2} 6-4 , 6-2 in {p} .",
    "1. {f} ( {p} ) 2:34.5",
    "2. {i} ( {p} ) 10.02 seconds",
    "{f} ( {p} ) beat {f2} ( {p2} ) 7-5 6-3",
    "Scorers : {s} 12 , {s2} 45 , {s3} 88 ( pen )",
    "{s} c {s2} b {s3} 34",
    "{p} 2 ( {s} 23 , {s2} 70 ) {p2} 1 ( {s3} 5 )",
    "{p} : {f} ; {f2} ; {f3}",
    "{o} - {f} , {r}",
    "The {p} plan , which {s} calls a trap , is backed by the {o} .",
    "The {o} and the {o2} met in {p} ; {s} stayed away .",
    "In {p} , {p2} and {p3} the {o} won .",
    "The {o} Defense Commission {s} said .",
    "{s} replaced {s2} as {o} {r} in March .",
    "{f} , known as {g} , and {f2} were childhood friends in {p} .",
    "{g} , {g2} and {g3} went home .",
    "The {s} family owns the {o} in {p} .",
    "Photo : {f} / {o}",
    "Editing by {f} ; Writing by {f2}",
    "{o} {r} {f} , {o2} {j} {f2} and {r} {f3} attended .",
)


@dataclass(slots=True)
class Varier:
    """Varies windows. *others* are the names of organisations and places in the training text, to be put in each other's place."""

    cultures: list[Culture]
    others: dict[str, list[tuple[str, ...]]]

    def vary(self, sentences: Sequence[Sentence], rng: random.Random) -> Window:
        """The window with some of its names, its quotes, its letter case and its punctuation changed."""
        varied = list(sentences)
        nearby = [rng.choice(self.cultures) for _ in range(2)]
        if rng.random() < SWAP_PEOPLE:
            varied = self._swap_people(varied, nearby, rng)
        if rng.random() < SWAP_OTHERS:
            varied = self._swap_others(varied, nearby, rng)
        varied = [self._add_titles(sentence, rng) for sentence in varied]
        if rng.random() < INVENTED:
            for _ in range(rng.choice((1, 1, 2, 3))):
                varied.insert(rng.randint(0, len(varied)), self._invent(nearby, rng))
        varied = _change_quotes(varied, rng)
        caps = rng.random() < ALL_CAPS_WINDOW
        return plain([_change_case(sentence, caps, rng) for sentence in varied])

    def _swap_people(self, sentences: list[Sentence], nearby: list[Culture], rng: random.Random) -> list[Sentence]:
        people = sorted(
            {chunk.words for sentence in sentences for chunk in sentence.chunks if chunk.kind == "PERSON"}, key=len, reverse=True
        )
        new: dict[tuple[str, ...], tuple[str, ...]] = {}
        parts: dict[str, tuple[str, ...]] = {}
        for words in people:
            name = draw_name(rng.choice(nearby) if rng.random() < 0.8 else rng.choice(self.cultures), rng)
            if len(words) > 1:
                new[words] = _like(words, name, parts, rng)
                parts.setdefault(words[-1], name.family)
                parts.setdefault(words[0], name.given)
            else:
                new[words] = parts.get(words[0]) or (name.family if rng.random() < 0.8 else name.given)
        return [
            Sentence(tuple(_chunk(new[chunk.words], chunk.kind) if chunk.kind == "PERSON" else chunk for chunk in sentence.chunks))
            for sentence in sentences
        ]

    def _swap_others(self, sentences: list[Sentence], nearby: list[Culture], rng: random.Random) -> list[Sentence]:
        """Names of organisations and places by others, half of them invented, so that a strange word is not always a person."""
        new: dict[Chunk, Chunk] = {}
        for sentence in sentences:
            for chunk in sentence.chunks:
                if chunk.kind in self.others and chunk not in new:
                    known = rng.random() < 0.4
                    other = Chunk(rng.choice(self.others[chunk.kind]), chunk.kind) if known else _strange(chunk.kind, nearby, rng)
                    new[chunk] = other if rng.random() < 0.6 else chunk
        return [Sentence(tuple(new.get(chunk, chunk) for chunk in sentence.chunks)) for sentence in sentences]

    def _add_titles(self, sentence: Sentence, rng: random.Random) -> Sentence:
        chunks: list[Chunk] = []
        for chunk in sentence.chunks:
            before = chunks[-1].words[-1] if chunks else "."
            fits = before.islower() or before in {",", ".", '"', "“", "and", ":", "("}
            if chunk.kind == "PERSON" and fits and before not in {"the", "a", "an", "'s"} and rng.random() < ADD_TITLE:
                chunks += self._title(rng)
            chunks.append(chunk)
        return Sentence(tuple(chunks))

    def _title(self, rng: random.Random) -> list[Chunk]:
        chunks: list[Chunk] = []
        if rng.random() < 0.35:
            chunks.append(_chunk(rng.choice(PEOPLES), None))
        elif rng.random() < 0.2:
            chunks.append(Chunk(rng.choice(self.others["LOC"]), "LOC"))
        if rng.random() < 0.35:
            chunks.append(self._body(rng))
            chunks.append(_chunk(rng.choice(ROLES if rng.random() < 0.6 else RANKS), None))
        else:
            if rng.random() < 0.2:
                chunks.append(_chunk(rng.choice(BEFORE_RANK), None))
            chunks.append(_chunk(rng.choice(RANKS if rng.random() < 0.75 else ROLES), None))
        return chunks

    def _body(self, rng: random.Random) -> Chunk:
        return _chunk(rng.choice(BODIES), "ORG") if rng.random() < 0.6 else Chunk(rng.choice(self.others["ORG"]), "ORG")

    def _invent(self, nearby: list[Culture], rng: random.Random) -> Sentence:
        people = {number: draw_name(rng.choice(nearby), rng) for number in "1234"}
        chunks: list[Chunk] = []
        for word in rng.choice(TEMPLATES).split():
            chunks += [_chunk(word, None)] if word[0] != "{" else self._fill(word.strip("{}"), people, rng)
        return Sentence(tuple(chunks))

    def _fill(self, slot: str, people: dict[str, Name], rng: random.Random) -> list[Chunk]:
        name = people[slot[1:] or "1"]
        match slot[0]:
            case "o":
                chunk = self._body(rng)
            case "p":
                chunk = Chunk(rng.choice(self.others["LOC"]), "LOC")
            case "n":
                chunk = _chunk(rng.choice(PEOPLES), None)
            case "r" | "j":
                chunk = _chunk(rng.choice(RANKS if slot[0] == "r" else ROLES), None)
            case written:
                forms = {"f": name.full, "s": name.family, "g": name.given[:1], "i": (f"{name.given[0][0]}.", *name.family)}
                chunk = _chunk(forms[written], "PERSON")
        return [chunk]


PLACES = (
    "{},{},{},{},{},{}pur,{}abad,{}ville,{}grad,{}ovo,{}stan,{}shi,{} City,{} Province,{} River,{} Island,Ras {},Wadi {},Kuala {},San {},"
    "Mount {},Lake {},{} Street,Port {},New {},{} District,{} Region,{} State,Al {},{}-{},{} {},{} Airport,{} Square,El {},Camp {}"
).split(",")
BODY_NAMES = (
    "{},{},{},{},{}.com,{} Group,{} Party,{} Bank,{} Media,{} Tech,{} News,{} Movement,{} United,FC {},{} FC,{} Holdings,{} Foundation,"
    "{} University,{} Daily,Al-{},{} Times,{} Ltd,{} Inc.,{} Union,{} Energy,{} & {},{} Council,Radio {},{} Post,The {} Herald,{} Airlines,"
    "Jamaat-e-{},Hizb {},{} Brotherhood,{} Army,{} Front,{} Club,Real {},Bank {},{} Agency,{} Institute"
).split(",")


def _strange(kind: str, nearby: list[Culture], rng: random.Random) -> Chunk:
    """An invented name of an organisation or a place, that sounds like the names of people nearby."""
    if kind == "ORG" and rng.random() < 0.15:
        return Chunk(("".join(rng.choice("ABCDEFGHIKLMNOPRSTUV") for _ in range(rng.randint(2, 5))),), kind)
    pattern = rng.choice(PLACES if kind == "LOC" else BODY_NAMES)
    words = []
    for _ in range(pattern.count("{}")):
        culture = rng.choice(nearby)
        head, tail = (rng.choice(rng.choice((culture.given, culture.family))).split()[0] for _ in range(2))
        words.append(head if rng.random() < 0.4 else head[: max(2, len(head) // 2)] + tail[len(tail) // 2 :].lower())
    return _chunk(pattern.format(*words), kind)


def _like(words: tuple[str, ...], name: Name, parts: dict[str, tuple[str, ...]], rng: random.Random) -> tuple[str, ...]:
    """The new name, with the surname or the given name that the window already has for the old one, and an initial where it had one."""
    family, given = parts.get(words[-1], name.family), parts.get(words[0], name.given)
    if len(words[0]) <= 2 and words[0][:1].isupper() and words[0].endswith("."):
        return (f"{given[0][0]}.", *family)
    if rng.random() < 0.04:
        return (f"{given[0][0]}.", *family)
    return family + given if name.family_first else given + family


def _change_quotes(sentences: list[Sentence], rng: random.Random) -> list[Sentence]:
    chance = rng.random()
    if chance > CURLY + LATEX_QUOTES:
        return sentences
    curly = chance < CURLY
    changed = []
    for sentence in sentences:
        inside = False
        chunks = []
        for chunk in sentence.chunks:
            words = []
            for word in chunk.words:
                if word == '"':
                    words.append(("”" if inside else "“") if curly else ("''" if inside else "``"))
                    inside = not inside
                else:
                    words.append(word.replace("'", "’") if curly else word)
            chunks.append(Chunk(tuple(words), chunk.kind))
        changed.append(Sentence(tuple(chunks)))
    return changed


def _change_case(sentence: Sentence, caps: bool, rng: random.Random) -> Sentence:
    chunks = sentence.chunks
    if rng.random() < NO_FULL_STOP and len(chunks) > 1 and chunks[-1].words == (".",):
        chunks = chunks[:-1]
    chance = rng.random()
    if caps or chance < ALL_CAPS:
        return Sentence(tuple(Chunk(tuple(word.upper() for word in chunk.words), chunk.kind) for chunk in chunks))
    if chance < ALL_CAPS + TITLE_CASE:
        return Sentence(tuple(Chunk(tuple(_headline(word) for word in chunk.words), chunk.kind) for chunk in chunks))
    if chance < ALL_CAPS + TITLE_CASE + LOWER_CASE:
        return Sentence(tuple(Chunk(tuple(word.lower() for word in chunk.words), chunk.kind) for chunk in chunks))
    return Sentence(chunks)


@lru_cache(maxsize=100_000)
def _split(text: str) -> tuple[str, ...]:
    """The words that spaCy makes of it: al-Haddani is three."""
    return tuple(token.text for token in SPLIT(text))


def _chunk(text: str | tuple[str, ...], kind: str | None) -> Chunk:
    return Chunk(_split(text if isinstance(text, str) else " ".join(text)), kind)


def _headline(word: str) -> str:
    return word[:1].upper() + word[1:] if len(word) > 3 else word


def names_of(texts: Sequence[Sequence[Sentence]]) -> dict[str, list[tuple[str, ...]]]:
    """The organisations and the places named in the texts, each as often as it is named, places of one word or two only."""
    found: dict[str, list[tuple[str, ...]]] = {kind: [] for kind in KINDS if kind != "PERSON"}
    for text in texts:
        for sentence in text:
            for chunk in sentence.chunks:
                if chunk.kind in found and chunk.words[0][0].isupper() and len(chunk.words) < 6:
                    found[chunk.kind].append(chunk.words)
    return found
