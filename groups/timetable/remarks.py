"""Recognise ages, durations, prices, rooms and other remarks, so that their numbers are not read as times."""

import re
from dataclasses import dataclass
from enum import StrEnum, auto

from .lexicon import CLOCK, DAY, HOUR, STREETS
from .vocabulary import ACTIVITIES, PLACES, WORD

_TENS = r"(?:1[3-9]|[2-9]\d)"
#: Lookahead after a number: it does not continue as a number or a range. "Room 7 - 9pm" is ambiguous.
_END = r"(?![\w+]|[.:]\d|\s*[-/]\s*\d|\s*(?:am|pm)\b)"
_TO = r"\s*(?:-|\bto\b)\s*"
_YEARS = r"(?:[ -]?(?:years?|yrs?)(?:[ -]olds?)?(?: of age)?\b)"
_HOURS = r"(?:hours?|hrs?|minutes?|mins?)\b"
_MINUTES = r"[ -]?(?:minutes?|mins?)\b"
#: Durations of one to eight hours. "24 hours" describes opening times, not a meeting.
_LENGTH = "|".join(
    [
        rf"[1-8](?:\.\d|\.?[½¼¾])?[ -]?(?:hours?|hrs?)\b(?:\s*(?:and\s+)?\d\d?{_MINUTES})?",
        rf"(?:[1-9]0|[1-9]5|1[0-8]0){_MINUTES}",
        rf"(?:an?|one|two|three)\s+(?:and\s+a\s+half\s+)?{_HOURS}(?:\s+and\s+a\s+half\b)?",
        r"½[ -]?hour\b|half an hour\b",
    ]
)
_POUNDS = r"(?:£\s?\d{1,3}(?:\.\d\d)?|\d\dp)"
_PHONE = r"(?:\+44\s?(?:\(0\)\s?)?|\(?0)\d(?:[\s()-]{0,2}\d){8,9}"
_WHO = r"(?:everyone|everybody|all|newcomers|(?:new|old) (?:members|faces|people)|beginners|families|carers|visitors)"
_US_FIRST = r"(?:us )?(?:first|beforehand|before you come|before your first visit)"
_ASK = r"(?:check|ask|ring|call|phone|see|contact|look|e-?mail|text)"
_FEAST = "|".join(
    [
        r"(?:christmas|boxing|new year'?s|may) day|christmas eve|new year'?s eve",
        r"good friday|easter (?:sunday|monday)",
        r"(?:christmas|easter|new year|hogmanay)(?: (?:week|weekend|fortnight|period|break|holidays?))?(?! day)",
        r"(?:inset|polling|election|match|race|strike) days?",
    ]
)


class Kind(StrEnum):
    AGE = auto()
    LENGTH = auto()
    PRICE = auto()
    TELEPHONE = auto()
    PLACE = auto()
    TRANSPORT = auto()
    EXCEPTION = auto()
    #: What else happens at a time of its own: "tea from 6.45pm". Only beside a time of the group itself.
    OTHER_TIME = auto()
    OTHER = auto()
    #: Words that are about no day or time, whatever else they say: they may name a place or a person.
    WORDS = auto()


@dataclass(frozen=True)
class Remark:
    """Part of a sentence that is not about its pattern, as written."""

    kind: Kind
    words: str


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_STOP = r"(?=\s*(?:$|[,.;:()]|-\s))"
_BEFORE_A_PRICE = r"(?:cost|costs|suggested|donation|donations|of|entry|price|only)\b:?\s+"
_DRINKS = r"(?:tea|coffee|refreshments|biscuits|hot drinks|cake)"
_EACH = r"(?:(?:per|a) (?:session|person|week|visit|time|head)|each|donation|on the door|for tea|entry)"

_OTHER_THINGS = (
    r"doors|tea|coffee|hot drinks|refreshments|lunch|breakfast|supper|soup|food|meal|drinks|hall|room|venue|building"
    r"|kitchen|café|cafe|bar|arriv(?:e|als?)|registration|newcomers(?: welcome)?|set(?:ting)? up|gates?|parking"
    r"|meditation"
)
_OTHER_TIME = (
    rf"(?:(?:with|and|plus|followed by|includ(?:es|ing)) )?(?:the |our |free |an? )?(?:{_OTHER_THINGS})\b"
    rf"(?:(?!{DAY})[^\d.;,():-])*?\b(?:(?:at|from|by|opens?|is|served)\s+)*"
    rf"(?<!\d){CLOCK}(?! ?-| to\b)(?: for (?!an? )[^\d.;,()]+)?{_STOP}"
)

#: Remarks recognised by their own form, at any position.
_SHAPES = [
    (kind, _compiled(rf"(?<![\w£.:+-])(?:{pattern})(?!\w)"))
    for kind, pattern in [
        (
            Kind.TELEPHONE,
            rf"(?:(?:please )?(?:tel|telephone|phone|call|ring|text|contact)\b\.?:?\s*(?:us )?(?:on )?)?{_PHONE}",
        ),
        (Kind.AGE, rf"(?:(?:for|parents of) )?\d{{1,2}}{_TO}\d{{1,2}}(?:s|'s|{_YEARS})"),
        (
            Kind.AGE,
            r"(?:for )?(?:people )?age[ds]?:? (?:from )?\d{1,2}"
            rf"(?:{_TO}\d{{1,2}}(?:{_YEARS}|{_END})|\+(?!\s*\d)|{_YEARS}? (?:and|or) (?:over|above|under))",
        ),
        (
            Kind.AGE,
            rf"(?:for )?(?:the )?(?:over|under)[ -]?(?:\d\d?(?:s|'s|{_YEARS})|{_TENS}{_END})(?: only)?",
        ),
        (
            Kind.AGE,
            rf"(?:for )?{_TENS}(?:\+(?!\s*\d)|{_YEARS}? (?:and|or) (?:over|above|older|under))(?: only| group)?",
        ),
        (Kind.AGE, rf"\d{{1,2}}{_TO}{_TENS} group"),
        (Kind.AGE, r"(?:adults|women|men|ladies|members) only"),
        (
            Kind.LENGTH,
            r"(?:(?:for|lasts?|sessions? lasts?)\s+)?(?:(?:about|around|approx(?:imately|\.)?|roughly|up to)\s+)?"
            rf"(?:{_LENGTH})(?: (?:long|each))?",
        ),
        (Kind.PRICE, rf"(?:{_BEFORE_A_PRICE})*{_POUNDS}{_END}(?:{_TO}{_POUNDS}{_END})?(?:\s+{_EACH})?(?!\s+from\b)"),
        (Kind.PRICE, r"(?:it is |it's )?free(?: of charge| entry| to attend)?|(?:there is )?no charge"),
        (
            Kind.PLACE,
            r"(?:in )?(?:room|rm|unit|suite|studio)\.? (?:no\.? )?"
            rf"(?:(?:[a-z]{{1,2}}[.-]?)?\d{{1,3}}[a-d]?{_END}|[a-d]{_STOP})",
        ),
        (Kind.AGE, rf"\d{{1,2}}{_TO}\d{{1,2}} months?(?: olds?)?"),
        (Kind.PLACE, rf"(?:pitch|court|hall|table|gate|entrance|pavilion)(?: no\.?)? \d{{1,2}}{_STOP}"),
        (Kind.PLACE, r"(?:on )?(?:the )?(?:ground|first|second|third|fourth|[1-9](?:st|nd|rd|th)|top) floor"),
        (
            Kind.TRANSPORT,
            rf"(?:number |no\.? )?bus(?:es)? (?:no\.? |numbers? )?\d{{1,3}}{_END}(?:(?:, | and | or )\d{{1,3}}{_END})*",
        ),
        (
            Kind.EXCEPTION,
            r"(?:except(?: for)?|not|closed(?: for)?|no (?:meetings?|groups?|sessions?)(?: for)?)"
            r" (?:(?:on|at|over|during|around|for|the|an?|one|two|three|weeks?|fortnight|of) ){0,4}"
            rf"(?:{_FEAST})(?:(?:, | and | or )(?:{_FEAST}))*{_STOP}",
        ),
        (
            Kind.PLACE,
            # "At 10 Downing Street" and "2pm - 4 Mill Road" may be times.
            rf"(?<!\w )(?<!- )\d{{1,3}}[a-d]?(?:-\d{{1,3}})? (?:(?!(?:in|at|on|by"
            rf"|and)\b)[^\W\d][\w'-]* ){{1,3}}(?:{STREETS})\b{_STOP}",
        ),
        (Kind.PLACE, r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"),
        (
            Kind.TELEPHONE,
            r"(?:zoom |meeting )?(?:id|passcode|password|pin|code)(?: no\.?| number)?:? (?:is )?\d[\d ]{2,13}\d",
        ),
        (Kind.OTHER, r"(?:running|going|meeting|established|est\.?|founded|started) (?:since|in) (?:19|20)\d\d"),
        (
            Kind.OTHER,
            r"(?:max(?:imum)?\.? |up to |about |approx(?:imately|\.)? |over )?\d{1,3}"
            r" (?:people|members|places|spaces|miles?)",
        ),
        (Kind.OTHER, r"(?:the )?12[ -]steps?(?: (?:group|meeting|programme|recovery group))?"),
        (
            Kind.OTHER,
            r"(?:includ(?:ing|es)|incl?\.?) (?:all )?(?:bank|public) holidays?(?: (?:weekends|mondays))?"
            r"|(?:bank|public) holidays?(?: mondays)? (?:are )?included",
        ),
        (
            Kind.OTHER,
            rf"(?:(?:and|or) )?(?:(?:at )?(?:other|all other) (?:times|days)|mornings?|evenings?|weekends?|{DAY})"
            rf" by (?:prior )?(?:arrangement|appointment|request)(?: only)?{_STOP}",
        ),
        (
            Kind.OTHER,
            r"(?:open |closed |speaker |step |tradition |literature |gratitude |business |chip |birthday )"
            r"(?:meeting |group |night |share )?(?:on )?(?:the )?(?:first|second|third|fourth|last|[1-4](?:st|nd|rd"
            r"|th))"
            rf" (?:{DAY}|week|meeting)(?: (?:of|in) (?:the|each|every) month)?",
        ),
        (
            # "The last Tuesday is a social".
            Kind.OTHER,
            rf"(?:the )?(?:first|second|third|fourth|last|[1-4](?:st|nd|rd|th)) {DAY}"
            r"(?: (?:of|in) (?:the|each|every) month)?"
            rf" (?:is|are|will be) (?:(?:an?|our|the|for|on|by) )?{WORD}(?: {WORD}){{0,4}}{_STOP}",
        ),
        (Kind.OTHER_TIME, _OTHER_TIME),
        (
            Kind.OTHER_TIME,
            rf"(?:back|home|please arrive|arrive|return(?:ing)?|ring|call|book) by (?:{CLOCK}|{HOUR}){_STOP}",
        ),
        (Kind.OTHER_TIME, rf"(?:un)?til{{1,2}} (?:late|midnight){_STOP}"),
        (
            Kind.OTHER,
            rf"(?:in|during) (?:the )?(?:school )?hol(?:iday)?s,? (?:please )?{_ASK}(?: {WORD}){{1,5}}{_STOP}",
        ),
        (Kind.OTHER, r"24/7 (?:(?:crisis|support) )?(?:help)?(?:line|support|service)|(?:open )?all[ -]day"),
        # "The Tuesday Group meets on Wednesdays".
        (
            Kind.WORDS,
            rf"(?:the )?(?!{DAY}s\b){DAY} (?:{WORD} ){{0,2}}(?:group|club|café|cafe|crew|circle|choir|project|social)"
            rf"(?=(?: (?:meets?|is held|runs|gathers)(?: (?:on|every|each|the))+| ?[-:] (?:every|each|on)) {DAY})",
        ),
        (Kind.OTHER, r"(?:there is )?no need to book|no booking (?:is )?(?:needed|required|necessary)"),
        (Kind.OTHER, r"booking (?:is )?(?:essential|required|needed)|(?:please )?book (?:first|ahead|in advance)"),
        (Kind.OTHER, r"(?:please )?just (?:turn up|come along|drop in)|drop[ -]in"),
        (Kind.OTHER, rf"{_WHO} (?:are |is )?(?:always )?welcome"),
        (Kind.OTHER, rf"(?:please )?(?:call|ring|phone|contact|email|text) {_US_FIRST}"),
        (Kind.OTHER, r"(?:online )?(?:by|on|vi[a]|over) zoom|online|in person|weather permitting"),
        (Kind.OTHER, rf"{_DRINKS}(?:(?:, | and ){_DRINKS})*(?: (?:are )?(?:included|provided|available))?{_STOP}"),
    ]
]

_NAME_ENDS = rf"(?=\s*(?:$|[,.;:()]|-\s)|\s+(?:every|each|any|on|{DAY})(?!\w))"
#: Names of places and activities, which contain arbitrary words: each must fill the text between two stops.
_NAMES = [
    (kind, _compiled(rf"(?:{WORD}\s+){at_least}(?:{nouns}){_NAME_ENDS}"))
    for kind, at_least, nouns in [(Kind.PLACE, "{0,5}?", PLACES), (Kind.OTHER, "{1,5}?", ACTIVITIES)]
]
_BEFORE_A_NAME = re.compile(r"(?:^|[,.;:()]|\s-)\s*$")


def remark_at(text: str, position: int) -> tuple[Remark, int] | None:
    """Return the longest remark at `position` of a normalised text and its end position, or None."""
    known = _SHAPES + (_NAMES if _BEFORE_A_NAME.search(text, 0, position) else [])
    found = [(kind, match) for kind, pattern in known if (match := pattern.match(text, position))]
    if not found:
        return None
    # The longest match is meant: "Women's group at the Meeting House", not "Women's group".
    kind, match = max(found, key=lambda each: each[1].end())
    return Remark(kind, match[0]), match.end()


def other_time_at(text: str, position: int) -> bool:
    """Return whether a remark about what else happens, at a time of its own, begins at `position`."""
    return any(kind is Kind.OTHER_TIME and pattern.match(text, position) for kind, pattern in _SHAPES)
