"""FollowTheMoney entities, one JSON object a line, as OpenSanctions publishes them in `entities.ftm.json`.

    {"id": "Q1", "schema": "Person", "caption": "Ana Costa", "properties": {"name": ["Ana Costa"], "birthDate": ["1961"]}, …}

Format: https://followthemoney.tech/explorer/. Every property is a list of texts. Only entities of the schema Person become people; what
they hold, head, belong to and whom they are related to stands in entities of their own, anywhere in the file. So the file is read twice:
first the links and the names of what they lead to, into a temporary database, then the people.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial

from disambig.kb.country_codes import country_named
from disambig.kb.files import Asked, Source
from disambig.kb.foreign import date, date_among, mapping, required_id, text, texts, unique
from disambig.kb.ids import checked_id
from disambig.kb.scratch import scratch
from disambig.records import Person, Rejected, Role
from disambig.rows import json_object

# Found in a line without parsing it: within a JSON text the quotation marks would be escaped, so this is a key with its value.
_SCHEMA = re.compile(rb'"schema"\s*:\s*"(\w*)"')
_THINGS = frozenset({"Position", "Organization", "Company", "PublicBody", "LegalEntity"})  # what a link leads to
# By schema: the property that names the person, the one that names what the link leads to, and the title where no `role` names it.
_LINKS = {
    "Occupancy": ("holder", "post", ""),
    "Directorship": ("director", "organization", "director"),
    "Employment": ("employee", "employer", ""),
    "Membership": ("member", "organization", ""),
    "Family": ("person", "relative", ""),
    "Associate": ("person", "associate", ""),
}
_BETWEEN_PEOPLE = frozenset({"Family", "Associate"})
_NAMES = ("name", "alias", "previousName", "weakAlias")
_PARTS = ("firstName", "secondName", "middleName", "fatherName", "lastName")
_COUNTRIES = ("nationality", "citizenship", "country")
_NOTES = ("summary", "description", "notes")
_TEXTS = ("title", "education", "birthPlace", "keywords")
_ONE_EACH = ("birthDate", "deathDate", "gender", "position", "profession", "political", "topics")
_OF_LINKS = ("startDate", "endDate", "date", "role", "politicalGroup", "organization", "jurisdiction")
_READ = frozenset(
    (*_NAMES, *_PARTS, *_COUNTRIES, *_NOTES, *_TEXTS, *_ONE_EACH, *_OF_LINKS, *(key for link in _LINKS.values() for key in link))
)
_TABLES = (
    "CREATE TABLE links (person TEXT, kind TEXT, other TEXT, title TEXT, start TEXT, end TEXT)",
    "CREATE TABLE things (id TEXT PRIMARY KEY, name TEXT, country TEXT, organisation TEXT) WITHOUT ROWID",
)
_LINKS_OF = """
    SELECT kind, other, title, start, end, things.name, things.country, body.name FROM links
    LEFT JOIN things ON things.id = other LEFT JOIN things AS body ON body.id = things.organisation
    WHERE person = ? ORDER BY links.rowid
"""
# What people are by the topics that OpenSanctions gives them; the words are those in which `roles.txt` knows occupations.
_OCCUPATIONS = {
    "role.pol": "politician",
    "role.judge": "judge",
    "role.civil": "civil servant",
    "role.diplo": "diplomat",
    "role.lawyer": "lawyer",
    "role.acct": "accountant",
    "role.spy": "intelligence officer",
    "role.oligarch": "businessman",
    "role.journo": "journalist",
    "role.act": "activist",
    "role.lobby": "lobbyist",
    "gov.judicial": "judge",
    "gov.religion": "religious leader",
    "rel": "religious leader",
    "pol.union": "trade unionist",
}
# What articles about such a list say; no occupation, so they go to the text. The words are the labels that FollowTheMoney gives them.
_TOPIC_WORDS = {
    "sanction": "sanctioned",
    "sanction.linked": "linked to sanctions",
    "sanction.counter": "counter-sanctioned",
    "asset.frozen": "frozen assets",
    "debarment": "debarred",
    "wanted": "wanted",
    "crime": "crime",
    "crime.boss": "criminal leadership",
    "crime.cyber": "cybercrime",
    "crime.env": "environmental violations",
    "crime.fin": "financial crime",
    "crime.fraud": "fraud",
    "crime.terror": "terrorism",
    "crime.theft": "theft",
    "crime.traffick": "trafficking",
    "crime.traffick.drug": "drug trafficking",
    "crime.traffick.human": "human trafficking",
    "crime.war": "war crimes",
    "corp.disqual": "disqualified director",
    "export.control": "export controls",
    "invest.ban": "investment ban",
    "reg.action": "regulator action",
    "reg.warn": "regulator warning",
    "role.rca": "relative or close associate of a politician",
    "mil": "military",
}
_POLITICAL = "role.pep"  # with or without a part after it, such as role.pep.natl
_SHORT = 200  # characters up to which a note is a description and not a text


def people_in_ftm(source: Source, asked: Asked) -> Iterator[tuple[str, Person]]:
    """The entities of the schema Person, each with the place where it stands.

    Also told in a note: how many entities of other schemata were read for their links only, or not at all.
    """
    with scratch(*_TABLES) as database:
        passed = _keep_links(source, asked, database)
        database.execute("CREATE INDEX by_person ON links (person)")
        for where, entity in _people(source, asked):
            try:
                person = _person(entity, database, partial(_tell, asked, where))
            except ValueError as error:
                asked.reject(Rejected(where, str(error)))
                continue
            yield where, person
    if passed:
        counts = ", ".join(f"{count} {schema}" for schema, count in sorted(passed.items()))
        asked.note(f"{source.path}: entities that are no people: {counts}")


def _tell(asked: Asked, where: str, reason: str) -> None:
    asked.reject(Rejected(where, reason))


def _people(source: Source, asked: Asked) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The entities of the schema Person, each with the place where it stands."""
    for number, line in enumerate(source.lines(), start=1):
        schemata = _SCHEMA.findall(line)
        if b"Person" not in schemata:
            continue
        where = f"{source.path}:{number}"
        try:
            entity = json_object(line)
        except ValueError as error:
            if len(schemata) == 1:  # else the reading of the links has told it
                asked.reject(Rejected(where, str(error)))
            continue
        if entity.get("schema") == "Person":
            yield where, entity


def _keep_links(source: Source, asked: Asked, database: sqlite3.Connection) -> Counter[str]:
    """Read everything but people, and keep what links them; how many entities there were of each other schema."""
    passed: Counter[str] = Counter()
    for number, line in enumerate(source.lines(), start=1):
        if _SCHEMA.findall(line) == [b"Person"] or not line.strip():
            continue
        where = f"{source.path}:{number}"
        try:
            entity = json_object(line)
            schema = text(entity.get("schema"))
            if not schema:
                msg = "'schema' is missing; expected a FollowTheMoney entity, with 'id', 'schema' and 'properties'"
                raise ValueError(msg)  # noqa: TRY301
        except ValueError as error:
            asked.reject(Rejected(where, str(error)))
            continue
        if schema == "Person":
            continue
        passed[schema] += 1
        if schema in _LINKS:
            _keep_link(schema, _properties(entity), database, partial(_tell, asked, where))
        elif schema in _THINGS:
            _keep_thing(entity, _properties(entity), database)
    return passed


def _properties(entity: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """The texts of each property that is read here."""
    return {key: texts(value) for key, value in mapping(entity.get("properties")).items() if key in _READ}


def _keep_link(schema: str, properties: Mapping[str, tuple[str, ...]], database: sqlite3.Connection, odd: partial[None]) -> None:
    person_key, other_key, title = _LINKS[schema]
    people, others = properties.get(person_key, ()), properties.get(other_key, ())
    if schema in _BETWEEN_PEOPLE:
        pairs = [(one, other) for one in people for other in others]
        both_ways = [*pairs, *((other, one) for one, other in pairs)]
        database.executemany("INSERT INTO links (person, kind, other) VALUES (?, '', ?)", both_ways)
        return
    start = date_among(properties.get("startDate") or properties.get("date", ()), "startDate", odd)
    end = date_among(properties.get("endDate", ()), "endDate", odd)
    titles = properties.get("role", ()) or (title,)
    dates = (str(start) if start else None, str(end) if end else None)
    rows = [(one, schema, other, held, *dates) for one in people for other in others for held in titles]
    database.executemany("INSERT INTO links VALUES (?, ?, ?, ?, ?, ?)", rows)
    if "politicalGroup" in properties:
        groups = [(one, group) for one in people for group in properties["politicalGroup"]]
        database.executemany("INSERT INTO links (person, kind, title) VALUES (?, 'group', ?)", groups)


def _keep_thing(entity: Mapping[str, object], properties: Mapping[str, tuple[str, ...]], database: sqlite3.Connection) -> None:
    names = properties.get("name", ()) or texts(entity.get("caption"))
    countries = [*properties.get("country", ()), *properties.get("jurisdiction", ())]
    country = next(filter(None, map(country_named, countries)), "")
    organisation = next(iter(properties.get("organization", ())), "")
    if names:
        caption = text(entity.get("caption"))
        name = caption if caption in names else names[0]
        database.execute("INSERT OR IGNORE INTO things VALUES (?, ?, ?, ?)", (text(entity.get("id")), name, country, organisation))


def _person(entity: Mapping[str, object], database: sqlite3.Connection, odd: partial[None]) -> Person:
    properties = _properties(entity)
    person_id = checked_id(required_id(entity))
    names = _names(text(entity.get("caption")), properties)
    roles, groups, related = _linked(person_id, database)
    held = {role.title.casefold() for role in roles}
    positions = [Role(title) for title in unique(properties.get("position", ())) if title.casefold() not in held]
    topics = properties.get("topics", ())
    description, rest = _described(properties)
    words = [_TOPIC_WORDS[topic] for topic in topics if topic in _TOPIC_WORDS]
    return Person(
        id=person_id,
        name=names[0],
        aliases=names[1:],
        description=description,
        roles=(*roles, *positions),
        occupations=_occupations(topics, properties.get("profession", ()), has_roles=bool(roles or positions)),
        affiliations=unique((*groups, *properties.get("political", ()))),
        countries=unique(country_named(code) for key in _COUNTRIES for code in properties.get(key, ())),
        born=date_among(properties.get("birthDate", ()), "birthDate", odd),
        died=date_among(properties.get("deathDate", ()), "deathDate", odd),
        gender=next(iter(properties.get("gender", ())), ""),
        related=unique(one for one in related if one != person_id),
        text="; ".join((*rest, *words)),
    )


def _names(caption: str, properties: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The names, the main one first; a ValueError where there is none.

    A weak alias, "a relatively broad or generic alias", is kept only where it has two words: one alone, such as a given
    name or a common word, would make this person a candidate wherever a text uses it.
    """
    weak = [name for name in properties.get("weakAlias", ()) if " " in name]
    full = [name for key in _NAMES[:-1] for name in properties.get(key, ())]
    names = unique((caption if caption in full else "", *full, *_joined(properties), *weak))
    if not names:
        msg = "the person has no 'name', 'alias' or 'lastName'; expected a name"
        raise ValueError(msg)
    return names


def _joined(properties: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The name put together from its parts, where each is given once; of several nobody knows which belong together."""
    parts = [properties.get(key, ()) for key in _PARTS]
    first, last = parts[0], parts[-1]
    if len(last) != 1 or len(first) > 1:
        return []
    between = [part[0] for part in parts[1:-1] if len(part) == 1]
    return [" ".join((*first, *last)), *([" ".join((*first, *between, *last))] if between and first else [])]


def _linked(person_id: str, database: sqlite3.Connection) -> tuple[list[Role], list[str], list[str]]:
    """The roles, the groups and the related people that the links of *person_id* lead to."""
    roles, groups, related = [], [], []
    for kind, other, title, start, end, name, country, body in database.execute(_LINKS_OF, (person_id,)):
        dates = (date(start) if start else None, date(end) if end else None)
        if not kind:
            related.append(other)
        elif kind == "group":
            groups.append(title)
        elif kind == "Occupancy":
            if name:
                roles.append(Role(name, body or "", country, *dates))
        elif kind == "Membership" and not title:
            groups.append(name or "")
        elif name or title:
            roles.append(Role(title, name or "", country or "", *dates))
    return list(dict.fromkeys(roles)), groups, related


def _occupations(topics: tuple[str, ...], professions: tuple[str, ...], *, has_roles: bool) -> tuple[str, ...]:
    """The occupations; an exposed person is called a politician only where nothing else says what they do: judges are exposed, too."""
    known = unique((*professions, *(_OCCUPATIONS[topic] for topic in topics if topic in _OCCUPATIONS)))
    exposed = any(topic == _POLITICAL or topic.startswith(f"{_POLITICAL}.") for topic in topics)
    return known or (("politician",) if exposed and not has_roles else ())


def _described(properties: Mapping[str, tuple[str, ...]]) -> tuple[str, list[str]]:
    """The first short note, which serves as the description, and the texts that are left."""
    notes = unique(note for key in _NOTES for note in properties.get(key, ()))
    description = next((note for note in notes if len(note) <= _SHORT), "")
    others = (one for key in _TEXTS for one in properties.get(key, ()))
    return description, [one for one in (*notes, *others) if one != description]
