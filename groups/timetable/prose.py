"""Find the words of a sentence that are about no day or time, so that they can be kept as a note.

Words are passed over only if none of them may change what a day or time means; a sentence of its own, without any day
or time, may have more words than one among days and times.
"""

import re
from difflib import get_close_matches

from .lexicon import CLOCK, DAY, MONTH, WEEKDAYS
from .remarks import Kind, Remark, other_time_at
from .vocabulary import PLACES, WORD

#: Phrases with a meaningful word that are about no day or time.
_HARMLESS = "|".join(
    [
        r"no need to (?:book|register|call|phone|ring|commit|talk|speak|share)(?: in advance| first| ahead)?",
        r"no (?:prior |previous )?(?:booking|referral|appointment|charge|cost|fees?|pressure|alcohol|dogs|experience"
        r"|judge?ment|obligation|registration|membership|diagnosis|waiting list|parking|entry fee)"
        r"(?: (?:is |are )?(?:needed|required|necessary))?",
        r"not (?:essential|necessary|required|religious|obligatory|compulsory)",
        r"non-?(?:smoking|smokers|members|alcoholic|judge?mental|profit|religious|refundable)",
        r"first (?:visit|time|session|meeting|come|served|aid|timers?|steps?|cup|light|responders?)",
        r"(?:ring|call|phone|text|e-?mail|contact|check|book|ask|speak to)(?: (?!on\b)[^\W\d]+){0,3} first(?=\s*(?:$"
        r"|[.;)]))",
        r"second[- ]hand|second chances?|third (?:age|sector|space|party)|last orders|one[- ](?:to|on)[- ]one"
        r"|each other"
        r"|one another|any (?:questions|quer(?:y|ies)|enquiries|problems)|any age|open minds?|twelve[- ]steps?",
        r"no (?:forms|fuss|strings|jargon|commitment|uniforms?|expectations|small talk|questions asked)",
        r"cancell?ed (?:in|if) (?:(?:very|it is|there is|there are) )?(?:high|strong|bad|heavy|severe|poor)"
        r" (?:winds?|weather|rain|snow)",
        r"through (?:the|our) (?:door|gate|garden|car park|arch|courtyard|back|front|side|main)",
        r"but please (?=check|ask|ring|call|phone|contact|e-?mail|text|let)",
        r"(?:before|after) (?:you|your|coming|travelling|setting (?:out|off)|attending|joining|visiting|work|school"
        r"|church|mass|worship)\b",
        r"(?:if|when) (?:you|your|wet|needed|required|interested|possible|raining|it rains)\b",
        r"(?:open|closed) (?:groups?|meetings?|discussions?|sessions?)|currently (?:on|via|online|meeting on)",
        r"includ(?:es|ing) (?:tea|coffee|lunch|refreshments|cake|biscuits|a hot drink|materials|breakfast|soup)",
        r"(?:for|about) (?:more|further) (?:details|information)|(?:more )?about (?:us|you|the group)"
        r"|about (?:anything|it)",
        r"(?:start|begin|finish|end)(?:s|ing)? at(?= (?:the |our )?[^\W\d])",
        r"uk time|gmt|bst|(?:there are |we have |we run )?(?:two|three|four) (?:groups|sessions|meetings)(?=\s*:)",
        r"(?:rising|golden|morning) sun(?: inn| pub)?|sun (?:inn|pub|street|lane|hotel)|sat ?nav"
        r"|places (?:may be )?limited",
        r"(?:link|details?|address|passcode|password|transport|parking|location|venue|crèche|creche)"
        r" (?:is |are )?(?:available )?(?:on|by) request|(?:near|around) half-?term|public house|public transport"
        r"|old bank|moving on|social change|days? centre|day hospital",
        r"(?:around|about)(?= (?:the|our|your|a|town|local|mental|what|how|life|everything|feelings)\b)",
        r"(?:sure|fresh|head|flying|home|family|healthy|better|smart) ?-?start",
    ]
)
_PART = rf"(?:(?:{_HARMLESS})(?![\w'])|(?!\S*\d){WORD}(?:\s+only(?=\s*(?:$|[,.;)])))?)"
_RUN = re.compile(rf"{_PART}(?:\s+(?:(?:or|&|\+)\s+)?{_PART})*", re.IGNORECASE)
#: Words that join others; a run of nothing else is no note, and none ends with one.
_JOINING = re.compile(
    r"(?:\s*\b(?:on|at|the|in|of|is|are|and|from|a|an|we|it|meets?|meetings?|held|for|to|our|with|by|s)\b)+\s*$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    rf"\b(?:{PLACES})\b|\b[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}}\b|\b(?:upstairs|downstairs)\b", re.IGNORECASE
)
_PHONE = re.compile(r"\(?(?:\+44|0)\s?\d(?:[\s()-]{0,2}\d){8,9}")
#: Words that say no more than that it meets.
_FILLER = re.compile(
    r"(?:\s|\b(?:we|it|the|our|this|groups?|meets?|meetings?|held|gets?|together|itself|runs?|open|come|along|takes?"
    r"|place"
    r"|all|will|be|sessions?|which|that|and|on|at|in|happens|happening|there|a|an|is|are|usual|regular)\b)+",
    re.IGNORECASE,
)
#: What is followed by a number that is no time.
_NUMBERED = re.compile(
    r"\b(?:rooms?|rm|unit|suite|studio|flat|floor|level|number|no|bus|route|platform|gate|stop|page|house|step|steps"
    r"|zone"
    r"|ward|part|chapter|age|aged|ages|max|maximum|minimum|min|over|under|up to|top|phase|tier|block|key stage)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"\s+(?!{CLOCK}(?!\s*-))\d", re.IGNORECASE)
#: What a sentence beside a schedule may say with digits.
_HARMLESS_DIGITS = re.compile(
    r"£\s?\d+(?:\.\d\d)?|\b(?:19|20)\d\d\b(?!\s*(?:hrs|hours))|\b\d+\s+(?:members|people|places|spaces|years|miles"
    r"|steps)\b"
    r"|\b1\d\+|\b[2-9]\d\+|\b\d+(?=\s*-?\s*years?\b)",
    re.IGNORECASE,
)
#: Words that make a sentence without days or times a condition of those beside it.
_CONDITIONAL = re.compile(
    r"\b(?:every|alternat\w+|fortnight\w*|weeks?|weekly|month\w*|quarterly|annual\w*|daily|terms?|term-?time"
    r"|holidays?|hols"
    r"|half-?term|seasons?|spring|summer|autumn|winter|christmas|xmas|easter|bank|cancel\w*|suspend\w*|paus\w+"
    r"|postpon\w+"
    r"|mov(?:e|es|ed)|instead|except\w*|exclud\w+|unless|used to|it was|we were|has been|former\w*|previous\w*"
    r"|no longer"
    r"|not|closed|stop\w*|ceas\w+|end(?:s|ed|ing)|finish\w*|resum\w+|restart\w*|starts|starting|begins?|beginning"
    r"|return\w*"
    r"|tempora\w+|provisional\w*|tb[acd]|var(?:y|ies|ied|ying)|rotat\w+|most|mostly|usual\w*|normal\w*|sometimes"
    r"|occasion\w*|irregular\w*|ad-?hoc|one-off|courses?|series|programme|blocks?|until|till|since|current\w*|next|this"
    r"|times?|hold|break|hiatus|recess|appointment\w*|arrang\w+|depend\w*|differ\w*|dates?|days?|weekends?|weekdays?"
    r"|tonight"
    r"|today|tomorrow|once|twice|never|no (?:group|meetings?|sessions?)|off|first|second|third|fourth|fifth|last|noon"
    r"|midnight|odd|even|skip\w*|change[sd]?|o'?clock|soon|now(?! (?:have|has|open|welcome))|when|whenever|while"
    r"|as and when"
    r"|if(?! (?:you|your|unsure|in doubt|interested|possible|needed|required))|time to time|on and off|disband\w*"
    r"|dissolv\w*|defunct|launch\w*)\b",
    re.IGNORECASE,
)
_DATED = re.compile(rf"\b(?:{DAY}|{MONTH}|{CLOCK})", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.;!?\n]+(?:[.](?=\w)[^.;!?\n]*)*")
_SENTENCE_STARTS_AFTER = re.compile(r"(?:^|[.;!?])\s*$")
_FREQUENCIES = (
    "fortnightly",
    "monthly",
    "weekly",
    "alternate",
    "every",
    "except",
    "excluding",
    "february",
    "september",
)


#: Words whose days and times are those of a telephone or an office.
_SERVICE = re.compile(
    r"\b(?:call|ring|phone|telephone|text|contact|e-?mail|enquir\w+|helpline|hotline|office|reception|switchboard"
    r"|advice|shop"
    r"|lines?(?= (?:is |are )?open)|(?:library|centre|building|surgery|hub|church|hall|food ?bank)(?= (?:is "
    r"|are )?open))\b",
    re.IGNORECASE,
)


def is_of_a_service(words: str) -> bool:
    """Return whether days and times after words may be those of a telephone or an office."""
    return bool(_SERVICE.search(words))


def words_at(text: str, position: int) -> tuple[Remark, int] | None:
    """Return the words about no day or time at `position` of a normalised text, and their end; or None."""
    match = None if text[position - 1 : position].isalnum() else _RUN.match(text, position)
    run = match[0] if match else ""
    # "A hot meal at 1pm": what has a time of its own is a remark of another kind.
    ends = (each.start() for each in re.finditer(r"(?<=\s)\S", run) if other_time_at(text, position + each.start()))
    words = _JOINING.sub("", run[: next(ends, len(run))]).strip()
    if not words or _FILLER.fullmatch(words) or any(map(_is_misspelt, words.split())):
        return None
    if _NUMBERED.search(words) and _NUMBER.match(text, position + len(words)):
        # "Room 7 - 9pm".
        return None
    return remark_of(words), position + len(words)


def sentence_at(text: str, position: int) -> tuple[Remark, int] | None:
    """Return the whole sentence at `position`, without its full stop, if it is about no day or time; or None."""
    match = _SENTENCE.match(text, position) if _SENTENCE_STARTS_AFTER.search(text, 0, position) else None
    words = match[0].strip() if match else ""
    # Three words at least: fewer are read as tokens and remarks.
    if len(words.split()) < 3 or not is_about_no_time(words):
        return None
    return remark_of(words), position + len(words)


def is_about_no_time(words: str) -> bool:
    """Return whether words without a day or time are no condition of a schedule either."""
    plain = re.sub(rf"\b(?:{_HARMLESS})(?![\w'])", "", words, flags=re.IGNORECASE)
    plain = _HARMLESS_DIGITS.sub("", _PHONE.sub("", plain))
    return not (
        _DATED.search(plain)
        or _CONDITIONAL.search(plain)
        or re.search(r"\d", plain)
        or any(map(_is_misspelt, plain.split()))
    )


def remark_of(words: str) -> Remark:
    return Remark(_kind(words), words)


def misspelt_word(text: str) -> str:
    """Return the first word that may be a misspelt weekday or frequency, or ""."""
    return next(filter(_is_misspelt, re.findall(r"[^\W\d_]+", text)), "")


def likely_weekday(word: str) -> str:
    """Return the weekday that a misspelt word is likely to mean, plural if the word is; "" if it is like none."""
    days = [day for day in WEEKDAYS if day.endswith("day")]
    [day, *_] = [*get_close_matches(word.lower().removesuffix("s"), days, cutoff=0.8), ""]
    return f"{day.capitalize()}{'s' * word.endswith('s')}" if day else ""


def _is_misspelt(word: str) -> bool:
    letters = word.lower().strip(".,'").removesuffix("'s")
    if letters in WEEKDAYS or len(letters) < 5:
        return False
    singular = letters.removesuffix("s")
    days = [day for day in WEEKDAYS if day.endswith("day")]
    is_like_a_day = re.search(r"d[aey]+$|a[dy]+$", singular) and singular not in days
    if is_like_a_day and get_close_matches(singular, days, cutoff=0.8):
        return True
    return letters not in _FREQUENCIES and bool(get_close_matches(letters, _FREQUENCIES, cutoff=0.86))


def _kind(words: str) -> Kind:
    if _PHONE.search(words):
        return Kind.TELEPHONE
    return Kind.PLACE if _PLACE.search(words) else Kind.WORDS
