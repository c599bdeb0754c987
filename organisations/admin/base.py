"""What the pages of all nouns, and of all listings, share."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import JSONField, Q, QuerySet, URLField
from django.forms import Textarea
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from common.form_fields import ListOfWordsField

from ..choices import Publication
from ..models import Listing, single_revision
from ..permissions import ADD, CHANGE, VIEW, permissions_of
from .autocomplete import AutocompleteMixin
from .checks import CHECK_ACTIONS, WAYS, check_by_button
from .deletion import DeletesInWords
from .filters import ExamplesFilter, FreshnessFilter
from .permissions import Scoped
from .proposals import keep_as_proposal
from .revisions import RevisionAdmin, save_rows

#: Form fields for columns of these kinds: a list is typed in lines, an address without its scheme is https.
FORM_FIELDS = {JSONField: {"form_class": ListOfWordsField}, URLField: {"assume_scheme": "https"}}

Fieldset = tuple[str, dict]


def fieldset(name: str, *fields: str | tuple[str, ...], about: str = "", folded: bool = False) -> Fieldset:
    """A part of a form, with a sentence about it. Fields in a tuple share a line; a folded one is opened by a click."""
    return name, {"fields": fields, "description": about, "classes": ["collapse"] if folded else []}


SOURCE = fieldset("Source", "source_name", "source_url", "source_dated", about="Where we were told all this, and when.")
RECORD = fieldset("For the record", "public_id", "created_at", "updated_at", folded=True)


class PublicModelAdmin(Scoped, DeletesInWords, AutocompleteMixin, admin.ModelAdmin):
    """What the pages of all nouns share."""

    #: The relations that a row's name is made of, so that lists of names cost one query.
    names_say: tuple[str, ...] = ()
    readonly_fields = ["public_id", "created_at", "updated_at"]
    formfield_overrides = FORM_FIELDS
    list_per_page = 50
    # "Of 20,000" costs a second count on every search, and tells an editor nothing.
    show_full_result_count = False
    # Counts beside the filters would cost one more for each choice of each filter.
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows.select_related(*self.names_say) if self.names_say else rows

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None):
        """The row of a page, with what its boxes name."""
        rows = self.with_selected_related(self.get_queryset(request))
        field = self.opts.get_field(from_field) if from_field else self.opts.pk
        try:
            return rows.get(**{field.name: field.to_python(object_id)})
        except (self.model.DoesNotExist, ValidationError, ValueError):
            return None

    def save_formset(self, request: HttpRequest, form, formset, change: bool) -> None:
        save_rows(request, formset)


class ListingAdmin(RevisionAdmin, PublicModelAdmin):
    """What the pages of all listings share."""

    kept_because = (
        "Only a draft can be deleted, by its editors. What was public once keeps its address, so that "
        "nobody finds an empty page. To take it off the site, choose “Withdrawn” under “Public or not”, and save."
    )
    readonly_fields = ["public_id", "revision", "created_at", "updated_at"]
    list_filter = ["publication", FreshnessFilter, ExamplesFilter]
    contributors_may = (VIEW, ADD, CHANGE)
    actions = ["publish", "withdraw", *CHECK_ACTIONS]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the day of the last check, which every row of the list shows."""
        return super().get_queryset(request).with_last_check()

    def formfield_for_dbfield(self, db_field, request: HttpRequest, **kwargs):
        """A summary is a sentence or two: all of it is seen while it is written."""
        if db_field.name == "summary":
            kwargs["widget"] = Textarea(attrs={"rows": 3})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    # Who publishes, and who proposes

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether somebody publishes any listings of this kind."""
        rights = permissions_of(request.user)
        return rights.is_manager or any(rights.may(CHANGE, self, key) for key in rights.edits)

    def only_proposes(self, request: HttpRequest, listing: Listing) -> bool:
        """Whether what somebody types into a listing's page is not saved, but proposed to its editors."""
        rights = permissions_of(request.user)
        is_public = listing.pk is not None and listing.publication != Publication.DRAFT
        return is_public and not rights.is_manager and not self.organisations_of(listing) & rights.edits

    def propose(self, request: HttpRequest, form, formsets: list) -> None:
        """Take what somebody who only proposes has typed into a page; the listing stays as it is."""
        keep_as_proposal(request, form, formsets)

    def get_form(self, request: HttpRequest, obj: Listing | None = None, change: bool = False, **kwargs):
        """Whether it is public, and its address, are not for those who publish nothing of it."""
        form = super().get_form(request, obj, change, **kwargs)
        publishes = self.has_publish_permission(request)
        if obj is not None and self.only_proposes(request, obj):
            publishes = False
        if not publishes:
            for name in {"publication", "slug"} & set(form.base_fields):
                form.base_fields[name].disabled = True
        return form

    def save_related(self, request: HttpRequest, form, formsets: list, change: bool) -> None:
        if change and self.only_proposes(request, form.instance):
            self.propose(request, form, formsets)
        else:
            super().save_related(request, form, formsets, change)
            if change and self.may_check(request, form.instance):
                check_by_button(request, form.instance)

    def may_check(self, request: HttpRequest, listing: Listing) -> bool:
        """Whether somebody may say that a listing is right: its editors, and managers."""
        rights = permissions_of(request.user)
        return rights.is_manager or bool(self.organisations_of(listing) & rights.edits)

    def render_change_form(self, request: HttpRequest, context: dict, *args, obj: Listing | None = None, **kwargs):
        """With the buttons that check it."""
        may_change = obj is not None and self.has_change_permission(request, obj)
        context["ways_to_check"] = (
            [(way.value, way.label) for way in WAYS] if may_change and self.may_check(request, obj) else []
        )
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def construct_change_message(self, request: HttpRequest, form, formsets: list, add: bool = False) -> list | str:
        """Nothing of what was only proposed: no row below it has been saved."""
        if not add and self.only_proposes(request, form.instance):
            return ""
        return super().construct_change_message(request, form, formsets, add)

    def log_change(self, request: HttpRequest, obj: Listing, message: list | str):
        """Nothing where nothing was changed: it was only proposed."""
        return None if self.only_proposes(request, obj) else super().log_change(request, obj, message)

    def response_change(self, request: HttpRequest, obj: Listing) -> HttpResponse:
        if self.only_proposes(request, obj):
            return HttpResponseRedirect(request.get_full_path())
        return super().response_change(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Listing | None = None) -> bool:
        """Only a draft is deleted: an address that was public lasts, and says what became of what stood there."""
        is_draft = obj is None or obj.publication == Publication.DRAFT
        return is_draft and super().has_delete_permission(request, obj)

    @admin.display(description="checked", ordering="last_checked_on")
    def checked(self, listing: Listing) -> str:
        return listing.freshness.label

    def view_on_site(self, listing: Listing) -> str | None:
        """Its public page, for what the public can see; none while somebody has emptied its address in the form."""
        return listing.get_absolute_url() if listing.is_published and listing.slug else None

    @admin.action(description="Publish: show the chosen ones to everybody", permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._make_all(request, queryset, Publication.PUBLISHED, "published")

    @admin.action(description="Withdraw: take the chosen ones off the site", permissions=["publish"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._make_all(request, queryset, Publication.WITHDRAWN, "withdrawn")

    def edited_by(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Of the chosen ones, those that somebody edits, and does not only propose for."""
        rights = permissions_of(request.user)
        if not rights.is_manager:
            by = Q(*(Q(**{f"{path}__in": rights.edits}) for path in self.belongs_by), _connector=Q.OR)
            queryset = queryset.filter(by)
        return self.model._default_manager.filter(pk__in=list(queryset.values_list("pk", flat=True)))

    @transaction.atomic
    def _make_all(self, request: HttpRequest, queryset: QuerySet, publication: Publication, word: str) -> None:
        listings = self.edited_by(request, queryset).exclude(publication=publication).select_for_update()
        for listing in listings:
            listing.publication = publication
            with single_revision(listing):
                listing.save()
            self.log_change(request, listing, f"{word.capitalize()}.")
        number = len(listings)
        noun = self.opts.verbose_name if number == 1 else self.opts.verbose_name_plural
        messages.success(request, f"{number or 'No'} {noun} {word}.")


def links(*addresses: tuple[str, str]) -> SafeString:
    """Links in a read-only field, a line each: addresses and words."""
    return format_html_join("", '<a class="staff-link" href="{}">{}</a>', addresses)


def list_link(model, words: str, **filters: object) -> tuple[str, str]:
    """The address of a model's list with filters, and words for it."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist", query=filters), words


def add_link(model, words: str, **values: object) -> tuple[str, str]:
    """The address of the page that adds one, with values filled in, and words for it."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add", query=values), words
