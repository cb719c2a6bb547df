"""Document + Decisions -> Decisions with claims: the second step, once it is known who everybody is."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from disambig.claims.classes import KIN
from disambig.claims.scene import described, stems
from disambig.names import Agreement, Kind, best_agreement, parse
from disambig.records import Claim, Decision, Document, Mention, Outcome, Person, Reason, Stance, Statement
from disambig.roles import fields_of, is_role
from disambig.words import content_stems, stem

_LETTERS = 6  # that two forms of one word have in common
_BEARS = 0.75  # score of a bare surname that is spelt alike or transliterated
_SURE = 0.5  # probability from which the person of a full name counts as put forward by it


@dataclass(frozen=True, slots=True)
class _Known:
    """What was decided, for looking up the people that statements speak of."""

    document: Document
    by_place: dict[tuple[int, int], Decision]
    introduced: dict[str, frozenset[str]]  # by person id: stems of what the article attaches to the names of the person

    def person(self, mention: Mention | None) -> Person | None:
        """Who *mention* is taken to be: as decided, or for a full name the best candidate that fits it."""
        decision = self.decision(mention)
        if decision is None:
            return None
        best = decision.verdicts[0]
        fits = best.person is not None and parse(decision.mention.text).is_full and best.probability >= _SURE
        return decision.person or (best.person if fits else None)

    def decision(self, mention: Mention | None) -> Decision | None:
        """The decision on *mention*."""
        return self.by_place.get((mention.start, mention.end)) if mention else None


def settle(document: Document, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """*decisions* with the claims that the statements of *document* amount to; those that speakers dispute become contested.

    Claims stand on the first mention that they are about; the other disputed mentions carry them too, and no other mention does.
    """
    if not document.statements:
        return tuple(decisions)
    known = _Known(document, {(one.mention.start, one.mention.end): one for one in decisions}, _introductions(document, decisions))
    about: dict[Mention, list[Statement]] = {}
    for statement in document.statements:
        about.setdefault(statement.mention, []).append(statement)
    settled = dict(known.by_place)
    for mention, statements in about.items():
        claims = _claims(known, statements)
        disputed = next((one.disputed for one in statements if one.disputed), (mention,))
        contested = _is_contested(known, claims)
        claims = claims if contested else [pair for pair in claims if pair[0].plain]
        for use in disputed:
            before = settled.get((use.start, use.end))
            if before is not None:
                settled[use.start, use.end] = _with_claims(before, tuple(claim for _, claim in claims), contested=contested)
    return tuple(settled[one.mention.start, one.mention.end] for one in decisions)


def _introductions(document: Document, decisions: Iterable[Decision]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for decision in decisions:
        if decision.person is not None and parse(decision.mention.text).is_full:
            found[decision.person.id] = found.get(decision.person.id, frozenset()) | described(document, decision.mention)
    return found


def _claims(known: _Known, statements: Sequence[Statement]) -> list[tuple[Statement, Claim]]:
    """The claims of the statements about one name, each said once, in the order of the text."""
    found: dict[tuple[object, ...], tuple[Statement, Claim]] = {}
    ordered = sorted(statements, key=lambda one: (one.others, one.cue))
    for statement in ordered:
        for person in _people(known, statement, list(found.values())):
            claim = _claim(known, statement, person)
            key = (_claimant(known, statement), person.id, claim.stance is Stance.DENIES)
            if key not in found or (found[key][1].stance is Stance.SUGGESTS and claim.stance is Stance.IDENTIFIES):
                found.setdefault(key, (statement, claim))
    return sorted(found.values(), key=lambda pair: (pair[0].sentence, pair[0].cue, pair[1].person.id))


def _claim(known: _Known, statement: Statement, person: Person) -> Claim:
    text = known.document.article.text
    speaker = known.person(statement.speaker)
    sentence = " ".join(text[slice(*known.document.sentences[statement.sentence])].split())
    cue = " ".join(text[slice(*statement.cue)].split())
    return Claim(
        statement.mention, statement.claimant, speaker.id if speaker else None, statement.stance, person, cue, sentence, statement.own
    )


def _claimant(known: _Known, statement: Statement) -> str:
    """The same for two statements of one claimant."""
    decision = known.decision(statement.speaker)
    return decision.chain.id if decision else statement.claimant.lower()


def _people(known: _Known, statement: Statement, earlier: Iterable[tuple[Statement, Claim]]) -> tuple[Person, ...]:
    """The people whom a statement puts forward or denies; none where the article does not tell who is described."""
    if statement.others:
        return _others(known, statement, earlier)
    if statement.named is not None:
        person = known.person(statement.named)
        return (person,) if person else ()
    person = _fitting(known, statement.mention, statement.words)
    return (person,) if person else ()


def _others(known: _Known, statement: Statement, earlier: Iterable[tuple[Statement, Claim]]) -> tuple[Person, ...]:
    """Everybody whom others put forward; for the article's own words, the namesakes it named before."""
    if statement.claimant:
        mine = _claimant(known, statement)
        put = [(made, claim) for made, claim in earlier if claim.stance is not Stance.DENIES]
        own = {claim.person.id for made, claim in put if _claimant(known, made) == mine}
        people = [claim.person for made, claim in put if _claimant(known, made) != mine and made.cue < statement.cue]
        return tuple({person.id: person for person in people if person.id not in own}.values())
    own_person = known.person(statement.mention)
    family = set(parse(statement.mention.text).family)
    found: dict[str, Person] = {}
    for decision in known.by_place.values():
        person = known.person(decision.mention)
        if person and decision.mention.start < statement.mention.start and family & set(parse(decision.mention.text).family):
            found[person.id] = person
    identified = {claim.person.id for made, claim in earlier if not made.claimant and claim.stance is Stance.IDENTIFIES}
    return tuple(person for person in found.values() if (own_person is None or person.id != own_person.id) and person.id not in identified)


def _fitting(known: _Known, mention: Mention, words: str) -> Person | None:
    """The one bearer of the name whom a description fits, by the record or by how the article introduces each; None for several."""
    words = _WHOSE.sub("", words)
    asked = stems(words)
    heads = {
        stem(word) for word in words.lower().replace("'s", " ").split() if is_role(word) or word in KIN or is_role(stem(word))
    } or asked
    scored = []
    for person in _bearers(known, mention):
        record = _record(person)
        told = known.introduced.get(person.id, frozenset())
        fields = fields_of(words) & fields_of(" ".join((person.description, *(role.title for role in person.roles))))
        shared = len(_shared(asked, record | told))
        same = len(asked & (record | told))  # "consul" fits a consul better than somebody of the consular service
        hit = 2 * bool(_shared(heads, record | told)) + shared + 0.5 * bool(fields) + 0.1 * same
        scored.append((hit, person))
    best = max((hit for hit, _ in scored), default=0)
    winners = [person for hit, person in scored if hit == best]
    return winners[0] if best > 0 and len(winners) == 1 else None


_WHOSE = re.compile(
    rf"^.*['’]s\s(?=(?:[\w-]+\s)?(?:{'|'.join(sorted(KIN))})$)", re.IGNORECASE
)  # "the schoolmaster's uncle" is no schoolmaster


def _shared(asked: frozenset[str] | set[str], known: frozenset[str]) -> set[str]:
    """The stems of *asked* that *known* holds, or a longer or shorter form of: "conducts" and "conductor"."""
    return {one for one in asked if one in known or any(len(one) >= _LETTERS and other.startswith(one[:_LETTERS]) for other in known)}


def _bearers(known: _Known, mention: Mention) -> tuple[Person, ...]:
    """The people whom some mention of the article could be and who bear the name of *mention*."""
    name = parse(mention.text)
    people = {v.person.id: v.person for decision in known.by_place.values() for v in decision.verdicts if v.person is not None}
    surname = parse(" ".join(name.family)) if name.is_full else name
    return tuple(person for _, person in sorted(people.items()) if _bears(best_agreement(surname, person.names)))


def _bears(agreement: Agreement) -> bool:
    return agreement.score >= _BEARS or (agreement.kind is Kind.GIVEN and agreement.likeness == 1.0)


_RELATIVE_OF = re.compile(rf"\b({'|'.join(sorted(KIN))}) of (?:the |a )?\w+", re.IGNORECASE)


def _record(person: Person) -> frozenset[str]:
    parts = [person.description, *person.occupations, *(f"{role.title} {role.organisation}" for role in person.roles)]
    return content_stems(_RELATIVE_OF.sub(r"\1", " ".join(parts)))


def _is_contested(known: _Known, claims: Sequence[tuple[Statement, Claim]]) -> bool:
    """Whether two claimants say what cannot both hold: two people, or one person and that it is not that person."""
    spoken = [(_claimant(known, statement), claim) for statement, claim in claims if statement.claimant]
    return any(one != other and _clash(first, second) for i, (one, first) in enumerate(spoken) for other, second in spoken[i + 1 :])


def _clash(one: Claim, other: Claim) -> bool:
    denied = (one.stance is Stance.DENIES, other.stance is Stance.DENIES)
    if denied == (False, False):
        return one.person.id != other.person.id
    return denied != (True, True) and one.person.id == other.person.id


def _with_claims(decision: Decision, claims: tuple[Claim, ...], *, contested: bool) -> Decision:
    """*decision* with claims: contested, or where nobody disagrees with a speaker who explains himself, that person.

    What a reader has corrected stays as it is.
    """
    if decision.reason is Reason.CORRECTED:
        return replace(decision, claims=claims)
    if contested:
        return replace(decision, outcome=Outcome.CONTESTED, reason=Reason.DISPUTED, claims=claims)
    explained = {claim.person.id for claim in claims if claim.stance is not Stance.DENIES}
    best = decision.verdicts[0].person
    if decision.reason is Reason.DISPUTED and best and explained == {best.id} and all(c.own or not c.claimant for c in claims):
        return replace(decision, outcome=Outcome.RESOLVED, reason=Reason.NONE, claims=claims)
    return replace(decision, claims=claims)
