"""Document, Chains -> Chains: what stands around each chain, gathered once for all features."""

import re
from collections.abc import Iterable
from dataclasses import replace

from disambig.names import gender_of_honorific, parse
from disambig.records import Chain, Context, Document
from disambig.words import content_stems, countries_in, gender_words, is_role

_ATTACHED_AFTER = re.compile(r"\s?(?:\(\s?|,?\s?(?:of|from)\s+(?:the\s+)?)((?:[A-Z][\w.]*\.?\s?){1,3})")
_ATTACHED_BEFORE = re.compile(r"((?:[^\W\d_][\w.'’-]*\s){1,3})$")


def describe(document: Document, chains: tuple[Chain, ...]) -> tuple[Chain, ...]:
    """*chains* with their contexts."""
    text = document.article.text
    people = [(mention.start, mention.end) for mention in document.mentions]
    plain = _without(text, people, 0, len(text))
    topic, background = content_stems(plain), frozenset(countries_in(plain))
    alone = _sentences_of_one(chains)
    described = []
    for chain in chains:
        spans = [document.sentences[number] for number in sorted({mention.sentence for mention in chain.mentions})]
        own = " ".join(_without(text, people, start, end) for start, end in spans)
        own_alone = " ".join(text[slice(*document.sentences[number])] for number in sorted(alone.get(chain.id, ())))
        context = Context(
            date=document.article.date,
            titles=tuple(dict.fromkeys(mention.title for mention in chain.mentions if mention.title)),
            gender=next((told for mention in chain.mentions if (told := gender_of_honorific(mention.honorific))), ""),
            pronouns=gender_words(own_alone),
            attached=frozenset(country for mention in chain.mentions for country in _attached(document, mention.start, mention.end))
            | frozenset(country for mention in chain.mentions for country in countries_in(mention.title)),
            countries=frozenset(countries_in(own)),
            background=background,
            organisations=tuple(
                dict.fromkeys(entity.text for entity in document.entities if entity.label == "ORG" and _inside(entity.start, spans))
            ),
            near=content_stems(own),
            topic=topic,
            companions=tuple(dict.fromkeys(other.name for other in chains if other is not chain)),
            rivals=_rivals(chain, chains),
            doubted=any(mention.doubted for mention in chain.mentions),
        )
        described.append(replace(chain, context=context))
    return tuple(described)


def _without(text: str, people: Iterable[tuple[int, int]], start: int, end: int) -> str:
    """The text from *start* to *end*, names of people left out: a surname tells nothing about a topic."""
    kept, position = [], start
    for left, right in people:
        if left >= end or right <= position:
            continue
        kept.append(text[position : max(position, left)])
        position = min(right, end)
    return " ".join([*kept, text[position:end]])


def _inside(offset: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in spans)


def _sentences_of_one(chains: tuple[Chain, ...]) -> dict[str, set[int]]:
    """The sentences in which only one chain is mentioned, whose pronouns are probably its own, by chain id."""
    by_sentence: dict[int, set[str]] = {}
    for chain in chains:
        for mention in chain.mentions:
            by_sentence.setdefault(mention.sentence, set()).add(chain.id)
    alone: dict[str, set[int]] = {}
    for number, ids in by_sentence.items():
        if len(ids) == 1:
            alone.setdefault(min(ids), set()).add(number)
    return alone


def _attached(document: Document, start: int, end: int) -> tuple[str, ...]:
    """The countries that stand with a name, before it or after it."""
    text = document.article.text
    after = _ATTACHED_AFTER.match(text, end)
    before = _ATTACHED_BEFORE.search(text, max(0, start - 60), start)
    found = countries_in(after.group(1)) if after else ()
    if before:
        words = before.group(1).split()
        kept = next((words[i:] for i in range(len(words)) if all(_belongs(word) for word in words[i:])), [])
        found = (*found, *countries_in(" ".join(kept)))
    return found


def _belongs(word: str) -> bool:
    """Whether a word directly before a name can be part of what introduces it: a capitalised word, a possessive, a role."""
    return word[:1].isupper() or word.endswith(("'s", "’s")) or is_role(word)


def _rivals(chain: Chain, chains: tuple[Chain, ...]) -> tuple[str, ...]:
    """The fuller names that the bare name of *chain* may stand for: the nearest before it first, then those after it."""
    name = parse(chain.name)
    if name.is_full:
        return ()
    first = chain.mentions[0].start
    others = [
        (min((first - m.start if m.start < first else 10**9 + m.start) for m in other.mentions), other.name)
        for other in chains
        if parse(other.name).is_full and set(name.parts) & set(parse(other.name).parts)
    ]
    return tuple(name for _, name in sorted(others))
