"""The facets of a search: labels, parameter values, and rendering with counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from common.rendering import render_cached

from ..choices import Focus, Joining, LedBy, Stage, Weekday

#: Options of a facet shown at once; the rest are behind "more".
SHOWN = 12

#: Placeholders in cached HTML, for the options and the counts; no text holds them.
_OPTIONS, _MORE, _NONE = "\ue000", "\ue001", "\ue002"

Terms = Mapping[str, Mapping[str, str]]


def url_value(value: str) -> str:
    """Return a stored value as a query string has it: "just-come"."""
    return value.replace(" ", "-").replace("_", "-")


@dataclass(frozen=True)
class Facet:
    """A facet. `options` are stored values with labels; if empty, they are rows in the database."""

    name: str
    label: str
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    #: The label for no choice, of a facet with radio buttons; "" for one with checkboxes.
    any_label: str = ""
    filter_label: str = "{}"

    def answers(self, terms: Terms) -> dict[str, tuple[str, str]]:
        """Return `{parameter value: (stored value, label)}`."""
        options = self.options or tuple(terms.get(self.name, {}).items())
        return {url_value(value): (value, label) for value, label in options}


FACETS = (
    Facet(
        "focus",
        "Talking or doing?",
        "Talking: people share how things are. Doing: people make or do something together.",
        ((Focus.TALKING.value, "Talking"), (Focus.DOING.value, "Doing")),
        any_label="Either",
    ),
    Facet("day", "Which day?", options=tuple((day.label.lower(), day.label) for day in Weekday)),
    Facet(
        "time",
        "What time of day?",
        options=(("morning", "Morning"), ("afternoon", "Afternoon"), ("evening", "Evening, from 5pm")),
    ),
    Facet("soon", "How soon?", options=(("this week", "In the next seven days"),)),
    Facet("joining", "How do you join?", options=tuple((way.value, way.label) for way in Joining)),
    Facet(
        "format",
        "How does it meet?",
        options=(("in_person", "In person"), ("online", "Online"), ("by_phone", "By phone")),
    ),
    Facet("audience", "Who is it for?", "Only groups that say so.", filter_label="For: {}"),
    Facet("topic", "What is it about?", "Only groups that say so.", filter_label="About: {}"),
    Facet(
        "services",
        "Other help",
        "Can you come before, beside or after it?",
        (
            ("while-waiting", "While I wait for it"),
            ("alongside", "Alongside it"),
            ("after", "After it has ended"),
        ),
        filter_label="Other help: {}",
    ),
    Facet("access", "Getting in and taking part", filter_label="{}"),
    Facet("free", "What does it cost?", options=(("yes", "Free"),)),
    Facet(
        "stage",
        "Is it running?",
        options=tuple((stage.value, stage.label) for stage in Stage if stage != Stage.ENDED),
    ),
    Facet("led", "Who runs it?", options=tuple((led.value, led.label) for led in LedBy)),
)


class Option(NamedTuple):
    """An option of a facet, with its count."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class ShownFacet:
    """A facet with its options and counts for one search."""

    facet: Facet
    options: tuple[Option, ...]
    more: tuple[Option, ...]
    #: Labels of the options with a count of 0 of a facet from the database: listed as text, to save bytes.
    none: tuple[str, ...] = ()

    @property
    def is_unanswered(self) -> bool:
        return not any(option.is_chosen for option in (*self.options, *self.more))

    @property
    def html(self) -> SafeString:
        """The rendered facet. Each page has a hundred options, so all but the counts is cached."""
        facet = render_cached(
            "components/facet.html",
            facet=self.facet,
            is_unanswered=self.is_unanswered,
            options=_OPTIONS,
            more=_MORE if self.more else "",
            none=_NONE if self.none else "",
        )
        for place, options in ((_OPTIONS, self.options), (_MORE, self.more)):
            facet = facet.replace(place, "".join(map(self._option_html, options)))
        return mark_safe(facet.replace(_NONE, escape(", ".join(self.none))))

    def _option_html(self, option: Option) -> str:
        html = render_cached(
            "components/facet_option.html",
            facet=self.facet.name,
            value=option.value,
            label=option.label,
            count=_OPTIONS,
            type="radio" if self.facet.any_label else "checkbox",
            is_chosen=option.is_chosen,
            is_none=not option.count,
        )
        return html.replace(_OPTIONS, str(option.count))


def shown_facets(
    choices: Mapping[str, tuple[str, ...]], counts: Mapping[str, Mapping[str, int]], terms: Terms
) -> list[ShownFacet]:
    """Return the facets of one search; options from the database by count, highest first."""
    facets = []
    for facet in FACETS:
        chosen, left = choices.get(facet.name, ()), counts.get(facet.name, {})
        options = [
            Option(address, label, left.get(value, 0), value in chosen)
            for address, (value, label) in facet.answers(terms).items()
        ]
        none: list[str] = []
        if not facet.options:
            none = sorted(option.label for option in options if not (option.count or option.is_chosen))
            options = [option for option in options if option.count or option.is_chosen]
            options.sort(key=lambda option: (not option.is_chosen, -option.count, option.label))
        facets.append(ShownFacet(facet, tuple(options[:SHOWN]), tuple(options[SHOWN:]), tuple(none)))
    return facets


def read_choices(
    parameters: Mapping[str, Iterable[str]], terms: Terms
) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], list[str]]:
    """Return the chosen options of each facet, and a message for each with an invalid value."""
    choices, messages = [], []
    for facet in FACETS:
        values = [value for value in dict.fromkeys(parameters.get(facet.name, ())) if value]
        if not values:
            continue
        answers = facet.answers(terms)
        chosen = tuple(answers[value][0] for value in values if value in answers)
        if facet.any_label:
            chosen = chosen[:1]
        if any(value not in answers for value in values):
            messages.append(f"We could not read your answer to “{facet.label}”, so we left it out.")
        if chosen:
            choices.append((facet.name, chosen))
    return tuple(choices), messages
