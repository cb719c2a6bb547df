"""The knowledge base in memory: people by id, and a look-up by name.

Each part of each name is indexed by its skeleton (see `names.skeleton`), so that spellings which differ only in transliteration meet under
one key. A part that no key fits is looked for among the keys by spelling.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from disambig.kb.profiles import profile
from disambig.kb.sources import read_people
from disambig.names import Name, best_agreement, given_name_forms, parse, skeleton
from disambig.records import Candidate, Person, Profile, Rejected

_SPELT_ALIKE = 0.75  # OSA similarity from which another key is tried for a part
_TRIED = 400  # people whose names are compared part by part for one look-up; the rest shares fewer parts with the name
_MIN_SCORE = 0.3  # an agreement below it is no candidate; a contradicting given name leaves 0.2


class KnowledgeBase:
    """The people that a mention can be.

    The order in which the people are given makes no difference to any answer.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        """Index *people*; of two with the same id the first counts."""
        by_id: dict[str, Person] = {}
        for person in people:
            by_id.setdefault(person.id, person)
        self._people = [by_id[key] for key in sorted(by_id)]
        self._position = {person.id: position for position, person in enumerate(self._people)}
        self._index: dict[str, list[int]] = {}
        self._families: dict[str, set[int]] = {}
        for position, person in enumerate(self._people):
            names = [parse(name) for name in person.names]
            for key in dict.fromkeys(skeleton(part) for name in names for part in name.parts):
                self._index.setdefault(key, []).append(position)
            for key in {skeleton(part) for name in names for part in name.family}:
                self._families.setdefault(key, set()).add(position)
        self._keys = sorted(self._index)
        self._full_names = frozenset(_spelling(name) for person in self._people for name in map(parse, person.names) if name.is_full)
        self.find = lru_cache(maxsize=1 << 14)(self._find)
        self._profile = lru_cache(maxsize=1 << 14)(self._make_profile)

    @classmethod
    def open(cls, path: Path, *, reject: Callable[[Rejected], None]) -> "KnowledgeBase":
        """Read the people of a source file; records that cannot be read go to *reject*. Raises KnowledgeError (see `read_people`)."""
        return cls(read_people(path, reject=reject))

    def __reduce__(self) -> tuple[type["KnowledgeBase"], tuple[list[Person]]]:
        """Travel to another process as people alone; the index is made there again."""
        return KnowledgeBase, (self._people,)

    def __len__(self) -> int:
        """How many people there are."""
        return len(self._people)

    def __iter__(self) -> Iterator[Person]:
        """Every person, by id."""
        return iter(self._people)

    def get(self, person_id: str) -> Person | None:
        """The person of that id, or None."""
        position = self._position.get(person_id)
        return None if position is None else self._people[position]

    def bearers(self, part: str) -> int:
        """How many people have this folded part as a surname: how common the name is here."""
        return len(self._families.get(skeleton(part), ()))

    def is_full_name(self, text: str) -> bool:
        """Whether *text* is the full name of somebody here, as written or transliterated otherwise."""
        return _spelling(parse(text)) in self._full_names

    def _find(self, text: str, limit: int) -> tuple[Candidate, ...]:
        """The up to *limit* people whose names fit the written name *text* best; of equals the more popular, then by id.

        Also available as `find`, which remembers its last answers.
        """
        name = parse(text)
        compared = ((best_agreement(name, self._people[position].names), self._people[position]) for position in self._sharing_parts(name))
        fitting = [(agreement.score, person) for agreement, person in compared if agreement.score >= _MIN_SCORE]
        fitting.sort(key=lambda found: (-found[0], -(found[1].popularity or 0.0), found[1].id))
        return tuple(Candidate(person, score, self._profile(person.id)) for score, person in fitting[:limit])

    def _make_profile(self, person_id: str) -> Profile:
        """What the features compare of a person's record, the names of related people among it."""
        person = self._people[self._position[person_id]]
        related = (other.name for key in person.related if (other := self.get(key)))
        return profile(person, related=tuple(related))

    def _sharing_parts(self, name: Name) -> list[int]:
        """Positions of the people who share parts with *name*, those that share most first, cut off at `_TRIED`."""
        shared: Counter[int] = Counter()
        for part in dict.fromkeys(name.parts):
            keys = self._keys_for(part)
            shared.update({position for key in keys for position in self._index[key]})
            if part in name.family:
                shared.update({position for key in keys for position in self._families.get(key, ())})
        ranked = sorted(shared, key=lambda position: (-shared[position], -(self._people[position].popularity or 0.0), position))
        return ranked[:_TRIED]

    def _keys_for(self, part: str) -> list[str]:
        """The index keys that *part* may stand under: its own and its other forms; those spelt alike where there is none."""
        keys = [key for key in dict.fromkeys(map(skeleton, (part, *given_name_forms(part)))) if key in self._index]
        if skeleton(part) in self._index or len(part) < 4:  # noqa: PLR2004
            return keys
        alike = process.extract(
            skeleton(part), self._keys, scorer=OSA.normalized_similarity, score_cutoff=_SPELT_ALIKE, limit=20, processor=None
        )
        return list(dict.fromkeys([*keys, *(key for key, _, _ in alike)]))


def _spelling(name: Name) -> str:
    """A name in a form that its transliterations share."""
    return " ".join(map(skeleton, name.parts))
