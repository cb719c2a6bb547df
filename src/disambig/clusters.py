"""Decisions -> Decisions: which people outside the KB are the same person in several articles.

The stage runs after everything is decided, one article after the other: each chain that is nobody in the KB joins the cluster of earlier
chains that it fits best, or founds one. It is greedy and takes nothing back, so that it streams, and what it says depends on the articles
and their order alone. Of a decision it reads only what `evidence.jsonl` keeps: replaying that file restores its state.

A chain fits a cluster where the names agree and nothing contradicts that cannot be of one person: gender, generation, year of birth,
dates a lifetime apart. What else is known is weighed: fields of life, titles, countries, organisations, people in the same articles. The
same full name is enough where nothing speaks against it; an initial or another form of a name needs something that agrees and must fit one
cluster only; so must a bare surname, which needs a good deal, an organisation or a person in common among that. Two chains of one article
are never one cluster: the article tells them apart.

What is remembered lies in a temporary file that SQLite removes at the end, so that memory stays flat: .6 KB of the file a cluster (41 MB
for 70,520 of 20,000 made-up articles with four unknown chains each), and 2 to 5 ms of one processor an article of that kind.
"""

import hashlib
import json
import sqlite3
import weakref
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import final

from disambig.names import ONE_PERSON, Kind, Name, agree, fold, in_nominative, parse, skeleton
from disambig.records import Decision, NewPerson, Outcome, Person, Role
from disambig.roles import fields_of, shared_fields
from disambig.words import content_stems

Traits = dict[str, dict[str, int]]  # kind of fact -> fact -> in how many mentions it was seen

# What speaks for one person and against; set by hand and varied one by one on our corpus, RSS-500, OKE 2015, AQUAINT and halves of the news
# and encyclopedia articles, everybody being deleted from the KB and, in half of these sets, pairs of people bearing one name: half or
# double of any but the first moves F1 by .015 at most on each.
_SAME_NAME = 1.0  # the same full name, or a shorter form of it; a chain joins the cluster with the highest score above 0
_OTHER_FORM = -0.75  # an initial, or another form of the given name
_BARE = -2.0  # a surname alone
_NO = -100.0  # somebody else
_SAME_FIELD, _OTHER_FIELD = 1.0, -2.0  # of life, by the titles on both sides
_SAME_TOPIC, _OTHER_TOPIC = 0.5, -1.5  # of life, by what the articles are about where there is no title
_SHARED = {"word": 0.75, "attached": 0.75, "background": 0.5, "organisation": 1.0, "beside": 1.5}  # a fact of that kind is shared
_DIFFERENT = {"attached": -1.0, "background": -1.0}  # both sides have some and share none
_TELLING = ("organisation", "beside")  # kinds of which a bare surname must share one
_FORM_OF = 0.98  # likeness from which two names are one, transliterated at most
_YEARS_OF_BIRTH = 1  # two ages may be so far apart, reckoned as years of birth: a birthday lies between
_LIFETIME = 70  # years; articles farther apart are about two people
_KEPT = 20  # facts of one kind, the commonest, that are remembered of a cluster
_KEPT_OF = {"name": 8, "title": 5, "said": 3}
_COUNTRIES = 3  # the commonest, in a proposed record
_NEW = "new:"  # begins the id of a cluster, for no person of a KB has such a one
_SLUG = 60  # characters of the name in it
_DIGEST = 8  # hexadecimal digits in it that tell namesakes apart
_PARTS = 6  # of a name, by which it is found again
_LOOKED_AT = 400  # clusters whose names may agree, the newest, that are looked at for a chain
_COMPARED = 40  # of those, how many it is compared with: those of the most mentions
_CACHE_KIB = 8192  # of the temporary file in memory


@dataclass(slots=True)
class _Known:
    """What is known of a chain or of a cluster."""

    traits: Traits
    mentions: int

    @property
    def names(self) -> list[Name]:
        return [parse(name) for name in self.traits["name"]]

    @property
    def is_bare(self) -> bool:
        return not any(name.is_full for name in self.names)


@final
class Clusters:
    """The people outside the KB whom the articles so far have named."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)  # a temporary file
        self.close = weakref.finalize(self, self._file.close)
        for command in (
            "PRAGMA journal_mode = OFF",
            f"PRAGMA cache_size = -{_CACHE_KIB}",
            "CREATE TABLE cluster (n INTEGER PRIMARY KEY, id TEXT, name TEXT, mentions INTEGER, articles INTEGER, traits TEXT)",
            "CREATE TABLE key (key TEXT, n INTEGER, PRIMARY KEY (key, n)) WITHOUT ROWID",
        ):
            self._file.execute(command)

    def add(self, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
        """The *decisions* on the next article, those on somebody outside the KB with their clusters."""
        chains: dict[str, list[Decision]] = {}
        for decision in decisions:
            if decision.outcome is Outcome.UNKNOWN:
                chains.setdefault(decision.chain.id, []).append(decision)
        known = {chain: _known(unknown, decisions) for chain, unknown in chains.items()}
        found: dict[str, tuple[int, str]] = {}
        for chain in sorted(chains, key=lambda chain: known[chain].is_bare):  # full names first
            taken = {number for number, _ in found.values()}
            found[chain] = self._joined(known[chain], taken) or self._founded(known[chain], chains[chain][0])
        return tuple(replace(one, cluster=found[one.chain.id][1] if one.outcome is Outcome.UNKNOWN else "") for one in decisions)

    def new_people(self) -> Iterator[NewPerson]:
        """A record for each cluster with a name of which two parts are written out; those of the most mentions first, then by name."""
        rows = self._file.execute("SELECT id, name, mentions, articles, traits FROM cluster ORDER BY mentions DESC, name, id")
        for cluster_id, name, mentions, articles, traits in rows:
            if _is_written_out(name):
                yield NewPerson(_record(cluster_id, name, json.loads(traits)), mentions, articles)

    def _joined(self, chain: _Known, taken: set[int]) -> tuple[int, str] | None:
        """The number and id of the cluster that *chain* has joined; None where none fits."""
        scored = [(_score(chain, known), known.mentions, -number, cluster_id, known) for number, cluster_id, known in self._compared(chain)]
        fitting = [found for found in scored if found[0] > 0 and -found[2] not in taken]
        if not fitting:
            return None
        _, _, number, cluster_id, cluster = max(fitting, key=lambda found: found[:3])  # of equals the oldest
        if len(fitting) > 1 and _names_score(chain.names, cluster.names) != _SAME_NAME:  # a weak name must fit one only
            return None
        self._write(-number, _Known(_merged(cluster.traits, chain.traits), cluster.mentions + chain.mentions))
        return -number, cluster_id

    def _founded(self, chain: _Known, first: Decision) -> tuple[int, str]:
        """The number and id of a new cluster, whose *first* decision makes the id unlike that of any namesake."""
        digest = hashlib.sha256(first.mention.id.encode()).hexdigest()[:_DIGEST]
        slug = "-".join(fold(_fullest(chain)).split())[:_SLUG].strip("-")
        cluster_id = f"{_NEW}{slug or 'somebody'}-{digest}"
        number = self._file.execute("INSERT INTO cluster (id, articles) VALUES (?, 0)", (cluster_id,)).lastrowid or 0
        self._write(number, chain)
        return number, cluster_id

    def _write(self, number: int, known: _Known) -> None:
        """Keep what is *known* of a cluster, now that one more article names it."""
        values = (_fullest(known), known.mentions, json.dumps(known.traits, ensure_ascii=False), number)
        self._file.execute("UPDATE cluster SET name = ?, mentions = ?, articles = articles + 1, traits = ? WHERE n = ?", values)
        self._file.executemany("INSERT OR IGNORE INTO key VALUES (?, ?)", [(key, number) for key in _stored_under(known)])

    def _compared(self, chain: _Known) -> Iterator[tuple[int, str, _Known]]:
        """The clusters whose names may agree with those of *chain*, with numbers and ids."""
        keys = _sought_under(chain)
        of_keys = f"SELECT DISTINCT n FROM key WHERE key IN ({','.join('?' * len(keys))}) ORDER BY n DESC LIMIT ?"  # noqa: S608 (marks alone)
        query = f"SELECT n, id, mentions, traits FROM cluster WHERE n IN ({of_keys}) ORDER BY mentions DESC, n LIMIT ?"  # noqa: S608
        rows = self._file.execute(query, (*keys, _LOOKED_AT, _COMPARED)).fetchall()
        return ((number, cluster_id, _Known(json.loads(traits), mentions)) for number, cluster_id, mentions, traits in rows)


def _stored_under(known: _Known) -> list[str]:
    """The keys under which a cluster is found: of full names each part with the initial of another, and the surname; of bare ones the part.

    Names that may be those of one person share a key: their parts may stand in any order, and be initials or other forms that begin alike.
    """
    full = [name for name in known.names if name.is_full]
    keys = {key for name in full for key in _pairs(name)}
    keys |= {f"{skeleton(part)} _" for name in full for part in name.family}
    return sorted(keys or {f"{skeleton(part)} *" for name in known.names for part in name.parts})


def _sought_under(known: _Known) -> list[str]:
    """The keys under which clusters lie that a chain may belong to."""
    full = [name for name in known.names if name.is_full]
    keys = {key for name in full for key in _pairs(name)}
    keys |= {f"{skeleton(part)} *" for name in full for part in name.family}
    return sorted(keys or {f"{skeleton(part)} {kind}" for name in known.names for part in name.parts for kind in "_*"})


def _pairs(name: Name) -> Iterator[str]:
    spelt = [skeleton(part) for part in name.parts[:_PARTS]]
    return (f"{part} {other[0]}" for i, part in enumerate(spelt) for j, other in enumerate(spelt) if i != j and len(part) > 1)


# -- what is known of a chain


def _known(unknown: Sequence[Decision], article: Sequence[Decision]) -> _Known:
    """What the decisions on one chain tell; *article* are all decisions on its article."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for decision in unknown:
        for kind, facts in _facts(decision):
            counts[kind].update(dict.fromkeys(facts, 1))
    chain = unknown[0].chain
    if not any(one.person and one.chain.id == chain.id for one in article):  # else the fullest name may be that person's
        counts["name"][_written(chain.name)] += 1
    counts["beside"].update(dict.fromkeys(_others(chain.id, article), 1))
    return _Known(_merged({}, counts), len(unknown))


def _facts(decision: Decision) -> Iterator[tuple[str, Iterable[str]]]:
    """Each kind of fact that one decision tells, with the facts."""
    mention, context, date = decision.mention, decision.chain.context, decision.date
    yield "name", (_written(mention.text),)
    yield "gender", (context.gender,) if context.gender else ()
    yield "generation", (context.generation,) if context.generation else ()
    yield "year", (str(date.year),) if date else ()
    yield "born", (str(date.year - context.age),) if date and context.age is not None else ()
    yield "field", sorted(fields_of(mention.title))
    yield "topic", sorted(context.fields)
    yield "word", sorted(content_stems(mention.title))
    yield "attached", sorted(context.attached)
    yield "background", sorted(context.background)
    yield "organisation", (fold(name) for name in context.organisations)
    yield "title", (json.dumps(_role(decision), ensure_ascii=False),) if mention.title else ()
    yield "said", (decision.sentence,)


def _role(decision: Decision) -> tuple[str, str, str]:
    """Title, organisation and country, each of the latter two where its sentence or its chain has just one."""
    context = decision.chain.context
    named = [name for name in context.organisations if name in decision.sentence]
    return decision.mention.title, named[0] if len(named) == 1 else "", min(context.attached) if len(context.attached) == 1 else ""


def _others(chain_id: str, article: Sequence[Decision]) -> Iterator[str]:
    """Who else the article names: the ids of people of the KB, the full names of others."""
    for one in article:
        if one.chain.id != chain_id and (one.person or parse(one.chain.name).is_full):
            yield f"={one.person.id}" if one.person else fold(one.chain.name)


def _merged(one: Traits, other: Mapping[str, Mapping[str, int]]) -> Traits:
    """The facts of both, of each kind the commonest, of equals those that were seen first."""
    merged: Traits = {}
    for kind in dict.fromkeys((*one, *other)):
        counts = Counter(one.get(kind, {}))
        counts.update(other.get(kind, {}))
        merged[kind] = dict(counts.most_common(_KEPT_OF.get(kind, _KEPT)))
    return {kind: facts for kind, facts in merged.items() if facts}


def _written(name: str) -> str:
    """A name on one line, one in Cyrillic letters as in a people file: in the nominative."""
    return in_nominative(" ".join(name.split()))


# -- whether a chain and a cluster are one person


def _score(chain: _Known, cluster: _Known) -> float:
    """How much speaks for one person, above 0 if enough does."""
    named = _names_score(chain.names, cluster.names)
    if named == _NO or _contradict(chain.traits, cluster.traits):
        return _NO
    shared = {kind for kind in _SHARED if _common(chain.traits, cluster.traits, kind)}
    different = {kind for kind in _DIFFERENT if kind not in shared and chain.traits.get(kind) and cluster.traits.get(kind)}
    if named == _BARE and shared.isdisjoint(_TELLING):
        return _NO
    weighed = sum(_SHARED[kind] for kind in sorted(shared)) + sum(_DIFFERENT[kind] for kind in sorted(different))
    return named + _fields_score(chain.traits, cluster.traits) + weighed


def _names_score(ours: Sequence[Name], theirs: Sequence[Name]) -> float:
    """What the names say; all that are full must be one person's."""
    full = [name for name in ours if name.is_full], [name for name in theirs if name.is_full]
    if not all(full):
        return _BARE if any(_is_surname(one, other) for one in ours for other in theirs) else _NO
    agreements = [agree(one, other) for one in full[0] for other in full[1]]
    if any(one.kind not in ONE_PERSON | {Kind.INITIAL} for one in agreements):
        return _NO
    return _SAME_NAME if any(one.kind in ONE_PERSON and one.likeness > _FORM_OF for one in agreements) else _OTHER_FORM


def _is_surname(one: Name, other: Name) -> bool:
    """Whether a bare name is another's surname, or the same bare name."""
    bare, whole = (other, one) if one.is_full else (one, other)
    return not bare.is_full and (agreement := agree(bare, whole)).kind in {Kind.SURNAME, Kind.SAME} and agreement.likeness > _FORM_OF


def _contradict(one: Traits, other: Traits) -> bool:
    """Whether two sets of facts cannot be those of one person."""
    if any(one.get(kind) and other.get(kind) and not _common(one, other, kind) for kind in ("gender", "generation")):
        return True
    return _apart(one, other, "born") > _YEARS_OF_BIRTH or _apart(one, other, "year") > _LIFETIME


def _apart(one: Traits, other: Traits, kind: str) -> int:
    """The least number of years between two sets of years; 0 where one is empty."""
    return min((abs(int(year) - int(second)) for year in one.get(kind, ()) for second in other.get(kind, ())), default=0)


def _common(one: Traits, other: Traits, kind: str) -> bool:
    return not one.get(kind, {}).keys().isdisjoint(other.get(kind, {}).keys())


def _fields_score(one: Traits, other: Traits) -> float:
    """What the fields of life say: those of titles where both have some, else those of titles or articles; 0 where one has none."""
    if one.get("field") and other.get("field"):
        return _SAME_FIELD if shared_fields(frozenset(one["field"]), frozenset(other["field"])) else _OTHER_FIELD
    ours, theirs = (frozenset(traits.get("field") or traits.get("topic") or ()) for traits in (one, other))
    if not ours or not theirs:
        return 0.0
    return _SAME_TOPIC if shared_fields(ours, theirs) else _OTHER_TOPIC


# -- the proposed record


def _fullest(known: _Known) -> str:
    """The name of the most parts, no shouted one where there is another, then the commonest."""
    names = known.traits["name"]

    def fullness(name: str) -> tuple[int, int, bool, int, str]:
        parts = parse(name).parts
        return sum(len(part) > 1 for part in parts), len(parts), not name.isupper(), names[name], name

    return max(names, key=fullness)


def _is_written_out(name: str) -> bool:
    """Whether a full name has two parts besides initials; as a name in a KB "R. Vale" would be that of every R. Vale."""
    parsed = parse(name)
    return parsed.is_full and sum(len(part) > 1 for part in parsed.parts) > 1


def _record(cluster_id: str, name: str, traits: Traits) -> Person:
    """A record of the KB, as far as the articles tell."""
    roles = (Role(*json.loads(written)) for written in traits.get("title", ()))
    return Person(
        id=cluster_id.removeprefix(_NEW),
        name=name,
        aliases=tuple(other for other in traits["name"] if other != name and _is_written_out(other)),
        roles=tuple(roles),
        countries=tuple(list(traits.get("attached", ()))[:_COUNTRIES]),
        gender=next(iter(traits.get("gender", ())), ""),
        text=" ".join(traits.get("said", ())),
    )
