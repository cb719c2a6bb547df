"""Words that say what a person is: roles, countries, fields of life, gender, and the stems of everything else.

The lists stand in `roles.txt` and `countries.txt`; they name kinds of people and places, never a person.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from disambig.names import fold, is_honorific

FUNCTION_WORDS = frozenset(
    "a about above after again against all also am an and any are as at be because been before being below between both but by can "
    "could did do does doing down during each even ever every few for from further had has have having he her here hers herself him "
    "himself his how i if in into is it its itself just me more most much my myself no nor not now of off on once one only or other "
    "our ours out over own same she should so some such than that the their theirs them themselves then there these they this those "
    "through to too two under until up upon us very was we were what when where which while who whom whose why will with within "
    "without would you your yours may might must shall since yet still however although though among amid per via mr mrs ms s t re ve "
    "ll d said say says told tell tells saying".split()
)
"""Words too common to tell one person from another."""

SURNAMES_THAT_ARE_WORDS = frozenset(
    "abbott ball banks bar barber beach bean bell berry best bishop black bond booth bow bowling brand bridges brook brooks brown "
    "buck burns bush butler byrd camp cannon carpenter carter case cash chance christian church clay close coach coleman cook cooper "
    "crane cross day dean dear dial drew early east english farmer field fields fine fish fisher flood flowers ford forest fox france "
    "frank franks free french frost fry gates gay german gold good grace grant gray green grey guest hall hand hands hardy hart head "
    "heard hill hills holiday holland hope hunt hunter ireland jordan judge key keys king knight lamb land lane law long lord lots "
    "love major march marsh mason may mercy miles mills moon moody moore more north page paris park parker parks pace peace pike pine "
    "plant pole pool pope porter post potter power powers price prince prior pride quick rain read reading reed rice rich rivers road "
    "robin rock rose rush sage sands savage scott sharp shepherd short sky small smart snow south spears speed spring star steel "
    "stern stone storm story street strong summers swan swift temple thorn tower town trump turner underwood wade wales walker wall "
    "walls ward washington waters way weaver webb welch wells west whale wheeler white wild will winter winters wise wolf wood woods "
    "word worth young".split()
)
"""Surnames that are also words, months, countries: alone at the start of a sentence such a word is no name (written for this project)."""

_MODIFIERS = frozenset(
    "acting adviser assistant associate central chief co current defence defense deputy economic ex executive federal finance first "
    "foreign former general head health honorary home incoming interim interior joint junior justice late lead leading local long- "
    "time longtime main military national new newly-elected opposition outgoing permanent political press presidential prime "
    "principal provincial public regional retired second security senior special state then trade transport veteran vice young".split()
)
"""Lower-case words that belong to a role when they stand before it."""

_DETERMINERS = frozenset("the a an his her their its our my this that".split())
_VERBS = frozenset(
    "said says told tells added wrote who which whose is was are were has had will would can could may might did does and but as "
    "after before when while where because on in at from by with that to".split()
)
"""Where a phrase beside a name ends."""

_TOKEN = re.compile(r"[^\W_]+(?:[-.'’&][^\W_]+)*['’]?")
_PHRASE_END = re.compile(r"[,;:.!?()\[\]\"“”„—–\n]")
_IS = r"(?:is|was|became|becomes|remains|has been|had been|is to be|was to be|will be|would be)"
_AFTER = re.compile(rf",(?:\s\w+){{1,3}},\s+{_IS}\s+|\s?(?:,|\(|–|—| -)\s?(?:who\s+{_IS}\s+)?|\s+{_IS}\s+")
_BE = re.compile(r"\s(?:is|was|will be|remains)\s$")
_COURTESY = re.compile(r"\s*\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lady|Lord)\.?$")  # "the prime minister, Mr …"
_POLITICS = frozenset({"government", "parliament", "party", "diplomacy", "spokesperson"})  # the file tells them apart, evidence cannot
_SPORTS = frozenset(
    {"football", "rugby", "cricket", "tennis", "golf", "baseball", "basketball", "american football", "ice hockey", "athletics", "swimming"}
    | {"cycling", "motor racing", "boxing", "skiing", "skating", "chess", "horse racing", "gymnastics", "wrestling", "sailing", "rowing"}
    | {"weightlifting", "table tennis", "volleyball", "handball", "judo", "snooker"}
)
_LONGEST_ROLE = 5  # words
_LONGEST_PHRASE = 14  # words


@lru_cache(maxsize=1)
def _roles() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """From `roles.txt`: fields of each role phrase, and fields of each topic stem."""
    roles: dict[str, set[str]] = {}
    topics: dict[str, set[str]] = {}
    for line in files("disambig").joinpath("roles.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or ":" not in line:
            continue
        field, _, listed = line.lstrip("~ ").partition(":")
        field = "politics" if field.strip() in _POLITICS else field.strip()
        table = topics if line.startswith("~") else roles
        for phrase in filter(None, (part.strip() for part in listed.split(";"))):
            key = stem(fold(phrase)) if line.startswith("~") else fold(phrase)
            table.setdefault(key, set()).add(field)
    return {key: frozenset(found) for key, found in roles.items()}, {key: frozenset(found) for key, found in topics.items()}


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """From `countries.txt`: the country that a folded word or phrase refers to."""
    table: dict[str, str] = {}
    for line in files("disambig").joinpath("countries.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        name, *rest = (part.strip() for part in line.split("|"))
        for phrase in (name, *(word.strip() for part in rest for word in part.split(";"))):
            if fold(phrase):
                table.setdefault(fold(phrase), name)
    return table


@lru_cache(maxsize=1)
def _country_names() -> frozenset[str]:
    """The single words among the names, other names and adjectives of countries: compared as countries, not as words; cities are both."""
    lines = files("disambig").joinpath("countries.txt").read_text(encoding="utf-8").splitlines()
    named = (phrase for line in lines if not line.startswith("#") for part in line.split("|")[:3] for phrase in part.split(";"))
    return frozenset(folded for phrase in named if (folded := fold(phrase)) and " " not in folded)


_LONGEST_PLACE = 4  # words
_PLACE_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")


@lru_cache(maxsize=1 << 14)
def countries_in(text: str) -> tuple[str, ...]:
    """The countries that *text* refers to, by name, adjective, city or metonym, each once and sorted; longest phrases first.

    A word counts only with a capital letter, one of up to three letters only in capitals: "US" is not "us".

    >>> countries_in("the Russian Presidential Administration"), countries_in("a Kyiv court told us")
    (('Russia',), ('Ukraine',))
    """
    words = [re.sub(r"['’]s$", "", word) for word in _PLACE_WORD.findall(text)]
    folded = [fold(word) for word in words]
    table, found, i = _countries(), set(), 0
    while i < len(words):
        step = 1
        if words[i][:1].isupper() and (len(words[i]) > 3 or words[i].isupper()):  # noqa: PLR2004
            for length in range(min(_LONGEST_PLACE, len(words) - i), 0, -1):
                country = table.get(" ".join(folded[i : i + length]))
                if country:
                    found.add(country)
                    step = length
                    break
        i += step
    return tuple(sorted(found))


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A folded word without its commonest endings: enough to bring "ministers" and "minister" together.

    >>> stem("ministers"), stem("studies"), stem("elected"), stem("was")
    ('minister', 'study', 'elect', 'was')
    """
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("ers", "er"), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "us", "is")):  # noqa: PLR2004
            return word[: -len(ending)] + instead
    return word


@lru_cache(maxsize=1 << 14)
def content_stems(text: str) -> frozenset[str]:
    """The stems of the words of *text* that carry content: three letters or more, no function word, no bare number, no country.

    >>> sorted(content_stems("The Norwegian ministers of the cabinet"))
    ['cabinet', 'minister']
    """
    return frozenset(
        stem(word)
        for word in fold(text).split()
        if len(word) > 2 and word not in FUNCTION_WORDS and not word.isdigit() and word not in _country_names()  # noqa: PLR2004
    )


def is_common_word(word: str) -> bool:
    """Whether a folded word is also an ordinary English word, so that its capital letter alone makes no name of it."""
    return word in FUNCTION_WORDS or word in SURNAMES_THAT_ARE_WORDS or word in _MODIFIERS


@lru_cache(maxsize=1 << 16)
def is_role(phrase: str) -> bool:
    """Whether a phrase, one word or several, names an office or occupation ("chief of staff"; plural too)."""
    folded = fold(phrase)
    return folded in _roles()[0] or stem(folded) in _roles()[0]


@lru_cache(maxsize=1 << 14)
def fields_of(text: str) -> frozenset[str]:
    """The fields of life that role words in *text* name: {"football"} for "a Croatian striker"."""
    words = fold(text).split()
    roles = _roles()[0]
    found: set[str] = set()
    for i in range(len(words)):
        for length in range(min(_LONGEST_ROLE, len(words) - i), 0, -1):
            phrase = " ".join([*words[i : i + length - 1], stem(words[i + length - 1])])
            fields = roles.get(" ".join(words[i : i + length])) or roles.get(phrase)
            if fields:
                found |= fields
                break
    return frozenset(found)


def shared_fields(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """The fields that two sets have in common; plain "sport" goes with every sport.

    >>> sorted(shared_fields(frozenset({"sport"}), frozenset({"chess", "law"})))
    ['chess']
    """
    shared = one & other
    if "sport" in one | other:
        shared |= (one | other) & _SPORTS if (one & _SPORTS == frozenset() or other & _SPORTS == frozenset()) else frozenset()
        if not shared - {"sport"} and not (one <= {"sport"} or other <= {"sport"}):
            shared -= {"sport"}
    return shared


def topics_of(stems: Iterable[str]) -> dict[str, int]:
    """How many different *stems* are topic words of each field; fields in alphabetical order."""
    counts: dict[str, int] = {}
    for word in stems:
        for field in _roles()[1].get(word, ()):
            counts[field] = counts.get(field, 0) + 1
    return dict(sorted(counts.items()))


_ABOUT = 3  # different words of a field that a text must hold to be about it


def about(text: str) -> frozenset[str]:
    """The fields of life that *text* is about, by its topic words and role words: those with at least half as many as the first.

    >>> sorted(about("The striker scored a late penalty after the goalkeeper, a defender last season, had left the pitch."))
    ['football']
    """
    counts = topics_of(content_stems(text))
    for word in {stem(word) for word in fold(text).split()}:
        fields = fields_of(word)
        if len(fields) == 1:
            counts[min(fields)] = counts.get(min(fields), 0) + 1
    return frozenset(field for field, count in counts.items() if count >= max(_ABOUT, max(counts.values()) / 2))


def role_phrase_before(before: str) -> str:
    """The role words at the end of *before*, the part of a sentence that stands before a name; "" where there are none.

    >>> role_phrase_before("said Deputy Chief of Staff of the Russian Presidential Administration ")
    'Deputy Chief of Staff of the Russian Presidential Administration'
    >>> role_phrase_before("Ukraine's security secretary "), role_phrase_before("the group's chairman, ")
    ('security secretary', 'chairman')
    >>> role_phrase_before("The minister of infrastructure and transport is ")
    'minister of infrastructure and transport'
    >>> role_phrase_before("He met ")
    ''
    """
    if found := _BE.search(before):
        return _predicate(before[: found.start()])
    words, follows = _words_before(before)
    first_role = first = len(words)
    i = len(words)
    while i > 0 and len(words) - i < _LONGEST_PHRASE:
        length = next((n for n in range(min(_LONGEST_ROLE, i), 0, -1) if is_role(" ".join(words[i - n : i]))), 0)
        if length:
            i -= length
            first_role = first = i
            continue
        word = words[i - 1]
        seen = first_role < len(words)
        if (follows and not seen) or word.endswith(("'s", "’s", "'", "’")):
            break
        if seen and (word in _MODIFIERS or (word[:1].isupper() and not _starts_sentence(i, before))):
            first = i - 1
        elif seen or not (word[:1].isupper() or word in {"of", "the", "and", "for", "&"} or word in _MODIFIERS):
            break
        i -= 1
    if first_role == len(words):
        return ""
    return " ".join(words[_with_nouns_before(words, first) :])


def _predicate(clause: str) -> str:
    """The role words that begin a clause of which the name is what "is" leads to: "The next president is …"."""
    words = _TOKEN.findall(_PHRASE_END.split(clause)[-1])[:_LONGEST_PHRASE]
    while words and words[0].lower() in _DETERMINERS:
        words = words[1:]
    starts_with_role = any(is_role(" ".join(words[i : i + n])) for i in range(min(2, len(words))) for n in range(1, _LONGEST_ROLE + 1))
    return " ".join(words) if starts_with_role else ""


def _words_before(before: str) -> tuple[list[str], bool]:
    """The last words of *before*, back to the last punctuation, and whether a comma parts them from the name."""
    kept = _COURTESY.sub("", before.rstrip())
    follows = kept.endswith(",")
    kept = kept.removesuffix(",").rstrip()
    kept = re.split(r"[,;:!?()\[\]\"“”„—–\n]|(?<=[a-z]{3})\.\s", kept)[-1]
    return _TOKEN.findall(kept)[-_LONGEST_PHRASE:], follows


def _starts_sentence(i: int, before: str) -> bool:
    """Whether word number *i* is the first of *before*, whose capital letter means nothing."""
    return i == 1 and len(_TOKEN.findall(before)) <= _LONGEST_PHRASE


def _with_nouns_before(words: list[str], first: int) -> int:
    """Where the phrase begins when up to three plain words stand between it and a determiner: "the grain trade minister"."""
    for back in range(1, 4):
        if first - back < 0 or words[first - back] in FUNCTION_WORDS - _DETERMINERS:
            return first
        if words[first - back] in _DETERMINERS or words[first - back].endswith(("'s", "’s")):
            return first - back + 1
    return first


def role_phrase_after(after: str) -> str:
    """The role words that follow a name; *after* is the rest of its sentence.

    >>> role_phrase_after(", secretary of the National Security and Defense Council, said")
    'secretary of the National Security and Defense Council'
    >>> role_phrase_after(", who was the club's treasurer until 2010, left"), role_phrase_after(" said the minister was ill")
    ("club's treasurer until 2010", '')
    """
    opened = _AFTER.match(after)
    if opened is None:
        return ""
    rest = after[opened.end() :]
    ended = _PHRASE_END.search(rest)
    words: list[str] = []
    for word in _TOKEN.findall(rest[: ended.start()] if ended else rest)[:_LONGEST_PHRASE]:
        if words and word in _VERBS - {"and", "to", "in", "at"}:
            break
        words.append(word)
    while words and words[0] in _DETERMINERS | {"then", "now"}:
        words = words[1:]
    apposed = opened.group().lstrip()[:1] in {",", "(", "–", "—", "-"} or rest.split(" ")[0] in _DETERMINERS
    reach = 6 if apposed else 1  # "was ill when the minister …" says nothing; "was minister …" does
    roles = [i for i in range(min(len(words), reach)) for n in range(1, _LONGEST_ROLE + 1) if is_role(" ".join(words[i : i + n]))]
    if not roles:
        return ""
    while words and words[-1].lower() in FUNCTION_WORDS:
        words = words[:-1]
    return " ".join(words)


_GENDER_WORDS = {"male": frozenset("he him his himself".split()), "female": frozenset("she her hers herself".split())}


def gender_words(text: str) -> tuple[int, int]:
    """How many masculine and how many feminine pronouns stand in *text*."""
    words = fold(text).split()
    return (sum(word in _GENDER_WORDS["male"] for word in words), sum(word in _GENDER_WORDS["female"] for word in words))


def is_title_word(word: str) -> bool:
    """Whether a word is trimmed off the front of a name: a title of courtesy or rank, or a role ("President Putin": Putin)."""
    return is_honorific(word) or is_role(word)
