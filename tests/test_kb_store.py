"""People by id and by name: which spellings find whom."""

import os
import pickle
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from factory import person
from hypothesis import given
from hypothesis import strategies as st

from disambig.errors import KnowledgeError
from disambig.kb.build import FORM, Sourced, write
from disambig.kb.store import KnowledgeBase
from disambig.records import Person, Rejected

PEOPLE = [
    person("Dmitry Orlov", aliases=["Дмитрий Орлов"], popularity=40.0),
    person("Taras Orlov", popularity=10.0),
    person("William Marsh"),
    person("Zhao Minglun"),
    person("Ana Maria da Costa", "costa-ana", related=["costa-luis", "nobody-here"], description="mayor"),
    person("Luis Costa", "costa-luis", popularity=5.0),
    person("Volodymyr Zelenko"),
    person("Karim al-Hadidi", "hadidi-karim"),
    person("Ludwig van der Berg", "berg-ludwig"),
    person("Thomas Kühbauer", "kuhbauer-thomas"),
    person("Martin Bell Sr.", "bell-sr"),
    person("Martin Bell Jr.", "bell-jr"),
    person("Pelinho", aliases=["Edmundo Arantes"]),
]
KB = KnowledgeBase.of(PEOPLE)


def found(name: str, limit: int = 10) -> list[str]:
    return [candidate.person.id for candidate in KB.find(name, limit)]


class Case(NamedTuple):
    text: str
    first: str
    because: str


FOUND = [
    Case("Dmitry Orlov", "orlov-dmitry", "the name"),
    Case("DMITRY ORLOV", "orlov-dmitry", "capitals"),
    Case("Orlov Dmitry", "orlov-dmitry", "the other order"),
    Case("Orlov, Dmitry", "orlov-dmitry", "a comma"),
    Case("Dmitri Orlov", "orlov-dmitry", "transliterated otherwise"),
    Case("Dmytro Orlov", "orlov-dmitry", "the Ukrainian form"),
    Case("Дмитрий Орлов", "orlov-dmitry", "Cyrillic"),
    Case("D. Orlov", "orlov-dmitry", "an initial"),
    Case("Dmitry Orlow", "orlov-dmitry", "w for v"),
    Case("Dmitry Orlof", "orlov-dmitry", "misspelt"),
    Case("Taras Orlov", "orlov-taras", "the less known one by his full name"),
    Case("Bill Marsh", "marsh-william", "a nickname"),
    Case("Willem Marsh", "marsh-william", "another language"),
    Case("Wiliam Marsch", "marsh-william", "two misspellings"),
    Case("Minglun Zhao", "minglun-zhao", "family name last"),
    Case("Zhao", "minglun-zhao", "the family name that stands first"),
    Case("Ana Costa", "costa-ana", "a middle name and a particle left out"),
    Case("da Costa", "costa-luis", "of equals the more popular first"),
    Case("Vladimir Selenko", "zelenko-volodymyr", "two letters of another language"),
    Case("Karim Hadidi", "hadidi-karim", "the article left out"),
    Case("Van der Berg", "berg-ludwig", "particles"),
    Case("Thomas Kuehbauer", "kuhbauer-thomas", "ü written out"),
    Case("Kuhbauer", "kuhbauer-thomas", "ü without its dots"),
    Case("Martin Bell Jr.", "bell-jr", "the suffix"),
    Case("Martin Bell senior", "bell-sr", "another word for the suffix"),
    Case("Edmundo Arantes", "pelinho", "an alias"),
    Case("Pelinho", "pelinho", "one name alone"),
]


@pytest.mark.parametrize("case", FOUND, ids=lambda case: f"{case.text}: {case.because}")
def test_a_name_finds_its_person_first(case: Case) -> None:
    assert found(case.text)[:1] == [case.first]


@pytest.mark.parametrize("name", ["", "?", "...", "Rui Vale", "Oduya", "Pavlo Orlov", "Li"])
def test_nobody_is_found_where_no_name_fits(name: str) -> None:
    assert found(name) == []


def widely(name: str) -> list[str]:
    return [match.person.id for match in KB.find(name, 10, widely=True)]


@pytest.mark.parametrize(
    ("name", "first"), [("Pavlo Orlov", "orlov-taras"), ("Sandor Kuhbauer", "kuhbauer-thomas"), ("Hadidiego", "hadidi-karim")]
)
def test_asked_widely_those_come_behind_whose_names_are_only_alike(name: str, first: str) -> None:
    assert found(name) == []
    assert widely(name)[:1] == [first]


def test_who_is_only_alike_has_a_lower_score_than_anybody_who_agrees() -> None:
    matches = KB.find("Taras Orlov", 10, widely=True)
    assert [match.score < 0.3 for match in matches] == [match.person.id != "orlov-taras" for match in matches]


@pytest.mark.parametrize("text", ["Дмитрий Одлов", "Карим Хадити"])
def test_one_sound_misheard_in_another_alphabet_is_found(text: str) -> None:
    assert any(match.score >= 0.3 for match in KB.find(text, 10, widely=True))


def test_a_bare_surname_finds_all_who_bear_it_the_best_known_first() -> None:
    assert found("Orlov") == ["orlov-dmitry", "orlov-taras"]


def test_another_given_name_is_no_candidate() -> None:
    assert found("Dmitry Orlov") == ["orlov-dmitry"]


def test_the_other_suffix_is_no_candidate() -> None:
    assert found("Martin Bell Jr.") == ["bell-jr"]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_limit_cuts_off_the_end(limit: int) -> None:
    assert found("Orlov", limit) == found("Orlov")[:limit]


def test_a_limit_keeps_the_best_of_very_many() -> None:
    many = KnowledgeBase.of(
        [person(f"Ana{chr(97 + i % 26)}{chr(97 + i // 26)} Costa", f"p{i}", popularity=1e6) for i in range(600)] + PEOPLE
    )
    assert [candidate.person.id for candidate in many.find("Luis Costa", 1)] == ["costa-luis"]


def test_scores_fall_and_lie_between_0_and_1() -> None:
    scores = [candidate.score for candidate in KB.find("Ana Costa", 10)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


written = st.sampled_from(
    [name for one in PEOPLE for name in one.names] + ["Orlov", "Costa", "Dmitri Orlov", "Bill Marsh", "Orlof", "Bell", "Ana"]
)


@given(written, st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(name: str, chance: random.Random) -> None:
    shuffled = list(PEOPLE)
    chance.shuffle(shuffled)
    assert KnowledgeBase.of(shuffled).find(name, 5) == KB.find(name, 5)


@given(st.text(st.characters(), max_size=30))
def test_anything_may_be_looked_for(text: str) -> None:
    assert len(KB.find(text, 3)) <= 3


def test_half_a_character_is_nobody() -> None:
    assert KB.find("\udcff", 3) == ()
    assert KB.get("\udcff") is None


@pytest.mark.parametrize("someone", PEOPLE, ids=lambda one: one.id)
def test_everybody_is_found_by_each_of_their_names(someone: Person) -> None:
    assert all(found(name)[0] == someone.id for name in someone.names)


def test_a_person_is_got_by_id() -> None:
    assert KB.get("costa-luis") == PEOPLE[5]
    assert KB.get("nobody-here") is None
    assert KB.get("") is None


def test_it_has_a_length_and_an_order() -> None:
    assert len(KB) == len(PEOPLE)
    assert [one.id for one in KB] == sorted(one.id for one in PEOPLE)


def test_of_two_with_one_id_the_first_counts() -> None:
    kb = KnowledgeBase.of([person("Ana Costa", "p1"), person("Luis Reis", "p1")])
    assert [one.name for one in kb] == ["Ana Costa"]
    assert kb.find("Luis Reis", 5) == ()


def test_an_empty_one_finds_nobody() -> None:
    empty = KnowledgeBase.of([])
    assert len(empty) == 0
    assert empty.find("Ana Costa", 5) == ()


class Full(NamedTuple):
    text: str
    expected: bool
    because: str


FULL_NAMES = [
    Full("Dmitry Orlov", True, "the name"),
    Full("DMITRY ORLOV", True, "capitals"),
    Full("Дмитрий Орлов", True, "an alias, in its own alphabet"),
    Full("Дмитрию Орлову", True, "the same in another grammatical case"),
    Full("Edmundo Arantes", True, "an alias"),
    Full("Thomas Kühbauer", True, "with its dots"),
    Full("Thomas Kuhbauer", True, "without them"),
    Full("Martin Bell", True, "without the suffix"),
    Full("Ana Maria Costa", True, "without the particle"),
    Full("Mr Luis Costa", True, "with a form of address"),
    Full("Ana Costa", False, "a middle name left out"),
    Full("Dmitri Orlov", True, "transliterated otherwise"),
    Full("Orlov Dmitry", False, "in the other order"),
    Full("Orlov", False, "a surname"),
    Full("Pelinho", False, "one name alone, though it is all that the record has"),
    Full("Rui Vale", False, "nobody"),
    Full("", False, "nothing"),
]


@pytest.mark.parametrize("case", FULL_NAMES, ids=lambda case: f"{case.text}: {case.because}")
def test_a_full_name_is_known(case: Full) -> None:
    assert KB.is_full_name(case.text) is case.expected


def test_a_record_in_russian_or_ukrainian_is_read_in_english() -> None:
    someone = person("Іван Орлов", description="український міністр", countries=["Украина"], occupations=["политик"])
    profile = KnowledgeBase.of([someone]).profile(someone)
    assert profile.countries == {"Ukraine"}
    assert {"minister", "politician"} <= profile.stems
    assert profile.fields == {"politics"}


def test_a_profile_is_made_of_the_record() -> None:
    profile = KB.profile(next(one for one in PEOPLE if one.id == "costa-ana"))
    assert "mayor" in profile.stems
    assert profile.related == ("Luis Costa",), "an id that is not here is passed over"


def test_it_travels_to_another_process() -> None:
    copy = pickle.loads(pickle.dumps(KB))  # noqa: S301 -- made here
    assert list(copy) == list(KB)
    assert copy.find("Dmitri Orlov", 5) == KB.find("Dmitri Orlov", 5)


def test_it_opens_a_file(tmp_path: Path, rejected: list[Rejected]) -> None:
    path = tmp_path / "people.jsonl"
    path.write_text('{"id": "p1", "name": "Ana Costa"}\n{"id": "p2"}\n', encoding="utf-8")
    kb = KnowledgeBase.open(path, reject=rejected.append)
    assert [one.name for one in kb] == ["Ana Costa"]
    assert [one.where for one in rejected] == [f"{path}:2"]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, rejected: list[Rejected]) -> None:
    with pytest.raises(KnowledgeError, match=r"nowhere\.jsonl"):
        KnowledgeBase.open(tmp_path / "nowhere.jsonl", reject=rejected.append)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The people as a file."""
    path = tmp_path_factory.mktemp("store") / "people.kb"
    write((Sourced(0, "", one) for one in PEOPLE), path, reject=pytest.fail, about={"sources": ["people.jsonl"], "version": "1.2"})
    return path


@pytest.fixture
def copied(store: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoilt."""
    return Path(shutil.copy(store, tmp_path / "people.kb"))


def test_a_built_file_answers_as_its_people_do(store: Path) -> None:
    kb = KnowledgeBase.open(store, reject=pytest.fail)
    assert list(kb) == list(KB)
    assert [kb.find(one.name, 5) for one in PEOPLE] == [KB.find(one.name, 5) for one in PEOPLE]


def test_a_built_file_is_told_by_its_content(store: Path, tmp_path: Path) -> None:
    kb = KnowledgeBase.open(Path(shutil.copy(store, tmp_path / "people.jsonl")), reject=pytest.fail)
    assert len(kb) == len(PEOPLE)


def test_it_says_what_it_is(store: Path) -> None:
    about = KnowledgeBase(store).about()
    assert (about["form"], about["people"], about["names"]) == (FORM, len(PEOPLE), len(PEOPLE) + 2)
    assert (about["sources"], about["version"]) == (["people.jsonl"], "1.2")


def test_the_name_of_a_folder_may_be_odd(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "a b%3F#c"
    folder.mkdir()
    assert len(KnowledgeBase(Path(shutil.copy(store, folder / "people.kb")))) == len(PEOPLE)


def test_a_file_that_may_only_be_read_in_a_folder_that_may_only_be_read_is_enough(copied: Path) -> None:
    copied.chmod(0o400)
    copied.parent.chmod(0o500)
    try:
        assert [match.person.id for match in KnowledgeBase(copied).find("Dmitri Orlov", 5)] == ["orlov-dmitry"]
        assert [one.name for one in copied.parent.iterdir()] == ["people.kb"]
    finally:
        copied.parent.chmod(0o700)
        copied.chmod(0o600)


def test_a_reader_leaves_the_file_as_it_is(copied: Path) -> None:
    before = copied.read_bytes()
    kb = KnowledgeBase(copied)
    assert kb.find("Dmitri Orlov", 5)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        kb._file.execute("DELETE FROM person")
    assert copied.read_bytes() == before


SHARING = """
import sys
from pathlib import Path
from disambig.kb.store import KnowledgeBase

kb = KnowledgeBase(Path(sys.argv[1]))
print(kb.find("Orlov", 1)[0].person.id, flush=True)
sys.stdin.readline()
print(kb.find("Costa", 1)[0].person.id)
"""


def test_processes_share_one_file(store: Path) -> None:
    command = [sys.executable, "-c", SHARING, str(store)]
    readers = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]  # noqa: S603
    try:
        for reader in readers:
            assert reader.stdout
            assert reader.stdout.readline() == "orlov-dmitry\n"
        assert len(KnowledgeBase(store)) == len(PEOPLE)
        assert [reader.communicate("go on\n")[0] for reader in readers] == ["costa-luis\n"] * 2
    finally:
        for reader in readers:
            reader.kill()
            reader.wait()


def test_a_built_file_travels_to_another_process_as_its_path(store: Path) -> None:
    kb = KnowledgeBase(store)
    written = pickle.dumps(kb)
    assert len(written) < 500
    assert pickle.loads(written).path == store  # noqa: S301 -- made here


def test_a_store_made_for_the_while_goes_with_its_last_use() -> None:
    code = "from disambig.kb.store import KnowledgeBase; kb = KnowledgeBase.of([]); print(kb.path)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert not Path(done.stdout.strip()).parent.exists()


def spoilt(change: Callable[[sqlite3.Connection], object]) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        with closing(sqlite3.connect(path)) as file, file:
            change(file)

    return spoil


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def cut_in_its_head(path: Path) -> None:
    os.truncate(path, 50)


def wipe(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + bytes(len(whole) - 4096))


REFUSED = [
    (Path.unlink, r"people\.kb: no such file; expected a file that `disambig kb build` wrote"),
    (lambda path: path.write_bytes(b""), r"people\.kb: no people store .*; expected a file that `disambig kb build` wrote"),
    (lambda path: path.write_text('{"id": "p1"}\n' * 999), r"people\.kb: no people store \(file is not a database\); expected a file that"),
    (cut_in_its_head, r"people\.kb: no people store \(.*\); expected a file that"),
    (
        spoilt(lambda file: file.execute("PRAGMA application_id = 7")),
        r"people\.kb: no people store but another kind of SQLite file; expected",
    ),
    (
        spoilt(lambda file: file.execute(f"PRAGMA user_version = {FORM + 1}")),
        rf"a people store of form {FORM + 1}; this version of disambig reads form {FORM}; build it again with `disambig kb build`",
    ),
    (
        spoilt(lambda file: file.execute(f"PRAGMA user_version = {FORM - 1}")),
        rf"a people store of form {FORM - 1}; this version of disambig reads form {FORM}; build it again with `disambig kb build`",
    ),
    (cut, r"people\.kb: (the people store is damaged|no people store) \(.*\); "),
    (wipe, r"people\.kb: the people store is damaged \(.*\); build it again with `disambig kb build`"),
    (spoilt(lambda file: file.execute("DROP TABLE key")), r"the people store is damaged \(no such table: key\); build it again"),
    (
        spoilt(lambda file: file.execute("UPDATE person SET record = '{'")),
        r"the people store is damaged \(a record cannot be read\); build",
    ),
    (
        spoilt(lambda file: file.execute("UPDATE name SET names = x'ff'")),
        r"the people store is damaged \(a name is not a text\)",
    ),
    (
        spoilt(lambda file: file.execute("UPDATE key SET numbers = 'x' || key")),
        r"the people store is damaged \(the numbers under a key cannot be read\); build it again",
    ),
    (
        spoilt(lambda file: file.execute("DELETE FROM person")),
        r"the people store is damaged \(a record is missing\); build it again",
    ),
]


@pytest.mark.parametrize(("spoil", "message"), REFUSED, ids=[case[1][:70] for case in REFUSED])
def test_a_file_that_is_no_sound_store_is_an_error(copied: Path, spoil: Callable[[Path], object], message: str) -> None:
    spoil(copied)
    with pytest.raises(KnowledgeError, match=message):
        KnowledgeBase.open(copied, reject=pytest.fail).find("Dmitry Orlov", 5)


READ_OTHERWISE = [
    ("UPDATE person SET id = x'00'", list, "a record cannot be read"),
    ("UPDATE person SET record = '[]'", list, "a record cannot be read"),
    ("DROP TABLE person", list, "no such table: person"),
    ("UPDATE meta SET value = '{'", KnowledgeBase.about, "what it says of itself cannot be read"),
    ("UPDATE name SET parsed = parsed || char(9, 49)", lambda kb: kb.find("Orlov", 5), "a parsed name cannot be read"),
    ("UPDATE respelling SET words = CAST(words AS BLOB)", lambda kb: kb.find("Dmitry Orlof", 5), "a name is not a text"),
]


@pytest.mark.parametrize(("spoil", "read", "why"), READ_OTHERWISE, ids=[case[0] for case in READ_OTHERWISE])
def test_damage_is_told_however_it_is_met(copied: Path, spoil: str, read: Callable[[KnowledgeBase], object], why: str) -> None:
    with closing(sqlite3.connect(copied)) as file, file:
        file.execute("DROP INDEX person_id")
        file.execute(spoil)
    with pytest.raises(KnowledgeError, match=rf"people\.kb: the people store is damaged \({why}\); build it again"):
        read(KnowledgeBase(copied))


ASKED: list[Callable[[KnowledgeBase], object]] = [
    KnowledgeBase.about,
    len,
    list,
    lambda kb: [kb.find(name, 5) for name in ("Dmitry Orlov", "Orlov", "D. Orlof", "Жао Минглун", "Bill Marsh")],
    lambda kb: [(kb.get(one.id), kb.profile(one)) for one in PEOPLE],
    lambda kb: kb.is_full_name("Dmitry Orlov"),
]


def error_of(ask: Callable[[KnowledgeBase], object], path: Path) -> str:
    """The message of the error that asking a file leads to, empty where there is an answer."""
    try:
        ask(KnowledgeBase(path))
    except KnowledgeError as error:
        return str(error)
    return ""


@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=4))
def test_whatever_the_bytes_there_is_an_answer_or_one_error(
    store: Path, tmp_path_factory: pytest.TempPathFactory, flips: list[tuple[float, int]]
) -> None:
    whole = bytearray(store.read_bytes())
    filled = [at for at, byte in enumerate(whole) if byte]  # pages are mostly empty
    for place, flip in flips:
        whole[filled[int(place * len(filled))]] ^= flip
    path = tmp_path_factory.mktemp("flipped") / "people.kb"
    path.write_bytes(whole)
    assert [told for told in (error_of(ask, path) for ask in ASKED) if len(told.splitlines()) > 1] == []


@pytest.mark.parametrize(
    ("text", "expected"), [("Orlov", True), ("Орлов", True), ("Орлову", True), ("Дмитрий", False), ("Павлов", False), ("Маршем", True)]
)
def test_a_surname_is_known_in_any_alphabet_and_case(text: str, expected: bool) -> None:
    assert KB.is_surname(text) is expected


@pytest.mark.parametrize(
    ("recorded", "usual"),
    [
        pytest.param([1.0, 7.0, 7.5, 8.0, 400.0], 8.0, id="the best known but one of five"),
        pytest.param([9.0, None, None, None], 9.0, id="those not recorded do not count"),
        pytest.param([None, None], 1.0, id="recorded of nobody"),
        pytest.param([0.0, 0.0, 0.0, 0.0, 3.0], 1.0, id="nothing is usual"),
    ],
)
def test_the_usual_popularity_is_what_a_quarter_of_those_recorded_have(recorded: list[float | None], usual: float) -> None:
    people = [person(f"Ana Costa {at}", f"p{at}", popularity=popularity) for at, popularity in enumerate(recorded)]
    assert KnowledgeBase.of(people).usual_popularity == usual
