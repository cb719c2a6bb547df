"""Roles in a text: offices and occupations, the fields of life that they belong to, and the role words that stand with a name.

The lists stand in `roles.txt`; they name kinds of people, never a person.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from disambig.names import fold, is_honorific
from disambig.words import ENDINGS, FUNCTION_WORDS, stem, stems_of

ROLE_MODIFIERS = frozenset(
    "acting adviser assistant associate central chief co current defence defense deputy economic ex executive federal finance first "
    "fellow foreign former general head health honorary home incoming interim interior joint junior justice late lead leading local "
    "long-time longtime main military national new newly-elected opposition outgoing permanent political press presidential prime "
    "principal provincial public regional retired second security senior special state then trade transport veteran vice young".split()
)
"""Lower-case words that belong to a role when they stand before it."""

_DETERMINERS = frozenset("the a an his her their its our my this that".split())
_POLITICS = frozenset({"government", "parliament", "party", "diplomacy", "spokesperson"})  # the file tells them apart, evidence cannot
_SPORTS = frozenset(
    {"football", "rugby", "cricket", "tennis", "golf", "baseball", "basketball", "american football", "ice hockey", "athletics", "swimming"}
    | {"cycling", "motor racing", "boxing", "skiing", "skating", "chess", "horse racing", "gymnastics", "wrestling", "sailing", "rowing"}
    | {"weightlifting", "table tennis", "volleyball", "handball", "judo", "snooker"}
)
_NEAR = (
    frozenset({"politics", "royalty", "military", "law", "business", "finance", "activism", "labour", "police", "crime"}),
    frozenset({"science", "medicine", "technology", "education", "exploration"}),
    frozenset({"film", "theatre", "music", "literature", "art", "fashion", "media"}),
)
"""Fields between which careers lead, and which an article has to do with all at once."""
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday".split())
_LONGEST_ROLE = 5  # words
_LONGEST_NAME = 2  # words
_AFTER_ROLE = frozenset({"emeritus", "emerita", "elect", "designate"})
_LONGEST_PHRASE = 14  # words
_ABOUT = 3  # different words of a field that a text must hold to be about it

_TOKEN = re.compile(r"[^\W_]+(?:[-.'’&][^\W_]+)*['’]?")
_PHRASE_END = re.compile(r"[,;:.!?()\[\]\"“”„—–]")
_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_IS = r"(?:is to be|was to be|has been|had been|will be|would be|is|was|became|becomes|remains)"
_APPOSED = re.compile(rf"\s?(?:,|\(|–|—| -)\s?(?:\d{{1,3}}, )?(?:who\s+{_IS}\s+)?")
_CLOSE = re.compile(r"\sthe\s")  # "Costa the lawyer"
_COPULA = re.compile(rf"(?:,(?:\s\w+){{1,3}},)?\s+{_IS}\s+")
_WAS = re.compile(r"(?:,(?:\s\w+){1,3},|,?\swho)?\s+(?:was|had been|has been)\s+(?!to\sbe\s)")
_FORMER = re.compile(r"\b(?:former|formerly|late|onetime|one-time|erstwhile|ex)\b", re.IGNORECASE)
_OCCUPATION = re.compile(r"[a-z]{3,}(?:keeper|maker|worker|ician|ologist|grapher|driver|owner|seller|dealer|holder|teacher)s?")
_BE = re.compile(r"\s(?:is|was|will be|remains)\s$")
_SHORTENED = {
    "sen": "Senator", "rep": "Representative", "gov": "Governor", "pres": "President", "amb": "Ambassador", "prof": "Professor",
    "gen": "General", "brig": "Brigadier", "col": "Colonel", "maj": "Major", "capt": "Captain", "lt": "Lieutenant", "sgt": "Sergeant",
    "adm": "Admiral", "cmdr": "Commander", "det": "Detective", "insp": "Inspector", "supt": "Superintendent", "atty": "Attorney",
}  # fmt: skip
_IS_SHORTENED = re.compile(rf"\b({'|'.join(_SHORTENED)})s?\.(?=\s)", re.IGNORECASE)
"""Roles as they are shortened before a name: "Lt. Gov.", "Sens."; those of courtesy, "Dr.", are no roles."""
_COURTESY = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lady|Lord)\.?$")  # "the prime minister, Mr …"
_INTRODUCING = _DETERMINERS | {
    "once",
    "one",
    "now",
    "then",
    "former",
    "late",
    "himself",
    "herself",
}  # function words that may begin an apposition
_PHRASE_ENDERS = frozenset(
    "said says told tells added wrote who which whose is was are were has had will would can could may might did does but as after "
    "before when while where because on by with that".split()
)


_Fields = dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def _roles() -> tuple[_Fields, _Fields, _Fields]:
    """From `roles.txt`: fields of each role phrase, of each topic stem, and of each name of a field."""
    tables: dict[str, dict[str, set[str]]] = {"": {}, "~": {}, "=": {}}
    for line in files("disambig").joinpath("roles.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or ":" not in line:
            continue
        kind = line[0] if line[0] in tables else ""
        field, _, listed = line.removeprefix(kind).partition(":")
        field = "politics" if field.strip() in _POLITICS else field.strip()
        for phrase in filter(None, (part.strip() for part in listed.split(";"))):
            first, _, last = fold(phrase).rpartition(" ")
            key = f"{first} {stem(last)}".strip() if kind == "~" else fold(phrase)
            tables[kind].setdefault(key, set()).add(field)
    roles, topics, names = ({key: frozenset(found) for key, found in table.items()} for table in tables.values())
    return roles, topics, names


@lru_cache(maxsize=1 << 12)
def is_role(phrase: str) -> bool:
    """Whether a phrase, one word or several, names an office or occupation ("chief of staff"; plural, "ex-", "storekeeper" too)."""
    folded = fold(phrase).removeprefix("ex ")
    return folded in _roles()[0] or _singular(folded) in _roles()[0] or _OCCUPATION.fullmatch(folded) is not None


def _are_several(word: str) -> bool:
    """Whether a word is the plural of a role."""
    folded = fold(word)
    return folded not in _roles()[0] and _singular(folded) in _roles()[0]


def _singular(folded: str) -> str:
    """A folded word or phrase without the ending of a plural; what is "counting" is no count."""
    return stem(folded) if folded.endswith("s") else folded


def is_title_word(word: str) -> bool:
    """Whether a word is trimmed off the front of a name: a title of courtesy or rank, or a role ("President Putin": Putin)."""
    return is_honorific(word) or is_role(word)


@lru_cache(maxsize=1 << 12)  # role words and descriptions, not articles
def fields_of(text: str) -> frozenset[str]:
    """The fields of life that role words in *text* name, or the name of a sport; of phrases within each other the longest counts.

    >>> sorted(fields_of("a Croatian striker")), sorted(fields_of("film director")), sorted(fields_of("table tennis"))
    (['football'], ['film'], ['table tennis'])
    """
    words = fold(text).split()
    roles, _, names = _roles()
    found: set[str] = set()
    i = 0
    while i < len(words):
        for length in range(min(_LONGEST_ROLE, len(words) - i), 0, -1):
            written = " ".join(words[i : i + length])
            if fields := roles.get(written) or roles.get(_singular(written)) or names.get(written):
                found |= fields
                i += length - 1
                break
        i += 1
    return frozenset(found)


def shared_fields(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """The fields that two sets have in common; plain "sport" goes with every sport.

    >>> sorted(shared_fields(frozenset({"sport"}), frozenset({"chess", "law"})))
    ['chess']
    """
    shared = one & other
    for plain, others in ((one, other), (other, one)):
        if "sport" in plain and not plain & _SPORTS:
            shared |= others & _SPORTS
    if shared == {"sport"} and one & _SPORTS and other & _SPORTS:  # two sports that are not the same
        shared = frozenset()
    return shared


def are_near(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a field of *one* lies near a field of *other*, so that somebody of the one is no surprise where the other is spoken of.

    >>> are_near(frozenset({"science"}), frozenset({"technology"})), are_near(frozenset({"science"}), frozenset({"chess"}))
    (True, False)
    """
    return any(one & group and other & group for group in _NEAR)


def is_of_sport(fields: frozenset[str]) -> bool:
    """Whether fields are sports alone: what is written of a match is seldom about anything else.

    >>> is_of_sport(frozenset({"chess"})), is_of_sport(frozenset({"chess", "politics"}))
    (True, False)
    """
    return bool(fields) and fields <= _SPORTS | {"sport"}


def topics_of(words: Sequence[str]) -> dict[str, int]:
    """How many different topic words and phrases of each field stand in a text of these folded *words*; fields in alphabetical order."""
    counts: dict[str, int] = {}
    topics = _roles()[1]
    for topic in (topics.keys() & stems_of(words)) | set(_topic_phrases_in(words)):
        for field in topics[topic]:
            counts[field] = counts.get(field, 0) + 1
    return dict(sorted(counts.items()))


def _topic_phrases_in(words: Sequence[str]) -> Iterator[str]:
    """The topics of several words in a text: "free kick"."""
    phrases = _topic_phrases()
    for at, first in enumerate(words):
        if first in phrases:
            for phrase in phrases[first]:
                end = at + len(phrase)
                if (*words[at : end - 1], *map(stem, words[end - 1 : end])) == phrase:
                    yield " ".join(phrase)


@lru_cache(maxsize=1)
def _topic_phrases() -> dict[str, list[tuple[str, ...]]]:
    """The topics of several words, by their first."""
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for topic in _roles()[1]:
        if " " in topic:
            phrase = tuple(topic.split())
            phrases.setdefault(phrase[0], []).append(phrase)
    return phrases


def about(words: Sequence[str]) -> frozenset[str]:
    """The fields of life that a text of these folded *words* is about: those of which at least half as many words speak as of the first.

    Topic words and role words do; a sport called by its name counts once more.

    >>> sorted(about("the striker scored a late penalty after the goalkeeper a defender last season had left the pitch".split()))
    ['football']
    """
    counts = topics_of(words)
    different = set(words)
    names = _roles()[2]
    for field in {field for word in names.keys() & different for field in names[word]}:
        counts[field] = counts.get(field, 0) + 1
    forms = _role_forms()
    for _, field in {forms[word] for word in forms.keys() & different}:
        counts[field] = counts.get(field, 0) + 1
    return frozenset(field for field, count in counts.items() if count >= max(_ABOUT, max(counts.values()) / 2))


@lru_cache(maxsize=1)
def _role_forms() -> dict[str, tuple[str, str]]:
    """For each folded word whose stem is a role of one field alone, that stem and that field."""
    alone = {role: min(fields) for role, fields in _roles()[0].items() if len(fields) == 1}
    return {form: (role, field) for role, field in alone.items() for form in _forms(role) if form == role or _singular(form) == role}


def _forms(role: str) -> list[str]:
    """*role*, and its plurals."""
    return [role, *(role.removesuffix(instead) + ending for ending, instead in ENDINGS["s"] if role.endswith(instead))]


@lru_cache(maxsize=1)
def _lengths() -> dict[str, int]:
    """How many words the longest of the roles has that end in each folded word, in whatever form it stands."""
    lengths: dict[str, int] = {}
    for words in (form.split() for role in _roles()[0] for form in _forms(role)):
        lengths[words[-1]] = max(len(words), lengths.get(words[-1], 0))
    return lengths


@lru_cache(maxsize=1 << 12)
def _longest(word: str) -> int:
    """How many words a role can have at most that ends in *word*; 0 where none does."""
    last = fold(word).rpartition(" ")[2]
    known = _lengths().get(last) or int(_OCCUPATION.fullmatch(last) is not None)
    return known + 1 if known else 0  # one more for "ex"


def _are_role(words: list[str]) -> bool:
    """`is_role` of a phrase of several words, by a quick look at the last one first."""
    return bool(words) and len(words) <= _longest(words[-1]) and is_role(" ".join(words))


def role_phrase_before(before: str) -> str:
    """The role words at the end of *before*, the part of a sentence that stands before a name; "" where there are none.

    >>> role_phrase_before("said Deputy Chief of Staff of the Russian Presidential Administration ")
    'Deputy Chief of Staff of the Russian Presidential Administration'
    >>> role_phrase_before("Ukraine's security secretary "), role_phrase_before("the group's chairman, ")
    ('security secretary', 'chairman')
    >>> role_phrase_before("The minister of infrastructure and transport is "), role_phrase_before("the former mayor of Lisbon, ")
    ('minister of infrastructure and transport', 'former mayor of Lisbon')
    >>> role_phrase_before("He met "), role_phrase_before("a spokesman for ")
    ('', '')
    >>> role_phrase_before("said U.S. Sen. "), role_phrase_before("the state's Lt. Gov. ")
    ('Senator', 'Lieutenant Governor')
    """
    text = _BREAK.sub(" ", before)
    if text.rstrip().endswith("."):
        text = _IS_SHORTENED.sub(lambda found: _SHORTENED[found.group(1).lower()], text)
    if found := _BE.search(text):
        return _begun_by_role(text[: found.start()])
    text = text.rstrip()
    if found := _COURTESY.search(text, max(0, len(text) - len("Lady."))):
        text = text[: found.start()].rstrip()
    apart = text.endswith(",")
    clause = _PHRASE_END.split(text.removesuffix(",").rstrip())[-1]
    words = _TOKEN.findall(clause)[-_LONGEST_PHRASE:]
    if not words or words[-1].lower() in FUNCTION_WORDS:
        return ""
    if apart and _are_several(words[-1]):
        return ""  # "in a dispute with the farmers, Costa …"
    return _ended_by_role(words, bare=apart) or (_begun_by_role(clause) if apart else "")


def _ended_by_role(words: list[str], *, bare: bool) -> str:
    """The phrase at the end of *words* that has a role in it; where *bare*, the role itself must come last.

    It reaches left over capitalised words and small words between them to the first role, then over what modifies that role.
    """
    first = i = len(words)
    while i > 0:
        length = next((n for n in range(min(_LONGEST_ROLE, i), 0, -1) if _are_role(words[i - n : i])), 0)
        word = words[i - 1]
        if word.endswith(("'s", "’s", "'", "’")):
            break
        if length:
            first = i = i - length
        elif first < len(words):
            capitals = word[:1].isupper() and words[i][:1].isupper() and word.lower() not in FUNCTION_WORDS | _DAYS
            if not capitals and word.lower() not in ROLE_MODIFIERS and not word.lower().startswith("ex-"):
                break
            first = i = i - 1
        elif not bare and (word[:1].isupper() or word in {"of", "the", "and", "for", "&"} or word in ROLE_MODIFIERS):
            i -= 1
        else:
            break
    return " ".join(words[_with_nouns_before(words, first) :]) if first < len(words) else ""


def _with_nouns_before(words: list[str], first: int) -> int:
    """Where the phrase begins when up to three plain words stand between it and a determiner: "the grain trade minister"."""
    for back in range(1, 4):
        if first - back < 0 or words[first - back] in FUNCTION_WORDS - _DETERMINERS:
            return first
        if words[first - back] in _DETERMINERS or words[first - back].endswith(("'s", "’s")):
            return first - back + 1
    return first


def _begun_by_role(clause: str) -> str:
    """The role words that begin a clause: "the next president", "the former mayor of Lisbon"; "" where it begins otherwise."""
    words = _TOKEN.findall(_PHRASE_END.split(clause)[-1])[:_LONGEST_PHRASE]
    while words and words[0].lower() in _DETERMINERS:
        words = words[1:]
    return " ".join(words) if _role_within(words, 2) and not _is_name(words) else ""


def _role_within(words: list[str], reach: int) -> bool:
    """Whether a role begins among the first *reach* of *words*, before any "the" but "of the"; "the judge's son" names none."""
    reach = next((i for i, word in enumerate(words[:reach]) if word in _DETERMINERS and words[i - 1] != "of"), reach)
    return any(
        _are_role(words[i : i + n])
        for i in range(min(reach, len(words)))
        for n in range(1, min(_LONGEST_ROLE, len(words) - i) + 1)
        if not words[i + n - 1].endswith(("'s", "’s", "'", "’"))
    )


def role_phrase_after(after: str) -> str:
    """The role words that follow a name; *after* is the rest of its sentence.

    >>> role_phrase_after(", secretary of the National Security and Defense Council, said")
    'secretary of the National Security and Defense Council'
    >>> role_phrase_after(", who was the club's treasurer until 2010, left"), role_phrase_after(" said the minister was ill")
    ("club's treasurer until 2010", '')
    >>> role_phrase_after(", it said, was to be the president's special representative for technology")
    "president's special representative for technology"
    >>> role_phrase_after(" the storekeeper died"), role_phrase_after(" the prize that the minister gave")
    ('storekeeper', '')
    >>> role_phrase_after(", according to the mayor, left"), role_phrase_after(", a judge's son, left")
    ('', '')
    """
    text = _BREAK.sub(" ", after)
    copula = _COPULA.match(text)
    opened = copula or _APPOSED.match(text)
    if opened is None:
        return _close_role(text)
    rest = text[opened.end() :]
    ended = _PHRASE_END.search(rest)
    words = _TOKEN.findall(rest[: ended.start()] if ended else rest)[:_LONGEST_PHRASE]
    if not words or words[0].lower() in (FUNCTION_WORDS | {"according", "unlike", "like"}) - _INTRODUCING:
        return ""
    reach = 6 if copula is None or words[0] in _DETERMINERS else 1  # "was ill when the minister …" says nothing; "was minister …" does
    while words and words[0] in _DETERMINERS | {"then", "now"}:
        words = words[1:]
    if _is_name(words):
        return ""
    words = words[: next((i for i, word in enumerate(words) if i and word in _PHRASE_ENDERS), None)]
    if not _role_within(words, reach):
        return ""
    while words[-1].lower() in FUNCTION_WORDS:
        words = words[:-1]
    return " ".join(words)


def is_former(title: str) -> bool:
    """Whether role words say themselves that the role was held before: "former mayor", "ex-minister"."""
    return _FORMER.search(title) is not None


def was_role(title: str, after: str) -> bool:
    """Whether the role words *title* of a name stand in what comes *after* it with a verb of the past.

    >>> was_role("mayor of Lisbon", ", who had been mayor of Lisbon, said"), was_role("mayor", ", the mayor, said")
    (True, False)
    """
    found = _WAS.match(after) if title else None
    return found is not None and title in " ".join(after[found.end() :].split())


def _is_name(words: list[str]) -> bool:
    """Whether *words* are a role with a name behind it, or a name that begins as a role does: "…, the mayor Ana Reis", "…, Dean Reis"."""
    last = next((i for i in range(len(words), 0, -1) if not words[i - 1][0].isupper()), 0)  # those after it have capitals
    first, name = (words[:last], words[last:]) if last else (words[:1], words[1:])
    if not 0 < len(name) <= _LONGEST_NAME or not is_role(first[-1] if first else ""):
        return False
    return not (is_role(name[-1]) or fold(name[-1]) in _AFTER_ROLE or is_role(" ".join(words)))


def _close_role(after: str) -> str:
    """The role that follows a name with nothing but "the" between: "Costa the lawyer said"."""
    opened = _CLOSE.match(after)
    if opened is None:
        return ""
    words = _TOKEN.findall(after[opened.end() :])[: 2 * _LONGEST_ROLE]
    first = next((i for i, word in enumerate(words) if word not in ROLE_MODIFIERS), 0)
    lengths = (n for n in range(_LONGEST_ROLE, 0, -1) if _are_role(words[first : first + n]))
    role = words[: first + next(lengths, -first)]
    return "" if not role or role[-1].endswith(("'s", "’s", "'", "’")) else " ".join(role)
