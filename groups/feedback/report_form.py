"""The public form for what is wrong with a listing, and what is right instead."""

from typing import Any

from django import forms

from organisations.models import Listing, Organisation, PeerRole, Training

from ..choices import ReportPart
from ..in_words.fields import ReadBackMixin
from ..in_words.where import has_confidential_venue
from ..models import SupportGroup
from .forms import NO_NAMES, PlainTextField, PublicForm, email_field, hours_field, when_field, where_field
from .models.report import REPORTED
from .proposed_hours import shows_hours
from .spam import has_contact

_NO_CONTACTS = (
    "Please leave out telephone numbers and email addresses. Say only that one is wrong: we ask the organisation for "
    "the right one."
)
#: What can be wrong with each kind of listing.
_PARTS: dict[type[Listing], tuple[ReportPart, ...]] = {
    SupportGroup: (ReportPart.TIME, ReportPart.PLACE, ReportPart.CONTACT, ReportPart.CLOSED),
    Organisation: (ReportPart.ABOUT, ReportPart.AREA, ReportPart.CONTACT),
    PeerRole: (ReportPart.ABOUT, ReportPart.AREA, ReportPart.WAYS, ReportPart.PAY, ReportPart.CONTACT),
    Training: (ReportPart.ABOUT, ReportPart.TIME, ReportPart.PLACE, ReportPart.COST, ReportPart.CONTACT),
}


class ReportForm(ReadBackMixin, PublicForm):
    """What is wrong with a listing, and what is right instead; the choices depend on the kind of listing.

    Of a contact people say that it is wrong, and no more: a stranger could put their own number in its place.
    """

    part = forms.ChoiceField(
        label="What is wrong?",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ["required", "invalid_choice"], "Choose what is wrong. The closest answer will do."
        ),
    )
    what_is_right = PlainTextField(
        label="What is right instead?",
        required=False,
        max_length=1000,
        help_text=f"Say only what you know. {NO_NAMES}",
    )
    when_in_words = when_field("When does it meet?")
    where_in_words = where_field("Where does it meet?", "One line for each is best.")
    email = email_field()
    hours_in_words = hours_field("When is it open?")
    field_order = ["part", *REPORTED, "email"]

    def __init__(self, listing: Listing, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        # Only of hours that are there to read.
        is_open_at_times = isinstance(listing, Organisation) and listing.opening_hours and shows_hours(listing)
        hours = (ReportPart.HOURS,) if is_open_at_times else ()
        parts = (*hours, *_PARTS[type(listing)], ReportPart.ENDED, ReportPart.ELSE)
        field: Any = self.fields["part"]
        field.choices = [(part.value, part.label) for part in parts]
        if isinstance(listing, SupportGroup):
            self.holiday_nation = listing.holiday_nation
            # Nobody is to write down where a group meets that must not be found.
            if not listing.can_be_visited or has_confidential_venue(listing):
                del self.fields["where_in_words"]
        else:
            del self.fields["when_in_words"], self.fields["where_in_words"]
        if not is_open_at_times:
            del self.fields["hours_in_words"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("part") == ReportPart.ELSE and not any(cleaned.get(name) for name in REPORTED):
            self.add_error("what_is_right", "Tell us what is wrong, in a few words.")
        for name in REPORTED:
            if has_contact(cleaned.get(name, "")):
                self.add_error(name, _NO_CONTACTS)
        return cleaned
