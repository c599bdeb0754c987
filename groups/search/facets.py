"""The facets of a search: labels, parameter values, and options with counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple, Self

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from ..choices import Focus, Joining, LedBy, Stage, Weekday

#: Options of a facet shown at once; the rest are behind "more".
SHOWN = 12

_INPUT = '<input type="{}" name="{}" value="{}"{}>{}'

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

    @property
    def input_type(self) -> str:
        return "radio" if self.any_label else "checkbox"

    def answers(self, terms: Terms) -> dict[str, tuple[str, str]]:
        """Return `{parameter value: (stored value, label)}`."""
        return self._own_answers or {url_value(slug): (slug, name) for slug, name in terms.get(self.name, {}).items()}

    @cached_property
    def _own_answers(self) -> dict[str, tuple[str, str]]:
        return {url_value(value): (value, label) for value, label in self.options}


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
    Facet(
        "soon",
        "How soon?",
        options=(
            ("today", "Today"),
            ("tomorrow", "Tomorrow"),
            ("weekend", "This weekend"),
            ("this week", "In the next seven days"),
        ),
    ),
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
FACETS_BY_NAME = {facet.name: facet for facet in FACETS}


class Answer(NamedTuple):
    """An answer of a facet: the value that the index holds, and its label, escaped."""

    value: str
    label: SafeString
    #: Its input with the label, rendered once for all searches; and the same if it is chosen.
    input: SafeString
    chosen_input: SafeString

    @classmethod
    def of(cls, facet: Facet, parameter: str, value: str, label: str) -> Self:
        """Return the answer of a facet that a value of its parameter stands for."""
        inputs = (
            format_html(_INPUT, facet.input_type, facet.name, parameter, checked, label)
            for checked in ("", SafeString(" checked"))
        )
        return cls(value, conditional_escape(label), *inputs)


class Option(NamedTuple):
    """An answer of a facet on one page, with the number of groups it would leave."""

    answer: Answer
    groups: int
    is_chosen: bool

    @property
    def label(self) -> SafeString:
        return self.answer.label

    @property
    def html(self) -> str:
        """The input in its label, with the number: of a page's hundred, rendering each takes ten times as long."""
        answer, groups, is_chosen = self
        start = '<label class="choice">' if groups else '<label class="choice choice--none">'
        return f"{start}{answer.chosen_input if is_chosen else answer.input} <span>{groups}</span></label>"


class ShownFacet(NamedTuple):
    """A facet with its answers and counts for one search."""

    facet: Facet
    #: The labels of the chosen answers; "" for none.
    chosen: SafeString
    options: list[Option]
    more: list[Option]
    #: The labels of the answers that would leave no group, of a facet from the database: as text, to save bytes.
    none: SafeString

    @property
    def html(self) -> SafeString:
        """The options, rendered."""
        return SafeString("".join([option.html for option in self.options]))

    @property
    def more_html(self) -> SafeString:
        return SafeString("".join([option.html for option in self.more]))


def facet_answers(terms: Terms) -> dict[str, tuple[Answer, ...]]:
    """Return `{facet: answers}`, the same for every search of one snapshot. Those from the database are by label."""
    found: dict[str, tuple[Answer, ...]] = {}
    for facet in FACETS:
        answers = [Answer.of(facet, name, *answer) for name, answer in facet.answers(terms).items()]
        found[facet.name] = tuple(answers if facet.options else sorted(answers, key=attrgetter("label")))
    return found


def shown_facets(
    choices: Mapping[str, tuple[str, ...]],
    counts: Mapping[str, Mapping[str, int]],
    answers: Mapping[str, tuple[Answer, ...]],
) -> list[ShownFacet]:
    """Return the facets of one search with an answer that leaves a group, or a chosen one.

    Answers from the database are in the order of their counts, highest first.
    """
    facets = (
        _shown(facet, choices.get(facet.name, ()), counts.get(facet.name, {}), answers[facet.name]) for facet in FACETS
    )
    return [facet for facet in facets if facet.options]


def _shown(facet: Facet, chosen: tuple[str, ...], counts: Mapping[str, int], answers: tuple[Answer, ...]) -> ShownFacet:
    offered, none = [], []
    for answer in answers:
        groups = counts.get(answer.value, 0)
        is_chosen = answer.value in chosen
        if groups or is_chosen:
            offered.append(Option(answer, groups, is_chosen))
        else:
            none.append(answer.label)
    if facet.options:
        none = []
    else:
        offered.sort(key=lambda option: (not option.is_chosen, -option.groups))
    labels = [option.label for option in offered if option.is_chosen] if chosen else []
    return ShownFacet(
        facet, SafeString(", ".join(labels)), offered[:SHOWN], offered[SHOWN:], SafeString(", ".join(none))
    )


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
