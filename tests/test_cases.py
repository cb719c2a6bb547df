"""Names in Cyrillic letters that stand in a grammatical case: which nominatives they may have, and whose names they are."""

from typing import NamedTuple

import pytest
from factory import person
from hypothesis import given
from hypothesis import strategies as st

from disambig.cases import nominatives
from disambig.kb.store import KnowledgeBase
from disambig.names import Kind, agree, parse, skeleton

# Nominative: genitive, dative, accusative, instrumental, prepositional; one form where others are the same.
DECLINED = """
Дмитрий Козак: Дмитрия Козака, Дмитрию Козаку, Дмитрием Козаком, Дмитрии Козаке
Владимир Путин: Владимира Путина, Владимиру Путину, Владимиром Путиным, Владимире Путине
Зеленский: Зеленского, Зеленскому, Зеленским, Зеленском
Навальная: Навальной, Навальную
Захарова: Захаровой, Захарову
Мария Захарова: Марии Захаровой, Марию Захарову, Марией Захаровой
Пётр Порошенко: Петра Порошенко, Петру Порошенко, Петром Порошенко, Петре Порошенко
Сергей Шойгу: Сергея Шойгу, Сергею Шойгу, Сергеем Шойгу, Сергее Шойгу
Дмитрий Николаевич Козак: Дмитрия Николаевича Козака, Дмитрию Николаевичу Козаку, Дмитрием Николаевичем Козаком
Анна Сергеевна Орлова: Анны Сергеевны Орловой, Анне Сергеевне Орловой, Анну Сергеевну Орлову, Анной Сергеевной Орловой
Игорь Лебедь: Игоря Лебедя, Игорю Лебедю, Игорем Лебедем, Игоре Лебеде
Павел Дуров: Павла Дурова, Павлу Дурову, Павлом Дуровым, Павле Дурове
Лев Толстой: Льва Толстого, Льву Толстому, Львом Толстым, Льве Толстом
Кравец: Кравца, Кравцу, Кравцом, Кравце
Ткачук: Ткачука, Ткачуку, Ткачуком, Ткачуке
Коломиец: Коломийца, Коломийцу, Коломийцем
Шульц: Шульца, Шульцу, Шульцем
Лутц: Лутца, Лутцу, Лутце
Рабинович: Рабиновича, Рабиновичу, Рабиновичем, Рабиновиче
Никита Орлов: Никиты Орлова, Никите Орлову, Никиту Орлова, Никитой Орловым, Никите Орлове
Илья Белый: Ильи Белого, Илье Белому, Илью Белого, Ильёй Белым, Илье Белом
Леонид Кучма: Леонида Кучмы, Леониду Кучме, Леонида Кучму, Леонидом Кучмой
Ольга Жук: Ольги Жук, Ольге Жук, Ольгу Жук, Ольгой Жук
Николай Мельник: Николая Мельника, Николаю Мельнику, Николаем Мельником, Николае Мельнике
Андрей Донской: Андрея Донского, Андрею Донскому, Андреем Донским, Андрее Донском
Юлия Тимошенко: Юлии Тимошенко, Юлию Тимошенко, Юлией Тимошенко
Галина Белая: Галины Белой, Галине Белой, Галину Белую, Галиной Белой
Алексей Черных: Алексея Черных, Алексею Черных, Алексеем Черных, Алексее Черных
Константин Майер: Константина Майера, Константину Майеру, Константином Майером, Константине Майере
Виктория Ковальчук: Виктории Ковальчук, Викторию Ковальчук, Викторией Ковальчук
Любовь Орлова: Любови Орловой, Любовью Орловой
Фёдор Ильин: Фёдора Ильина, Фёдору Ильину, Фёдором Ильиным, Фёдоре Ильине
Тарас Шевченко: Тараса Шевченко, Тарасу Шевченко, Тарасом Шевченко, Тарасе Шевченко
Марк Соловьёв: Марка Соловьёва, Марку Соловьёву, Марком Соловьёвым, Марке Соловьёве
Надежда Иванова: Надежды Ивановой, Надежде Ивановой, Надежду Иванову, Надеждой Ивановой
Елена Грей: Елены Грей, Елене Грей, Елену Грей, Еленой Грей
Ксения Белова: Ксении Беловой, Ксению Белову, Ксенией Беловой
Руслан Гончар: Руслана Гончара, Руслану Гончару, Русланом Гончаром, Руслане Гончаре
Евгений Кузнецов: Евгения Кузнецова, Евгению Кузнецову, Евгением Кузнецовым, Евгении Кузнецове
Вера Синицына: Веры Синицыной, Вере Синицыной, Веру Синицыну, Верой Синицыной
Юрий Ким: Юрия Кима, Юрию Киму, Юрием Кимом, Юрии Киме
Наталья Глинка: Натальи Глинки, Наталье Глинке, Наталью Глинку, Натальей Глинкой
Олег Сорока: Олега Сороки, Олегу Сороке, Олега Сороку, Олегом Сорокой
Д. Козак: Д. Козака, Д. Козаку, Д. Козаком, Д. Козаке
Жак Дюбуа: Жака Дюбуа, Жаку Дюбуа, Жаком Дюбуа
Джо Картер: Джо Картера, Джо Картеру, Джо Картером, Джо Картере
Анна Мюллер: Анны Мюллер, Анне Мюллер, Анну Мюллер, Анной Мюллер
Пак Чон Сук: Пак Чон Сука, Пак Чон Суку, Пак Чон Суком
Карим аль-Хадид: Карима аль-Хадида, Кариму аль-Хадиду, Каримом аль-Хадидом
Мамин-Сибиряк: Мамина-Сибиряка, Мамину-Сибиряку
Людвиг ван Берг: Людвига ван Берга, Людвигу ван Бергу
Володимир Зеленський: Володимира Зеленського, Володимиру Зеленському, Володимиром Зеленським, Володимирові Зеленському
Козак: Козака, Козаку, Козакові, Козаком
Юлія Тимошенко: Юлії Тимошенко, Юлію Тимошенко, Юлією Тимошенко
Ігор Коваль: Ігоря Коваля, Ігорю Ковалю, Ігореві Ковалеві, Ігорем Ковалем
Петро Порошенко: Петра Порошенка, Петру Порошенку, Петрові Порошенкові, Петром Порошенком
Сергій Кравець: Сергія Кравця, Сергієві Кравцю, Сергієм Кравцем
Олена Зеленська: Олени Зеленської, Олені Зеленській, Олену Зеленську, Оленою Зеленською
Ольга Бойко: Ольги Бойко, Ользі Бойко, Ольгу Бойко, Ольгою Бойко
Дмитро Бойко: Дмитра Бойка, Дмитрові Бойку, Дмитром Бойком
Микола Іванов: Миколи Іванова, Миколі Іванову, Миколу Іванова, Миколою Івановим
Андрій Мельник: Андрія Мельника, Андрієві Мельнику, Андрієм Мельником
Марія Орлова: Марії Орлової, Марії Орловій, Марію Орлову, Марією Орловою
Данило Коломієць: Данила Коломійця, Данилові Коломійцю, Данилом Коломійцем
Михайло Ткач: Михайла Ткача, Михайлові Ткачу, Михайлом Ткачем
Олексій Чорний: Олексія Чорного, Олексію Чорному, Олексієм Чорним
Людмила Гончарук: Людмили Гончарук, Людмилі Гончарук, Людмилу Гончарук, Людмилою Гончарук
"""
ROWS = [
    (form.strip(), nominative)
    for line in DECLINED.strip().splitlines()
    for nominative, forms in [line.split(":")]
    for form in forms.split(",")
]


@pytest.mark.parametrize(("form", "nominative"), ROWS, ids=[form for form, _ in ROWS])
def test_a_name_in_any_case_has_its_nominative_among_its_forms(form: str, nominative: str) -> None:
    wanted = [skeleton(part) for part in parse(nominative).parts]
    assert wanted in [[skeleton(part) for part in parse(found).parts] for found in nominatives(form)]


@pytest.mark.parametrize(("form", "nominative"), ROWS, ids=[form for form, _ in ROWS])
def test_a_name_in_any_case_agrees_with_its_nominative(form: str, nominative: str) -> None:
    agreement = agree(parse(form), parse(nominative))
    assert agreement.kind in {Kind.SAME, Kind.INITIAL}
    assert 0.9 <= agreement.likeness < 1.0


@pytest.mark.parametrize(
    "text", ["", " ", "Costa", "Dmitria Kozaka", "Αννας", "-", "я", "й й", "Козак", "Дмитрий Козак", "Порошенко", "В. В."]
)
def test_a_name_that_is_in_no_case_has_no_other_form(text: str) -> None:
    assert nominatives(text) == ()


@pytest.mark.parametrize("text", ["Costa", "Kozaka", "Dmitria Kozaka"])
def test_latin_letters_have_no_cases(text: str) -> None:
    assert agree(parse(text), parse(text.removesuffix("a"))).likeness < 0.95


class Apart(NamedTuple):
    text: str
    record: str
    because: str


APART = [
    Apart("Тараса Козака", "Дмитрий Козак", "another given name"),
    Apart("Дмитрия Козлова", "Дмитрий Козак", "another surname"),
    Apart("Дмитрия Козак", "Дмитрий Козак", "a man's surname stands in the case of his given name"),
    Apart("Дмитрий Козака", "Дмитрий Козак", "and a given name in that of the surname"),
    Apart("Анной Ивановым", "Анна Иванова", "the endings of a woman and of a man"),
]


@pytest.mark.parametrize("apart", APART, ids=lambda apart: apart.because)
def test_words_in_different_cases_are_no_form_of_a_name(apart: Apart) -> None:
    assert apart.record not in nominatives(apart.text)


KB = KnowledgeBase.of(
    [
        person("Пётр Иванов", "ivanov"),
        person("Анна Иванова", "ivanova"),
        person("Дмитрий Козак", "kozak-d"),
        person("Taras Kozak", "kozak-t"),
        person("Юлія Тимошенко", "tymoshenko"),
        person("Volodymyr Zelenko", "zelenko"),
        person("Ludwig Belsky", "belsky"),
        person("Anna Orlov", "orlov"),
    ]
)


class Found(NamedTuple):
    text: str
    people: list[str]
    because: str


FOUND = [
    Found("Иванова", ["ivanova", "ivanov"], "a woman, or a man's genitive"),
    Found("Ивановой", ["ivanova"], "a woman in any case"),
    Found("Ивановым", ["ivanov"], "a man's instrumental"),
    Found("Дмитрием Козаком", ["kozak-d"], "both words in one case"),
    Found("Тарасу Козаку", ["kozak-t"], "a record in Latin letters"),
    Found("Д. Козака", ["kozak-d"], "an initial"),
    Found("Юлією Тимошенко", ["tymoshenko"], "Ukrainian"),
    Found("Владимира Зеленко", ["zelenko"], "the Russian form of a Ukrainian name, in the genitive"),
    Found("Людвига Бельского", ["belsky"], "an adjective's ending"),
    Found("Annu Orlovu", [], "no cases in Latin letters"),
]


@pytest.mark.parametrize("found", FOUND, ids=lambda found: found.because)
def test_a_name_in_a_case_finds_those_whose_name_it_is(found: Found) -> None:
    matches = [match for match in KB.find(found.text, 9) if match.score >= 0.75]
    assert [match.person.id for match in matches] == found.people


@given(st.text(alphabet="абвгійклмноурьюяіїАКО -.", max_size=24))
def test_any_text_has_a_bounded_number_of_forms_in_one_order(text: str) -> None:
    forms = nominatives(text)
    assert len(forms) <= 24
    assert list(forms) == sorted(set(forms))
    assert text not in forms


def test_of_many_who_sound_alike_the_one_whose_name_is_nearest_is_found() -> None:
    many = [person(f"Marten Orl{vowels}v", f"p{vowels}") for vowels in ("a", "e", "i", "u", "ae", "ia", "ua", "ei")]
    assert KnowledgeBase.of([*many, person("Martin Orlov", "right")]).find("Мартин Орлов", 1)[0].person.id == "right"
