"""Document -> Chains: which mentions the article presents as one person, from the article alone.

Full names first: they found the chains. A bare name joins the one chain that its surname (or given name) fits. Where two people of the
article share it, it goes by title, form of address and nearness; where these do not tell, it stays alone, to be decided by its own words.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from disambig.names import ONE_PERSON, Agreement, Kind, Name, agree, gender_of_honorific, in_case, parse, parts_in_case
from disambig.records import Chain, Document, Mention
from disambig.roles import fields_of
from disambig.words import content_stems

_SAME_ENOUGH = 0.98  # likeness of names in one article: the same or transliterated; "Bill" and "Will Costa" (0.975) may be two
_PICKED_OUT = re.compile(r"\sthe\s[a-z]")  # "Costa the baker" is one of several; "Costa, the baker," may be the only one
_NEAR = 1  # sentences: how far after a full name a bare one still goes by nearness, within its paragraph


@dataclass(slots=True)
class _Cluster:
    """A chain in the making."""

    name: Name
    mentions: list[Mention] = field(default_factory=list)

    @property
    def genders(self) -> set[str]:
        """What the forms of address tell: usually nothing, or one."""
        told = {gender_of_honorific(mention.honorific) for mention in self.mentions}
        return told - {""}

    @property
    def titles(self) -> list[str]:
        return [mention.title for mention in self.mentions if mention.title]


@dataclass(slots=True)
class _Draft:
    """All clusters of one article, while its bare names find their places."""

    document: Document
    full: list[_Cluster]  # founded by full names
    bare: list[_Cluster] = field(default_factory=list)  # of names that no full name explains
    alone: list[_Cluster] = field(default_factory=list)  # names that the text leaves open, one each


def link(document: Document) -> tuple[Chain, ...]:
    """The chains of *document*, in the order of their first mentions; every mention stands in exactly one."""
    names = {mention.text: parse(mention.text) for mention in document.mentions}
    draft = _Draft(document, _found(document, names))
    for mention in document.mentions:
        if not names[mention.text].is_full:
            _place(draft, mention, names[mention.text]).mentions.append(mention)
    clusters = sorted((*draft.full, *draft.bare, *draft.alone), key=lambda cluster: min((m.start, m.end) for m in cluster.mentions))
    return tuple(_chain(document, number, cluster) for number, cluster in enumerate(clusters, start=1))


def _chain(document: Document, number: int, cluster: _Cluster) -> Chain:
    mentions = tuple(sorted(cluster.mentions, key=lambda mention: (mention.start, mention.end)))
    fullest = max(
        mentions, key=lambda mention: (len(parse(mention.text).parts), not mention.text.isupper(), len(mention.text), -mention.start)
    )
    return Chain(f"{document.article.id}#{number}", mentions, fullest.text)


def _found(document: Document, names: dict[str, Name]) -> list[_Cluster]:
    """Clusters of the full names, the fullest ones founding them; one that fits two founders equally well founds its own."""
    clusters: list[_Cluster] = []
    written: dict[str, list[Mention]] = defaultdict(list)
    for mention in document.mentions:
        name = names[mention.text]
        if name.is_full:
            apart = str(mention.start) if mention.another else ""
            written[" ".join((*name.parts, name.suffix, apart))].append(mention)
    for mentions in sorted(written.values(), key=lambda group: _founding_order(names[group[0].text], group[0])):
        name = names[mentions[0].text]
        fitting = [] if mentions[0].another else [cluster for cluster in clusters if _same_person(name, cluster, mentions)]
        if len(fitting) == 1:
            fitting[0].mentions.extend(mentions)
        else:
            clusters.append(_Cluster(name, list(mentions)))
    return clusters


def _founding_order(name: Name, mention: Mention) -> tuple[int, int, int]:
    """The fullest names first, those with initials after those without, which they may stand for."""
    return -len(name.parts), sum(len(part) == 1 for part in name.parts), mention.start


def _same_person(name: Name, cluster: _Cluster, mentions: Iterable[Mention]) -> bool:
    """Whether a full name can be another form of the one that founded *cluster*."""
    if not _may_be_same(name, cluster.name):
        return False
    agreement = _agree_in_case(name, cluster.name)
    if agreement.kind is not Kind.INITIAL and (agreement.kind not in ONE_PERSON or agreement.likeness < _SAME_ENOUGH):
        return False
    told = {gender_of_honorific(mention.honorific) for mention in mentions} - {""}
    return not (told and cluster.genders and told.isdisjoint(cluster.genders))


def _agree_in_case(name: Name, other: Name) -> Agreement:
    """How well two names of one article agree; in Cyrillic letters each may stand in a grammatical case of its own."""
    best = agree(name, other)
    if name.is_latin or other.is_latin or best.likeness >= _SAME_ENOUGH or not _share_part(name, other):
        return best
    pairs = ((one, two) for one in in_case(name) for two in in_case(other))
    forms = [(one, two) for one, two in pairs if not set(one.parts).isdisjoint(two.parts)]
    return max((best, *(agree(one, two) for one, two in forms)), key=lambda found: found.score)


def _is_other_case(name: Name, other: Name) -> bool:
    """Whether two bare names in Cyrillic letters may be one in two grammatical cases."""
    if name.is_latin or not _share_part(name, other):
        return False
    agreement = _agree_in_case(name, other)
    return agreement.kind is Kind.SAME and agreement.likeness >= _SAME_ENOUGH


def _may_be_same(one: Name, other: Name) -> bool:
    """A quick look: names that are `_SAME_ENOUGH` share a part, or are one but for their blanks; initials and cases may be of any."""
    by_initial = 1 in map(len, (*one.parts, *other.parts))
    return _share_part(one, other) or by_initial or not one.is_latin or "".join(one.parts) == "".join(other.parts)


def _share_part(one: Name, other: Name) -> bool:
    """Whether two names have a part in common, in whatever case it stands."""
    if one.is_latin or other.is_latin:
        return not set(one.parts).isdisjoint(other.parts)
    return not set(parts_in_case(one)).isdisjoint(parts_in_case(other))


def _place(draft: _Draft, mention: Mention, name: Name) -> _Cluster:
    """The cluster that a bare name belongs to, a new one where it must."""
    alone = mention.doubted or mention.another
    fitting = [
        cluster
        for cluster in _fitting(mention, name, draft.full)
        # in a headline the bare name comes first, too, but the full name of the same person in the next sentence
        if not draft.document.is_followed_by_another(mention, _named_in_full(cluster))
    ]
    if not fitting and not alone:
        return _namesake(draft.bare, mention, name)
    clear = len(fitting) == 1 and not alone and not _introduced_otherwise(draft.document, mention, fitting[0])
    chosen = fitting[0] if clear else None if alone else _by_text(draft.document, mention, fitting)
    if chosen is None:
        chosen = _Cluster(name)
        draft.alone.append(chosen)
    return chosen


def _namesake(bare: list[_Cluster], mention: Mention, name: Name) -> _Cluster:
    """The cluster of the same bare name ("Mr Smith" and "Mrs Smith" are two), a new one where there is none."""
    told = gender_of_honorific(mention.honorific)
    for cluster in bare:
        same = (cluster.name.parts, cluster.name.suffix) == (name.parts, name.suffix)
        if (same or _is_other_case(name, cluster.name)) and not (told and cluster.genders - {told}):
            return cluster
    bare.append(_Cluster(name))
    return bare[-1]


def _fitting(mention: Mention, name: Name, full: list[_Cluster]) -> list[_Cluster]:
    """The clusters that a bare name can belong to: by surname, else by given name."""
    told = gender_of_honorific(mention.honorific)
    open_to = [cluster for cluster in full if not told or not cluster.genders or told in cluster.genders]
    # names that share no part are not `_SAME_ENOUGH`
    found = [(_agree_in_case(name, cluster.name), cluster) for cluster in open_to if _share_part(name, cluster.name)]
    # the last for the first of two surnames: "Gabriel Solar Reyes", then "Solar"
    kinds = [
        [cluster for agreement, cluster in found if agreement.kind is kind and agreement.likeness >= _SAME_ENOUGH]
        for kind in (Kind.SURNAME, Kind.GIVEN, Kind.PARTIAL)
    ]
    # "Taylor Marsh … Taylor … Ivy Taylor": who has been named comes before who is yet to be
    known = [fitting for fitting in kinds if any(_named_in_full(cluster).start < mention.start for cluster in fitting)]
    return next(filter(None, known or kinds), [])


def _introduced_otherwise(document: Document, mention: Mention, cluster: _Cluster) -> bool:
    """Whether a bare name has an introduction of its own that does not fit the one person of that surname whom the article names in full.

    So does "Kozak, the Kremlin's deputy chief of staff, …", followed by "perhaps Taras Kozak of the parliament": the full name stands only
    where somebody wonders whom the bare one means.
    """
    if all(other.story != mention.story for other in cluster.mentions):
        return True
    wondering = {other.sentence for other in document.mentions if other.doubted}
    if all(other.sentence in wondering for other in cluster.mentions):
        return True
    if mention.title and _PICKED_OUT.match(document.article.text, mention.end) and not cluster.titles:
        return True
    return bool(mention.title and cluster.titles) and not any(_titles_fit(mention.title, title) for title in cluster.titles)


def _named_in_full(cluster: _Cluster) -> Mention:
    """The first of the full names."""
    return min((mention for mention in cluster.mentions if parse(mention.text).is_full), key=lambda mention: mention.start)


def _titles_fit(one: str, other: str) -> bool:
    """Whether two titles can be one person's: they share a word, or are of one field of life."""
    return bool(content_stems(one) & content_stems(other)) or bool(fields_of(one) & fields_of(other))


def _by_text(document: Document, mention: Mention, fitting: list[_Cluster]) -> _Cluster | None:
    """The one of several namesakes that title or nearness points to; None where neither does.

    Nearness does not point to somebody whom the article also calls by the given name alone, as is the custom for all of a family but one.
    """
    by_title = [cluster for cluster in fitting if mention.title and any(_titles_fit(mention.title, title) for title in cluster.titles)]
    if len(by_title) == 1:
        return by_title[0]
    paragraph = document.article.text.rfind("\n\n", 0, mention.start) + 1
    near = [
        cluster
        for cluster in fitting
        if any(
            paragraph <= other.start < mention.start and mention.sentence - other.sentence <= _NEAR and parse(other.text).is_full
            for other in cluster.mentions
        )
        and not _introduced_otherwise(document, mention, cluster)
    ]
    if len(near) != 1 or len(fitting) == 1:
        return None
    first = min(fitting, key=lambda cluster: _named_in_full(cluster).start)
    in_passing = near[0] is not first and _is_named_in_passing(document, mention, near[0])
    return None if in_passing or _called_by_given_name(document, near[0]) else near[0]


def _is_named_in_passing(document: Document, mention: Mention, cluster: _Cluster) -> bool:
    """Whether the last full name before a bare one stands after a preposition: "a list headed by Luis Costa. Costa …" may be Ana Costa."""
    full = max(other.start for other in cluster.mentions if other.start < mention.start and parse(other.text).is_full)
    return _IN_PASSING.search(document.article.text, max(0, full - _CLOSE), full) is not None


_IN_PASSING = re.compile(
    r"\b(?:about|after|against|by|for|from|like|of|than|to|under|with)\s(?:(?:the|a|an|his|her|its|their)\s)?(?:[\w'’-]+\s){0,3}$"
)
_CLOSE = 60  # characters before a name, of which four words and a preposition need no more


def _called_by_given_name(document: Document, cluster: _Cluster) -> bool:
    """Whether the article also calls the person of *cluster* by the given name alone."""
    given = cluster.name.parts[0]
    return given not in cluster.name.family and any(parse(mention.text).parts == (given,) for mention in document.mentions)
