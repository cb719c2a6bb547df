"""Somebody who speaks in an article."""

from dataclasses import dataclass

from disambig.claims.scene import Page
from disambig.names import parse
from disambig.records import Mention

PRONOUNS = frozenset("he she they i we it".split())


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody whose words or view a stretch of text reports; `mention` is None for an office, a paper, an unnamed one."""

    words: str  # as it stands in the text
    mention: Mention | None
    start: int  # where the verb of speech stands

    @property
    def who(self) -> object:
        """The same for two voices of one speaker."""
        return self.mention.text if self.mention else self.words.lower()


def is_one_speaker(one: Voice, other: Voice) -> bool:
    """Whether two voices are one speaker: the same words, or "Ana Costa" and then "Costa"."""
    if one.mention is None or other.mention is None:
        return one.who == other.who
    names = (parse(one.mention.text), parse(other.mention.text))
    return names[0].parts == names[1].parts or (names[0].family == names[1].family and not (names[0].is_full and names[1].is_full))


def voice_named(page: Page, written: str, start: int, frame: int) -> Voice:
    """The voice of the name that begins at *start*, as it is *written* with its letters masked; its verb of speech stands at *frame*."""
    mention = page.by_start.get(start)
    return Voice(mention.text if mention else written.strip(), mention, frame)


def words_of(page: Page, start: int, end: int) -> str:
    """The text from *start* to *end* in one line."""
    return " ".join(page.document.article.text[start:end].split())
