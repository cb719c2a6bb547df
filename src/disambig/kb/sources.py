"""People from files into `Person` records.

A format is a function from a file to people, listed in `_READERS`. It tells `reject` of a record that cannot be used, and goes on with
the next.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from disambig.errors import KnowledgeError
from disambig.kb.files import Asked, Format, Source, recognise, source_at
from disambig.kb.ftm import people_in_ftm
from disambig.kb.ours import people_in_csv, people_in_json_lines
from disambig.kb.popolo import people_in_popolo
from disambig.kb.wikidata import people_in_wikidata
from disambig.records import Person, Rejected

_READERS: Mapping[Format, Callable[[Source, Asked], Iterator[tuple[str, Person]]]] = {
    Format.JSON_LINES: people_in_json_lines,
    Format.CSV: people_in_csv,
    Format.FTM: people_in_ftm,
    Format.POPOLO: people_in_popolo,
    Format.WIKIDATA: people_in_wikidata,
}


def read_people(
    path: Path,
    *,
    reject: Callable[[Rejected], None],
    languages: Sequence[str] = ("en",),
    note: Callable[[str], None] = lambda _: None,
) -> Iterator[tuple[str, Person]]:
    """The people of a file, in its order, each with where it stands ("people.jsonl:14"). Lazy; an id may come twice.

    The format is told from the content. *languages* are codes such as "en", the best first; they choose among the labels of Wikidata,
    the other formats are read in all of theirs. *reject* is told of each record that cannot be used, and of a date of a foreign record
    that is left out; *note* of what was passed over on purpose, in one line at the end. Memory does not grow with the file, Popolo aside.

    Raises KnowledgeError when the file cannot be read to its end, is of an unknown kind or holds no usable record.
    """
    source = source_at(path)
    kind = recognise(source)
    refused: list[Rejected] = []  # the first, for the message below

    def tell(rejected: Rejected) -> None:
        refused[1:] = [rejected]
        reject(rejected)

    found = False
    for where, person in _READERS[kind](source, Asked(tell, note, tuple(languages))):
        found = True
        yield where, person
    if not found:
        why = f"the first: {refused[0].where}: {refused[0].reason}" if refused else f"it is {kind.value} and has no person in it"
        msg = f"{path}: no usable record of a person; {why}"
        raise KnowledgeError(msg)
