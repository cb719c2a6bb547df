"""The page holds what was decided and why, as text whatever the articles say, and the same bytes each time."""

import base64
import hashlib
import io
import json
import re
from dataclasses import replace

import pytest
from factory import decision, evidence, mention, person

from disambig.records import Article, Claim, Decision, Outcome, Reason, Stance
from disambig.report import article_entry, cut, write_report

HOSTILE = '<img src=x onerror="alert(1)">&amp;</script><!-- \u202eevil\u202c \x00\x1b \u2028 \ufeff \U0001d54f'
SAID_NO = Article("a1", "Kozak said no.")


def page(*pairs: tuple[Article, tuple[Decision, ...]], articles: int | None = None) -> str:
    """The page of some articles with their decisions."""
    file = io.StringIO()
    write_report((article_entry(*pair) for pair in pairs), file, articles=articles)
    return file.getvalue()


def named(*names: str, article_id: str = "a1", **fields: object) -> tuple[Article, tuple[Decision, ...]]:
    """An article that mentions *names*, each of them resolved to a person of that name."""
    text, decisions = "", []
    for name in names:
        one = decision({name: 0.9, "nobody": 0.1}, text=name, start=len(text), article_id=article_id, sentence=f"{name} spoke.")
        decisions.append(replace(one, **fields))
        text += f"{name} spoke. "
    return Article(article_id, text), tuple(decisions)


def within(element_id: str, text: str) -> str:
    """What stands in the page from the element of that id to the end of its section."""
    return text.split(f'id="{element_id}"', 1)[1].split("</section>", 1)[0]


def test_an_entry_is_one_line_of_ascii_that_holds_the_exact_text() -> None:
    line = article_entry(Article("a1", HOSTILE, title="T\nx"), ())
    assert line.isascii()
    assert line.splitlines() == [line]
    assert json.loads(line)["text"] == HOSTILE


def test_missing_neutral_and_contradicting_evidence_are_three_things_in_an_entry() -> None:
    clauses = {"Dmitry Kozak": [evidence("a", None, 2.0), evidence("b", 0.0, 2.0), evidence("c", -0.5, 2.0), evidence("d", -1.0, 0.0)]}
    entry = json.loads(article_entry(SAID_NO, (decision(clauses=clauses),)))
    said = {entry["words"][because]: rest for _, because, *rest in entry["evidence"]}
    assert said == {"a": [], "b": [0.0, 0.0], "c": [-0.5, -1.0], "d": [-1.0, -0.0]}


def test_what_two_mentions_have_in_common_stands_in_an_entry_once() -> None:
    clauses = {"Dmitry Kozak": [evidence("the very same name")]}
    article = Article("a1", "Kozak and Kozak said no.")
    one, two = (article_entry(article, tuple(decision(start=start, clauses=clauses) for start in starts)) for starts in ([0], [0, 10]))
    assert two.count("the very same name") == two.count("Dmitry Kozak") == 1
    assert len(two) - len(one) < 250


def test_mentions_stand_in_the_order_of_the_text() -> None:
    article = Article("a1", "Kozak and Kozak said no.")
    entry = json.loads(article_entry(article, (decision(start=10), decision())))
    assert [one["at"] for one in entry["mentions"]] == [[0, 5], [10, 15]]


CUTS = {
    "none": ("ab", [], [("ab", None)]),
    "empty text": ("", [], []),
    "apart": ("a b c", [(0, 1), (4, 5)], [("a", 0), (" b ", None), ("c", 1)]),
    "touching": ("abcd", [(0, 2), (2, 4)], [("ab", 0), ("cd", 1)]),
    "one in another": ("abcd", [(0, 4), (1, 2)], [("a", 0), ("b", 1), ("cd", 0)]),
    "crossing": ("abcd", [(0, 3), (1, 4)], [("abc", 0), ("d", 1)]),
    "code points": ("\U0001d54f Ana", [(2, 5)], [("\U0001d54f ", None), ("Ana", 0)]),
}


@pytest.mark.parametrize(("text", "spans", "expected"), CUTS.values(), ids=CUTS.keys())
def test_a_text_is_cut_at_its_mentions(text: str, spans: list[tuple[int, int]], expected: list[tuple[str, int | None]]) -> None:
    joined: list[tuple[str, int | None]] = []
    for piece in cut(text, spans):
        last = joined.pop() if joined and joined[-1][1] == piece.mention else ("", piece.mention)
        joined.append((last[0] + piece.text, piece.mention))
    assert joined == expected


def test_each_of_several_overlapping_mentions_can_be_opened() -> None:
    article = Article("a1", "Ana Maria Costa spoke.")
    spans = ((0, 15), (0, 3), (0, 15), (4, 9), (4, 15))
    decisions = tuple(decision(text=article.text[start:end], start=start) for start, end in spans)
    text = page((article, decisions))
    assert [text.count(f' id="a0m{number}"') for number in range(5)] == [1] * 5


def test_hostile_text_stands_in_the_page_as_text() -> None:
    hostile = decision({HOSTILE: 0.5, "Ana": 0.3, "nobody": 0.2}, text=HOSTILE, sentence=HOSTILE, clauses={HOSTILE: [evidence(HOSTILE)]})
    claim = Claim(hostile.mention, HOSTILE, None, Stance.DENIES, person(HOSTILE), HOSTILE, HOSTILE)
    about = Article(HOSTILE, HOSTILE, title=HOSTILE, source=HOSTILE)
    contested = replace(hostile, outcome=Outcome.CONTESTED, reason=Reason.DISPUTED, claims=(claim,))
    text = page((about, (contested,)), (replace(about, id="b", title=""), (hostile,)))
    assert "<img" not in text
    assert text.count("</script>") == 3  # our own, and the JSON of two articles
    assert re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\ufeff]", text) is None
    assert '<span class="control">U+202E</span>evil' in text
    assert "\U0001d54f" in text


def test_half_a_character_does_not_stop_the_report() -> None:
    text = page((Article("a1", "Ana \ud800 spoke"), ()))
    assert '<span class="control">U+D800</span>' in text
    text.encode()


def test_only_our_own_script_and_style_may_run_and_nothing_is_loaded() -> None:
    text = page(named("Ana Costa"))
    policy = re.findall(r'Content-Security-Policy" content="([^"]+)"', text)[0]
    assert policy.startswith("default-src 'none'; ")
    for kind in ("script", "style"):
        (source,) = re.findall(rf"<{kind}>(.*?)</{kind}>", text, re.DOTALL)
        assert f"{kind}-src 'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'" in policy
    assert re.search(r"https?://|\bsrc=|url\(|@import", text) is None


def test_the_same_articles_give_the_same_bytes() -> None:
    pairs = (named("Ana Costa", "Boris Peskov"), named("Boris Peskov", article_id="a2"))
    assert page(*pairs) == page(*pairs)


def test_the_first_lines_tell_what_the_run_came_to() -> None:
    unclear = decision(outcome=Outcome.AMBIGUOUS, reason=Reason.TIE)
    nobody = decision({"nobody": 1.0}, outcome=Outcome.UNKNOWN, start=6, text="said")
    text = page((SAID_NO, (unclear, nobody)), named("Ana Costa", "Ana Costa", article_id="a2"))
    assert "<h1>Who is who in 2 articles</h1>" in text
    assert (
        "4 mentions of people by name. 2 could be tied to 1 person of the knowledge base, 1 to nobody in it, and 1 stays undecided." in text
    )


def test_what_needs_an_eye_is_listed_with_the_undecided_first() -> None:
    article = Article("a1", "Doubtful, Ambiguous, Contested and Sure")
    decisions = (
        decision({"Ana": 0.5, "nobody": 0.5}, text="Doubtful"),
        decision(text="Ambiguous", start=10, outcome=Outcome.AMBIGUOUS),
        decision(text="Contested", start=21, outcome=Outcome.CONTESTED),
        decision(text="Sure", start=35),
    )
    assert re.findall(r'<p class="head"><a href="#a0m\d">(\w+)<', page((article, decisions))) == ["Contested", "Ambiguous", "Doubtful"]


def test_a_dispute_shows_who_says_what() -> None:
    claims = [
        Claim(
            mention(), "Danilov", "danilov", Stance.IDENTIFIES, person("Dmitry Kozak"), "meant the deputy", "He meant the deputy.", own=True
        ),
        Claim(mention(), "", None, Stance.DENIES, person("Taras Kozak"), "no relation", "Taras Kozak is no relation."),
    ]
    contested = replace(decision(outcome=Outcome.CONTESTED, reason=Reason.DISPUTED), claims=tuple(claims))
    shown = " ".join(re.sub(r"<[^>]+>", " ", within("eye", page((SAID_NO, (contested,))))).split())
    assert "Danilov means Dmitry Kozak meant the deputy" in shown
    assert "the article denies that it is Taras Kozak no relation" in shown


def test_people_are_listed_by_their_mentions() -> None:
    people = within("people", page(named("Ana Costa", "Boris Peskov", "Boris Peskov"), named("Boris Peskov", article_id="a2")))
    assert re.findall(r'data-person="([\w-]+)">.*?(\d+) <i>in (\d)', people) == [("peskov-boris", "3", "2"), ("costa-ana", "1", "1")]


def test_names_of_nobody_in_the_knowledge_base_are_listed_apart() -> None:
    article, decisions = named("Ana Costa", outcome=Outcome.UNKNOWN, reason=Reason.TOO_LITTLE_EVIDENCE)
    people = within("people", page((article, decisions)))
    assert 'data-name="c1"' not in people
    assert 'data-name="Ana Costa"' in people
    assert "Nobody of the knowledge base is mentioned." in people


def test_namesakes_are_told_apart_by_their_ids() -> None:
    one = decision({"Dmitry Peskov": 0.7, "nobody": 0.3})
    other = replace(one.verdicts[1], person=person("Dmitry Peskov", "peskov-digital"))
    text = page((SAID_NO, (replace(one, verdicts=(one.verdicts[0], other)),)))
    assert re.findall(r"<b>(Dmitry Peskov \([\w-]+\))</b>", text) == ["Dmitry Peskov (peskov-dmitry)", "Dmitry Peskov (peskov-digital)"]


def test_a_person_has_one_colour_in_an_article() -> None:
    text = page(named("Ana Costa", "Boris Peskov", "Ana Costa"))
    assert re.findall(r'class="m resolved (p\d+)" id=', text) == ["p0", "p1", "p0"]


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.NONE])
def test_every_reason_is_told_in_words(reason: Reason) -> None:
    one = decision(outcome=Outcome.AMBIGUOUS, reason=reason)
    assert re.search(r'<span class="why">[a-z][a-z ]+ [a-z ]+</span>', page((SAID_NO, (one,))))


def test_a_page_says_what_it_leaves_out() -> None:
    assert "This page holds the first 1 of the run’s 1,200 articles." in page(named("Ana Costa"), articles=1200)
    assert "This page holds" not in page(named("Ana Costa"), articles=1)


def test_a_run_without_articles_has_a_page_all_the_same() -> None:
    assert "Who is who in 0 articles" in page()


def test_five_hundred_articles_take_less_than_twenty_megabytes() -> None:
    """20 mentions an article and 1 KB a sentence and its evidence are more than those of our corpus have."""
    clauses = {name: [evidence(f"{feature} of {name} is told in some words", 0.3) for feature in range(21)] for name in ("Ana", "Boris")}
    one = decision({"Ana": 0.8, "Boris": 0.1, "nobody": 0.1}, text="Ana", sentence="Ana " + 200 * "x", clauses=clauses)
    article = Article("a1", "".join(f"Ana {'x' * 200}" for _ in range(20)))
    decisions = tuple(replace(one, mention=mention("Ana", 204 * n), sentence=f"Ana {n} {'x' * 200}") for n in range(20))
    some = [(article, decisions)] * 10
    assert (len(page(*some)) - len(page())) * 50 < 20_000_000
