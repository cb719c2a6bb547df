"""Whatever stands in a file, the outcome is a result or one clear line: no traceback, no hang, no unbounded memory.

`pytest --fuzz N` tries N examples of each kind in place of a few.
"""

import json
import random
import re
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from factory import decision, sentences_only
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from disambig.articles import read_articles, read_gold
from disambig.errors import DisambigError
from disambig.kb.sources import read_people
from disambig.kb.store import KnowledgeBase
from disambig.outputs import find_decision
from disambig.pipeline import resolve_article
from disambig.records import Article, Decision, Person, Rejected, Role
from disambig.resolver import Resolver
from disambig.settings import Settings
from disambig.table import read_rows, write_evidence, write_mentions

PEOPLE = Path(__file__).parents[1] / "corpus" / "people.jsonl"
MOST_CHARS = 2_000

SOUND = {
    "news.txt": b"date: 2023-01-10\n\nDmitry Kozak said no.",
    "news.jsonl": b'{"doc_id": "a", "text": "Kozak said no.", "date": "2023-01", "title": null}\n{"doc_id": "b", "text": "He left."}\n',
    "news.csv": b'doc_id,text,date\na,"Kozak said ""no"".",2023\nb,He left.,\n',
    "gold.jsonl": b'{"doc_id": "a", "text": "Kozak said no.", "mentions": [{"start": 0, "end": 5, "gold": null}]}\n',
    "people.jsonl": b'{"id": "k", "name": "D. Kozak", "aliases": ["K"], "born": 1958, "popularity": 4, "roles": [{"title": "Mayor"}]}\n',
    "people.csv": b"id,name,aliases,roles,popularity\nk,Dmitry Kozak,D. Kozak;Dima,Mayor|Council|Latvia|2020|,7\n",
    "people.ftm.json": b'{"id": "k", "schema": "Person", "properties": {"name": ["D. Kozak"], "birthDate": ["1958"]}}\n'
    b'{"id": "o", "schema": "Occupancy", "properties": {"holder": ["k"], "post": ["p"]}}\n',
    "popolo.json": b'{"persons": [{"id": "k", "name": "D. Kozak", "other_names": [{"name": "K"}]}], "memberships": [{"person_id": "k"}]}',
    "wikidata.json": b'[\n{"type": "item", "id": "Q1", "labels": {"en": {"value": "D. Kozak"}}, "claims": {"P31": [{"mainsnak": '
    b'{"snaktype": "value", "datavalue": {"value": {"id": "Q5"}}}}], "P569": [{"mainsnak": {"snaktype": "value", '
    b'"datavalue": {"value": {"time": "+1952-10-07T00:00:00Z", "precision": 11}}}}]}, "sitelinks": {}},\n]\n',
    "run.toml": b"min_probability = 0.5\nmax_candidates = 10\nmin_gap = 0.1\nprecision = 0.9\n",
    "evidence.jsonl": b'{"mention_id": "a:0-5", "article_id": "a", "start": 0, "end": 5, "mention": "Kozak", "title": "", '
    b'"decision": "unknown", "reason": "no_candidate", "chain_id": "c", "chain_name": "Kozak", "sentence": "Kozak.", "date": "2023", '
    b'"claims": [], "verdicts": [{"person_id": null, "person_name": null, "probability": 1.0, "evidence": []}]}\n',
}  # fmt: skip
# Bytes that readers may trip over, put in at random places.
TRICKS = [
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\\ud800", b"\\u0000", b"\r", b"\n", b"\x85", b"\xe2\x80\xa8",
    b'"', b"'", b"\\", b",", b";", b"|", b"[" * 3_000, b'{"a":' * 3_000, b"9" * 5_000, b"x" * 3_000, b"-1", b"1e999", b"NaN",
    b"null", b"true", b"[]", b"{}", b'""', b"nobody", b"=1+1", b"../../etc/passwd", b"'; DROP TABLE person; --", b"%s%n",
    b"\xe2\x80\xae", b"\xe2\x80\x8b", b"0001-02-31",
]  # fmt: skip


def read(path: Path) -> object:
    """What the reader that the file's name asks for makes of it."""
    rejected: list[Rejected] = []
    if path.name.startswith("news"):
        return list(read_articles([path], reject=rejected.append, max_chars=MOST_CHARS))
    if path.name == "gold.jsonl":
        return list(read_gold(path))
    if path.suffix == ".toml":
        return Settings.load(path) if sys.version_info >= (3, 11) else None
    if path.name == "evidence.jsonl":
        return find_decision(path.parent, "a:0-5")
    people = [person for _, person in read_people(path, reject=rejected.append)]
    return KnowledgeBase.of(people).find("Dmitry Kozak", 10)


def told(asking: Callable[[], object]) -> str:
    """The message in which *asking* ends; empty where it comes to a result."""
    try:
        asking()
    except DisambigError as error:
        return str(error)
    return ""


def is_a_line(message: str) -> bool:
    """Whether somebody can read it."""
    return "\n" not in message and len(message) < 2_000


@st.composite
def damaged(draw: st.DrawFn, sound: bytes) -> bytes:
    """*sound* with a few cuts, swaps and tricks in it."""
    data = sound * draw(st.sampled_from((1, 1, 1, 2, 40)))
    for _ in range(draw(st.integers(1, 4))):
        at, end = sorted(draw(st.tuples(*[st.integers(0, len(data))] * 2)))
        end = draw(st.sampled_from((at, min(end, at + 8), end)))
        data = data[:at] + draw(st.sampled_from(TRICKS) | st.binary(max_size=4)) + data[end:]
    return data


@pytest.fixture(scope="module")
def examples(request: pytest.FixtureRequest) -> int:
    """How many examples of each kind are tried."""
    return int(request.config.getoption("--fuzz"))


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_file_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(SOUND[name])
    assert read(tmp_path / name) or (name == "run.toml" and sys.version_info < (3, 11))


@pytest.mark.parametrize("name", SOUND)
def test_a_damaged_file_is_a_result_or_one_line(tmp_path: Path, examples: int, name: str) -> None:
    @settings(max_examples=examples, suppress_health_check=list(HealthCheck))
    @given(damaged(SOUND[name]))
    @example(b"")
    @example(b"\n\n")
    @example(b"\x00")
    def check(data: bytes) -> None:
        (tmp_path / name).write_bytes(data)
        assert is_a_line(told(lambda: read(tmp_path / name)))

    check()


# -- knowledge bases


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a small people store."""
    from disambig.kb.build import build
    from disambig.kb.files import Asked

    path = tmp_path_factory.mktemp("kb") / "people.kb"
    build([PEOPLE], path, Asked(lambda _: None, lambda _: None, ("en",)))
    return path.read_bytes()


def ask(path: Path) -> None:
    """Everything that can be asked of a people store."""
    kb = KnowledgeBase(path)
    people = list(kb)
    kb.about()
    for name in ("Dmitry Kozak", "Kozak", "D. Kozack", "Козак", "Taras K."):
        for match in kb.find(name, 30):
            kb.profile(match.person)
        kb.is_full_name(name)
    assert len(kb) >= 0
    write_mentions([], path.with_suffix(".csv"))
    for person in people:
        repr(person).encode()


def flipped(sound: bytes, chance: random.Random) -> bytes:
    """*sound* with some bits flipped, some bytes swapped, or cut off."""
    data = bytearray(sound)
    for _ in range(chance.choice((1, 3, 30, 300))):
        data[chance.randrange(chance.choice((200, 4_096, len(data))))] = chance.choice((0, 255, chance.randrange(256)))
    if not chance.randrange(4):
        del data[chance.randrange(len(data)) :]
    return bytes(data)


def test_a_people_store_with_flipped_bytes_is_a_result_or_one_line(tmp_path: Path, examples: int, store: bytes) -> None:
    chance = random.Random(5)  # noqa: S311
    for number in range(2 * examples):
        path = tmp_path / "people.kb"
        path.write_bytes(flipped(store, chance))
        assert is_a_line(told(partial(ask, path))), number


QUERIES = [
    "DROP TABLE key; CREATE VIEW key AS WITH RECURSIVE r(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM r) SELECT 'k' AS key, n FROM r",
    "CREATE TRIGGER t AFTER INSERT ON person BEGIN SELECT 1; END",
    "CREATE TABLE more (n)",
    "CREATE INDEX slow ON person (length(record))",
]


@pytest.mark.parametrize("query", QUERIES, ids=[query[:20] for query in QUERIES])
def test_a_people_store_with_a_query_in_it_is_refused(tmp_path: Path, store: bytes, query: str) -> None:
    (tmp_path / "people.kb").write_bytes(store)
    with closing(sqlite3.connect(tmp_path / "people.kb")) as file:
        file.executescript(query)
    with pytest.raises(DisambigError, match=r"people\.kb: the people store is damaged \(found .CREATE "):
        KnowledgeBase(tmp_path / "people.kb")


def test_a_people_store_with_a_query_in_place_of_a_number_is_refused(tmp_path: Path, store: bytes) -> None:
    (tmp_path / "people.kb").write_bytes(store)
    with closing(sqlite3.connect(tmp_path / "people.kb")) as file:
        file.execute("UPDATE key SET numbers = '0) UNION SELECT 1, 2, 3 --'")
        file.commit()
    with pytest.raises(DisambigError, match=r"damaged \(the numbers under a key cannot be read\)"):
        KnowledgeBase(tmp_path / "people.kb").find("Kozak", 10)


def test_a_people_store_that_was_cut_off_is_told_at_once(tmp_path: Path, store: bytes) -> None:
    (tmp_path / "people.kb").write_bytes(store[:-4_096])
    with pytest.raises(DisambigError, match=r"people\.kb: no people store \(database disk image is malformed\); expected"):
        KnowledgeBase(tmp_path / "people.kb")


# -- memory


class _Endless:
    """A file that never ends, and counts what was read of it."""

    def __init__(self, block: bytes) -> None:
        self.block, self.count = block, 0

    def readline(self, size: int = -1) -> bytes:
        assert size > 0, "asks for no more than can be held"
        return self.read(min(size, 1 << 20))

    def read(self, size: int = -1) -> bytes:
        assert size > 0
        self.count += size
        if self.count > 1 << 26:
            return b""
        return self.block * (size // len(self.block))


@pytest.mark.parametrize("block", [b"x", b'{"', b"[", b"\0"], ids=repr)
def test_standard_input_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch, rejected: list[Rejected], block: bytes) -> None:
    endless = _Endless(block)
    monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": endless}))
    assert list(read_articles(["-"], reject=rejected.append, max_chars=1_000)) == []
    assert len(rejected) >= 1


def test_a_device_without_an_end_is_refused(tmp_path: Path, rejected: list[Rejected]) -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("there is no /dev/zero")
    (tmp_path / "a.txt").symlink_to("/dev/zero")
    assert list(read_articles([tmp_path / "a.txt"], reject=rejected.append, max_chars=1_000)) == []
    assert "the text has more than 1000 characters" in rejected[0].reason


def test_a_long_line_is_refused_and_the_next_one_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rejected: list[Rejected]) -> None:
    monkeypatch.setattr("disambig.articles.LONGEST_LINE", 1_000)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"doc_id": "a", "text": "' + b"x" * 200_000 + b'"}\n{"doc_id": "b", "text": "Kozak."}\n')
    assert [article.id for article in read_articles([path], reject=rejected.append, max_chars=10)] == ["b"]
    assert rejected == [Rejected(f"{path}:1", "the line has more than 65656 bytes; expected at most that")]


def test_a_quotation_mark_that_is_never_closed_costs_no_more_than_the_longest_cell(tmp_path: Path, rejected: list[Rejected]) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'doc_id,text\na,"' + b"Kozak said no.\n" * 20)
    assert list(read_articles([path], reject=rejected.append, max_chars=10)) == []
    assert len(rejected) == 1


# -- texts

ODD = [
    "\u202e", "\u2066", "\u0301", "\u200b", "\u200d", "\ufeff", "\x07", "\x1b[31m", "\x85", "\u2028",
    "😀", "𝔎𝔬𝔷𝔞𝔨", "יוסי כהן", "محمد علي", "Козак", "ß", "İ", "ﬁ",
]  # fmt: skip
WORDS = [
    "Dmitry Kozak", "Kozak", "Taras Kozak", "Mr", "Kozak's", "said", "the", "minister", "Peskov",
    '"', "(", ")", "—", ".", "\n\n", "\t", "=", "-",
]  # fmt: skip
texts = st.lists(st.sampled_from(ODD + WORDS) | st.text(max_size=5), min_size=1, max_size=60).map(
    lambda words: " ".join(words).replace("\0", "").encode("utf-8", "replace").decode()
)


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    """The people of the corpus, and a pipeline that parts sentences and finds no names: they are found by the KB and the document pass."""
    return Resolver(KnowledgeBase.open(PEOPLE, reject=lambda _: None), sentences_only(), Settings())


def check_rows(article: Article, decisions: tuple[Decision, ...], folder: Path) -> None:
    """The files are UTF-8, and read back they say where each mention stands."""
    write_mentions([decisions], folder / "rows.csv")
    write_evidence([decisions], folder / "evidence.jsonl")
    found = list(read_rows(folder / "rows.csv"))
    assert len(found) == len(decisions)
    for row in found:
        assert article.text[int(row["start"]) : int(row["end"])] == row["mention"]
        assert row["article_id"] == article.id
    lines = (folder / "evidence.jsonl").read_text("utf-8").split("\n")
    assert [json.loads(line)["mention"] for line in lines if line] == [row["mention"] for row in found]


def test_offsets_are_exact_whatever_letters_stand_around_a_name(tmp_path: Path, examples: int, resolver: Resolver) -> None:
    @settings(max_examples=examples, suppress_health_check=list(HealthCheck))
    @given(texts, st.data())
    @example("\u202eDmitry Kozak\u202c said: =Kozak", None)
    def check(text: str, data: st.DataObject | None) -> None:
        article = Article("=../../a", text)
        starts = [at for at in range(len(text)) if text.startswith("Kozak", at)]
        given_spans = None if data is None or data.draw(st.booleans()) else tuple((at, at + 5) for at in starts)
        check_rows(
            article, resolve_article(article, kb=resolver.kb, nlp=resolver.nlp, settings=resolver.settings, given=given_spans), tmp_path
        )

    check()


@pytest.mark.model
def test_offsets_are_exact_with_the_model(tmp_path: Path, examples: int) -> None:
    from disambig.pipeline import load_model

    kb, nlp = KnowledgeBase.open(PEOPLE, reject=lambda _: None), load_model()

    @settings(max_examples=max(10, examples // 5), suppress_health_check=list(HealthCheck))
    @given(texts)
    def check(text: str) -> None:
        article = Article("a", text)
        check_rows(article, resolve_article(article, kb=kb, nlp=nlp, settings=Settings()), tmp_path)

    check()


names = st.text(min_size=1, max_size=12) | st.sampled_from(["Dmitry Kozak", *ODD, "O'Neill", "x" * 3_000, "a b " * 300])


def test_people_of_any_name_can_be_kept_and_looked_for(examples: int) -> None:
    @settings(max_examples=examples // 2, suppress_health_check=list(HealthCheck))
    @given(st.lists(names, min_size=1, max_size=4), names)
    def check(known: list[str], asked: str) -> None:
        usable = [name for name in known if name.strip() and "\0" not in name and name.isprintable()]
        if usable:
            people = [Person(f"p{at}", name, description=name, roles=(Role(name),)) for at, name in enumerate(usable)]
            KnowledgeBase.of(people).find(asked, 10)

    check()


# -- what is not there to be misused


def test_ids_never_become_paths(tmp_path: Path) -> None:
    """A run in which every id climbs out of its folder writes its own files only."""
    from disambig.outputs import RunFolder

    article = Article("../../escaped", "Kozak said no.")
    with RunFolder(tmp_path / "deep" / "out") as folder:
        for one in folder.unfinished([article]):
            folder.add(one, (decision(article_id=one.id, chain_id="../c"),))
        folder.finish({})
    assert [path.name for path in tmp_path.iterdir()] == ["deep"]
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out"]


UNSAFE = "pickle.load pickle.Unpickler allow_pickle=True marshal. shelve. yaml.load eval( exec( os.system shell=True".split()


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[1] / "src").rglob("*.py")), ids=lambda path: path.name)
def test_nothing_is_loaded_that_could_run(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not [word for word in UNSAFE if f" {word}" in text]


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[1] / "src").rglob("*.py")), ids=lambda path: path.name)
def test_no_value_becomes_part_of_a_query(path: Path) -> None:
    """What stands in braces in a query is a mark for a parameter, a constant, or another query."""
    harmless = re.compile(r"^(marks|shared|setting|pragma|name|[A-Z_]+|','\.join\('\?' \* len\(keys\)\)|of_keys)$")
    queries = re.findall(r"""f(["'])((?:SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|PRAGMA)\b.*?)\1[,)\s]""", path.read_text("utf-8"))
    assert not [one for _, query in queries for one in re.findall(r"\{(.*?)\}", query) if not harmless.match(one)]
