"""The words of a list as the templates want them: every text cleaned, and cut where a line may end within a word."""

import datetime
import itertools
import re
import unicodedata
from collections.abc import Iterable

from ...choices import Month
from ..choices import Layout
from ..document import PrintDocument, PrintEntry
from ..qr import group_qr, qr
from .week import build_bands

#: A text, or a text in pieces between which a line may end.
Text = str | list[str]

#: A word of so many letters surely fits in the columns of a layout's groups; longer ones may be cut.
LONGEST = {Layout.STANDARD: 40, Layout.LARGE: 26, Layout.WEEK: 30, Layout.EASY: 26, Layout.POCKET: 26}
#: The same for the title of a list, the index of places, the days of a timetable, and what is under a QR code.
IN_TITLE, IN_PLACES, IN_A_DAY, IN_A_CAPTION = 20, 24, 16, 18
#: A group of fewer letters is surely shorter than a page of small print. Longer ones are measured, which takes time.
LONG = 1500
#: With fewer lines of facts and warnings than this a group may be shorter than its QR code is tall.
FEW = 7
#: What a line of its own takes at most, in letters.
NEW_LINE = 40

NO_BREAK = "\N{NO-BREAK SPACE}"
#: What no line ends within: postcodes, telephone numbers, and days of a month.
_TOGETHER = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|\b0\d[\d ]{7,14}\d\b|\b\d{1,2} (?:" + "|".join(Month.labels) + r")\b"
)


def serialise(paper: PrintDocument, layout: Layout) -> dict[str, object]:
    """All that stands on the paper, ready for JSON."""
    words = {
        "title": cut(paper.title, IN_TITLE),
        "about": clean(paper.title),
        "printed": f"Printed {_date(paper.printed_on)}.",
        "good_until": f"Good until {_date(paper.good_until)}.",
        "year_month_day": [paper.printed_on.year, paper.printed_on.month, paper.printed_on.day],
        "url": paper.url,
        "qr": qr(paper.url),
        "sections": [
            {
                "heading": cut(section.heading, IN_TITLE),
                "entries": [serialise_entry(entry, layout) for entry in section.entries],
                "also": cuts(section.also, LONGEST[layout]),
            }
            for section in paper.sections
        ],
        "left_out": cuts(paper.left_out, LONGEST[layout]),
        "places": [{"name": cut(name, IN_PLACES), "groups": groups} for name, groups in _places(paper)],
        "help_now": [{"what": clean(what), "number": clean(number)} for what, number in paper.help_now],
    }
    if layout == Layout.WEEK:
        words["week"] = [
            {
                "name": band.name,
                "days": [
                    [
                        {
                            "code": entry.code,
                            "time": cut(sitting.time, IN_A_DAY),
                            "name": cut(entry.name, IN_A_DAY),
                            "flags": cuts(entry.flags, IN_A_DAY),
                            "how_often": cut(sitting.how_often, IN_A_DAY),
                            "where": cut(", ".join(entry.where), IN_A_DAY),
                        }
                        for sitting, entry in day
                    ]
                    for day in band.days
                ],
            }
            for band in build_bands(paper)
        ]
        words["no_day"] = [
            {"code": one.code, "name": cut(one.name, LONGEST[layout])} for one in paper.entries if not one.sittings
        ]
    return words


def serialise_entry(entry: PrintEntry, layout: Layout) -> dict[str, object]:
    """One group: its name, what it is, and its facts, each a label and lines. A fact that nobody told is not there."""
    longest = LONGEST[layout]
    short = re.sub(r"^https?://|/$", "", entry.url)
    facts = {
        "when": entry.when,
        "next": entry.next_dates,
        "where": entry.where,
        "joining": entry.joining,
        "access": entry.access,
        "cost": (entry.cost,),
        "contacts": entry.contacts,
    }
    if layout != Layout.EASY:
        facts |= {
            "where": (", ".join(line.rstrip(",") for line in entry.where),),
            "joining": (" ".join(map(_sentence, entry.joining)),),
            "access": (" ".join(map(_sentence, entry.access)),),
        }
    told = {name: lines for name, of_it in facts.items() if (lines := cuts(of_it, longest))}
    texts = [entry.name, entry.organisation, entry.summary, *entry.flags, *itertools.chain(*facts.values())]
    return {
        "code": entry.code,
        "url": entry.url,
        "short": cut(short, IN_A_CAPTION),
        "alt": f"QR code of the address {short}",
        "qr": group_qr(entry.url),
        "name": cut(entry.name, longest),
        "organisation": cut(entry.organisation, longest),
        "what": cut(entry.what, longest),
        "flags": cuts(entry.flags, longest),
        "summary": cut(entry.summary, longest),
        "facts": told,
        "checked": cut(entry.checked, longest),
        "is_short": len(entry.flags) + sum(map(len, told.values())) < FEW,
        "is_long": sum(len(text) + NEW_LINE for text in texts) > LONG,
    }


def clean(text: str) -> str:
    """The text in one line, without what no paper can show: control characters and halves of letters."""
    if not text.isprintable():
        text = "".join(" " if letter.isspace() else letter for letter in text if letter.isspace() or _shows(letter))
    return _TOGETHER.sub(lambda found: found[0].replace(" ", NO_BREAK), " ".join(text.split()))


def cut(text: str, longest: int) -> Text:
    """The clean text, in pieces if a word is too long: after / and @, else after . - and _, else after any letter."""
    text = clean(text)
    if len(text) <= longest or all(len(word) <= longest for word in text.split()):
        return text
    pieces = [text]
    for end in (r"(?<= )", r"(?<=[/@])(?!/)", r"(?<=[._-])", r"(?=.)"):
        pieces = [
            part
            for piece in pieces
            for part in (re.split(end, piece) if len(piece.strip()) > longest else [piece])
            if part
        ]
    return pieces


def cuts(texts: Iterable[str], longest: int) -> list[Text]:
    return [cut(text, longest) for text in texts if clean(text)]


def _shows(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cs", "Cn", "Co"}


def _sentence(text: str) -> str:
    """With a full stop, unless it ends in something like it."""
    return text if text.rstrip().endswith((".", "!", "?", ":", ";")) else f"{text.rstrip()}."


def _date(day: datetime.date) -> str:
    return f"{day.day} {Month(day.month).label} {day.year}"


def _places(paper: PrintDocument) -> list[tuple[str, list[dict[str, object]]]]:
    """Each place with its groups that are on the paper."""
    names = {entry.code: entry.name for entry in paper.entries}
    there = [(place, [code for code in codes if code in names]) for place, codes in paper.places]
    return [
        (place, [{"code": code, "name": cut(names[code], IN_PLACES)} for code in codes])
        for place, codes in there
        if codes
    ]
