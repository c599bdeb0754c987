"""The search form. An invalid field is left out of the query with a message; the rest is still searched."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from common.bounded_cache import CACHE
from common.crisis_line_lookup import lines_with_number
from common.crisis_lines import CrisisLine
from common.nations import Nation
from common.rendering import render_jinja
from organisations.models import Organisation
from places.location.notices import place_notices
from places.location.results import LocatedPlace, PlaceChoices, PlaceNotFound
from places.models import Area
from places.postcodes import cut_to_sectors, spaced_postcode, split_at_postcode

from ..shortlist import Shortlist
from .danger import Detection, detect_danger
from .facets import read_choices, url_value
from .fields import MOST_LETTERS, SearchFields, SharedFields
from .index.chosen_facets import UNSAID
from .interpretation import LONG_TEXT, Interpretation, interpret, is_found, is_only_words, known_words, plain_words
from .parsing.distances import without_distance
from .parsing.parser import has_address, tokens_of
from .place_cache import locate_cached
from .place_choices import PlaceChoice, choice_of
from .query import DEFAULT_MILES, Query
from .rows_at_slugs import area_at, organisation_at
from .snapshot.snapshot import DirectorySnapshot, current_snapshot


class GroupSearchForm(SearchFields):
    """The search form. It is always bound: without parameters it matches everything."""

    data: Any  # A `QueryDict`.
    place: LocatedPlace | None = None
    place_among_words: LocatedPlace | None = None
    #: The interpretation of the text of both boxes.
    interpretation = Interpretation("")
    _words_in_place_box = ""
    _miles_in_place_box: int | None = None
    nation_of_unknown_place: Nation | None = None
    candidates: PlaceChoices | None = None
    suggestions: tuple[LocatedPlace, ...] = ()

    def clean_near(self) -> str:
        """Locate the place; several of one name become candidates. Raises ValidationError for an unknown one."""
        typed, self._miles_in_place_box = without_distance(self.cleaned_data["near"])
        if not typed or (self._miles_in_place_box and typed == "near"):
            return ""
        if self._danger_in("near"):
            # People type into whichever box they see first. Words of danger are no place: only a postcode is located.
            typed = split_at_postcode(typed)[1]
            if not typed:
                return ""
        if len(typed) > LONG_TEXT or is_only_words(typed, self.snapshot):
            self._words_in_place_box = typed
            return ""
        found = locate_cached(typed)
        is_unsure = isinstance(found, PlaceNotFound) or (isinstance(found, LocatedPlace) and bool(found.corrected_from))
        if is_unsure and len(tokens_of(typed)) > 1:
            # "art in Margate", in the box for the place.
            sentence = interpret(typed, self.snapshot, with_place=True)
            is_known = not sentence.corrections and all(is_found(word, self.snapshot) for word in sentence.words)
            if sentence.parsed.place is not None and is_known and (sentence.words or sentence.parsed.filters):
                self._words_in_place_box = typed
                return ""
        if isinstance(found, PlaceNotFound):
            self.suggestions, self.nation_of_unknown_place = found.suggestions, found.nation
            raise forms.ValidationError(found.reason)
        if isinstance(found, PlaceChoices):
            self.candidates = found
        else:
            self.place = found
        return typed

    def clean_organisation(self) -> Organisation | None:
        return self._row_at_slug("organisation", organisation_at)

    def clean_area(self) -> Area | None:
        return self._row_at_slug("area", area_at)

    def clean(self) -> dict[str, Any]:
        """Interpret the words. A place among them is that of the search, if no other was typed."""
        clean = super().clean() or {}
        text = self._without_postcode(" ".join(filter(None, [self._words_in_place_box, clean.get("q", "")])))
        text = "" if self._is_crisis and len(text) > LONG_TEXT else text  # Each link of the page would repeat it.
        if not text or self._is_crisis:
            self.interpretation = plain_words(text)
        else:
            self.interpretation = interpret(text, self.snapshot, with_place=not self.has_place)
        self.place = self.interpretation.parsed.place or self.place
        self.candidates = self.interpretation.candidates or self.candidates
        self.suggestions = self.interpretation.suggestions or self.suggestions
        clean["within"] = self.interpretation.parsed.miles or self._miles_in_place_box or clean.get("within")
        clean["q"] = text if self._is_crisis else self.interpretation.shown_words
        return clean

    @property
    def has_place(self) -> bool:
        """Whether a place was given: known, one of several, or unknown."""
        return bool(self.place or self.candidates or "near" in self.errors or self.cleaned_data.get("area"))

    def _without_postcode(self, text: str) -> str:
        """Take a whole postcode among the words as the place, or cut it to its sector: links must not carry it."""
        before, postcode, after = split_at_postcode(text)
        if not postcode:
            return text
        spaced = spaced_postcode(postcode)
        found = None if self.data.get("near") else locate_cached(spaced)
        if isinstance(found, LocatedPlace):
            self.place = self.place_among_words = found
        if isinstance(found, PlaceNotFound):
            self.nation_of_unknown_place = found.nation
            if not self._is_crisis:
                self.add_error("near", found.reason)
        return " ".join(filter(None, [before, "" if found else spaced[:-2], cut_to_sectors(after)]))

    @cached_property
    def danger(self) -> Detection | None:
        """The danger detected in the text of either box."""
        return detect_danger(self._words_in("near"), self._words_in("q"))

    @property
    def _is_crisis(self) -> bool:
        """Whether words of danger were typed that are not a search for a group."""
        return self.danger is not None and not self.danger.is_group_search

    @property
    def typed(self) -> tuple[str, str]:
        """What the boxes for a place and for words hold: what was typed, or, where more was understood, that.

        Words of danger are not shown again: that box is for a place.
        """
        query, interpreted = self.query, self.interpretation
        is_parsed = interpreted.has_more_than_words or interpreted.is_long
        if is_parsed or self._words_in_place_box or self._miles_in_place_box:
            return query.place.query if query.place else "", query.shown_words
        near = "" if self._danger_in("near") else self["near"].value() or ""
        return near, self["q"].value() or ""

    def select(self, name: str) -> SafeString:
        """Return a field with one choice of a few, rendered; cached by the choice where that could be read."""
        errors, chosen = self.errors.get(name), self.cleaned_data.get(name, self.fields[name].initial or "")

        def render() -> SafeString:
            return render_jinja("components/select_field.jinja", field=self[name], chosen=chosen)

        select: SafeString = render() if errors else CACHE.get_or_make(("select", self.auto_id, name, chosen), render)
        return select

    @property
    def sentences(self) -> list[str]:
        """Messages that belong to no visible field: invalid hidden fields and facets, and notices about the place."""
        unread = [str(sentence) for field in self.hidden_fields() for sentence in field.errors] + self._choices[1]
        # Words of danger are detected even if misspelt, and no page repeats them.
        interpreted = self.interpretation.notices if self.danger is None else []
        if self.interpretation.parsed.is_near_me and not self.has_place:
            interpreted.append("We do not know where you are. Type your town or postcode to see groups near you.")
        if has_address(self.data.get("q", "")):
            unread.append(
                "We cannot look for a web address or an e-mail address. Type a town, or a word like “anxiety”."
            )
        return unread + interpreted + place_notices(self.place, is_among_words=self.place_among_words is not None)

    @property
    def lines_typed(self) -> tuple[CrisisLine, ...]:
        """The crisis lines whose number was typed as a place: the visitor may want to call it."""
        return lines_with_number(self.data.get("near", "")[:100]) if self["near"].errors else ()

    @cached_property
    def choices_of_place(self) -> list[PlaceChoice]:
        """The places that may be meant."""
        known = (self.place.also if self.place is not None else ()) or self.suggestions
        options = self.candidates.options if self.candidates is not None else known
        return [choice_of(option, self._url_near(option), self.query, self.snapshot) for option in options]

    @cached_property
    def query(self) -> Query:
        """The query, from the valid fields."""
        self.is_valid()
        clean = self.cleaned_data
        organisation = clean.get("organisation")
        query = Query(
            place=self.place,  # A search has one: a typed one replaces the area of a link.
            area=None if self.place else clean.get("area"),
            place_is_unknown="near" in self.errors and not clean.get("area"),
            within=clean.get("within") or DEFAULT_MILES,
            words=self.interpretation.words,
            shown_words="" if self.danger else self.interpretation.shown_words,
            is_of_long_text=self.interpretation.is_long,
            name=self.interpretation.name,
            choices=self._choices[0],
            unsaid=tuple(facet for facet in UNSAID if facet in self.data.getlist("unsaid")),
            organisation=organisation.pk if organisation else None,
            sort=clean.get("sort", ""),
            page=clean.get("page") or 1,
        )
        if self.danger and self._is_crisis and self._danger_in("q"):
            # Not groups that happen to say "safe", but those that "I am not safe" is about.
            words = known_words(self.interpretation, self.snapshot)
            return replace(query, words=words, related=self.danger.related)
        if self.danger and (self._danger_in("q") or not query.words):
            return replace(query, related=self.danger.related)
        return query

    @property
    def nation(self) -> Nation | None:
        """The nation of the place searched; None if unknown, or if the place may be in another nation."""
        area, nation_of = self.query.surrounding_area, self.snapshot.lookups.areas.nation_of
        if self.candidates is not None:
            return Nation.shared_by(nation_of(option.area.pk) for option in self.candidates.options)
        if area is None:
            organisation = self.cleaned_data.get("organisation")
            return self.nation_of_unknown_place or (organisation.nation if organisation else None)
        # The other nations' urgent numbers do not work in Northern Ireland, where the town that is meant may be.
        also = {nation_of(option.area.pk) for option in self.place.also} if self.place else set()
        return None if Nation.NORTHERN_IRELAND in also else nation_of(area.pk)

    @cached_property
    def parameters(self) -> list[tuple[str, str, str]]:
        """(name, value, encoded pair) of each valid parameter.

        A place is given by its sector, never by the whole postcode that was typed.
        """
        query, clean = self.query, self.cleaned_data
        pairs: list[tuple[str, Any]] = [
            ("near", query.place.query if query.place is not None else ""),
            ("within", query.within if query.point is not None and query.within != DEFAULT_MILES else ""),
            ("area", query.area.slug if query.area is not None else ""),
            ("organisation", clean["organisation"].slug if query.organisation is not None else ""),
            ("q", clean.get("q", "") if query.words or query.related else ""),
            *((name, url_value(value)) for name, values in query.choices for value in values),
            *(("unsaid", facet) for facet in query.unsaid if query.chosen(facet)),
            ("sort", query.sort),
            ("page", query.page if query.page != 1 else ""),
        ]
        return [(name, value, urlencode([(name, value)])) for name, value in pairs if value]

    @cached_property
    def shortlist(self) -> Shortlist:
        """The visitor's shortlist, from the query string."""
        return Shortlist.read(self.data.getlist("list"))

    @property
    def adds_all(self) -> bool:
        """Whether to put all matches on the shortlist."""
        return self.data.get("add") == "all"

    @property
    def prints_all(self) -> bool:
        """Whether to print all matches."""
        return self.data.get("print") == "all"

    @cached_property
    def snapshot(self) -> DirectorySnapshot:
        """The snapshot that this request searches, whose terms are the options of facets."""
        return current_snapshot()

    @cached_property
    def _choices(self) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], list[str]]:
        self.is_valid()
        parameters = {name: [*values] for name, values in self.data.lists()}
        for name, values in self.interpretation.parameters.items():
            parameters[name] = [*parameters.get(name, []), *values]
        return read_choices(parameters, self.snapshot.terms)

    def _row_at_slug(self, name: str, row_at: Callable[[str], Any]) -> Any:
        """Return the row that a field names by its slug; None for an empty one. Raises ValidationError for no row."""
        slug = self.cleaned_data[name]
        row = row_at(slug) if slug else None
        if slug and row is None:
            raise forms.ValidationError(self.fields[name].error_messages["invalid"])
        return row

    def _words_in(self, name: str) -> str:
        """Return the text to check for words of danger; "" for a place box that holds only a number."""
        typed = self.data.get(name, "")[:MOST_LETTERS]
        return "" if name == "near" and typed.replace(" ", "").isdigit() else typed

    def _danger_in(self, name: str) -> bool:
        return self.danger is not None and detect_danger(self._words_in(name)) is not None

    def _url_near(self, place: LocatedPlace) -> str:
        others = self.data.copy()
        for name in ("page", "list", "add"):
            others.pop(name, None)
        others["near"] = place.query
        return f"?{'&'.join(filter(None, [others.urlencode(), self.shortlist.query]))}"


GroupSearchForm.base_fields = SharedFields(GroupSearchForm.base_fields)
