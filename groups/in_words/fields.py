"""The field in which people write when a group meets, with what is read of it, and a mixin for its public forms."""

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.nations import Nation

from .opening_hours import UnreadableHours, read_opening_hours
from .when import WhenReading, dates_of, read_when
from .where import area_sentence, in_a_line, read_where

#: The names of the field, of the radio buttons with the answers to its question, and of the button that reads it back.
FIELD, ANSWER, READ_BACK = "when_in_words", "when_answer", "_read"
#: The name of the field for the place.
PLACE = "where_in_words"
#: The name of the field for opening hours.
HOURS = "hours_in_words"
#: The answer "none of these": the words are stored as they are.
AS_WRITTEN = "as written"

if TYPE_CHECKING:
    FormMixin = forms.BaseForm
else:
    FormMixin = object


class ReadBackWidget(forms.Widget):
    """Mixin of a text box with a button that shows how its text is parsed, and the result.

    `button` has the button's name, its label, and the id of what it leads to; "" for the box.
    """

    read_back: SafeString | str = ""
    button = (READ_BACK, "Show how we read this", "")
    button_class = "button button--plain"

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        button, words, target = self.button
        return format_html(
            '{}{}<p><button type="submit" class="{}" name="{}" value="1" formaction="#{}">{}</button></p>{}',
            super().render(name, value, attrs, renderer),
            self.below_the_box(),
            self.button_class,
            button,
            target or (attrs or {}).get("id", ""),
            words,
            self.read_back,
        )

    def below_the_box(self) -> SafeString | str:
        """Return what stands between the box and its button."""
        return ""


class WhereWidget(ReadBackWidget, forms.Textarea):
    """A text box for a place."""


class HoursWidget(ReadBackWidget, forms.Textarea):
    """A text box for opening hours."""


class LastWhereWidget(ReadBackWidget, forms.TextInput):
    """The last of several boxes for a place, below which all of them are read back."""


class WhenWidget(ReadBackWidget, forms.Textarea):
    """A text box with the answers to the question about its words. A chosen answer replaces the words."""

    question = ""
    answers: Sequence[tuple[str, str]] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        answer = data.get(ANSWER)
        return answer if answer and answer != AS_WRITTEN else super().value_from_datadict(data, files, name)

    def below_the_box(self) -> SafeString | str:
        radios = format_html_join(
            "",
            '<label class="choice"><input type="radio" name="{}" value="{}"> {}</label>',
            ((ANSWER, answer, label) for answer, label in self.answers),
        )
        return format_html("<fieldset><legend>{}</legend>{}</fieldset>", self.question, radios) if radios else ""


class WhenField(forms.CharField):
    """When a group meets, in words: one or more regular times in each line."""

    widget: type[WhenWidget] = WhenWidget

    def ask(self, reading: WhenReading, *more: tuple[str, str]) -> None:
        """Have the widget show the question of a reading, with its answers and `more` (value, label)."""
        self.widget.question = reading.question
        self.widget.answers = [*((answer, answer) for answer in reading.answers), *more]


class PublicWhenField(WhenField):
    """The same for the public: what cannot be parsed is stored as it is typed."""

    def __init__(self, *, label: str, max_length: int, **options: Any) -> None:
        too_long = f"“{label}” is too long. Please use {max_length:,} letters or fewer."
        super().__init__(
            label=label,
            required=False,
            max_length=max_length,
            widget=WhenWidget({"rows": 3}),
            error_messages={"max_length": too_long},
            **options,
        )

    def to_python(self, value: Any) -> str:
        """Return the lines without unprintable characters."""
        lines = ("".join(char if char.isprintable() else " " for char in line) for line in (value or "").splitlines())
        return super().to_python("\n".join(line.strip() for line in lines)) or ""


class ReadBackMixin(FormMixin):
    """Mixin of public forms with a `PublicWhenField`: a button shows how it is parsed, and leaves the form unsent.

    Until the form is sent, no errors are shown.
    """

    #: Whether a question about the words must be answered before the form is sent.
    must_answer = False
    #: The nation of the bank holidays of the dates that are read back.
    holiday_nation = Nation.ENGLAND
    #: The parsed words; empty before the form is cleaned.
    when_reading = WhenReading()

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_read_back:
            self.errors.clear()

    def is_valid(self) -> bool:
        """Return whether to store the submission: False if it is only to be read back."""
        return super().is_valid() and not self.is_read_back

    @property
    def is_read_back(self) -> bool:
        return self.is_bound and READ_BACK in self.data

    def words_to_read(self, words: str) -> str:
        """Return the words to read, by what else is filled in; here, those that were typed."""
        return words

    def clean_where_in_words(self) -> str:
        """Read the place back, if that is requested."""
        words: str = self.cleaned_data[PLACE]
        if self.is_read_back and words:
            self.show_place(PLACE, words)
        return words

    def show_place(self, name: str, words: str) -> None:
        """Have the widget of a field show how the words of a place are read."""
        widget: Any = self.fields[name].widget
        widget.read_back = _place_read_back(words)

    def clean_hours_in_words(self) -> str:
        """Read the opening hours back, if that is requested."""
        words: str = self.cleaned_data[HOURS]
        if self.is_read_back:
            widget: Any = self.fields[HOURS].widget
            widget.read_back = _hours_read_back(words)
        return words

    def clean_when_in_words(self) -> str:
        """Parse the words. Raises `ValidationError` for a question that has no answer yet."""
        words = self.words_to_read(self.cleaned_data[FIELD])
        field: Any = self.fields[FIELD]
        now = timezone.now()
        self.when_reading = reading = read_when(words, timezone.localdate(now))
        if self.is_read_back and (words or not self.data.get(PLACE)):
            field.widget.read_back = _read_back(words, reading, self.holiday_nation, now)
        is_asked = reading.question and self.data.get(ANSWER) != AS_WRITTEN
        if is_asked and (self.must_answer or self.is_read_back):
            field.ask(reading, (AS_WRITTEN, "None of these: somebody here should ask"))
            if not self.is_read_back:
                raise ValidationError("Which of these do you mean? Choose one of the answers, or write it otherwise.")
        return words


def _read_back(words: str, reading: WhenReading, nation: Nation, now: datetime.datetime) -> SafeString:
    """Return how words are read, with the next dates, as HTML."""
    if reading.rows:
        dates = dates_of(reading.rows, nation, now)
        shown = format_html(
            "<p>We read it like this. Nothing has been sent yet.</p>{}<p>{}</p>{}",
            _html_list(reading.sentences),
            "The next dates:" if dates else "No date follows from this.",
            _html_list(dates),
        )
    elif reading.question:
        shown = format_html("<p>{}</p>", "Choose one of the answers above. Nothing has been sent yet.")
    elif words:
        shown = format_html(
            "<p>{}</p>",
            "We could not read this as a regular time. You can send it all the same: somebody here reads it. "
            "Nothing has been sent yet.",
        )
    else:
        shown = format_html("<p>{}</p>", "Nothing is written in this box.")
    return shown


def _place_read_back(words: str) -> SafeString:
    """Return how the words of a place are read, with its area, as HTML."""
    place = read_where(words)
    if place is not None:
        lines = _html_list([in_a_line(place.words), area_sentence(place)])
        return format_html("<p>We read it like this. Nothing has been sent yet.</p>{}", lines)
    return format_html(
        "<p>{}</p>",
        "We could not read this as the name of a place, its street, and its postcode or town. You can send it all the "
        "same: somebody here reads it. Nothing has been sent yet.",
    )


def _hours_read_back(words: str) -> SafeString:
    """Return how the words of opening hours are read, as HTML; where they are not, why."""
    if not words:
        return format_html("<p>{}</p>", "Nothing is written in this box.")
    try:
        lines = read_opening_hours(words, timezone.localdate()).lines
    except UnreadableHours as error:
        sentence = "We could not read this. {} You can send it all the same: somebody here reads it. {}"
        return format_html("<p>{}</p>", sentence.format(error, "Nothing has been sent yet."))
    return format_html("<p>We read it like this. Nothing has been sent yet.</p>{}", _html_list(lines))


def _html_list(lines: Sequence[str]) -> SafeString | str:
    items = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
    return format_html("<ul>{}</ul>", items) if lines else ""
