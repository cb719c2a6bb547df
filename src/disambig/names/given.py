"""Given names: which are forms of one, by `given_names.txt` and by their endings."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files

_DIMINUTIVES = frozenset(
    {"ito", "ita", "inho", "inha", "ino", "ina", "chik", "ek", "ka", "ko", "cito", "cita", "zinho", "ushka", "ie", "y"}
)


@lru_cache(maxsize=1)
def _given_name_lines() -> list[list[str]]:
    """The groups of `given_names.txt`: folded names that are forms of one."""
    lines = files("disambig").joinpath("given_names.txt").read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if not line.startswith("#")]


_Groups = dict[str, frozenset[int]]


def _groups_of(lines: Iterable[Sequence[str]]) -> _Groups:
    """The lines of names that a folded name stands in, by their places."""
    groups: dict[str, set[int]] = {}
    for number, names in enumerate(lines):
        for name in names:
            groups.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


def _share_group(groups: _Groups, one: str, other: str) -> bool:
    return one in groups and other in groups and not groups[one].isdisjoint(groups[other])


def _others_in_groups(groups: _Groups, lines: Sequence[Sequence[str]], name: str) -> set[str]:
    return {other for number in groups.get(name, ()) for other in lines[number]} - {name}


@lru_cache(maxsize=1)
def _given_name_groups() -> _Groups:
    return _groups_of(_given_name_lines())


def same_given_name(one: str, other: str) -> bool:
    """Whether two folded given names are forms of one name: nicknames, other languages.

    >>> same_given_name("bill", "william"), same_given_name("dmytro", "dmitri"), same_given_name("taras", "dmitri")
    (True, True, False)
    """
    return _share_group(_given_name_groups(), one, other)


def given_names() -> Iterable[str]:
    """All folded given names that `given_names.txt` knows."""
    return _given_name_groups().keys()


def is_given_name(part: str) -> bool:
    """Whether a folded part is a given name that `given_names.txt` knows."""
    return part in _given_name_groups()


_FAMILY_NAMES = tuple(
    line.split()
    for line in (
        "an ahn",
        "bae pae",
        "baek paek paik",
        "bai pai",
        "cai tsai",
        "choe choi",
        "deng teng",
        "gang kang",
        "gao kao",
        "gu ku koo",
        "guo kuo",
        "gwak kwak",
        "gwon kwon",
        "hong hung",
        "im lim rim",
        "jang chang",
        "jeon jun chon chun",
        "jeong jung chong chung",
        "ji chi",
        "jiang chiang",
        "jo cho",
        "ju joo chu",
        "lee ri rhee yi",
        "liang ryang yang",
        "moon mun",
        "na ra",
        "no noh roh",
        "park pak bak",
        "qian chien",
        "seo suh so",
        "shim sim",
        "shin sin",
        "song sung",
        "xiao hsiao",
        "xie hsieh",
        "xu hsu",
        "xue hsueh",
        "yoo yu ryu you",
        "zeng tseng",
        "zhang chang",
        "zhao chao",
        "zheng cheng",
        "zhong chung",
        "zhou chou",
        "zhu chu",
    )
)
"""Surnames of Korea and China that are the same in two ways of spelling them in Latin letters: McCune and Reischauer, Wade and Giles."""


@lru_cache(maxsize=1)
def _family_name_groups() -> _Groups:
    return _groups_of(_FAMILY_NAMES)


def family_name_forms(part: str) -> tuple[str, ...]:
    """The other ways of spelling a folded surname of Korea or China in Latin letters, sorted; empty where none is known.

    >>> family_name_forms("park"), family_name_forms("parker")
    (('bak', 'pak'), ())
    """
    return tuple(sorted(_others_in_groups(_family_name_groups(), _FAMILY_NAMES, part)))


def same_family_name(one: str, other: str) -> bool:
    """Whether two folded surnames are one of Korea or China in two ways of spelling it.

    >>> same_family_name("jang", "chang"), same_family_name("jang", "park")
    (True, False)
    """
    return _share_group(_family_name_groups(), one, other)


def is_diminutive(part: str, name: str) -> bool:
    """Whether a folded part is the pet form of a given name, made by an ending: usually the younger of two who share the name.

    >>> is_diminutive("tomasito", "tomas"), is_diminutive("tomas", "tomasito")
    (True, False)
    """
    return part != name and part.startswith(name) and part[len(name) :] in _DIMINUTIVES


def is_feminised(part: str, surname: str) -> bool:
    """Whether a folded part is a *surname* in the form that Czech and Slovak give it for a woman.

    >>> is_feminised("jacksonova", "jackson"), is_feminised("kralova", "krak")
    (True, False)
    """
    return part.endswith("ova") and part.removesuffix("ova") == surname


@lru_cache(maxsize=1 << 11)
def given_name_forms(part: str) -> tuple[str, ...]:
    """The other forms of a folded given name, sorted; empty where none is known.

    >>> given_name_forms("oleh")
    ('oleg',)
    """
    forms = _others_in_groups(_given_name_groups(), _given_name_lines(), part)
    forms |= {part.removesuffix(ending) for ending in _DIMINUTIVES if part.endswith(ending) and len(part) - len(ending) > 3}  # noqa: PLR2004
    return tuple(sorted(forms))
