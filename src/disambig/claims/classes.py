"""Word classes: what the rules about identity are made of. They name kinds of words, never a person.

SAY, THINK          verbs by which somebody's view is reported         argue, insist; believe, take for
MEAN, AIMED         verbs that join a name to whom it stands for       mean, refer to, have in mind, is addressed to
TIE                 weaker ones, good where the name is in question    point at, name, thank, accuse
HEDGE               words that leave it open                           may, perhaps, in all likelihood, a guess
NOT                 words that take it back                            not, never, nothing to do with, far from
CONFUSED            verbs and nouns of confusion                       mistake for, mix up, wrong man
OTHER               words for somebody else of the name                another, a different, namesake, no relation
USED                whose use of the name it is                        in his mouth, by "X" he meant
TEXT                things that a name stands in                       note, cable, entry, minutes
WHO                 nouns for whoever is meant                         man, person, one, payee
CORRECTION          how a paper takes back what it said                Correction, an earlier version
"""

import re
from collections.abc import Iterable

from disambig.words import RELATIVES

PLAIN, FULL, OPEN = "\ue000", "\ue001", "\ue002"
"""What stands for the letters of a name in a masked text: anybody else, a full name of the group in question, a name that fits several."""

NAME = f"[{PLAIN}{FULL}{OPEN}]+"


def any_of(words: str) -> str:
    r"""A pattern for one of the phrases in *words*, which ";" parts, the longest that fits; a blank stands for any white space.

    Beginnings that phrases share stand in it once: it finds that none of them is there in a fraction of the time.

    >>> any_of("mean; means; meant; have in mind")
    '(?:have\\s+in\\s+mind|mean(?:s|t)?)'
    """
    return _one_of({phrase.strip() for phrase in words.split(";")} - {""})


def _one_of(phrases: Iterable[str]) -> str:
    """The same for *phrases*; the empty one stands for nothing more."""
    rests: dict[str, list[str]] = {}
    for phrase in sorted(phrases):
        rests.setdefault(phrase[:1], []).append(phrase[1:])
    ends = rests.pop("", None)
    found = "|".join(rf"{first.replace(' ', chr(92) + 's+')}{_one_of(after)}" for first, after in rests.items())
    return f"(?:{found})?" if ends and found else f"(?:{found})" if len(rests) > 1 else found


def forms(verbs: str) -> str:
    """The finite forms of regular *verbs*, for `any_of`.

    >>> forms("argue deny")
    'argue;argues;argued;arguing;deny;denies;denied;denying'
    """
    found = []
    for verb in verbs.split():
        stem = verb.removesuffix("e")
        past = f"{verb[:-1]}ied" if verb.endswith("y") and verb[-2] not in "aeou" else f"{stem}ed"
        third = f"{verb[:-1]}ies" if past.endswith("ied") else f"{verb}es" if verb.endswith(("s", "sh", "ch", "x")) else f"{verb}s"
        found += [verb, third, past, f"{stem}ing"]
    return ";".join(found)


def told(verbs: str) -> str:
    """The past forms alone of regular *verbs* whose other forms are also nouns: "claimed", not "the claims"."""
    return ";".join(form for form in forms(verbs).split(";") if form.endswith("ed"))


SAY = any_of(
    forms(
        "argue insist maintain assert allege declare testify explain add reply respond retort concede "
        "acknowledge confirm clarify suggest imply "
        "speculate conclude observe protest contend affirm deny admit submit swear insinuate venture announce "
        "cry remember mutter recall disclose reveal "
        "assure aver attest avow proclaim profess certify verify reiterate recount relate narrate opine muse quip scoff lament complain "
        "confide confess concur agree persist rejoin interject exclaim reassure reassert posit postulate theorise theorize hypothesise "
        "hypothesize surmise infer deduce stipulate elaborate emphasise emphasize underline inform notify remind advise demur "
        "object volunteer vow"
    )
    + ";"
    + told(
        "claim report note remark comment state object answer hint joke rule warn stress counter whisper snap shout propose recall cable "
        "sigh murmur mumble grumble chuckle laugh snort sneer roar bark thunder shrug repeat quote mention signal caution plead beg "
        "promise pledge boast gossip message email telegraph phone tweet post blog"
    )
    + ";say;says;said;saying;tell;tells;told;telling;write;writes;wrote;writing;swears;swore;admitted;admits;submitted;claims;notes;warns;"
    "hints;pointed out;points out;point out;made plain;makes plain;let it be known;made clear;makes clear;made it "
    "clear;put it;puts it;has it;had it;shot back;hit back;found;finds;spelt out;spells out;spelled out;set out;sets out;goes on;went on;"
    "chips in;chipped in;weighs in;weighed in;gave evidence;gives evidence;lets slip;let slip;would have it;begs to differ;begged to differ"
)
THINK = any_of(
    forms("understand interpret construe regard identify recognise recognize presume believe conjecture assume accuse suppose deem")
    + ";"
    + told("name favour favor lean doubt guess suspect judge treat reckon wonder dispute reject")
    + ";think;thinks;thought;holds;held;takes;took;read;reads;understood;knows;knew;suspects;doubts;disputes;rejects;reckons;wonders;"
    "asks;asked;is certain;are certain;was certain;is sure;are sure;was sure;is convinced;are convinced;"
    "was convinced;is adamant;was adamant;"
    "is in no doubt;had no doubt;has no doubt;have no doubt;has a question;had a question;another account to offer;a different view;"
    "has another explanation;shook his head;shook her head;pointed;put;puts;linked;links;disagree;disagrees;disagreed;tends;tended;"
    "is inclined;was inclined;inclines;inclined;lays;laid;captioned;ran;printed;published;carried;leans;leaned;prefers;favours"
)
MEAN = any_of(
    "mean;means;meant;meaning;is about;was about;are about;were about;be about;never about;not about;been "
    "about;has to do with;had to do with;"
    "intend;intends;intended;refer to;refers to;referred to;referring to;refer only "
    "to;reference to;references to;"
    "referred only to;allude to;alludes to;alluded to;alluding to;allusion to;"
    "speak of;speaks of;spoke of;speaking of;speak about;spoke about;speaking about;talk of;talks of;talked of;talking of;talk about;"
    "talked about;talking about;think of;thinks of;thought of;thinking of;thinking about;"
    "have in mind;has in mind;had in mind;having in mind;in mind;concern;concerns;concerned;concerning;apply to;applies to;applied to;"
    "applying to;belong to;belongs to;belonged to;belonging to;stand for;stands for;stood for;standing for;denote;denotes;denoted;"
    "designate;designates;designated;describe;describes;described;name only;address;addressed;addressing;meant for;"
    "intended for;calling to;calling for;leans towards;leaned towards;inclines to;opts for;opted for;settles "
    "on;settled on;plumps for;plumped for;called to;having meant;pertain to;pertains to;relate to;relates "
    "to;related to;relating to"
)
AIMED = (
    r"(?:is|are|was|were|be|been)(?:n['’]t|\s+(?:not|never|hardly|only|certainly|clearly|of\s+course|probably|perhaps))*\s+(?:meant|addressed|aimed|"
    r"directed|intended|pointed|dedicated|levelled|written|made\s+out)\s+(?:for|to|at|about|against|as)"
)
"""The passive of MEAN, with words that take it back or leave it open inside."""
TIE = any_of(
    "about;point to;points to;pointed to;pointing to;point at;pointed at;points at;pointed across;name;"
    "names;named;naming;accusation against;"
    "thank;thanked;thanking;warn;warned;accuse;accused;blame;blamed;praise;praised;greet;greeted;match;matches;matched;fit;fits;fitted;"
    "lead to;leads to;led to;lead back to;indicate;indicates;indicated;cover;covers;covered;hint at;hinted at;aimed at;directed at;"
    "comes down to;came down to;picture of;photograph of;photo of;portrait of;with the face of;is to;was to;is from;was from;"
    "is for;was for;is in the hand of;carried by;against"
)
IDENTIFIED = any_of(
    "identify;identifies;identified;identifying;recognise;recognises;recognised;recognize;recognizes;recognized;read;reads;take;takes;took;"
    "taken;understand;understands;understood;interpret;interprets;interpreted;construe;construes;construed;regard;regarded;see;seen;saw;"
    "named;names;name;describe;described;present;presented;unmask;unmasked;reveal;revealed;list;listed;render;rendered;translated;"
    "treat;treats;treated;captioned;expand;expanded;resolve;resolved;equate;equates;equated;gloss;glosses;"
    "glossed;link;links;linked;connect;connects;connected;prints;printed;known"
)
HEDGE = any_of(
    "may;might;could;perhaps;possibly;possible;probably;probable;maybe;apparently;likely;likelier;likeliest;likelihood;presumably;"
    "conceivably;conceivable;seemingly;plausibly;plausible;supposedly;seem;seems;seemed;appear;appears;appeared;suspect;suspects;suspected;"
    "guess;guesses;guessed;guessing;bet;bets;wager;leaning towards;leans towards;leaned towards;leans "
    "to;leaning to;lean towards;tends to think;"
    "inclined to;inclines to;rather thinks;would guess;speculated;speculates;wonder;wonders;wondered;hint;hinted;hints;must have been;"
    "sounds like;sounded like;looks like;looked like;as like as not;chances are;for all he knew;for all she knew;for "
    "all we know;quite as well;just as well;"
    "as easily;just as easily;if anybody;if anyone;if at all;if anything;cannot rule out;could not rule out;not impossible;more natural;"
    "would have thought;would suppose;supposes;suppose;supposed;surmise;surmises;surmised;presumes;presumed;conjectures;conjectured;"
    "sooner have been;not certain;not sure;unsure;odds are;in all probability;a chance;imagine;imagines;imagined"
)
NOT_HEDGE = re.compile(
    r"\b(?:can|could|may|might) only\b|\b(?:can|could) (?:be|have been) no(?:ne)? other than\b"
    r"|\b(?:could|can|might)(?:n't|n’t| not)\b|\bcould not possibly\b|\b(?:as|so) far as possible\b"
    r"|\b[Mm]ay \d|\bin May\b|\bif you (?:like|please|will)\b|\bno possible\b|\b(?:may|might) (?:be|rest) (?:assured|reassured)\b",
)
NOT = (
    r"(?:not|never|no longer|neither|nor|nobody|no one|hardly|scarcely|without|cannot|anything but|anyone but|anybody but|far from|"
    r"den(?:y|ies|ied|ying)(?:\s+that)?|reject(?:s|ed)?|rule[sd]?\s+out|exclude[sd]?|impossible|wrong|no\s+reference|"
    r"instead\s+of|rather\s+than"
    r"|\w+n['’]t|at\s+no\s+time|by\s+no\s+means|nothing\s+\w*\s*(?:to\s+do|in\s+common|ties|connects|links))"
)
NOTHING_TO_DO = (
    r"(?:nothing\b[^.;!?]{0,20}?\bto\s+do\s+with|no\s+(?:connection|link|part|bearing)\b[^.;!?]{0,12}?\b(?:with|"
    r"to|in)|unconnected\s+(?:with|to))"
)
CONFUSED = (
    r"(?:confus(?:e|es|ed|ing)|mistak(?:e|es|en|ing)|mistook|mix(?:es|ed|ing)?[-\s]+(?:\w+\s+){0,3}?up|mix[-\s]?up|conflat(?:e|es|ed|ing)"
    r"|misidentif(?:y|ies|ied|ying)|mistaken\s+identity|misattribut\w+|wrong\s+(?:man|woman|person|one|brother|sister|cousin|half))"
)
OTHER = (
    r"(?:another(?:\s+(?:man|woman|person))?|(?:an?|some|quite\s+an?|an\s+altogether|an\s+entirely)\s+(?:\w+ly\s+)?(?:different|"
    r"other|separate|second|unrelated)"
    r"(?:\s+(?:man|woman|person))?|an\s+unrelated|unrelated|(?:some(?:body|one)|anyone|anybody)\s+else|"
    r"other\s+people|an?\s+other\s+person|(?:his|her|the|a|an)\s+(?:\w+\s+)?namesake)"
)
NO_RELATION = re.compile(
    r",?\s[(–—-]?\s?(?:(?:who\s+)?(?:is|are|was)\s+)?(?:(?:of\s+)?no(?:t\s+a)?\s+(?:\w+\s+)?(?:relation|"
    r"relative|kin|kinsman|kinswoman)\b|not\s+related|un-?related|no\s+kin\b)",
    re.IGNORECASE,
)
TEXT_NOUNS = (
    "name;surname;family name;first name;initial;initials;signature;word;words;note;letter;entry;line;cable;report;message;voice;passage;"
    "sentence;phrase;remark;reference;quote;quotation;caption;mention;speaker;writer;author;document;diary;list;page;book;ledger;register;"
    "minutes;record;recording;tape;file;memo;post;will;poem;song;inscription;plaque;telegram;transcript;text;email;allusion;toast;"
    "accusation;charge;article;column;headline;statement;testimony;indictment;complaint;warrant;order;receipt;invoice;contract;footnote;"
    "dedication;answer;call;speech;warning;greeting;label;stamp;chalk;scrawl;bill;cheque;slip;map;deed;protocol;wire;dispatch;script;rumour"
)
TEXTS = any_of(TEXT_NOUNS)
WHO = any_of(
    "man;woman;person;one;figure;individual;party;suspect;payee;addressee;recipient;culprit;official;lady;gentleman;bearer;owner;signatory;"
    "fellow;colleague;brother;sister;cousin;men;women;boy;girl;friend;visitor;passenger;donor;author;minister;someone;somebody"
)
BE = r"(?:is|was|were|are|be|been|being|has\s+been|had\s+been|would\s+be|will\s+be|could\s+be|may\s+be|might\s+be|became|remains|['’]s)"
USED = re.compile(
    rf"{OPEN}[\"”’]?\s(?:in|on|from)\s({NAME})['’]s?\s(?:mouth|lips|mind|sentence|words?|remarks?|speech|usage|letter|account)"
    rf"|{OPEN}[\"”’]?\s(?:whom|that|who)\s({NAME})\s(?:had\s)?(?:named|meant|mentioned|accused|spoke\s+of|"
    rf"spoken\s+of|thanked|praised|blamed)",
    re.IGNORECASE,
)
"""Whose use of the name it is."""
NOT_MEANT = (
    r"(?!\s+(?:well|ill|business|what|nothing|little|much|more|less|to|a\s+lot|so|it|that\s+(?:the|we|they|"
    r"he|she|it|no)|no\s+(?:harm|offence|more))\b)"
)
"""What may not follow a verb of meaning that joins a name to a person: "means well", "meant to go", "that means that we …"."""
ASIDE = re.compile(
    rf",\s(?:(?:(?:he|she|it|they|{NAME}|(?:the|his|her|its|their)\s[\w' ’-]{{2,40}})\s(?:\w+ly\s)?{SAY})|"
    rf"(?:{SAY}\s(?:he|she|{NAME}|(?:the|a|an|his|her|its)\s[\w' ’-]{{2,40}}?(?:,\s{NAME})?)))"
    rf"(?:\s[^,.;:!?\n\"“”]{{0,50}})?,",
    re.IGNORECASE,
)
"""Who speaks, put into the middle of what is said: ", she added on Friday,"."""
CORRECTION = re.compile(
    r"^\W*(?:correction|clarification|corrections?\s+and\s+clarifications?|editor['’]s?\s+note|amendment|"
    r"erratum|a\s+note\s+to\s+readers|postscript)\b"
    r"|\b(?:an?|our|the|yesterday['’]s|monday['’]s|last\s+week['’]s)\s+(?:earlier|previous|first|original|former)?\s?"
    r"(?:version|edition|report|article|issue|story|column|caption|review)\b"
    r"[^.]{0,60}?\b(?:wrongly|mistakenly|incorrectly|erroneously|in\s+error|confused|mixed|mistook|misidentified|"
    r"should\s+have|gave|misstated)\b"
    r"|\b(?:this\s+newspaper|we|the\s+editors?)\b[^.]{0,40}?\b(?:wrongly|mistakenly|incorrectly|erroneously|"
    r"confused|regrets?|apologi[sz]es?)\b",
    re.IGNORECASE,
)
WRONGLY = re.compile(
    r"\b(?:wrongly|mistakenly|incorrectly|erroneously|falsely|in\s+error|by\s+mistake|mistook|misidentified)\b", re.IGNORECASE
)
KIN = RELATIVES | {"elder", "younger", "older", "senior", "junior"}
"""Words that tell one bearer of a family name from another."""
