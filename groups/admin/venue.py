from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from organisations.admin import (
    AreaFilter,
    ForeignIdsMixin,
    LockedForm,
    MergeAdmin,
    PublicModelAdmin,
    add_link,
    fieldset,
    links,
    list_link,
)
from organisations.admin.duplicates import MOST_ROWS
from organisations.choices import Publication
from organisations.permissions import ADD, CHANGE, VIEW, StaffPermissions, permissions_of
from places.location.town_choice import disagreement
from places.models import Area, AreaPart, Postcode
from places.postcodes import compact_postcode, is_postcode

from ..disclosures import confidential_terms, disclosures, warn_of_disclosure
from ..joining_notices import groups_shown_as_contact_first, venue_notice, warn_of_joining
from ..models import SupportGroup, Venue
from .group_form import attach_warnings, put_before_help
from .merge_kinds import VENUES
from .opening_hours import OpeningHoursAdminMixin
from .venue_closure_view import VenueClosureAdmin

_POSITION = ("district", "latitude", "longitude")
#: The most venues at one postcode that a message names.
MOST_NAMED = 5
#: The texts of a venue that would become public if it were no longer confidential.
_OWN_TEXTS = ("getting_there", "access_note")


class VenueForm(LockedForm):
    """The form of a venue. Its position comes from its postcode, or is set by hand with a reason."""

    class Meta:
        widgets = {"address": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        secret = confidential_terms(self.instance) if self.instance.pk else None
        if secret:
            disclosed = disclosures(self.instance, secret)
            attach_warnings(self, {name: words for name, words in disclosed.items() if name in _OWN_TEXTS})
        if self.instance.pk and "address_is_confidential" in self.fields and (notice := venue_notice(self.instance)):
            put_before_help(self, "address_is_confidential", notice)

    def clean(self) -> dict[str, Any]:
        """Add errors for an unknown postcode without a town, and for a typed position that would be overwritten."""
        cleaned = super().clean()
        postcode, by_hand = cleaned.get("postcode", ""), cleaned.get("position_is_by_hand")
        if not by_hand and set(_POSITION) & set(self.changed_data):
            self.add_error(
                "position_is_by_hand",
                "Tick this to keep the district and point that you typed. Otherwise they are looked up.",
            )
        if is_postcode(postcode) and not by_hand and not cleaned.get("town") and not postcode_is_known(postcode):
            self.add_error(
                "postcode",
                "We do not know this postcode. Is it typed right? New ones are not in our list, nor are those of "
                "Northern Ireland, Jersey, Guernsey and the Isle of Man. To save it, choose the town as well, or set "
                "the position by hand below.",
            )
        return cleaned


def postcode_is_known(postcode: str) -> bool:
    """Return whether a postcode can be looked up."""
    return Postcode.objects.filter(pk=compact_postcode(postcode)).exists()


class VenueAreaFilter(AreaFilter):
    """Filter venues by district."""

    def within(self, queryset: QuerySet[Any], area: Area) -> QuerySet[Any]:
        return queryset.filter(district__in=AreaPart.objects.filter(area=area).values("district"))


@admin.register(Venue)
class VenueAdmin(OpeningHoursAdminMixin, ForeignIdsMixin, MergeAdmin, VenueClosureAdmin, PublicModelAdmin):
    belongs_by = ("groups__organisation",)
    contributors_may = (VIEW, ADD, CHANGE)
    form = VenueForm
    merge_kind = VENUES
    actions = ["close_venue", "merge_selected"]
    list_display = ["name", "place", "postcode", "address_is_confidential", "position_is_by_hand"]
    list_filter = ["address_is_confidential", "position_is_by_hand", VenueAreaFilter]
    list_select_related = ["town__district", "district"]
    name_fields = ("name", "postcode")
    context_fields = ("postcode", "town__name")
    search_fields = ["name", "postcode", "town__name"]
    search_help_text = "A name, a postcode or a town."
    autocomplete_fields = ["town", "district", "access_features"]
    readonly_fields = ["position", "groups_here", "foreign_ids", *PublicModelAdmin.readonly_fields]
    fieldsets = [
        fieldset("Where", "name", "address", "town", "postcode", "position"),
        fieldset("Confidential?", "address_is_confidential"),
        fieldset("Getting there and in", "getting_there", "opening_hours", "access_features", "access_note"),
        fieldset("Who meets here", "groups_here"),
        fieldset(
            "Set the position by hand",
            "position_is_by_hand",
            "position_reason",
            "district",
            ("latitude", "longitude"),
            about="Only where the postcode leads to the wrong place, or we do not know it.",
            folded=True,
        ),
        fieldset("For the record", "foreign_ids", "public_id", "created_at", "updated_at", folded=True),
    ]

    def visible_to(self, rights: StaffPermissions) -> Q:
        """Row-level permission: venues with a public address, those of own groups, and own additions not yet used."""
        if not rights.keeps:
            return Q(pk__in=[])
        own = Q(pk__in=Venue.objects.used_by(rights.keeps).values("pk"))
        added = Q(pk__in=Venue.objects.unused().added_by(rights.user).values("pk"))
        return Q(address_is_confidential=False) | own | added

    def may(self, request: HttpRequest, action: str, row: Any) -> bool:
        """Row-level permission: staff may change a venue that only groups of their own organisations use.

        Contributors, only if all of those groups are drafts. An unused venue may be changed by whoever added it.
        """
        rights = permissions_of(request.user)
        if rights.is_manager:
            return True
        if action == VIEW:
            return bool(rights.keeps)
        users = users_of(row)
        if not users:
            return bool(rights.keeps) and Venue.objects.added_by(rights.user).filter(pk=row.pk).exists()
        return all(
            key in rights.edits or (key in rights.proposes and publication == Publication.DRAFT)
            for key, publication in users
        )

    def versions_for(self, request: HttpRequest, row: Venue, *keys: int) -> QuerySet[Any]:
        """Return the revisions for those who may change a venue; of a public one, without its confidential ones."""
        versions = super().versions_for(request, row, *keys)
        if permissions_of(request.user).is_manager:
            return versions
        if not self.may(request, CHANGE, row):
            return versions.none()
        return versions if row.address_is_confidential else versions.filter(address_is_confidential=False)

    @admin.display(description="position")
    def position(self, venue: Venue) -> str:
        """The district and point, with their source."""
        if venue.latitude is None:
            return "Looked up from the postcode, or else the town, when you save."
        source = f"set by hand: {venue.position_reason}" if venue.position_is_by_hand else _position_source(venue)
        district = venue.district.name if venue.district else "no district"
        return f"{district} ({venue.latitude:.4f}, {venue.longitude:.4f}); {source}"

    @admin.display(description="place", ordering="town__name")
    def place(self, venue: Venue) -> str:
        """The town, whose name includes the district; else the district."""
        return str(venue.town or venue.district or "")

    @admin.display(description="groups")
    def groups_here(self, venue: Venue) -> SafeString | str:
        """Links to the groups that meet there."""
        if not venue.pk:
            return "Save it first; then choose it on the page of a group."
        return links(
            list_link(SupportGroup, "Groups that meet here", venue__id__exact=venue.pk),
            add_link(SupportGroup, "Add a group that meets here", venue=venue.pk),
        )

    def save_related(self, request: HttpRequest, form: Any, formsets: list[Any], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        venue = form.instance
        if sentence := _postcode_warning(venue):
            messages.warning(request, sentence)
        if venue.postcode and "postcode" in form.changed_data:
            self._tell_of_others_here(request, venue)
        self._warn_of_disclosure(request, venue)

    def after_merge(self, request: HttpRequest, row: Any) -> None:
        self._warn_of_disclosure(request, row)

    def may_merge(self, request: HttpRequest, row: Any) -> bool:
        """Row-level permission: who edits every organisation that meets there, and of an unused one, who added it."""
        rights = permissions_of(request.user)
        if rights.is_manager:
            return True
        edits_all = bool(rights.edits) and {key for key, _ in users_of(row)} <= rights.edits
        return edits_all and self.may(request, CHANGE, row)

    def _warn_of_disclosure(self, request: HttpRequest, venue: Venue) -> None:
        """Add a message for each text that discloses a confidential venue: its own, and those of its groups."""
        secret = confidential_terms(venue)
        if secret is None:
            return
        labels = {field.name: str(field.verbose_name) for field in Venue._meta.fields}
        for name, words in disclosures(venue, secret).items():
            if name in _OWN_TEXTS:
                quoted = ", ".join(f"“{word}”" for word in words)
                label = labels[name]
                messages.warning(request, f"“{venue.name}” is confidential, and “{label}” says {quoted}.")
        for group in venue.groups.select_related("venue"):
            warn_of_disclosure(request, group)
        warn_of_joining(request, groups_shown_as_contact_first(venue))

    def _tell_of_others_here(self, request: HttpRequest, venue: Venue) -> None:
        """Add a message with links to the venues that are at the postcode already, of those that the user may see."""
        others = self.get_queryset(request).filter(postcode=venue.postcode).exclude(pk=venue.pk)[:MOST_NAMED]
        addresses = [(reverse("admin:groups_venue_change", args=[other.pk]), other.name) for other in others]
        if addresses:
            messages.info(
                request,
                format_html(
                    "Already here at {}: {} If it is the same place, choose that one for its groups{}",
                    venue.postcode,
                    links(*addresses),
                    self._merge_link(request, [venue, *others]),
                ),
            )

    def _merge_link(self, request: HttpRequest, venues: list[Venue]) -> str:
        """Return the end of the sentence: a link to merge those venues that the user may merge; "." without any."""
        mergeable = [venue for venue in venues if self.may_merge(request, venue)][:MOST_ROWS]
        if len(mergeable) < 2 or venues[0] not in mergeable:
            return "."
        return format_html(', or <a href="{}">merge them</a>.', self.merge_url(mergeable))


def _postcode_warning(venue: Venue) -> str:
    """Return a warning of a postcode that we do not know, or that lies outside the district of the town; or ""."""
    if not venue.postcode or venue.position_is_by_hand:
        return ""
    postcode = Postcode.objects.select_related("district").filter(pk=compact_postcode(venue.postcode)).first()
    if postcode is None:
        return f"We do not know the postcode {venue.postcode}: “{venue.name}” is put in the middle of {venue.town}."
    sentence = disagreement(venue.town, postcode) if venue.town else ""
    asked = "Is one of the two wrong? Searches go by the postcode; visitors read the town."
    return f"{sentence} {asked}" if sentence else ""


def users_of(venue: Any) -> set[tuple[int, str]]:
    """Return (organisation_id, publication) of all groups that use a venue, cached on the instance."""
    if not hasattr(venue, "_users"):
        uses = Q(venue=venue) | Q(schedules__venue=venue) | Q(schedule_changes__venue=venue)
        venue._users = set(SupportGroup.objects.filter(uses).values_list("organisation_id", "publication"))
    return venue._users


def _position_source(venue: Venue) -> str:
    if venue.postcode and postcode_is_known(venue.postcode):
        return f"from the postcode {venue.postcode}"
    return f"the middle of {venue.town.name}" if venue.town else "we do not know how"
