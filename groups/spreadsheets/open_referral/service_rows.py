"""A service of a feed as a row of our columns. Pure: without a database, and without names of people.

What is no group is an organisation with what it does, or is left out: no group is invented.
"""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.conf.locale import LANG_INFO

from common.text import fold

from ...choices import RowKind, Stage
from ...models.meets_on_dates import WITHHELD
from ...open_referral.headings import ONLY_FOR
from ..feed_dates import DATES, FeedDate, dates_cell
from ..feed_places import OTHER_PLACES, places_cell
from ..organisation_columns import ORGANISATION
from ..row_kinds import WHAT_IT_IS, guess_kind
from ..row_matching import NAME
from ..source_columns import FOREIGN_ID, SOURCE
from .alerts import stage_cells
from .other_places import TimesByPlace, times_by_place
from .own_words import described, joining_cells
from .place_details import own_contact_cells, words_around_numbers
from .schedules import when_of
from .service_parts import (
    LONGEST_SUMMARY,
    Cells,
    accessibility_text,
    contact_cells,
    cost_cells,
    cut,
    organisation_cells,
    place_cells,
    summary_and_rest,
)
from .single_dates import single_dates
from .terms import Terms, Vocabulary, terms_of
from .values import Json, objects, text, whole_number

WHEN = "When"
_STAGES = {
    "active": Stage.RUNNING,
    "inactive": Stage.PAUSED,
    "temporarily closed": Stage.PAUSED,
    "defunct": Stage.ENDED,
}
#: Names of terms that only groups have. Folded.
_GROUPS = re.compile(r"\b(support|self help|peer|mutual aid|mutual support) groups?\b|\bpeer support\b")
_BY_PLACE = re.compile(r"Only if you are (.+?)\.?$", re.DOTALL)
_LANGUAGES = {code: info["name"] for code, info in LANG_INFO.items() if "name" in info} | {
    "bfi": "British Sign Language",
    "eng": "English",
    "en-gb": "English",
}
_LONGEST_NAME, _LONGEST_NOTE, _LONGEST_PLACE, _OLDEST = 160, 240, 160, 120
_GSS = re.compile(r"\b[EWSNK][0-9]{8}\b")


@dataclass(frozen=True)
class ReadingOptions:
    """How the services of a feed are read."""

    #: What the list is called here.
    source: str
    today: datetime.date
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    #: Whose word it is that the telephones and mailboxes of the feed are public; "" for nobody's.
    agreed_by: str = ""
    #: Our names of organisations that the feed calls otherwise, by its folded names.
    organisations: Mapping[str, str] = field(default_factory=dict)
    #: Whether services that are no groups are left out.
    leaves_out_others: bool = False
    #: Whether it reads what a sheet has no columns for, too: contacts by their roles, details of venues.
    reads_details: bool = True


@dataclass(frozen=True)
class ServiceRow:
    """A service as a row: its id in the feed, its cells by our titles, and what to ask of it: words, and why."""

    foreign_id: str
    name: str
    cells: Cells
    questions: tuple[tuple[str, str], ...] = ()


def service_row(service: Json, options: ReadingOptions, known_kind: RowKind | None = None) -> ServiceRow:
    """Return a valid service as a row. What it was the last time, group or organisation, it is again."""
    terms = terms_of(service, options.vocabulary)
    kind = known_kind or _kind(service, terms, options)
    schedules = objects(service, "schedules")
    towns = options.vocabulary.towns
    reads_all = terms.is_ours and options.reads_details
    dates: list[FeedDate] = []
    times = TimesByPlace(schedules, [], [])
    if reads_all:
        dates, schedules = single_dates(service, towns)
        times = times_by_place(service, schedules, options.today, towns)
    when = when_of(times.own, options.today)
    places, questions = place_cells(service, is_ours=terms.is_ours, asks_of_others=not reads_all, towns=towns)
    questions = [*times.questions, *questions]
    is_withheld = terms.is_ours and when.lines == WITHHELD
    own_words: Cells = {}
    description = text(service, "description")
    if terms.is_ours:
        description, own_words = described(description)
    cells = {
        FOREIGN_ID: text(service, "id"),
        SOURCE: options.source,
        WHAT_IT_IS: kind.label,
        NAME: text(service, "name")[:_LONGEST_NAME],
        **_organisation(service, terms, options),
        **_words(service, description, terms),
        WHEN: "" if is_withheld else when.lines,
        **cost_cells(service),
    }
    if kind == RowKind.GROUP:
        cells |= places | terms.cells | _stage(service, terms) | _who(service, terms, options)
        has_roles = reads_all and bool(objects(service, "contacts"))
        cells |= (own_contact_cells if has_roles else contact_cells)(service, options.agreed_by)
        cells |= _addresses(service, terms)
        cells |= own_words if terms.is_ours else {"Accessibility": accessibility_text(service)}
        cells[DATES], cells[OTHER_PLACES] = dates_cell(dates), places_cell(times.others)
        cells["Times are withheld"] = "Yes" if is_withheld else ""
        numbers = words_around_numbers([service, *objects(service, "contacts")])
        questions = [*([] if is_withheld else when.questions), *questions, *numbers]
    else:
        questions = []
    filled = {title: words for title, words in cells.items() if words}
    return ServiceRow(text(service, "id"), text(service, "name"), filled, tuple(questions))


def _kind(service: Json, terms: Terms, options: ReadingOptions) -> RowKind:
    is_group = (
        not any(code.startswith("offer-") for code in terms.codes)
        if terms.is_ours
        else guess_kind(text(service, "name")) == RowKind.GROUP or any(_GROUPS.search(fold(x)) for x in terms.labels)
    )
    has_ended = text(service, "status") == "defunct"
    if has_ended or (not is_group and options.leaves_out_others):
        # One that had ended before we heard of it is nothing for us.
        return RowKind.LEFT_OUT
    return RowKind.GROUP if is_group else RowKind.ORGANISATION


def _organisation(service: Json, terms: Terms, options: ReadingOptions) -> Cells:
    cells = organisation_cells(service, is_ours=terms.is_ours, towns=options.vocabulary.towns)
    name = cells.get(ORGANISATION, "")
    return cells | {ORGANISATION: options.organisations.get(fold(name), name)}


def _words(service: Json, description: str, terms: Terms) -> Cells:
    summary, rest = summary_and_rest(description)
    if not terms.is_ours and (other_name := text(service, "alternate_name")):
        rest = "\n\n".join(filter(None, [rest, f"Also called: {other_name}."]))
    return {"Summary": summary or cut(text(service, "name"), LONGEST_SUMMARY), "What it is like": rest}


def _stage(service: Json, terms: Terms) -> Cells:
    stage = terms.cells.get("Stage") or _STAGES[text(service, "status")].label
    if terms.is_ours:
        return {"Stage": stage} | stage_cells(text(service, "alert"), stage)
    return {"Stage": stage, "More about the stage": cut(" ".join(text(service, "alert").split()), _LONGEST_NOTE)}


def _who(service: Json, terms: Terms, options: ReadingOptions) -> Cells:
    """Return whom a service is for, and how somebody comes in."""
    ages = {
        title: str(age) if (age := whole_number(service, name)) is not None and 0 < age <= _OLDEST else ""
        for title, name in (("Age from", "minimum_age"), ("Age to", "maximum_age"))
    }
    eligibility, process = text(service, "eligibility_description"), text(service, "application_process")
    joining = {"More about joining": "\n".join(filter(None, [process, eligibility]))}
    by_place = ""
    if terms.is_ours:
        found = _BY_PLACE.search(eligibility)
        by_place = found[1] if found else ""
        joining = joining_cells(process, terms.cells.get("Ways in", ""))
    names = [
        text(each, "name") or _LANGUAGES.get(text(each, "code").lower(), "") for each in objects(service, "languages")
    ]
    languages = [name for each in names if (name := options.vocabulary.name("Languages", each))]
    areas = objects(service, "service_areas")
    limits = [each for each in areas if terms.is_ours and text(each, "service_area").startswith(ONLY_FOR.strip())]
    served = [each for each in areas if each not in limits]
    return (
        ages
        | joining
        | {
            "Only for people who are": by_place[:_LONGEST_PLACE],
            "Only for area": "".join(_codes(limits, options.vocabulary)[:1]),
            "Languages": "; ".join(dict.fromkeys(languages)),
            "Areas served": "; ".join(_codes(served, options.vocabulary)),
        }
    )


def _codes(areas: Iterable[Json], vocabulary: Vocabulary) -> list[str]:
    """Return the GSS codes of those areas of a service that are ours, each once."""
    codes = [found[0] for each in areas if (found := _GSS.search(text(each, "uri")))]
    return [code for code in dict.fromkeys(codes) if code in vocabulary.areas]


def _addresses(service: Json, terms: Terms) -> Cells:
    """Return the address of a service: its own page, or, in a directory like ours, where we learnt of it."""
    if not terms.is_ours:
        return {"Group website": text(service, "url")}
    own = next((text(each, "url") for each in objects(service, "additional_urls")), "")
    return {"Address of the source": text(service, "url"), "Group website": own}
