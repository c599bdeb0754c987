"""Serialise a `PrintDocument` for the Typst templates: every text cleaned, long words split at line-break points."""

import datetime
import itertools
from collections.abc import Mapping
from typing import Any

from ...choices import Month
from ..document import PrintDocument, PrintEntry
from ..fields import NEXT_DATES, WHEN, WHERE, Fact, Lines
from ..layouts import LayoutSpec
from ..qr import group_qr, qr
from .columns import below_columns
from .large import divide, head_up_to
from .last_pages import last_pages
from .leaves import fill_leaves
from .letter_widths import Text
from .one_page import LAST_QUESTION, WHAT, fit_pages
from .texts import clean, cut, cuts
from .week import Meeting, build_week

#: The longest word, in characters, that always fits the title and the names of a week, and the index of places.
#: `LayoutSpec.longest_word` is that of a group.
IN_TITLE, IN_PLACES = 20, 24
#: A group of fewer characters always fits a page of small print. Longer ones are measured in Typst, which is slow.
LONG = 1500
#: With fewer lines of facts and warnings than this, a group may be lower than its QR code.
FEW = 7
#: As many lines above its facts are as high as its QR code; and the characters of a line beside that.
HIGH, BESIDE_CODE = 4, 90
#: What starting a new line costs at most, in characters.
NEW_LINE = 40


def serialise(document: PrintDocument, layout: LayoutSpec) -> dict[str, object]:
    """Return the content of a document as a mapping that can be encoded as JSON, for the template of a layout."""
    title = cut(document.title, IN_TITLE)
    sections: list[dict[str, Any]] = [
        {
            "heading": cut(section.heading, IN_TITLE),
            "entries": [serialise_entry(entry, layout) for entry in section.entries],
            "also": cuts(section.also, layout.longest_word),
        }
        for section in (() if layout.has_timetable else document.sections)
    ]
    left_out = cuts(document.left_out, layout.longest_word)
    places = [(cut(name, IN_PLACES), groups) for name, groups in _places(document)]
    words: dict[str, object] = {
        "title": title,
        "about": clean(document.title),
        "printed": f"Printed {_date(document.printed_on)}.",
        "good_until": f"Good until {_date(document.good_until)}.",
        "year_month_day": [document.printed_on.year, document.printed_on.month, document.printed_on.day],
        "url": document.url,
        "qr": qr(document.url),
        "sections": fit_pages(sections, title, document.help_now) if layout.has_questions else sections,
        "left_out": left_out,
        "places": [{"name": name, "groups": groups} for name, groups in places],
        "help_now": [{"what": clean(what), "number": clean(number)} for what, number in document.help_now],
    }
    if layout.has_questions:
        words["last_question"] = LAST_QUESTION
        words["last_pages"] = last_pages(sections, left_out, places, qr(document.url), document.help_now)
    if layout.is_folded:
        words["leaves"] = fill_leaves(sections, left_out, title, qr(document.url), document.help_now)
        words["sections"] = [{**section, "entries": [], "also": []} for section in sections]
    if layout.fills_pages:
        for entry in (entry for section in sections for entry in section["entries"]):
            entry["head_up_to"] = head_up_to(entry)
        contents, words["runs"], words["also_below"] = divide(document, sections, layout.longest_word)
        words["contents"] = [
            (cut(name, layout.longest_word), cut(when, layout.longest_word), code) for name, when, code in contents
        ]
    if layout.has_timetable:
        week = build_week(document)
        words |= {"is_short": week.is_short, "characters": week.characters}
        words["week"] = [
            {
                "name": day.name,
                "meetings": [[_meeting(form, layout.longest_word) for form in forms] for forms in day.meetings],
            }
            for day in week.days
        ]
    return words


def serialise_entry(entry: PrintEntry, layout: LayoutSpec) -> dict[str, object]:
    """Return a group as a mapping. Unknown facts are left out.

    `facts` are (label, lines), of which the first `first_facts` say when and where, and those labelled as in `below`
    are below columns; in a layout with questions `questions` are (question, [(subheading, lines)]) instead.
    """
    longest = layout.longest_word
    short = entry.short_url
    texts = {fact: layout.pdf_lines(fact, entry) for fact in layout.pdf_facts}
    facts = {fact: lines for fact, text in texts.items() if (lines := cuts(text, longest))}
    return {
        "code": entry.code,
        "url": entry.url,
        "short": cut(short, longest),
        "alt": f"QR code of the address {short}",
        "qr": group_qr(entry.url),
        "name": cut(entry.name, longest),
        "flags": cuts(entry.flags, longest),
        "checked": cut(entry.checked, longest),
        **(_asked(facts, entry, longest) if layout.has_questions else _labelled(facts, texts, entry, longest)),
    }


def _meeting(meeting: Meeting, longest: int) -> dict[str, object]:
    """Return a meeting of the week as a mapping. Unknown facts are left out."""
    entry = meeting.entry
    organisation, what = meeting.organisation
    summary, checked = (entry.summary, entry.checked) if meeting.brevity.has_summary and not meeting.see else ("", "")
    return {
        "code": entry.code,
        "url": entry.url,
        "short": cut(entry.short_url, longest),
        "name": cut(meeting.name, IN_TITLE),
        "time": cut(meeting.time, longest),
        "how_often": cut(meeting.how_often, longest),
        "organisation": cut(organisation, longest),
        "what": cut(what, longest),
        "flags": cuts(meeting.flags, longest),
        "summary": cut(summary, longest),
        "facts": [(fact.label, cut(text, longest)) for fact, text in meeting.facts],
        "columns": [sum(fact in up_to for fact, _ in meeting.facts) for up_to in meeting.columns],
        "see": clean(meeting.see),
        "checked": cut(checked, longest),
    }


def _labelled(
    facts: Mapping[Fact, list[Text]], texts: Mapping[Fact, Lines], entry: PrintEntry, longest: int
) -> dict[str, object]:
    """Return the facts under their labels, what stands above them, and how high they may be."""
    all_texts = [entry.name, entry.organisation, entry.summary, *entry.flags, *itertools.chain(*texts.values())]
    first = sum(fact in facts for fact in (WHEN, NEXT_DATES, WHERE))
    return {
        "organisation": cut(entry.organisation, longest),
        "what": cut(entry.what, longest),
        "summary": cut(entry.summary, longest),
        "facts": [(fact.label, lines) for fact, lines in facts.items()],
        "first_facts": first,
        "below": [fact.label for fact in below_columns(facts, first, last_lines=2 if entry.checked else 1)],
        "is_short": len(entry.flags) + sum(map(len, facts.values())) < FEW,
        "is_high": 2 + len(entry.flags) + len(entry.summary) // BESIDE_CODE >= HIGH,
        "is_long": sum(len(text) + NEW_LINE for text in all_texts) > LONG,
    }


def _asked(facts: Mapping[Fact, list[Text]], entry: PrintEntry, longest: int) -> dict[str, object]:
    """Return the questions with each line of an answer by itself, and with those that run on as one."""
    kind = "".join(f"{words}. " for words in (entry.what, entry.organisation) if words)
    about = [("", texts) for words in (entry.summary, kind) if (texts := cuts([words], longest))]
    before = [(WHAT, about)] if about else []
    run_on = {
        fact: cuts(fact.pdf_lines(entry), longest) if fact.runs_on_in_pdf else lines for fact, lines in facts.items()
    }
    return {"questions": [*before, *_questions(facts)], "run_on": [*before, *_questions(run_on)]}


def _questions(facts: Mapping[Fact, list[Text]]) -> list[tuple[str, list[tuple[str, list[Text]]]]]:
    questions = itertools.groupby(facts, key=lambda fact: fact.pdf_question)
    return [(question, [(fact.pdf_subheading, facts[fact]) for fact in group]) for question, group in questions]


def _date(day: datetime.date) -> str:
    return f"{day.day} {Month(day.month).label} {day.year}"


def _places(document: PrintDocument) -> list[tuple[str, list[dict[str, object]]]]:
    """Return each place of the index, with those of its groups that are in the document."""
    names = {entry.code: entry.name for entry in document.entries}
    known_places = [(place, [code for code in codes if code in names]) for place, codes in document.places]
    return [
        (place, [{"code": code, "name": cut(names[code], IN_PLACES)} for code in codes])
        for place, codes in known_places
        if codes
    ]
