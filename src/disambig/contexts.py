"""Document, Chains -> each mention with its chain as seen from there: what stands around it, gathered once for all features."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from disambig.names import Kind, Name, agree, gender_of_honorific, is_diminutive, parse, part_similarity
from disambig.places import countries_in, without_contests
from disambig.records import Chain, Context, Decision, Document, Mention, Reason, Stance, Statement
from disambig.roles import ROLE_MODIFIERS, about, is_role
from disambig.words import FUNCTION_WORDS, content_stems, gender_of_relative, gender_of_verbs, gender_words, in_english, stems_of, words_in

_COUNTRY_AFTER = re.compile(r"\s?(?:\(\s?|,?\s?(?:of|from)\s+(?:the\s+)?)((?:[A-Z][\w.]*\.?\s?){1,3})")
_WORDS_BEFORE = re.compile(r"(?<![^\W\d_])((?:[^\W\d_][\w.'’-]*\s){1,4})$")
_POSSESSIVE_BEFORE = re.compile(r"['’]s\s(?:[\w-]+\s){0,2}$")
_POSSESSOR = re.compile(rf"((?:[\w.-]+\s){{0,4}}[\w.-]+){_POSSESSIVE_BEFORE.pattern}")
_PHRASE_AFTER = re.compile(r"\s(of|from|at)\s((?:[\w'’&.-]+\s?){1,6})|\s?\(([^()]{2,60})\)")
_TAKES_OF = re.compile(
    r"\b(?:(?:inform|remind|warn|accus|convict|acquit|suspect|assur|convinc|stripp?|robb?|depriv)(?:e|s|es|ed|ing)?"
    r"|told|tell|tells|telling|notif(?:y|ies|ied|ying))\b[^,;]*$"
)
_POSSESSIVE_PRONOUNS = ("his ", "her ", "their ", "its ")
_AGE_AFTER = re.compile(
    r"\s?,\s?(?:who (?:is|was) (\d{1,3})\b|(?:aged |now )?(\d{1,3})(?:\s?,|\syears old|\.(?:\s|$))|(?:the|an?) (\d{1,3})-year-old\b)"
    r"|\s\((1[89]|[2-9]\d)\)"  # a lower number in brackets is one of goals, seeds or games
)
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_AGE_BEFORE = re.compile(r"\b(\d{1,3})-year-old\s((?:[\w'’-]+\s){0,5})$")
_GENERATION_BEFORE = re.compile(r"\b(elder|older|younger)\s$", re.IGNORECASE)
_GENERATION_AFTER = re.compile(r",?\sthe\s(elder|older|younger)\b|,?\s(sr|jr)\b|\s(senior|junior)\b", re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s+(\w+)")
_PREPOSITIONS = frozenset(
    "across after against among around at before by for from in into near of off on over since to toward towards with within".split()
)
_NEVER_INTRODUCING = (FUNCTION_WORDS | _PREPOSITIONS) - ROLE_MODIFIERS
_GENERATIONS = {
    "elder": "elder",
    "older": "elder",
    "senior": "elder",
    "sr": "elder",
    "younger": "younger",
    "junior": "younger",
    "jr": "younger",
}

_AHEAD = 200  # characters before a name in which what leads up to it stands
_SHORT = 12  # words of a sentence below which it says too little by itself

_T = TypeVar("_T")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Attached:
    """What is attached to one name, before it and after it."""

    countries: frozenset[str]
    epithet: frozenset[str]  # stems
    age: int | None
    generation: str


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What is the same for several mentions of an article, made once for all of them."""

    document: Document
    chains: tuple[Chain, ...]
    plain: str  # the text, names of people blanked: a surname tells nothing about a topic
    topic: frozenset[str]  # stems of the whole text
    fields: frozenset[str]
    alone: dict[str, frozenset[int]]  # sentences in which one chain alone is mentioned, by its id
    organisations: dict[int, list[str]]  # of the sentences that have any, by their numbers
    stems: Callable[[Span], frozenset[str]]  # of a stretch of the text
    wider: Callable[[frozenset[str], Span], tuple[frozenset[str], frozenset[str]]]  # stems with those of a stretch; the rest of `topic`
    countries: Callable[[Span], frozenset[str]]
    years: Callable[[Span], frozenset[int]]
    near: Callable[[int, Span], list[tuple[Chain, Mention]]]  # the mentions of a sentence or paragraph, chain by chain
    own: dict[Mention, list[Statement]]  # what the article itself says about whom a mention means
    stated: frozenset[Mention]  # those of whom anybody says whom they mean
    fuller: Callable[[str], list[Chain]]  # the chains of full names that a bare one may stand for

    @classmethod
    def of(cls, document: Document, chains: tuple[Chain, ...]) -> "_Surroundings":
        plain = _blanked(document.article.text, document.mentions)
        read = cache(lambda span: in_english(plain[slice(*span)]))
        words = words_in(read((0, len(plain))))
        topic = stems_of(words)
        stems = cache(lambda span: content_stems(read(span)))
        full = [(chain, name) for chain in chains if (name := parse(chain.name)).is_full]
        return cls(
            document,
            chains,
            plain,
            topic,
            about(words),
            _sentences_of_one(chains),
            _organisations(document),
            stems,
            cache(lambda around, span: (wider := around | stems(span), topic - wider)),
            cache(lambda span: frozenset(countries_in(read(span)))),
            cache(lambda span: frozenset(map(int, _YEAR.findall(plain, *span)))),
            _near(chains),
            _own(document),
            frozenset(statement.mention for statement in document.statements),
            cache(lambda bare: [chain for chain, name in full if _stands_for(parse(bare), name)]),
        )

    @property
    def whole(self) -> Span:
        """The offsets of the whole text."""
        return 0, len(self.plain)


def describe(document: Document, chains: tuple[Chain, ...]) -> Iterator[tuple[Mention, Chain]]:
    """Each mention of *chains* with its chain, whose context is what stands around this mention; chain by chain."""
    here = _Surroundings.of(document, chains)
    for chain in chains:
        attached = [_attached(document, mention) for mention in chain.mentions]
        shared = _of_chain(here, chain, attached)
        for mention, found in zip(chain.mentions, attached, strict=True):
            yield mention, Chain(chain.id, chain.mentions, chain.name, _of_mention(here, chain, mention, found, shared))


def with_settled(mention: Mention, chain: Chain, decisions: Sequence[Decision]) -> Chain:
    """*chain* as seen from *mention*, with what *decisions* on the same article have settled: the clear names testify for the unclear ones.

    For a bare name, who the fuller names are that it may stand for; for one introduced as another of that name, who it cannot be. What a
    reader has corrected testifies for the rest of its chain too, bare names for bare ones only.
    """
    told = {decision.person.id if decision.person else "" for decision in decisions if _testifies(decision, chain)}
    if len(told) == 1:  # else the chain is two people
        chain = replace(chain, context=replace(chain.context, by_hand=told.pop()))
    context = chain.context
    if not (context.rivals or context.another or context.followed):
        return chain
    who: dict[str, set[str]] = {}
    for decision in decisions:
        if decision.person and not decision.chain.context.bare:
            who.setdefault(decision.chain.name, set()).add(decision.person.id)
    settled = tuple((rival, min(who[rival])) for rival in context.rivals if len(who.get(rival, ())) == 1)
    return replace(chain, context=replace(context, settled=settled, taken=_taken(mention, chain, decisions)))


def _testifies(decision: Decision, chain: Chain) -> bool:
    """Whether a reader has corrected another mention of *chain*, and one that is not bare where this one is full."""
    of_chain = decision.reason is Reason.CORRECTED and decision.chain.id == chain.id
    return of_chain and (chain.context.bare or not decision.chain.context.bare)


def _taken(mention: Mention, chain: Chain, decisions: Sequence[Decision]) -> frozenset[str]:
    """The people that *mention* cannot be: the namesakes before it, where it is introduced as another of that name; who follows it.

    Of those who follow as others that holds for whoever is called just so in the record: a longer name may be that of a father whom the
    KB does not have.
    """
    followed = set(chain.context.followed)
    others = {one.person.id for one in decisions if one.person and one.chain.name in followed and _is_called_just_so(one)}
    if chain.context.another:
        family = set(parse(chain.name).family)
        before = (one for one in decisions if one.mention.start < mention.start)
        others.update(one.person.id for one in before if one.person and family & set(parse(one.chain.name).parts))
    return frozenset(others)


def _is_called_just_so(decision: Decision) -> bool:
    """Whether the full name of the chain is one of the names of whom it means."""
    called = parse(decision.chain.name).parts
    return decision.person is not None and any(parse(name).parts == called for name in decision.person.names)


def _of_chain(here: _Surroundings, chain: Chain, attached: Sequence[_Attached]) -> Context:
    """What all mentions of *chain* share."""
    document = here.document
    sentences = sorted({mention.sentence for mention in chain.mentions})
    return Context(
        date=document.article.date,
        titles=tuple(dict.fromkeys(mention.title for mention in chain.mentions if mention.title)),
        had_titles=any(mention.had_title for mention in chain.mentions if mention.title),
        age=_only({found.age for found in attached} - {None}),
        generation=_only({found.generation for found in attached} - {""}) or "",
        gender=next(filter(None, map(_gender, chain.mentions)), ""),
        pronouns=_pronouns(here, chain),
        attached=frozenset().union(*(found.countries for found in attached)),
        background=here.countries(here.whole),
        fields=here.fields,
        years_nearby=frozenset().union(*(here.years(document.sentences[number]) for number in sentences)),
        organisations=tuple(name for number in sentences for name in here.organisations.get(number, ())),
        around=frozenset().union(*(here.stems(document.sentences[number]) for number in sentences)),
        elsewhere=tuple(dict.fromkeys(other.name for other in here.chains if other.id != chain.id)),
    )


def _gender(mention: Mention) -> str:
    return gender_of_honorific(mention.honorific) or gender_of_relative(mention.relative)


def _pronouns(here: _Surroundings, chain: Chain) -> tuple[int, int]:
    """The masculine and the feminine words: pronouns of the sentences that are the chain's alone, verbs next to its names.

    A pronoun before a name in its sentence is that of somebody else, and so may be those after it: "She married Luis Costa in her town".
    """
    text, told = here.document.article.text, [(0, 0)]
    firsts = {mention.sentence: mention for mention in reversed(chain.mentions)}
    for number in sorted(here.alone.get(chain.id, ())):
        (start, end), first = here.document.sentences[number], firsts[number]
        if not any(gender_words(in_english(text[start : first.start]))):
            told.append(gender_words(in_english(text[first.end : end])))
    if not text.isascii():
        told += [
            gender_of_verbs(text[max(0, mention.start - _AHEAD) : mention.start], text[mention.end :][:_AHEAD])
            for mention in chain.mentions
        ]
    masculine, feminine = zip(*told, strict=True)
    return sum(masculine), sum(feminine)


def _of_mention(here: _Surroundings, chain: Chain, mention: Mention, found: _Attached, shared: Context) -> Context:
    """The context of one mention: its own words before those of its chain."""
    document = here.document
    sentence = document.sentences[mention.sentence]
    paragraph = document.paragraph(mention.start, mention.end)
    near, years = here.stems(sentence), here.years(sentence)
    around, topic = here.wider(shared.around, paragraph)  # those of `near` are among those around
    described = bool(mention.title or found.generation or found.age is not None)  # it has an introduction of its own
    rivals, protagonist = _rivals(here, chain, mention)
    return Context(  # as `replace` would make it of *shared*, in a third of the time
        date=shared.date,
        titles=(mention.title,) if mention.title else () if described else shared.titles,
        had_titles=mention.had_title if mention.title else shared.had_titles,
        epithet=found.epithet,
        age=found.age if described else shared.age,
        years=years,
        years_nearby=shared.years_nearby - years,
        generation=found.generation or _pet_form(mention, rivals) or ("" if described else shared.generation),
        gender=shared.gender,
        pronouns=shared.pronouns,
        attached=found.countries or shared.attached,
        countries=here.countries(sentence),
        background=shared.background,
        fields=shared.fields,
        organisations=tuple(dict.fromkeys((*here.organisations.get(mention.sentence, ()), *shared.organisations))),
        near=near,
        around=around - near,
        topic=topic,
        passage=_passage(document, mention, alone=bool(rivals) or (parse(chain.name).is_full and not parse(mention.text).is_full)),
        beside=_beside(here.near(mention.sentence, paragraph), chain, mention),
        elsewhere=shared.elsewhere,
        alone=chain.id in here.alone and mention.sentence in here.alone[chain.id],
        rivals=rivals,
        protagonist=protagonist,
        followed=_followed(here, chain, mention),
        introduced=described,
        bare=not parse(mention.text).is_full,
        another=mention.another,
        doubted=mention.doubted,
        said=_disclaimed(here, mention, Stance.IDENTIFIES),
        denied=_disclaimed(here, mention, Stance.DENIES),
    )


def _passage(document: Document, mention: Mention, *, alone: bool) -> str:
    """The sentence of *mention* without its name; where it is short, after the title or first sentence, unless it is to stand *alone*.

    So it is for a bare name: it may be that of somebody else than whom the title is about, and what joined it to a full name says the rest.
    """
    text, (start, end) = document.article.text, document.sentences[mention.sentence]
    own = f"{text[start : mention.start]} {text[mention.end : end]}" if start <= mention.start else text[start:end]
    if alone or len(own.split()) >= _SHORT:
        return in_english(own)
    first = document.article.title or (text[slice(*document.sentences[0])] if mention.sentence else "")
    return in_english(f"{first} {own}")


def _disclaimed(here: _Surroundings, mention: Mention, stance: Stance) -> tuple[str, ...]:
    """The words or names by which the article itself says whom *mention* means, or does not mean."""
    own = (one for one in here.own.get(mention, ()) if one.stance is stance) if here.own else ()
    return tuple(words for one in own if (words := one.named.text if one.named and one.named != mention else one.words))


def _blanked(text: str, mentions: Iterable[Mention]) -> str:
    """*text* with blanks for the letters of *mentions*, which are in the order of the text."""
    pieces, position = [], 0
    for mention in mentions:
        start = max(position, mention.start)
        pieces += [text[position:start], " " * (mention.end - start)]
        position = max(position, mention.end)
    return "".join((*pieces, text[position:]))


def _near(chains: tuple[Chain, ...]) -> Callable[[int, Span], list[tuple[Chain, Mention]]]:
    """See `_Surroundings.near`; a mention is known by its place among those of all chains, chain by chain."""
    mentions = [(chain, mention) for chain in chains for mention in chain.mentions]
    ordered = sorted(range(len(mentions)), key=lambda place: mentions[place][1].start)
    starts = [mentions[place][1].start for place in ordered]
    in_sentence: dict[int, list[int]] = {}
    for place, (_, mention) in enumerate(mentions):
        in_sentence.setdefault(mention.sentence, []).append(place)

    def near(number: int, span: Span) -> list[tuple[Chain, Mention]]:
        in_span = ordered[bisect_left(starts, span[0]) : bisect_left(starts, span[1])]
        return [mentions[place] for place in sorted({*in_span, *in_sentence.get(number, ())})]

    return cache(near)


def _own(document: Document) -> dict[Mention, list[Statement]]:
    own: dict[Mention, list[Statement]] = {}
    for statement in document.statements:
        if not statement.claimant:
            own.setdefault(statement.mention, []).append(statement)
    return own


def _organisations(document: Document) -> dict[int, list[str]]:
    """The organisations that each sentence names, by its number; only sentences that name any."""
    starts = [start for start, _ in document.sentences]
    found: dict[int, list[str]] = {}
    for entity in document.entities:
        number = bisect_right(starts, entity.start) - 1
        if entity.label == "ORG" and number >= 0 and entity.start < document.sentences[number][1]:
            found.setdefault(number, []).append(entity.text)
    return found


def _only(found: set[_T]) -> _T | None:
    """The one thing that a chain's mentions say, None where they say nothing or differ: then the chain may be two people."""
    return found.pop() if len(found) == 1 else None


def _sentences_of_one(chains: tuple[Chain, ...]) -> dict[str, frozenset[int]]:
    """The sentences in which only one chain is mentioned, whose pronouns are probably its own, by chain id."""
    mentioned: dict[int, set[str]] = {}
    for chain in chains:
        for mention in chain.mentions:
            mentioned.setdefault(mention.sentence, set()).add(chain.id)
    return {chain.id: frozenset(number for number, ids in mentioned.items() if ids == {chain.id}) for chain in chains}


def _attached(document: Document, mention: Mention) -> _Attached:
    """What is attached to one name."""
    text, (first, last) = document.article.text, document.sentences[mention.sentence]
    before = in_english(text[min(first, mention.start) : mention.start][-_AHEAD:])
    after = in_english(text[mention.end : max(last, mention.end)])
    country = _COUNTRY_AFTER.match(after)
    countries = (
        *_countries_before(before),
        *countries_in(without_contests(mention.title)),
        *(countries_in(country.group(1)) if country else ()),
    )
    possessor = _POSSESSOR.search(before) if _POSSESSIVE_BEFORE.search(before) else None
    epithet = f"{possessor.group(1) if possessor else ''} {_phrase_after(document, mention, before, after)}"
    return _Attached(
        countries=frozenset(countries),
        epithet=content_stems(epithet),
        age=_age(before, after),
        generation=_GENERATIONS.get(_generation(before, after) or parse(mention.text).suffix, ""),
    )


def _phrase_after(document: Document, mention: Mention, before: str, after: str) -> str:
    """What a name is followed by that says who it is: "of Berkeley", "(Labour)"; "" for a minute of a match, a substitute, an object."""
    found = _PHRASE_AFTER.match(after)
    if found is None:
        return ""
    word, phrase, bracketed = found.groups()
    if phrase:
        is_object = not any(map(str.isupper, phrase)) and (
            word == "at" or phrase.startswith(_POSSESSIVE_PRONOUNS) or _TAKES_OF.search(before)
        )
        return "" if is_object else str(phrase)
    following = bisect_right(document.mentions, mention.start, key=lambda other: other.start)
    closed = document.article.text.find(")", mention.end)  # *after* is in English, and may be longer or shorter
    names_another = any(other.start < closed for other in document.mentions[following : following + 1])
    return "" if names_another or any(map(str.isdigit, bracketed)) else str(bracketed)


def _generation(before: str, after: str) -> str:
    """The word that tells the elder from the younger; "" for "X senior adviser", where it belongs to a role."""
    found = _GENERATION_BEFORE.search(before[-len("(younger ") :]) or _GENERATION_AFTER.match(after)
    if not found:
        return ""
    following = _NEXT_WORD.match(found.string, found.end())
    return "" if following and is_role(following.group(1)) else next(filter(None, found.groups())).lower()


def _age(before: str, after: str) -> int | None:
    """The age that stands with a name: "X, 45,", "the 45-year-old striker X"; None where the words between are about somebody else."""
    if found := _AGE_AFTER.match(after):
        return int(next(filter(None, found.groups())))
    found = _AGE_BEFORE.search(before) if "-year-old" in before else None
    return int(found.group(1)) if found and all(map(_introduces, found.group(2).split())) else None


def _countries_before(before: str) -> tuple[str, ...]:
    """The countries in the words that lead up to a name: "Ukraine's security secretary"; none in "In Portugal …", which is where."""
    found = _WORDS_BEFORE.search(_end_of(without_contests(before), 5))
    words = found.group(1).split() if found else []
    first = len(words)
    while first and _introduces(words[first - 1]):
        first -= 1
    if (
        first
        and words[first - 1].lower() in _PREPOSITIONS
        and not any(is_role(word) or word.endswith(("'s", "’s")) for word in words[first:])
    ):
        return ()
    return countries_in(" ".join(words[first:]))


def _end_of(text: str, words: int) -> str:
    """The last *words* of *text*, and the white space around them, for a pattern that is tried at each of them."""
    parted = text.rsplit(maxsplit=words)
    return text[len(parted[0]) :] if len(parted) > words else text


def _introduces(word: str) -> bool:
    """Whether a word before a name can be part of what introduces it: a capitalised word, a possessive, a role or what modifies one."""
    if word.lower() in _NEVER_INTRODUCING:
        return False
    return word[:1].isupper() or word.endswith(("'s", "’s")) or is_role(word) or word in ROLE_MODIFIERS


def _beside(near: Iterable[tuple[Chain, Mention]], chain: Chain, mention: Mention) -> tuple[str, ...]:
    """Names of the other chains that stand in the sentence or the paragraph of *mention*, and as they are written in the sentence."""
    names: dict[str, None] = {}
    for other, m in near:
        if other.id != chain.id:
            names[other.name] = None
            if m.sentence == mention.sentence:
                names[m.text] = None
    return tuple(names)


def _pet_form(mention: Mention, rivals: tuple[str, ...]) -> str:
    """The word "younger" where *mention* is a pet form of a given name that two people of the article share, else ""."""
    if len(rivals) < 2:  # noqa: PLR2004
        return ""
    given = parse(mention.text).parts[0]
    return "younger" if any(is_diminutive(given, part) for rival in rivals for part in parse(rival).parts) else ""


def _rivals(here: _Surroundings, chain: Chain, mention: Mention) -> tuple[tuple[str, ...], str]:
    """The fuller names that a bare name may stand for, the nearest before *mention* first, then those after; and the one named first."""
    if parse(chain.name).is_full:
        return (), ""
    # "the Costa who …" is told from those spoken of before; who comes after may be the very one: "… is Luis Costa"
    picked_out = mention.another and here.document.article.text[max(0, mention.start - 4) : mention.start].lower() == "the "
    others = [
        (mention.start - m.start if m.start < mention.start else 10**9 + m.start, m.start, other.name)
        for other in here.fuller(chain.name)
        for m in other.mentions
        if m.story == mention.story
        and (m.start < mention.start or not (picked_out or here.document.is_followed_by_another(mention, other.mentions[0])))
    ]
    first = min(others, key=lambda found: found[1])[2] if others else ""
    return tuple(dict.fromkeys(written for *_, written in sorted(others))), first


def _followed(here: _Surroundings, chain: Chain, mention: Mention) -> tuple[str, ...]:
    """The fuller names that follow a bare one as those of others, where nobody says that it means one of them."""
    if parse(chain.name).is_full or mention in here.stated:
        return ()
    return tuple(other.name for other in here.fuller(chain.name) if here.document.is_followed_by_another(mention, other.mentions[0]))


def _stands_for(bare: Name, full: Name) -> bool:
    """Whether a bare name is the surname or the given name of a full one."""
    if bare.is_latin and full.is_latin and not any(part_similarity(part, other) for part in bare.parts for other in full.parts):
        return False  # as of most: a quick look
    return agree(bare, full).kind in {Kind.SURNAME, Kind.GIVEN}
