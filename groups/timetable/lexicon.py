"""The tokens with which `parse` reads schedules written in English."""

import re

from ..choices import Month, Weekday

_AND = r"(?:\s*(?:,|/|\band\b)\s*)+"


def _names(members: type[Weekday] | type[Month], shortest: int) -> dict[str, int]:
    """Return `{abbreviation: value}` for the names of days or months, down to `shortest` letters."""
    return {
        member.label.lower()[:length]: member.value
        for member in members
        for length in range(shortest, len(member.label) + 1)
    }


WEEKDAYS = _names(Weekday, 3)
MONTHS = _names(Month, 3)
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
NUMBERS = {
    number: value
    for value, number in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=2
    )
}

DAY = rf"(?:{'|'.join(WEEKDAYS)})(?:'?s)?\b\.?"
# "May Day", "May half-term" and "May 2027" are not the month, every year.
MONTH = rf"(?:{'|'.join(MONTHS)})\b\.?(?!\s*(?:\([^)]*\)\s*)?(?:day|half|bank)\b)"
_ORDINAL = r"(?:first|second|third|fourth|fifth|last|\d{1,2}(?:st|nd|rd|th))\b"
_DAY_OF_MONTH = rf"(?:(?:the\s+)?{DAY},?\s*)?(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTH}"
_DATE = rf"{_DAY_OF_MONTH},?\s+\d{{4}}\b"
_STARTING = (
    r"(?:from|(?:(?:re-?)?start(?:s|ing)?|begin(?:s|ning)?|commenc(?:es|ing)|launch(?:es|ing))(?:\s+(?:again|back))?"
    r"(?:\s+(?:from|on))?|(?:the\s+)?first\s+(?:meeting|session|group|one|date)(?:\s+(?:is|on|will\s+be))*)\s*:?"
)
_NEXT = (
    r"(?:(?:the|our)\s+)?next\s*(?:(?:meets|meetings?|sessions?|groups?|dates?|ones?)\s*)?:?"
    r"(?:\s*(?:on|is|will\s+be|being))*"
)
_UNTIL = (
    r"(?:until|till?|up\s+to|(?:ending|ends|finishing|finishes)(?:\s+on)?"
    r"|(?:the\s+)?last\s+(?:meeting|session|group|one|date)(?:\s+(?:is|on|will\s+be))*)\s*:?"
)
_NO_BANK_HOLIDAYS = r"(?:(?:the|an?|uk|any|all|public or)\s+)*(?:bank|public)\s+hol(?:iday)?s?\b(?:\s+mon(?:day)?s?\b)?"
_OFF = rf"(?:(?:on|in|during|the|month of)\s+)*(?:{_NO_BANK_HOLIDAYS}|{MONTH}(?!\s*\d))"
_NO_MEETINGS = r"no\s+(?:meetings?|groups?|sessions?|classes|drop-?ins?|clubs?)(?:\s+(?:is|are|will\s+be)?\s*held)?"
_SUBJECT = r"(?:(?:we|it|which|this|the\s+(?:group|club|session|meeting|caf[e\u00e9]))\s+)?"
_EXCEPT = (
    r"(?:except(?:ing)?|exclud(?:ing|es)|excl?\b\.?|(?:we\s+)?break(?=\s+for)|with the exception of|save|apart from"
    r"|other than|unless(?:\s+(?:it\s+is|it's|it\s+falls\s+on|this\s+is))?"
    rf"|{_SUBJECT}(?:has|have|takes?)\s+a\s+break|{_SUBJECT}(?:breaks?|stops?|pauses?|closes?)(?=\s+(?:for|over|during|in\s+(?:the\s+)?school)\b)"
    rf"|(?:but\s+)?(?:not(?:\s+(?:held|meeting|open|running))?|{_NO_MEETINGS}|there\s+(?:is|are)\s+{_NO_MEETINGS}"
    rf"|{_SUBJECT}(?:do|does)(?:\s+not|n't)\s+(?:meet|run|open|happen|take\s+place)"
    rf"|{_SUBJECT}(?:(?:is|are)\s+)?(?:closed|off(?=\s+(?:for|in|during)\b))))(?:\s+(?:for|over))?"
)
_SCHOOL_HOLIDAYS = r"(?:(?:in|during|for|on)\s+)?(?:the\s+|all\s+)?school\s+hol(?:iday)?s\b"
_TERM = (
    r"(?:(?:in|during)\s+(?:the\s+)?(?:school\s+)?terms?(?:[ -]?times?)?|(?:school\s+)?term[ -]?times?)\b(?:\s+only\b)?"
)

_NUMBER = rf"(?:{'|'.join(NUMBERS)}|\d{{1,2}})"

# A number alone is a time only in a range, where the other end or a part of the day says which half of the day.
_ABOUT = r"(?:about|around|approx(?:imately)?\b\.?|roughly|circa)\s+"
_TO = r"\s*(?:-|\bto\b|\buntil\b|\btill?\b)\s*"
_ENDS = r"(?![\w+:]|\.\d)"
_HOURS = r"\s*(?:hrs|hours)\b"
STREETS = (
    "road|rd|street|lane|avenue|ave|drive|way|place|square|terrace|crescent|gardens|grove|hill|row|parade|court|mews"
)
CLOCK = (
    rf"(?:noon|midnight|\d\d[.:]\d\d{_HOURS}|\d{{4}}(?:{_HOURS}|(?=\s*-\s*\d{{4}}{_HOURS}))"
    # Nobody meets "at" a year.
    rf"|(?<=\bat\s)(?:0[7-9]|1\d|2[0-2])(?:00|15|30|45)\b"
    # "1930-2100" has quarters of an hour on both sides; years seldom have.
    rf"|(?:0[7-9]|1\d|2[0-2])(?:00|15|30|45)(?=\s*-\s*(?:[01]\d|2[0-3])(?:00|15|30|45)\b)"
    rf"|(?<=\d{{4}}-)(?:[01]\d|2[0-3])(?:00|15|30|45)\b|(?<=\d{{4}}\s-\s)(?:[01]\d|2[0-3])(?:00|15|30|45)\b"
    rf"|\d{{1,2}}\s*o'?clock(?:\s*[ap]m)?|\d{{1,2}}[.:]\d\d(?:\s*[ap]m)?|\d{{1,2}}\s*[ap]m){_ENDS}"
)
#: An hour without am or pm: a time only beside another, or behind "at".
HOUR = (
    rf"(?:1[0-2]|[1-9]){_ENDS}"
    # A house number: "10am-12 High Street".
    rf"(?!\s+(?:(?!(?:in|at|on|by)\b)[^\W\d]+\s+){{0,3}}(?:{STREETS})\b)"
    r"(?!\s*-\s*\d+(?:s|\+)|\s*(?:hours?|hrs?|minutes?|mins?|weeks?|days?|times?|years?|sessions?|groups?|meet\w*)\b)"
)
_RANGE = rf"(?:{CLOCK}|{HOUR}){_TO}(?:{_ABOUT})?(?:{CLOCK}|{HOUR})"
_BETWEEN = rf"between\s+(?:{CLOCK}|{HOUR})\s*(?:-|\band\b)\s*(?:{CLOCK}|{HOUR})"
_START = r"(?:(?:from|at|@|(?:start|begin|commenc|kick)(?:n?ing|e?s)?(?:\s+off)?(?:\s+(?:at|from))?)\s+)?"
_ORDINAL_FOLLOWS = (
    rf"(?=\s+(?:{DAY}|of\b|in\b|each\b|every\b|and\b|monthly\b|weeks?\b|calendar\b|month)|\s*(?:$|[,.;:()]|-\s))"
)

_PART = r"(?:mornings?|afternoons?|evenings?|eves?|nights?|lunch\s?-?times?)\b"

#: The weekdays of each token that means the same ones always.
DAYS_OF = {"all_days": range(7), "workdays": range(5), "weekends": range(5, 7)}
#: Tokens that say how often, on the days beside them.
HOW_OFTEN = {"weekly", "monthly"}
#: `(name, pattern)` of each token, tried in this order at each position. One in neither `DAYS_OF` nor `HOW_OFTEN` means
#: what the method `_<name>` of `Reader` makes of it, or nothing. Text that is neither a token nor a remark makes the
#: sentence unreadable.
TOKENS = [
    (name, re.compile(pattern, re.IGNORECASE | re.ASCII))
    for name, pattern in {
        "please_note": r"please\s+note(?:\s+that)?\b:?|n\.?b\b\.?:?",
        "ask_for_the_time": (
            r"(?:please )?ask for the time\b|times? (?:tb[ac]|to be (?:confirmed|announced)|var(?:y|ies))\b"
        ),
        "no_day": (
            r"(?:the|rising|setting|golden|morning)\s+sun\b|sun\s+(?:inn|pub|hotel|arms|street|lane)\b|open\s+day\b"
        ),
        "term_time": rf"{_TERM}|{_EXCEPT}\s+{_SCHOOL_HOLIDAYS}|outside(?:\s+of)?\s+{_SCHOOL_HOLIDAYS}",
        "off": (
            rf"{_EXCEPT}\s+{_OFF}(?:(?:\s*,)?\s*(?:,|/|\b(?:and|or|nor)\b)\s*(?:not\s+)?{_OFF})*"
            rf"|{_OFF}\s+except(?:ed)?(?=\s*(?:$|[,.;)]))|{_OFF}\s+excluded\b"
        ),
        "ordinals_off": (
            rf"{_EXCEPT}\s+(?:on\s+)?(?:the\s+)?{_ORDINAL}(?:{_AND}(?:the\s+)?{_ORDINAL})*(?:\s+{DAY}|\s+one\b)?"
            r"(?:\s+(?:of|in)\s+(?:the|each|every|a)\s+month\b)?"
        ),
        "instead_of_bank_holidays": (
            rf"(?:on|if\s+(?:it|that|the\s+{DAY})\s+is|if\s+it\s+falls\s+on)\s+{_NO_BANK_HOLIDAYS},?\s+(?:we|it"
            rf"|the\s+group)"
            rf"\s+(?:meets?|is|moves\s+to)\s+(?:on\s+)?(?:the\s+)?(?:{DAY}|next\s+day|following\s+day)(?:\s+instead)?\b"
            rf"|(?:the\s+)?{_ORDINAL}\s+{DAY}\s+(?:if|when)\s+(?:it\s+is\s+|it\s+falls\s+on\s+|the\s+\w+\s+is\s+)?"
            rf"{_NO_BANK_HOLIDAYS}"
            rf"|if\s+(?:(?:it|that)\s+is\s+)?{_NO_BANK_HOLIDAYS},?\s+(?:then\s+)?(?:the\s+)?{_ORDINAL}\s+{DAY}(?:\s+instead)?"
        ),
        "then_instead": (
            r",?\s*(?:when|in\s+which\s+case|then)\s+(?:we|it|the\s+group)\s+(?:meets?|is|moves\s+to|will\s+meet)"
            rf"\s+(?:on\s+)?(?:the\s+)?(?:(?:next|following)\s+(?:day|week|{DAY})|{_ORDINAL}\s+{DAY}|{DAY})(?:\s+instead\b)?"
        ),
        "days_off": rf"{_EXCEPT}\s+(?:on\s+)?{DAY}(?:(?:\s*,\s*|\s+(?:and|or)\s+){DAY})*",
        "date_range": (
            rf"(?:(?:from|between|runs|running|{_STARTING})\s+)?(?P<from>(?:{DAY}(?<!days),?\s*)?(?:the\s+)?\d{{1,2}}"
            rf"(?:st|nd|rd|th)?(?:(?:\s+of)?\s+{MONTH}(?:,?\s+\d{{4}})?)?)"
            rf"\s*(?:-|\bto\b|\btill?\b|\band\b|\bthrough\b)\s*(?P<to>{_DAY_OF_MONTH})"
            r"(?P<year>,?\s+\d{4}\b)?(?!\s*-?\s*\d)"
        ),
        "first_date": rf"{_STARTING}\s*{_DATE}",
        "next_date": rf"{_NEXT}\s*{_DATE}",
        "first_date_without_a_year": (
            rf"(?:{_STARTING}|(?P<next>{_NEXT}))\s*(?P<date>{_DAY_OF_MONTH})(?!,?\s*(?:\d{{4}}|-|to\b|until\b))"
        ),
        "last_date": rf"{_UNTIL}\s*{_DATE}",
        "weeks_of_a_course": (
            rf"(?:(?:an?|our|this|the|free)\s+)*(?P<course>{_NUMBER})[- ]weeks?(?:\s+[^\W\d]+){{0,2}}?\s+"
            r"(?:course|programme|block|series)\b"
            rf"|(?:(?:runs?|runs\s+on|running|lasts|course)\s+)?for\s+(?P<weeks>{_NUMBER})\s+weeks\b(?:\s+only\b)?"
        ),
        "months": (
            rf"(?:(?:from\s+)?{MONTH}(?:{_TO}|\s+(?:through|thru)\s+)|between\s+{MONTH}\s+and\s+){MONTH}"
            r"(?:\s+(?:only|inclusive|incl)\b)?"
            rf"|(?:in|of|during)\s+{MONTH}(?:{_AND}{MONTH})+(?:\s+only\b)?"
            # Without "in", two months may be two people.
            rf"|{MONTH}(?:{_AND}{MONTH}){{2,}}(?:\s+only\b)?|\(\s*{MONTH}{_AND}{MONTH}(?:\s+only\b)?\s*\)"
        ),
        "time_for_time": (
            r"(?:(?:please\s+)?(?:doors(?:\s+open(?:ing)?)?|arriv(?:e|als?|ing)|gather(?:ing)?|come|meet(?:ing)?(?:\s+up)?"
            r"|tea|coffee|refreshments|registration)(?:\s+(?:at|from|by))?\s+)?"
            rf"(?:{CLOCK}|{HOUR}),?\s+for\s+(?:an?\s+)?{CLOCK}(?:\s+(?:start|sharp|prompt)\b)?"
        ),
        "end_time": (
            rf"(?:finish|end|clos)(?:es|e|s|ing)?(?:\s+(?:at|by|around|about))*\s+{CLOCK}|(?:until|till?)\s+{CLOCK}"
            rf"|{CLOCK}\s+(?:finish|close|end)\b"
        ),
        "about": rf"(?:(?:at|from)\s+)?{_ABOUT}(?={CLOCK}|{HOUR}{_TO})",
        "range": rf"(?:{_BETWEEN}|(?:(?:from|at|@)\s+)?{_RANGE})",
        "time": rf"{_START}{CLOCK}(?:\s+(?:start|kick-off|sharp|prompt(?:ly)?|on\s+the\s+dot)\b)?",
        "or_time": rf"or(?:\s+again)?(?=\s+(?:(?:at|from)\s+)?(?:(?P<range>{_RANGE})|{CLOCK}))",
        "shared_time": (
            r"(?:both|all)(?:\s+(?:are|groups|sessions|meetings|days))*(?=\s*[,:-]?\s*"
            rf"(?:(?:at|from|start\w*)\s+)*(?:{_RANGE}|{CLOCK}))"
        ),
        "hour": (
            rf"(?:from|at|start(?:s|ing)?(?:\s+(?:at|from))?)\s+{HOUR}"
            rf"(?=\s*(?:$|[,.;:()!?]|-\s)|\s+(?:and|in|on|every|each|for)\b|\s+{DAY})"
        ),
        "last_day_of_month": (
            r"(?:(?:every|each)\s+)?(?:the\s+)?(?:very\s+)?last\s+day\s+(?:of|in)\s+(?:(?:the|each|every|a)\s+)?"
            r"(?:calendar\s+)?month\b"
        ),
        "every_day_of_month": rf"(?:every|each|all)\s+(?P<day>{DAY})\s+(?:of|in)\s+(?:the|each|every|a)\s+month\b",
        "weeks_of_month": (
            rf"(?:(?:on|in|during)\s+)?(?:the\s+)?(?P<weeks>{_ORDINAL}(?:{_AND}(?:the\s+)?{_ORDINAL})*\s+weeks?"
            rf"|weeks?\s+[1-4](?:{_AND}[1-4])*)\s+(?:of|in)\s+(?:the|each|every|a)\s+(?:calendar\s+)?month\b"
        ),
        "every_other_month": (
            r"(?:(?:of|in|on)\s+)?(?:every\s+(?:other|second|two|2)|alternat(?:e|ing))\s+(?:calendar\s+)?months?\b"
            r"|bi-?monthly\b"
        ),
        "twice_a_month": (
            r"(?:twice|(?:two|2)\s+(?:times|meetings|sessions))\s+(?:a|per|each|every)\s+month\b|twice[ -]monthly\b"
        ),
        "all_days": (
            r"(?:every\s+day|daily|(?:7|seven) days a week)\b"
            r"|(?:every|each)\s+(?=(?:morning|afternoon|evening|night)\b)"
        ),
        "times_a_week": (
            rf"(?:twice|(?P<times>{_NUMBER})\s+(?:times|days|meetings|sessions|groups))\s+(?:a|per|each|every)\s+week\b"
            r"|twice[ -]weekly\b"
        ),
        "interval": (
            rf"every\s+other\b(?=\s+(?:{DAY}|week\b))|alternat(?:e|ing)\b(?=\s+(?:{DAY}|weeks?\b))"
            rf"|(?:every|once\s+a)\s+fortnight\b|fortnightly\b|every\s+{_NUMBER}\s+weeks\b"
            r"|every\s+(?P<nth>second|third|fourth|2nd|3rd|4th)\s+week\b(?!\s+(?:of|in)\b)"
        ),
        "weeks": r"weeks?\b",
        "every_second": rf"(?:every|each)\s+(?:second|2nd)\b(?=\s+{DAY})",
        "quarterly": r"quarterly\b",
        "weekly": r"weekly\b|(?:every|each|once\s+a)\s+week\b|per\s+week\b",
        "monthly": (
            r"monthly\b|(?:of|in|on)\s+(?:the|each|every|a)\s+(?:calendar\s+)?month\b"
            r"|(?:every|each|once\s+a|per|a|of|in)\s+(?:calendar\s+)?month\b"
        ),
        "has_one": r"that has one\b|(?:if|when) there is (?:a fifth|one)\b",
        "workdays": rf"(?:every\s+weekday|weekdays)\b|weekday\s+(?={_PART})",
        "weekends": rf"(?:every\s+weekend|weekends)\b|weekend\s+(?={_PART})",
        "same_ordinals": rf"(?:the\s+)?(?P<same>{_ORDINAL})\s+{DAY}(?:{_AND}(?:the\s+)?(?P=same)\s+{DAY})+",
        "ordinals": (
            rf"(?:(?P<every>every|each)\s+)?(?:the\s+)?{_ORDINAL}(?:{_AND}(?:the\s+)?{_ORDINAL})*{_ORDINAL_FOLLOWS}"
        ),
        "day_range": rf"{DAY}\s*(?:-|\bto\b|\bthrough\b|\buntil\b)\s*{DAY}",
        "weekdays": rf"{DAY}(?:{_AND}{DAY})*|any\s+{DAY}(?:\s*,?\s*\b(?:or|and)\b\s*{DAY})+",
        "part_of_day": (
            r"(?:(?:in|on|of|during)\s+(?:the|an|a)\s+|at\s+(?=night|lunch))?(?:(?:early|late|mid)[\s-]+)?"
            rf"(?P<part>{_PART})"
        ),
        "every": rf"(?:every|each|any(?=\s+{DAY}))\b",
        "any_time": (
            r"(?:at\s+)?any\s+time(?=\s+(?:between|from)\b)|all\s+(?:the\s+)?year(?:[\s-]+round)?\b|year[\s-]+round\b"
            r"|52\s+weeks\s+(?:a|of\s+the|per)\s+year\b|throughout\s+the\s+(?:whole\s+)?year\b"
        ),
        "or_day": rf"or(?=\s+(?:on\s+)?(?:(?:every|each|the)\s+)?(?:{DAY}|{_ORDINAL}\s+{DAY}))",
        "usually": r"(?:usually|normally|generally|typically|mostly|most\s+weeks|most(?=\s+[a-z]+days\b))\b",
        "question_mark": r"\?",
        "noise": (
            r"(?:we|it|our|this|to\s+(?:our|the|a)(?=\s+[a-z]+day\b)|gets?\s+together|come\s+along|itself|will\s+be|which|that|happens)\b|meet(?:s"
            r"|ings?)?\b|then(?=\s+(?:every|each|weekly|fortnightly)\b)|held\b|takes?\s+place\b|runs?\b"
            r"|group\b|sessions?\b|and(?:\s+again|\s+then)?\b|plus\b"
            r"|open\b|(?:on|the|in|at|a|is|are|when|days?|times?|from|onwards)\b|[,;:()*!\u2022|\"\u201c\u201d]"
            r"|-(?=\s)|\.(?=\s|$)"
        ),
    }.items()
]

#: Words at an edge that show that the sentence is cut off: its other part is in another line of the cell.
UNFINISHED = re.compile(
    r"^(?:and|or|to|plus)\b|^[,:;/-]|^\(.*\)$|(?:\b(?:and|or|to|plus|the|at|on)|[,:/-])$", re.IGNORECASE
)
NAMES_A_DAY = re.compile(
    rf"(?<!\w)(?:{DAY}|last\s+day|{_ORDINAL}|daily|every\s+day|weekdays?|weekends?)(?!\w)", re.IGNORECASE
)
NAMES_AN_ORDINAL = re.compile(rf"(?<!\w){_ORDINAL}", re.IGNORECASE)
UNTIL_ABOUT = re.compile(rf"{_ABOUT}.*", re.IGNORECASE)
#: What a range has between its ends.
JOINS_HOURS = re.compile(rf"\d\s*(?:[ap]m)?{_TO}|\band\b|noon{_TO}", re.IGNORECASE)
#: Separators between two times of the same days: "10am and 2pm", "10am to noon, 2pm to 4pm".
JOINS_TIMES = re.compile(r"\s*,?\s*(?:and|plus|or)(?:\s+again|\s+then)?\s*", re.IGNORECASE)
#: What stands before the next days of a list: "1st Monday and the 3rd Thursday".
JOINS_DAYS = re.compile(r"(?:\band|[,/])\s*(?:on\s+)?(?:the\s+)?$", re.IGNORECASE)
JOINS_RANGES = re.compile(r"\s*,\s*")


def weekday_of(name: str) -> int:
    """Return the weekday number of a lower-case name, which may be plural or abbreviated."""
    letters = name.rstrip(".").replace("'", "")
    return WEEKDAYS[letters] if letters in WEEKDAYS else WEEKDAYS[letters.removesuffix("s")]


def ordinals_in(text: str) -> list[int]:
    """Return the ordinals in lower-case text as numbers, -1 for the last."""
    words = re.findall(_ORDINAL, text)
    return [ORDINALS.get(word) or int(word[:-2]) for word in words]


def months_in(text: str) -> list[int]:
    """Return the month numbers named in lower-case text, in order."""
    return [MONTHS[month.rstrip(".")] for month in re.findall(MONTH, text)]
