"""What simple methods make of the same mentions: the yardsticks of `disambig evaluate --compare`.

Each baseline is a function `(Article, spans, NameIndex) -> one Choice a span`. It always names its first person; from which score on that
is said is chosen by `cross_fitted`. Its score, 0 to 1, orders its answers and is no probability.

exact                  the mention is a person's name or alias, letter case and accents aside; of namesakes the most popular
fuzzy                  the name or alias with the best token_sort_ratio of rapidfuzz, of all people; of equals the most popular
popular                the most popular of those who have this full name or this surname; where nobody has it, as in fuzzy
earlier                the same for the longest earlier name in the article that contains the mention ("Kozak", earlier "Dmitry Kozak")
uiscore                the same people, ordered by UIScore (see there) and then by popularity
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

import numpy as np
from rapidfuzz import fuzz, process

from disambig.evaluate import NOBODY, Answer, Choice, Scores, answers_to
from disambig.names import Name, fold, parse
from disambig.records import Article, LabelledArticle, Person
from disambig.words import FUNCTION_WORDS, stem

Span = tuple[int, int]
Baseline = Callable[[Article, Sequence[Span], "NameIndex"], tuple[Choice, ...]]
Ranker = Callable[[Article, Sequence["Shortlist"]], Sequence[Sequence[float]]]

_BY_SHARE = 0.01  # small enough to order only what is spelt alike
_SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s+|\n+")
_HALVES = "halves of the articles, by the hash of their ids"  # the seed of the split


class NameIndex:
    """People by their names. The order in which they are given makes no difference."""

    def __init__(self, people: Iterable[Person]) -> None:
        by_name: defaultdict[str, set[str]] = defaultdict(set)
        by_surname: defaultdict[str, set[str]] = defaultdict(set)
        by_words: defaultdict[str, set[str]] = defaultdict(set)
        self._people = {person.id: person for person in people}
        for person in self._people.values():
            for name in person.names:
                by_name[fold(name)].add(person.id)
                by_surname[_surname(parse(name))].add(person.id)
                by_words[_words_in_order(name)].add(person.id)
        self._by_name, self._by_surname, self._by_words = by_name, by_surname, by_words
        self._spelt = sorted(by_words)
        self._spelt_like = lru_cache(maxsize=1 << 12)(self._make_spelt_like)  # the search of all names takes long

    def called(self, text: str) -> tuple[Person, ...]:
        """The people with this very name or alias, most popular first."""
        return self._ordered(self._by_name.get(fold(text), set()))

    def namesakes(self, text: str) -> tuple[tuple[Person, ...], float]:
        """The people with this full name, or with this surname where *text* is one; most popular first.

        Where there is nobody, those whose name is spelt most like it. The number says how much alike, 0 to 1.
        """
        name = parse(text)
        alone = set() if name.is_full else self._by_surname.get(_surname(name), set())
        if found := alone | self._by_name.get(fold(text), set()):
            return self._ordered(found), 1.0
        return self.spelt_like(text)

    def spelt_like(self, text: str) -> tuple[tuple[Person, ...], float]:
        """The people with the best token_sort_ratio of any of their names, most popular first; and that ratio, 0 to 1."""
        return self._spelt_like(_words_in_order(text))

    def _make_spelt_like(self, words: str) -> tuple[tuple[Person, ...], float]:
        if not self._spelt:
            return (), 0.0
        # token_sort_ratio is the ratio of the sorted words, and those of the people are sorted once
        (scores,) = process.cdist([words], self._spelt, scorer=fuzz.ratio, dtype=np.float64)
        best = float(scores.max())
        return self._ordered({key for place in np.flatnonzero(scores == best) for key in self._by_words[self._spelt[place]]}), best / 100

    def _ordered(self, ids: set[str]) -> tuple[Person, ...]:
        return tuple(sorted((self._people[key] for key in ids), key=_rank))


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The people whom one mention can be, most popular first."""

    start: int
    end: int
    name: str  # that was looked up
    people: tuple[Person, ...]
    likeness: float = 1.0  # 0 to 1, of the looked-up name and those of the people


def _rank(person: Person) -> tuple[float, str]:
    return -(person.popularity or 0.0), person.id


def _words_in_order(text: str) -> str:
    return " ".join(sorted(fold(text).split()))


def _surname(name: Name) -> str:
    return " ".join(name.family)


def longest_earlier(texts: Sequence[str]) -> tuple[str, ...]:
    """For each mention the longest name up to it that has all of its parts; of equals the last.

    >>> longest_earlier(["Dmitry Kozak", "Kozak", "Taras Kozak", "Orlov"])
    ('Dmitry Kozak', 'Dmitry Kozak', 'Taras Kozak', 'Orlov')
    """
    chosen = []
    for place, text in enumerate(texts):
        parts = set(parse(text).parts)
        fitting = [other for other in reversed(texts[: place + 1]) if parts <= set(parse(other).parts)]
        chosen.append(max(fitting, key=lambda other: len(parse(other).parts)))
    return tuple(chosen)


def shortlists(article: Article, spans: Sequence[Span], index: NameIndex, *, earlier: bool = True) -> tuple[Shortlist, ...]:
    """The people of each mention's name; with *earlier*, of the longest earlier name that contains it."""
    texts = [article.text[start:end] for start, end in spans]
    names = longest_earlier(texts) if earlier else texts
    return tuple(Shortlist(start, end, name, *index.namesakes(name)) for (start, end), name in zip(spans, names, strict=True))


def choose(shortlist: Shortlist, scores: Sequence[float]) -> Choice:
    """The person of the highest score, of equals the most popular.

    How sure that is, 0 to 1, is the likeness of the name first, and among equals the person's share of all *scores*.
    """
    if not shortlist.people:
        return Choice(shortlist.start, shortlist.end, None, NOBODY, 1.0)
    best = max(range(len(scores)), key=lambda place: (scores[place], -place))
    total = sum(scores)
    first = shortlist.people[best].id
    share = scores[best] / total if total else 1 / len(scores)
    sure = (1 - _BY_SHARE) * shortlist.likeness + _BY_SHARE * share
    return Choice(shortlist.start, shortlist.end, first, first, sure, frozenset(person.id for person in shortlist.people))


def ranked(article: Article, spans: Sequence[Span], index: NameIndex, ranker: Ranker) -> tuple[Choice, ...]:
    """The choices that *ranker* makes among the people of the longest earlier names."""
    return _chosen(article, shortlists(article, spans, index), ranker)


def _chosen(article: Article, found: Sequence[Shortlist], ranker: Ranker) -> tuple[Choice, ...]:
    return tuple(choose(shortlist, scores) for shortlist, scores in zip(found, ranker(article, found), strict=True))


def by_popularity(_: Article, found: Sequence[Shortlist]) -> tuple[tuple[float, ...], ...]:
    """The popularity of each person, plus one."""
    return tuple(tuple(1 + (person.popularity or 0.0) for person in shortlist.people) for shortlist in found)


# -- the baselines


def exact(article: Article, spans: Sequence[Span], index: NameIndex) -> tuple[Choice, ...]:
    """Exact name, then popularity."""
    found = [Shortlist(start, end, article.text[start:end], index.called(article.text[start:end])) for start, end in spans]
    return _chosen(article, found, by_popularity)


def fuzzy(article: Article, spans: Sequence[Span], index: NameIndex) -> tuple[Choice, ...]:
    """The best spelling."""
    found = [Shortlist(start, end, article.text[start:end], *index.spelt_like(article.text[start:end])) for start, end in spans]
    return _chosen(article, found, by_popularity)


def popular(article: Article, spans: Sequence[Span], index: NameIndex) -> tuple[Choice, ...]:
    """The most popular namesake."""
    return _chosen(article, shortlists(article, spans, index, earlier=False), by_popularity)


def earlier(article: Article, spans: Sequence[Span], index: NameIndex) -> tuple[Choice, ...]:
    """The longest earlier name, then popularity."""
    return ranked(article, spans, index, by_popularity)


def uiscore(article: Article, spans: Sequence[Span], index: NameIndex) -> tuple[Choice, ...]:
    """The longest earlier name, then UIScore, then popularity."""
    return ranked(article, spans, index, uiscores)


BASELINES: Mapping[str, Baseline] = {"exact": exact, "fuzzy": fuzzy, "popular": popular, "earlier": earlier, "uiscore": uiscore}
"""Every baseline that needs nothing but the package, by its name in tables."""


# -- UIScore


def uiscores(article: Article, found: Sequence[Shortlist]) -> tuple[tuple[float, ...], ...]:
    """UIScore of each person, plus one: IScore + NIScore + EEIScore.

    After Čuljak, Spitz, West and Arora, Strong Heuristics for Named Entity Linking (2022), with the weights 1, 1, 1 of their Quotebank
    figures: how many stems of the person's record stand in the article (IScore), and in the sentences that hold the mention's name
    (NIScore), words of the name left out; and how many values the record shares with the records of those mentions of the article that
    have one candidate (EEIScore). Different from theirs: records of ours hold fewer statements than Wikidata, stems are those of `words`,
    and all mentions with one candidate count, as the paper says (the authors' program takes the first alone).
    """
    sentences = _sentences(article.text)
    clear = {shortlist.people[0].id: shortlist.people[0] for shortlist in found if len(shortlist.people) == 1}
    return tuple(_uiscores_of(article, shortlist, sentences, list(clear.values())) for shortlist in found)


def _uiscores_of(article: Article, shortlist: Shortlist, sentences: Sequence[str], clear: Sequence[Person]) -> tuple[float, ...]:
    mention = article.text[shortlist.start : shortlist.end]
    name = frozenset(map(stem, fold(shortlist.name).split()))
    wide = _stems(article.text) - name
    narrow = frozenset().union(*(_stems(sentence) for sentence in sentences if mention in sentence)) - name
    scores = []
    for person in shortlist.people:
        record = _stems(" ".join(_values(person)))
        shared = sum(len(_attributes(person) & _attributes(other)) for other in clear if other.id != person.id)
        scores.append(1.0 + len(record & wide) + len(record & narrow) + shared)
    return tuple(scores)


@lru_cache(maxsize=1 << 12)
def _sentences(text: str) -> tuple[str, ...]:
    return tuple(_SENTENCE_END.split(text))


@lru_cache(maxsize=1 << 14)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in fold(text).split() if word not in FUNCTION_WORDS and not word.isdigit())


def _values(person: Person) -> tuple[str, ...]:
    """What a record says, but names. The paper leaves a biography's first paragraph out; our records often have nothing else."""
    roles = (text for role in person.roles for text in (role.title, role.organisation, role.country))
    return (person.description, *roles, *person.occupations, *person.affiliations, *person.countries, person.text)


@lru_cache(maxsize=1 << 14)
def _attributes(person: Person) -> frozenset[tuple[str, str]]:
    """What two records can share, each value with its attribute."""
    roles = [pair for role in person.roles for pair in (("role", role.title), ("organisation", role.organisation))]
    lists = {"occupation": person.occupations, "organisation": person.affiliations, "country": person.countries}
    listed = [(name, value) for name, values in lists.items() for value in values]
    all_pairs = (*roles, *listed, *(("country", role.country) for role in person.roles), ("gender", person.gender))
    return frozenset((name, value) for name, value in all_pairs if value)


# -- from which score on, and what comes of it


def best_cutoff(answers: Iterable[Answer]) -> float:
    """The score from which on the first person should be said for the best accuracy; of equals the lowest.

    0 where it is best to say every person, infinity where it is best to say none.
    """
    people = [answer for answer in answers if answer.first not in {None, NOBODY}]
    people.sort(key=lambda answer: answer.probability or 0.0, reverse=True)
    best, best_gain, gain = float("inf") if people else 0.0, 0, 0
    for answer, following in zip_longest(people, people[1:]):
        gain += answer.first_right - (answer.gold is None)
        if gain >= best_gain and (following is None or following.probability != answer.probability):
            best, best_gain = (answer.probability or 0.0) if following else 0.0, gain
    return best


def halves(article_ids: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The articles in two halves that neither their order nor anybody's wish has made."""
    mixed = sorted(set(article_ids), key=lambda key: hashlib.sha256(f"{_HALVES}\0{key}".encode()).digest())
    return frozenset(mixed[::2]), frozenset(mixed[1::2])


def cross_fitted(answers: Iterable[Answer]) -> dict[str, float]:
    """The cutoff for each article, chosen on the half of the articles that it is not in."""
    by_article: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_article[answer.article_id].append(answer)
    one, other = halves(by_article)
    cutoffs: dict[str, float] = {}
    for here, there in ((one, other), (other, one)):
        cutoffs |= dict.fromkeys(here, best_cutoff(answer for key in there for answer in by_article[key]))
    return cutoffs


Chosen = Sequence[tuple[LabelledArticle, Sequence[Choice]]]


def scored(chosen: Chosen, like: Scores, *, overlap: bool = False, cutoff: float | None = None) -> Scores:
    """Score the choices of one method on the mentions that *like* is about.

    A person is said from *cutoff* on; None stands for cutoffs by `cross_fitted`. Which mentions have several candidates is taken from
    *like*, so that this rate too is over the same mentions.
    """
    by_article = cross_fitted(_answers(chosen, overlap=overlap)) if cutoff is None else {}
    cut = [
        (labelled, [_from(choice, by_article.get(labelled.article.id, cutoff or 0.0)) for choice in choices])
        for labelled, choices in chosen
    ]
    answers = zip(_answers(cut, overlap=overlap), like.answers, strict=True)
    return Scores(tuple(replace(answer, several=other.several) for answer, other in answers))


def compare(
    mentions: Sequence[tuple[LabelledArticle, Sequence[Span]]], people: Iterable[Person], like: Scores, *, overlap: bool = False
) -> dict[str, Scores]:
    """What each of `BASELINES` makes of the same *mentions* that *like* was scored on, with cutoffs by `cross_fitted`."""
    index = NameIndex(people)
    ordered = [(labelled, sorted(spans)) for labelled, spans in mentions]
    return {
        name: scored([(labelled, baseline(labelled.article, spans, index)) for labelled, spans in ordered], like, overlap=overlap)
        for name, baseline in BASELINES.items()
    }


def _answers(chosen: Chosen, *, overlap: bool) -> list[Answer]:
    return [answer for labelled, choices in chosen for answer in answers_to(labelled, choices, overlap=overlap)]


def _from(choice: Choice, cutoff: float) -> Choice:
    return replace(choice, said=None) if choice.said is not None and choice.probability < cutoff else choice
