"""How names in Chinese characters are read."""

from typing import NamedTuple

import pytest
from factory import person

from disambig.han import readings
from disambig.kb.store import KnowledgeBase
from disambig.names import Kind, agree, parse


class Case(NamedTuple):
    text: str
    read: str
    because: str


READ = [
    Case("林健鋒", "lam kin fung", "Cantonese, as Hong Kong spells it"),
    Case("林健锋", "lam kin fung", "in simplified characters"),
    Case("金完洙", "김완수", "Korean, with the surname as it is read in names"),
    Case("\uf9e1完洙", "이완수", "a character of Unicode's compatibility block"),
    Case("汤姆·达施勒", "tanmu dasilei", "a foreign name spelt by sound"),
    Case("黄家定,", "huang jia ding", "a comma left behind it"),
    Case("黄明志（商人）", "huang ming zhi", "what somebody is, in brackets"),
    Case("王荣仁", "wang jong jen", "Mandarin, as Taiwan spells it"),
    Case("李文明", "lee boon meng", "Hokkien, as Singapore spells it"),
    Case("陈思远", "tan si yuan", "a Hokkien surname with a given name in Mandarin"),
    Case("旺阿都哈林", "wan abdul halim", "a Malay name, cut into those that are known"),
    Case("莫哈末里丹", "mohamad lidan", "one of them by sound"),
    Case("霍華德", "howard", "an English name in three characters"),
]


@pytest.mark.parametrize("case", READ, ids=lambda case: f"{case.text}: {case.because}")
def test_a_name_is_read_in_each_language(case: Case) -> None:
    assert case.read in {" ".join(reading.parts) for reading in readings(case.text)}


@pytest.mark.parametrize("text", ["", "Costa", "Козак", "こいずみ", "김완수", "林", "林 Kin"])
def test_nothing_else_is_read(text: str) -> None:
    assert readings(text) == ()


AGREE = [
    ("林健鋒", "Lam Kin-fung"),
    ("林健鋒", "Jeffrey Lam Kin-fung"),
    ("金完洙", "Kim Wan-su"),
    ("习近平", "Xi Jinping"),
    ("唐曉晴", "Tong Io Cheng"),
]


@pytest.mark.parametrize(("text", "name"), AGREE)
def test_a_reading_agrees_with_the_name_in_latin_letters(text: str, name: str) -> None:
    assert agree(parse(text), parse(name)).kind in {Kind.SAME, Kind.SHORTER}


@pytest.mark.parametrize(("text", "name"), [("林健鋒", "Chan Yuen-han"), ("金完洙", "Park Geun-hye"), ("王国志", "Nina Kessler")])
def test_another_name_does_not_agree(text: str, name: str) -> None:
    assert agree(parse(text), parse(name)).kind in {Kind.NONE, Kind.CONFLICT}


def test_a_store_finds_a_name_by_its_reading_in_both_directions() -> None:
    kb = KnowledgeBase.of([person("Wan-su Kim"), person("林健鋒", "lam")])
    assert [[match.person.id for match in kb.find(text, 3)] for text in ("金完洙", "Lam Kin-fung")] == [["kim-wan-su"], ["lam"]]
