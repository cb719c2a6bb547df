"""Popolo documents as EveryPolitician publishes them: the `ep-popolo-v1.0.json` of one legislature.

    {"persons": […], "organizations": […], "memberships": […], "events": […], "areas": […]}

Format: https://www.popoloproject.com/specs/. It is one JSON document of some MB, read as a whole; of all formats the only one whose
memory grows with the file, so there is a limit to its size.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from disambig.errors import KnowledgeError, shown
from disambig.kb.files import Asked, Source
from disambig.kb.foreign import date_among, mapping, named_id, required_id, sequence, text, texts, unique
from disambig.kb.ids import checked_id
from disambig.records import PartialDate, Person, Rejected, Role
from disambig.rows import json_object

_LARGEST = 256 << 20  # bytes; the largest that EveryPolitician published has about 20 MiB, and parsed it takes some ten times its size
_PARTS = ("organizations", "memberships", "events", "areas", "posts")
_NO_PARTY = frozenset({"unknown", "unknown party", "independent", "independents"})  # what stands there for want of a party


@dataclass(frozen=True, slots=True)
class _Membership:
    """What one membership says of its person."""

    role: Role | None
    party: str
    area: str


@dataclass(frozen=True, slots=True)
class _Named:
    """The things of the document that memberships refer to, by id."""

    organizations: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    events: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    areas: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    posts: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


def people_in_popolo(source: Source, asked: Asked) -> Iterator[tuple[str, Person]]:
    """The people under "persons", each with the place where it stands: `people.json: persons[3]`, counted from 0.

    Raises KnowledgeError where the document is too large, is no JSON or has no "persons".
    """
    document = _document(source)
    memberships = _memberships(document, str(source.path), asked)
    for number, record in enumerate(sequence(document.get("persons"))):
        where = f"{source.path}: persons[{number}]"
        try:
            person = _person(record, memberships, partial(_tell, asked, where))
        except ValueError as error:
            asked.reject(Rejected(where, str(error)))
            continue
        yield where, person


def _tell(asked: Asked, where: str, reason: str) -> None:
    asked.reject(Rejected(where, reason))


def _document(source: Source) -> Mapping[str, object]:
    data = source.whole(_LARGEST)
    if len(data) > _LARGEST:
        msg = f"{source.path}: the document has more than {_LARGEST >> 20} MiB; expected that of one legislature; split it"
        raise KnowledgeError(msg)
    try:
        document = json_object(data, _LARGEST)
    except ValueError as error:
        msg = f"{source.path}: {error}, or one Popolo document"
        raise KnowledgeError(msg) from None
    if not isinstance(document.get("persons"), list):
        msg = f"{source.path}: no list under 'persons'; expected a Popolo document, or one object a line"
        raise KnowledgeError(msg)
    return document


def _memberships(document: Mapping[str, object], name: str, asked: Asked) -> Mapping[str, Sequence[_Membership]]:
    """What the memberships of the document say, by the id of the person."""
    named = _Named(**{part: _by_id(document.get(part)) for part in _PARTS if part != "memberships"})
    found: dict[str, list[_Membership]] = defaultdict(list)
    for number, record in enumerate(sequence(document.get("memberships"))):
        membership = mapping(record)
        person_id = named_id(membership.get("person_id"))
        if person_id:
            found[person_id].append(_membership(membership, named, partial(_tell, asked, f"{name}: memberships[{number}]")))
    return found


def _by_id(records: object) -> dict[str, Mapping[str, object]]:
    return {named_id(record["id"]): record for record in map(mapping, sequence(records)) if named_id(record.get("id"))}


def _membership(membership: Mapping[str, object], named: _Named, odd: partial[None]) -> _Membership:
    """A membership without dates of its own lasts as long as its legislative period."""
    period = _referred(membership, "legislative_period_id", named.events)
    body = _referred(membership, "organization_id", named.organizations)
    post = _referred(membership, "post_id", named.posts)
    party = text(_referred(membership, "on_behalf_of_id", named.organizations).get("name"))
    area = text(_referred(membership, "area_id", named.areas).get("name"))
    organisation = text(body.get("name"))
    title = text(membership.get("role")) or text(membership.get("label")) or text(post.get("label"))
    is_party = text(body.get("classification")) == "party"
    start = _date(membership, period, "start_date", odd)
    end = _date(membership, period, "end_date", odd)
    plain = is_party and title.casefold() in {"", "member"}  # says no more than the affiliation
    role = None if plain or not (title or organisation) else Role(title, organisation, "", start, end)
    parties = (one for one in (party, organisation if is_party else "") if one.casefold() not in _NO_PARTY)
    return _Membership(role, next(filter(None, parties), ""), area)


def _referred(membership: Mapping[str, object], key: str, things: Mapping[str, Mapping[str, object]]) -> Mapping[str, object]:
    return things.get(named_id(membership.get(key)), {})


def _date(membership: Mapping[str, object], period: Mapping[str, object], key: str, odd: partial[None]) -> PartialDate | None:
    return date_among(texts(membership.get(key)), key, odd) or date_among(texts(period.get(key)), key, odd)


def _person(record: object, memberships: Mapping[str, Sequence[_Membership]], odd: partial[None]) -> Person:
    if not isinstance(record, dict):
        msg = f"found {shown(record)}; expected a person in braces"
        raise ValueError(msg)  # noqa: TRY004 -- for the reader of a file, a wrong type is one kind of bad value
    person_id = checked_id(required_id(record))
    names = _names(record)
    own = memberships.get(person_id, ())
    areas = unique(membership.area for membership in own)
    return Person(
        id=person_id,
        name=names[0],
        aliases=names[1:],
        description=text(record.get("summary")),
        roles=tuple(dict.fromkeys(membership.role for membership in own if membership.role)),
        affiliations=unique(membership.party for membership in own),
        countries=texts(record.get("national_identity")),
        born=date_among(texts(record.get("birth_date")), "birth_date", odd),
        died=date_among(texts(record.get("death_date")), "death_date", odd),
        gender=text(record.get("gender")),
        text="; ".join(unique((text(record.get("biography")), *areas))),
    )


def _names(record: Mapping[str, object]) -> tuple[str, ...]:
    """The name, then the other names in every language; a ValueError where there is none."""
    others = [text(mapping(other).get("name")) for other in sequence(record.get("other_names"))]
    parts = [text(record.get(key)) for key in ("given_name", "family_name")]
    names = unique((text(record.get("name")), " ".join(parts) if all(parts) else "", *others))
    if not names:
        msg = f"'name' is {'empty' if 'name' in record else 'missing'}; expected a text"
        raise ValueError(msg)
    return names
