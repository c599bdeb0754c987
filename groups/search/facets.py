"""The choices that narrow a search, in the words visitors read, and as an address carries them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from common.rendering import render_cached

from ..choices import Focus, Joining, LedBy, Stage, Weekday

#: So many options of one facet are shown at once; the rest stand behind "more".
SHOWN = 12

#: Stand in a drawn facet where its answers go, and in a drawn answer where its count goes: nobody types these.
_OPTIONS, _MORE, _NONE = "\ue000", "\ue001", "\ue002"

Terms = Mapping[str, Mapping[str, str]]


def in_address(value: str) -> str:
    """A stored value as an address carries it: "just-come"."""
    return value.replace(" ", "-").replace("_", "-")


@dataclass(frozen=True)
class Facet:
    """One question with a choice of answers. `options` are stored values with their labels; none: editors keep them."""

    name: str
    label: str
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    #: What is chosen when nothing is, for a question with one answer; "" for one with several.
    otherwise: str = ""
    in_chip: str = "{}"

    def answers(self, terms: Terms) -> dict[str, tuple[str, str]]:
        """The stored value and the label of each answer, by how an address carries it."""
        options = self.options or tuple(terms.get(self.name, {}).items())
        return {in_address(value): (value, label) for value, label in options}


FACETS = (
    Facet(
        "focus",
        "Talking or doing?",
        "Talking: people share how things are. Doing: people make or do something together.",
        ((Focus.TALKING.value, "Talking"), (Focus.DOING.value, "Doing")),
        otherwise="Either",
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
    Facet("audience", "Who is it for?", "Only groups that say so.", in_chip="For: {}"),
    Facet("topic", "What is it about?", "Only groups that say so.", in_chip="About: {}"),
    Facet(
        "services",
        "Other help",
        "Can you come before, beside or after it?",
        (
            ("while-waiting", "While I wait for it"),
            ("alongside", "Alongside it"),
            ("after", "After it has ended"),
        ),
        in_chip="Other help: {}",
    ),
    Facet("access", "Getting in and taking part", in_chip="{}"),
    Facet("free", "What does it cost?", options=(("yes", "Free"),)),
    Facet(
        "stage",
        "Is it running?",
        options=tuple((stage.value, stage.label) for stage in Stage if stage != Stage.ENDED),
    ),
    Facet("led", "Who runs it?", options=tuple((led.value, led.label) for led in LedBy)),
)


class Option(NamedTuple):
    """One answer as it is shown: with how many groups it would leave."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class ShownFacet:
    """A facet with its answers as they stand for one search."""

    facet: Facet
    options: tuple[Option, ...]
    more: tuple[Option, ...]
    #: The answers that would leave nothing, where editors keep dozens: said in a line, for each box is more to send.
    none: tuple[str, ...] = ()

    @property
    def is_unanswered(self) -> bool:
        return not any(option.is_chosen for option in (*self.options, *self.more))

    @property
    def render_component(self) -> SafeString:
        """The facet as a page shows it. A hundred answers stand on every search page, so only the counts are new."""
        facet = render_cached(
            "components/facet.html",
            facet=self.facet,
            is_unanswered=self.is_unanswered,
            options=_OPTIONS,
            more=_MORE if self.more else "",
            none=_NONE if self.none else "",
        )
        for place, options in ((_OPTIONS, self.options), (_MORE, self.more)):
            facet = facet.replace(place, "".join(map(self._drawn_option, options)))
        return mark_safe(facet.replace(_NONE, escape(", ".join(self.none))))

    def _drawn_option(self, option: Option) -> str:
        render_component = render_cached(
            "components/facet_option.html",
            facet=self.facet.name,
            value=option.value,
            label=option.label,
            count=_OPTIONS,
            type="radio" if self.facet.otherwise else "checkbox",
            is_chosen=option.is_chosen,
            is_none=not option.count,
        )
        return render_component.replace(_OPTIONS, str(option.count))


def shown(
    choices: Mapping[str, tuple[str, ...]], counts: Mapping[str, Mapping[str, int]], terms: Terms
) -> list[ShownFacet]:
    """The facets of one search; where editors keep the answers, those that leave most first."""
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


def read(asked: Mapping[str, Iterable[str]], terms: Terms) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], list[str]]:
    """What was chosen of each facet, and a kind sentence for each that could not be read."""
    choices, sentences = [], []
    for facet in FACETS:
        values = [value for value in dict.fromkeys(asked.get(facet.name, ())) if value]
        if not values:
            continue
        answers = facet.answers(terms)
        chosen = tuple(answers[value][0] for value in values if value in answers)
        if facet.otherwise:
            chosen = chosen[:1]
        if any(value not in answers for value in values):
            sentences.append(f"We could not read your answer to “{facet.label}”, so we left it out.")
        if chosen:
            choices.append((facet.name, chosen))
    return tuple(choices), sentences
