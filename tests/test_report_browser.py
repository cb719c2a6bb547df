"""The page in a real browser: by keyboard, filtered, on a phone, with hostile text. Skipped without selenium, chromium and chromedriver."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from factory import decision, evidence, mention, person

from disambig.records import Article, Claim, Decision, Outcome, Reason, Stance
from disambig.report import article_entry, write_report

pytest.importorskip("selenium", reason="needs selenium, which the extra [test] brings")
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
if not BROWSER or not DRIVER:
    pytest.skip("needs chromium and chromedriver (Debian: apt-get install chromium chromium-driver)", allow_module_level=True)

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

HOSTILE = '<img src=x onerror="window.hurt=1"></script><script>window.hurt=1</script> \u202eevil \x07 \u2028'
# Without the network flags Chromium looks for its maker's hosts at every start.
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars"
)


def kozak() -> tuple[Article, tuple[Decision, ...]]:
    """A contested mention and a resolved one, with evidence of every kind."""
    clauses = {
        "Dmitry Kozak": [
            evidence("the name is the same", 0.5, 4.0, "name_agrees"),
            evidence("no age to compare", None, 1.0, "age_fits"),
            evidence("no country is named", 0.0, 1.0, "country_fits"),
            evidence("was alive in 2023", 0.1, 1.0, "alive_at_date"),
        ],
        "Taras Kozak": [
            evidence("only the surname", -0.5, 1.0, "name_agrees"),
            evidence("no age to compare", None, 1.0, "age_fits"),
            evidence("no country is named", 0.0, 1.0, "country_fits"),
            evidence("was alive in 2023", 0.1, 1.0, "alive_at_date"),
        ],
    }
    article = Article("a1", "Kozak said no. Then Dmitry Kozak left.", title="Which Kozak?")
    claims = (
        Claim(mention(), "Danilov", None, Stance.IDENTIFIES, person("Dmitry Kozak"), "meant", "Danilov meant him.", own=True),
        Claim(mention(), "Peskov", None, Stance.SUGGESTS, person("Taras Kozak"), "perhaps", "Perhaps Taras Kozak, said Peskov."),
    )
    contested = replace(decision(outcome=Outcome.CONTESTED, reason=Reason.DISPUTED, clauses=clauses), claims=claims)
    return article, (contested, decision(text="Dmitry Kozak", start=20, sentence="Then Dmitry Kozak left.", clauses=clauses))


def others() -> tuple[Article, tuple[Decision, ...]]:
    """Somebody outside the KB, and an ambiguous name."""
    unknown = decision({"nobody": 1.0}, text="Hanna Lysenko", article_id="a2", outcome=Outcome.UNKNOWN, reason=Reason.NO_CANDIDATE)
    probabilities = {"Ana Costa": 0.4, "Luis Costa": 0.4, "nobody": 0.2}
    unclear = decision(probabilities, text="Costa", start=18, article_id="a2", outcome=Outcome.AMBIGUOUS, reason=Reason.TIE)
    return Article("a2", "Hanna Lysenko met Costa."), (unknown, unclear)


def hostile() -> tuple[Article, tuple[Decision, ...]]:
    """Everything that an article or a KB may say, said by an enemy."""
    probabilities = {HOSTILE: 0.5, "Ana": 0.3, "nobody": 0.2}
    clauses = {HOSTILE: [evidence(HOSTILE)], "Ana": [evidence(HOSTILE, -1.0)]}
    one = decision(probabilities, text=HOSTILE, article_id=HOSTILE, sentence=HOSTILE, clauses=clauses, outcome=Outcome.CONTESTED)
    claim = Claim(one.mention, HOSTILE, None, Stance.DENIES, person(HOSTILE), HOSTILE, HOSTILE)
    return Article(HOSTILE, HOSTILE + "x" * 300, title=HOSTILE), (replace(one, claims=(claim,)),)


@pytest.fixture(scope="module")
def browser() -> "Iterator[Chrome]":
    from selenium.webdriver import Chrome
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = BROWSER
    for flag in FLAGS.split():
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


Show = Callable[..., Any]


@pytest.fixture
def show(browser: "Chrome", tmp_path: Path) -> Show:
    """Open the page of three articles at a place and a width, as `show("#a0", width=390)`; gives back a function that runs a script."""

    def opened(place: str = "", *, width: int = 1280) -> Callable[[str], Any]:
        path = tmp_path / "report.html"
        with path.open("w", encoding="utf-8") as file:
            write_report((article_entry(*pair) for pair in (kozak(), others(), hostile())), file)
        size = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 500}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        browser.get("about:blank")
        browser.get(f"{path.as_uri()}{place}")
        return browser.execute_script  # type: ignore[no-any-return]

    return opened


def press(browser: "Chrome", *keys: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(browser).send_keys(*keys).perform()


def words(browser: "Chrome", selector: str) -> str:
    """What is to be read in the elements of that selector."""
    from selenium.webdriver.common.by import By

    return "\n".join(element.text for element in browser.find_elements(By.CSS_SELECTOR, selector))


def test_the_keyboard_reaches_a_mention_its_evidence_and_the_text_again(browser: "Chrome", show: Show) -> None:
    from selenium.webdriver.common.keys import Keys

    run = show("#a0")
    for _ in range(20):
        if run("return document.activeElement.id") == "a0m0":
            break
        press(browser, Keys.TAB)
    assert "Who says whom the name means" in words(browser, "#panel")  # focus alone shows it
    press(browser, Keys.ENTER)
    assert run("return document.activeElement.closest('#panel') !== null && location.hash") == "#a0m0"
    press(browser, Keys.ESCAPE)
    assert run("return document.activeElement.id") == "a0m0"
    assert not words(browser, "#panel h2")
    press(browser, Keys.TAB)
    assert words(browser, "#panel h2") == "Dmitry Kozak"


def test_a_click_shows_the_sentence_the_candidates_and_who_says_what(browser: "Chrome", show: Show) -> None:
    show("#a0")("document.getElementById('a0m0').click()")
    shown = words(browser, "#panel")
    assert "Kozak said no." in shown
    assert "Who used the name meant Dmitry Kozak" in shown
    assert "Danilov means Dmitry Kozak" in shown
    assert "Peskov suggests Taras Kozak" in shown
    assert [line for line in shown.splitlines() if line.endswith(" %")] == ["93 %", "5 %", "2 %"]


def test_evidence_for_against_neutral_and_missing_is_told_apart(browser: "Chrome", show: Show) -> None:
    run = show("#a0m0")
    run("for (const one of document.querySelectorAll('#panel details')) one.open = true")
    assert words(browser, ".step").startswith("name agrees\n+2.50\nstrongly towards Dmitry Kozak")
    assert "for +2.00; the name is the same" in words(browser, ".step .for")
    assert "against −0.50; only the surname" in words(browser, ".step .against")
    titles = ["Spoke of both alike (1)", "Neutral: compared, and moved nothing (1)", "Missing: nothing to compare (1)"]
    assert words(browser, "#panel summary").splitlines() == titles
    assert "neutral; no country is named" in words(browser, "details .neutral")
    assert "nothing to compare; no age to compare" in words(browser, "details .missing")


def test_another_candidate_can_be_compared_with_the_first(browser: "Chrome", show: Show) -> None:
    show("#a0m0")("document.querySelectorAll('#panel input')[1].click()")
    assert "Dmitry Kozak is 47 times as probable as Nobody in the knowledge base." in words(browser, "#panel .sum")


FILTERS = {
    "decision": ("document.getElementById('by-outcome').value = 'ambiguous'", ["Costa"]),
    "person": ("document.getElementById('by-person').value = 'kozak-dmitry'", ["Kozak", "Dmitry Kozak"]),
    "article": ("document.getElementById('by-article').value = '1'", ["Costa", "Hanna Lysenko"]),
    "words": ("document.getElementById('find').value = 'dMITRÝ'", ["Kozak", "Dmitry Kozak"]),
    "nothing found": ("document.getElementById('find').value = 'nothing like this'", []),
}


@pytest.mark.parametrize(("choice", "expected"), FILTERS.values(), ids=FILTERS.keys())
def test_mentions_are_filtered_the_undecided_first(browser: "Chrome", show: Show, choice: str, expected: list[str]) -> None:
    run = show()
    run(f"{choice}; document.getElementById('filters').dispatchEvent(new Event('input'))")
    assert words(browser, "#results .head a").splitlines() == expected
    assert words(browser, "#found") == f"{len(expected)} {'mention' if len(expected) == 1 else 'mentions'} found."
    assert not words(browser, "#front")
    run("document.getElementById('clear').click()")
    assert "What needs your eye" in words(browser, "#front")


def test_a_count_and_a_person_of_the_index_filter_too(browser: "Chrome", show: Show) -> None:
    run = show()
    run("document.querySelector('.counts [data-outcome=unknown]').click()")
    assert words(browser, "#results .head a") == "Hanna Lysenko"
    run("document.querySelector('.counts [data-outcome=unknown]').click(); document.querySelector('[data-person]').click()")
    assert words(browser, "#results .head a").splitlines() == ["Kozak", "Dmitry Kozak"]


@pytest.mark.parametrize("place", ["", "#a2", "#a2m0"])
def test_hostile_text_is_shown_as_text(browser: "Chrome", show: Show, place: str) -> None:
    run = show(place)
    shown = words(browser, "body")
    assert '<img src=x onerror="window.hurt=1"></script><script>window.hurt=1</script> U+202Eevil U+0007 U+2028' in shown
    assert run("return window.hurt ?? null") is None
    assert run("return document.querySelectorAll('img, script').length") == 4  # our own, and the JSON of three articles


@pytest.mark.parametrize("place", ["", "#a0", "#a0m0", "#a2m0"])
def test_nothing_is_wider_than_a_phone(show: Show, place: str) -> None:
    assert show(place, width=390)("return document.documentElement.scrollWidth") == 390


def test_the_page_loads_nothing_and_complains_of_nothing(browser: "Chrome", show: Show) -> None:
    browser.get_log("browser")
    run = show("#a0m0")
    assert run("return performance.getEntriesByType('resource').length") == 0
    assert browser.get_log("browser") == []


def test_without_scripts_texts_and_decisions_are_there(browser: "Chrome", show: Show) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        show()
        shown = words(browser, "body")
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert "Kozak said no. Then Dmitry Kozak left." in shown.replace("!", "")
    assert "Peskov suggests Taras Kozak" in shown
    assert "Clear" not in shown
