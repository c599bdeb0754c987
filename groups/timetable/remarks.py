"""Recognise ages, durations, prices, rooms and other remarks, so that their numbers are not read as times."""

import re
from dataclasses import dataclass
from enum import StrEnum, auto

from .lexicon import DAY, MONTH

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
_FEAST = "|".join(
    [
        r"(?:christmas|boxing|new year'?s|may) day|christmas eve|new year'?s eve",
        r"good friday|easter (?:sunday|monday)",
        r"(?:christmas|easter|new year|hogmanay)(?! day)",
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
    OTHER = auto()


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
        (Kind.LENGTH, rf"(?:(?:for|lasts?|sessions? lasts?)\s+)?(?:about\s+)?(?:{_LENGTH})(?: (?:long|each))?"),
        (Kind.PRICE, rf"(?:{_BEFORE_A_PRICE})*{_POUNDS}{_END}(?:{_TO}{_POUNDS}{_END})?(?:\s+{_EACH})?(?!\s+from\b)"),
        (Kind.PRICE, r"(?:it is |it's )?free(?: of charge| entry| to attend)?|(?:there is )?no charge"),
        (Kind.PLACE, rf"(?:in )?(?:room|rm|unit|suite|studio)\.? (?:no\.? )?(?:\d{{1,3}}[a-d]?{_END}|[a-d]{_STOP})"),
        (Kind.PLACE, r"(?:on )?(?:the )?(?:ground|first|second|third|fourth|[1-9](?:st|nd|rd|th)|top) floor"),
        (
            Kind.TRANSPORT,
            rf"(?:number |no\.? )?bus(?:es)? (?:no\.? |numbers? )?\d{{1,3}}{_END}(?:(?:, | and | or )\d{{1,3}}{_END})*",
        ),
        (
            Kind.EXCEPTION,
            r"(?:except(?: for)?|not|closed|no (?:meetings?|groups?|sessions?)) (?:(?:on|at|over|during) )?"
            rf"(?:{_FEAST})(?:(?:, | and | or )(?:{_FEAST}))*{_STOP}",
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

#: Words that may change the meaning of a day or time; text with one of them is never taken for a mere name.
_MEANINGFUL = (
    rf"{DAY}|{MONTH}|first|second|third|fourth|fifth|last|one|two|three|four|every|each|other|another|any|alternat\w+"
    r"|fortnight\w*|weeks?|weekly|weekdays?|weekends?|month\w*|bi-?\w*ly|quarterly|annual\w*|years?|daily|days?|dates?|times?"
    r"|today|tomorrow|tonight|terms?|term-?time|half|half-term|holidays?|seasons?|spring|summer|autumn|winter|christmas"
    r"|easter|bank|most|mostly|some|sometimes|usual\w*|normal\w*|often|occasion\w*|general\w*|regular\w*|not|no|never|non"
    r"|except|excluding|but|only|unless|if|when|while|until|till|since|from|before|after|between|next|this|previous\w*"
    r"|used|was|were|been|former\w*|closed|cancel\w*|suspend\w*|paus\w+|postpon\w+|mov\w+|instead|otherwise|again|plus"
    r"|also|start\w*|begin\w*|resum\w+|end\w*|finish\w*|stop\w*|current\w*|tempora\w+|might|possib\w+|probab\w+"
    r"|provisional\w*|around|about|approx\w*|noon|midnight|am|pm|hours?|minutes?|tb[ac]|var\w+|rotat\w+|single|soon|doors?"
)
_WORD = rf"(?!(?:{_MEANINGFUL})\b)[^\W\d_][\w'&-]*(?:\.(?=\s\w))?"
_PLACES = "|".join(
    [
        r"hall|church|chapel|mosque|library|centre|café|cafe|house|rooms?|hub|school|pub|hospital|surgery|clinic",
        r"museum|theatre|meeting house|trading estate|leisure centre|car park",
    ]
)
_ACTIVITIES = "|".join(
    [
        r"group|club|shed|choir|walks?|circle|coffee mornings?|lunch|class|workshop|natter|crafts?|gardening",
        r"football|badminton|yoga|art|singing|knitting|reading|check-in|meet-?up|social",
    ]
)
_NAME_ENDS = rf"(?=\s*(?:$|[,.;:()]|-\s)|\s+(?:every|each|any|on|{DAY})(?!\w))"
#: Names of places and activities, which contain arbitrary words: each must fill the text between two stops.
_NAMES = [
    (kind, _compiled(rf"(?:{_WORD}\s+){at_least}(?:{nouns}){_NAME_ENDS}"))
    for kind, at_least, nouns in [(Kind.PLACE, "{0,5}?", _PLACES), (Kind.OTHER, "{1,5}?", _ACTIVITIES)]
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
