"""What can be asked of the directory of groups. Whatever is typed, there is an answer: a bad part gets a sentence."""

from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

from django import forms
from django.db.models import Model, QuerySet
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from common.crisis_lines import CrisisLine
from common.crisis_numbers import lines_with_number
from common.nations import Nation
from common.rendering import render_cached, render_component
from common.word_matching import split_words
from organisations.forms import TypedTextField
from organisations.models import Organisation
from places.location.results import LocatedPlace, PlaceChoices, PlaceNotFound
from places.models import Area
from places.postcodes import apart_from_postcode, cut_to_sectors, spaced_postcode

from ..shortlist import Shortlist
from .danger import Detection, detect_danger
from .facets import in_address, read
from .fields import MilesField
from .place_cache import locate_cached
from .place_notices import place_notices
from .query import DEFAULT_MILES, MILES, Query
from .service import fitting
from .snapshot.snapshot import DirectorySnapshot, directory

#: So much of what somebody typed is read for words of danger, though a field takes less.
_MOST_READ = 1000
#: Stands in a drawn field where what was typed goes.
_TYPED = "\ue000"


class GroupSearchForm(forms.Form):
    """The questions that search answers. It is always bound: an address without questions asks for everything."""

    near = TypedTextField(
        label="Town or postcode",
        required=False,
        max_length=100,
        help_text="For example, Margate or CT9",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
        error_messages={"max_length": "That is too long for a place. Please type a town or a postcode."},
    )
    q = TypedTextField(
        label="What would you like?",
        required=False,
        max_length=100,
        help_text="For example, art, walking, men",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "That is a lot of words. Please use fewer than 100 letters."},
    )
    within = MilesField(
        label="How far can you go?",
        required=False,
        coerce=int,
        empty_value=DEFAULT_MILES,
        choices=[(miles, "1 mile" if miles == 1 else f"{miles} miles") for miles in MILES],
        initial=DEFAULT_MILES,
        error_messages={"invalid_choice": "We could not read how far you can go, so we looked within 10 miles."},
    )
    sort = forms.ChoiceField(
        label="In what order?",
        required=False,
        choices=[("", "Nearest, or by name"), ("soonest", "SoonestOrder"), ("name", "By name")],
        error_messages={"invalid_choice": "We could not read the order, so we chose one."},
    )
    organisation = forms.SlugField(
        required=False,
        max_length=120,
        widget=forms.HiddenInput,
        error_messages={"invalid": "We do not know that organisation, so we looked at all of them."},
    )
    area = forms.SlugField(
        required=False,
        max_length=90,
        widget=forms.HiddenInput,
        error_messages={"invalid": "We do not know that area, so we looked everywhere."},
    )
    page = forms.IntegerField(
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": "We could not read the page number, so this is the first page."},
    )

    place: LocatedPlace | None = None
    place_among_words: LocatedPlace | None = None
    nation_of_unknown_place: Nation | None = None
    candidates: PlaceChoices | None = None
    suggestions: tuple[LocatedPlace, ...] = ()

    def clean_near(self) -> str:
        """Find the place that was typed; a place nobody knows is a sentence, several of one name are a choice."""
        typed = self.cleaned_data["near"]
        if not typed:
            return ""
        if self._danger_in("near"):
            # People type into whichever box they see first. Their words are no place, and are looked up nowhere.
            typed = apart_from_postcode(typed)[1]
            if not typed:
                return ""
        found = locate_cached(typed, self.directory)
        if isinstance(found, PlaceNotFound):
            self.suggestions, self.nation_of_unknown_place = found.suggestions, found.nation
            raise forms.ValidationError(found.reason)
        if isinstance(found, PlaceChoices):
            self.candidates = found
        else:
            self.place = found
        return typed

    def clean_organisation(self) -> Organisation | None:
        return self._row_at_slug("organisation", Organisation.objects.published())

    def clean_area(self) -> Area | None:
        return self._row_at_slug("area", Area.objects.all())

    def clean(self) -> dict:
        """A whole postcode among the words is taken for the place, or cut to its sector: no link may carry it."""
        clean = super().clean()
        before, postcode, after = apart_from_postcode(clean.get("q", ""))
        if not postcode:
            return clean
        spaced = spaced_postcode(postcode)
        found = None if self.data.get("near") else locate_cached(spaced, self.directory)
        if isinstance(found, LocatedPlace):
            self.place = self.place_among_words = found
        if isinstance(found, PlaceNotFound):
            self.nation_of_unknown_place = found.nation
        sector = "" if isinstance(found, LocatedPlace) else spaced[:-2]
        clean["q"] = " ".join(filter(None, [before, sector, cut_to_sectors(after)]))
        return clean

    @cached_property
    def danger(self) -> Detection | None:
        """What danger the words show that were typed, in either box, however long they are."""
        return detect_danger(self._words_in("near"), self._words_in("q"))

    @property
    def boxes(self) -> list[SafeString]:
        """The fields to type in, drawn: the same but for what was typed, which is kept nowhere."""
        return [self._box(self[name]) for name in ("near", "q")]

    @property
    def selects(self) -> list[SafeString]:
        """The fields with one choice of a few, drawn: the same again and again, so each way they can stand is kept."""
        return [self._select(self[name]) for name in ("within", "sort")]

    @property
    def sentences(self) -> list[str]:
        """What could not be understood and has no field to say it at, and what was taken instead, kindly."""
        unread = [sentence for field in self.hidden_fields() for sentence in field.errors] + self._choices[1]
        return unread + place_notices(self.place, is_among_words=self.place_among_words is not None)

    @property
    def lines_typed(self) -> tuple[CrisisLine, ...]:
        """The crisis lines whose number somebody typed where a place is asked for: they may want to call it."""
        return lines_with_number(self.data.get("near", "")[:100]) if self["near"].errors else ()

    @property
    def choices_of_place(self) -> list[tuple[str, str]]:
        """The places that may be meant, as label and address of the same search there."""
        if self.candidates is not None:
            options = self.candidates.options
        else:
            options = self.place.also if self.place is not None else self.suggestions
        return [(option.label or option.name, self._address_near(option)) for option in options]

    @cached_property
    def query(self) -> Query:
        """The search that was asked for, without the parts that nobody could read."""
        self.is_valid()
        clean = self.cleaned_data
        organisation = clean.get("organisation")
        query = Query(
            place=self.place,
            # A search is in one place: a place that is typed takes that of an area that was clicked.
            area=None if self.place else clean.get("area"),
            within=clean.get("within") or DEFAULT_MILES,
            words=split_words(clean.get("q", "")),
            choices=self._choices[0],
            organisation=organisation.pk if organisation else None,
            sort=clean.get("sort", ""),
            page=clean.get("page") or 1,
        )
        if self._danger_in("q") or (self.danger and not query.words):
            return fitting(replace(query, related=self.danger.related), self.directory)
        return query

    @property
    def nation(self) -> Nation | None:
        """The nation that is searched in; None where that is not known, or the place may be in another."""
        area, of_area = self.query.surrounding_area, self.directory.surroundings.nation_of
        if self.candidates is not None:
            return Nation.shared_by(of_area(option.area.pk) for option in self.candidates.options)
        if area is None:
            organisation = self.cleaned_data.get("organisation")
            return self.nation_of_unknown_place or (organisation.nation if organisation else None)
        # The number of the other nations does not work there: nobody is sent to it whose town may be that one.
        also = {of_area(option.area.pk) for option in self.place.also} if self.place else set()
        return None if Nation.NORTHERN_IRELAND in also else of_area(area.pk)

    @cached_property
    def asked(self) -> list[tuple[str, str, str]]:
        """What was understood, as an address carries it: name, value, and both as they stand there.

        Of a place it has the sector, never the whole postcode that was typed.
        """
        query, clean = self.query, self.cleaned_data
        pairs = [
            ("near", query.place.query if query.place is not None else ""),
            ("within", query.within if query.point is not None and query.within != DEFAULT_MILES else ""),
            ("area", query.area.slug if query.area is not None else ""),
            ("organisation", clean["organisation"].slug if query.organisation is not None else ""),
            ("q", clean.get("q", "") if query.words else ""),
            *((name, in_address(value)) for name, values in query.choices for value in values),
            ("sort", query.sort),
            ("page", query.page if query.page != 1 else ""),
        ]
        return [(*pair, urlencode([pair])) for pair in pairs if pair[1]]

    @cached_property
    def chosen(self) -> Shortlist:
        """The groups on the list that somebody makes while searching."""
        return Shortlist.read(self.data.getlist("list"))

    @property
    def adds_all(self) -> bool:
        """Whether everything found is to be put on the list."""
        return self.data.get("add") == "all"

    @cached_property
    def directory(self) -> DirectorySnapshot:
        """The directory that this search is asked of: whose topics and audiences can be chosen."""
        return directory()

    @cached_property
    def _choices(self) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], list[str]]:
        return read(dict(self.data.lists()), self.directory.terms)

    def _row_at_slug(self, name: str, rows: QuerySet) -> Model | None:
        """Return the row that a field names by its slug; None for an empty one. Raises ValidationError for no row."""
        slug = self.cleaned_data[name]
        row = rows.filter(slug=slug).first() if slug else None
        if slug and row is None:
            raise forms.ValidationError(self.fields[name].error_messages["invalid"])
        return row

    def _words_in(self, name: str) -> str:
        """Return what is read for words of danger; nothing of a place box that holds only a number."""
        typed = self.data.get(name, "")[:_MOST_READ]
        return "" if name == "near" and typed.replace(" ", "").isdigit() else typed

    def _danger_in(self, name: str) -> bool:
        return self.danger is not None and detect_danger(self._words_in(name)) is not None

    def _box(self, field: forms.BoundField) -> SafeString:
        typed, errors = field.value() or "", tuple(field.errors)
        if field.name == "near" and self._danger_in("near"):
            # The box is empty again, for a place.
            typed = ""
        draw = partial(
            render_cached if not errors else render_component,
            "components/text_field.html",
            id=field.auto_id,
            name=field.name,
            label=field.label,
            hint=field.help_text,
            capitals=field.field.widget.attrs.get("autocapitalize", ""),
            most=field.field.max_length,
            errors=errors,
        )
        return mark_safe(draw(value=_TYPED).replace(_TYPED, escape(typed))) if typed else draw(value="")

    def _select(self, field: forms.BoundField) -> SafeString:
        choices = tuple((str(value), label) for value, label in field.field.choices)
        chosen = str(field.value() or "")
        return render_cached(
            "components/select_field.html",
            id=field.auto_id,
            name=field.name,
            label=field.label,
            choices=choices,
            # What is no choice is not kept.
            chosen=chosen if chosen in dict(choices) else "",
            errors=tuple(field.errors),
        )

    def _address_near(self, place: LocatedPlace) -> str:
        others = self.data.copy()
        for name in ("page", "list", "add"):
            others.pop(name, None)
        others["near"] = place.query
        return f"?{'&'.join(filter(None, [others.urlencode(), self.chosen.query]))}"
