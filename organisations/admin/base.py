"""Base admin classes: `PublicModelAdmin`, `ListingAdmin`; helpers for fieldsets and links."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import flatten
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Field, JSONField, Model, Q, QuerySet, URLField
from django.forms import Textarea
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from common.form_fields import ListOfWordsField
from common.pagination import KeysFirstPaginator

from ..choices import Publication
from ..models import Listing, single_revision
from ..permissions import ADD, CHANGE, VIEW, permissions_of
from .autocomplete import AutocompleteMixin
from .checks import CHECK_ACTIONS, CHECK_METHODS, check_by_button
from .deletion import DescribedDeletionMixin
from .filters import ExamplesFilter, FreshnessFilter
from .permissions import RowPermissionsMixin
from .proposals import save_as_proposal
from .revisions import RevisionAdmin, save_rows
from .searching import SearchMixin

#: Form field options by column type: a list is typed one item a line; a URL without a scheme is https.
FORM_FIELDS: Mapping["type[Field[Any, Any]]", Mapping[str, Any]] = {
    JSONField: {"form_class": ListOfWordsField},
    URLField: {"assume_scheme": "https"},
}

Fieldset = tuple[str, Any]


def fieldset(name: str, *fields: str | tuple[str, ...], about: str = "", folded: bool = False) -> Fieldset:
    """Return a fieldset for `fieldsets`: `about` is its description; `folded` starts it collapsed."""
    return name, {"fields": fields, "description": about, "classes": ["collapse"] if folded else []}


def folded(part: Fieldset) -> Fieldset:
    """Return a fieldset that starts collapsed."""
    name, options = part
    return name, options | {"classes": ["collapse"]}


SOURCE = fieldset("Source", "source_name", "source_url", "source_dated", about="Where we were told all this, and when.")
RECORD = fieldset("For the record", "public_id", "created_at", "updated_at", folded=True)


def _open_faulty_parts(adminform: Any) -> None:
    """Let the folded parts of a form start open in which something is to be put right, or was changed by two editors.

    Django does so itself, but for fields that share a line with others.
    """
    form = adminform.form
    conflict = getattr(form, "conflict", None)
    names = set(form.errors) | {each.name for each in (conflict.both if conflict else ())}
    adminform.fieldsets = [
        (name, options | {"classes": []} if names & set(flatten(options["fields"])) else options)
        for name, options in adminform.fieldsets
    ]


class PublicModelAdmin(RowPermissionsMixin, DescribedDeletionMixin, AutocompleteMixin, SearchMixin, admin.ModelAdmin):
    """Base of the admin pages: row-level permissions, deletion in words, autocomplete, search."""

    #: The relations that `__str__` of a row follows: they are selected with it.
    name_relations: tuple[str, ...] = ()
    readonly_fields = ["public_id", "created_at", "updated_at"]
    formfield_overrides = FORM_FIELDS
    list_per_page = 50
    paginator = KeysFirstPaginator
    # "Of 20,000" costs a second count on every search, and tells an editor nothing.
    show_full_result_count = False
    # Counts beside the filters would cost one more for each choice of each filter.
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.select_related(*self.name_relations) if self.name_relations else rows

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Return the row with the relations that its autocomplete fields show; None if there is none."""
        rows = self.with_selected_related(self.get_queryset(request))
        field: Any = self.opts.get_field(from_field) if from_field else self.opts.pk
        try:
            return rows.get(**{field.name: field.to_python(object_id)})
        except (self.model.DoesNotExist, ValidationError, ValueError):
            return None

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Return the actions that the user may do, with those that higher apps add to the lists of the site."""
        actions, site = super().get_actions(request), cast(Any, self.admin_site)
        return actions if IS_POPUP_VAR in request.GET else actions | site.added_actions(self, request)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        save_rows(request, formset)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        _open_faulty_parts(context["adminform"])
        return super().render_change_form(request, context, *args, **kwargs)


class ForeignIdsMixin:
    """Adds what other lists call a row, to be read: `foreign_ids`, for `readonly_fields`."""

    @admin.display(description="ids in other lists")
    def foreign_ids(self, row: Any) -> str:
        """Return the ids of a row in the lists of others, each with its source."""
        records = row.source_records.select_related("source") if row.pk else ()
        return "; ".join(str(record) for record in records) or "None."


class ListingAdmin(RevisionAdmin, PublicModelAdmin):
    """Base of the admin pages of listings: publication, proposals, checks, revisions."""

    undeletable_reason = (
        "Only a draft can be deleted, by its editors. What was public once keeps its address, so that "
        "nobody finds an empty page. To take it off the site, choose “Withdrawn” under “Public or not”, and save."
    )
    readonly_fields = ["public_id", "revision", "created_at", "updated_at"]
    list_filter = ["publication", FreshnessFilter, ExamplesFilter]
    contributors_may: tuple[str, ...] = (VIEW, ADD, CHANGE)
    actions = ["publish", "withdraw", *CHECK_ACTIONS]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows `with_last_check()`, which the list shows."""
        rows: Any = super().get_queryset(request)
        return cast(QuerySet[Any], rows.with_last_check())

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        """Give a summary a box of three rows."""
        if db_field.name == "summary":
            kwargs["widget"] = Textarea(attrs={"rows": 3})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    # Who publishes, and who proposes

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Return whether the user may publish listings of this kind for any organisation."""
        rights = permissions_of(request.user)
        return rights.is_manager or any(rights.may(CHANGE, self, key) for key in rights.edits)

    def only_proposes(self, request: HttpRequest, listing: Listing) -> bool:
        """Return whether the user only contributes to a public listing, so that saving makes a proposal."""
        rights = permissions_of(request.user)
        is_public = listing.pk is not None and listing.publication != Publication.DRAFT
        return is_public and not rights.is_manager and not self.organisations_of(listing) & rights.edits

    def propose(self, request: HttpRequest, form: Any, formsets: list[Any]) -> None:
        """Save what was typed as a proposal; the listing is not changed."""
        save_as_proposal(request, form, formsets)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form, with publication and slug disabled for users who may not publish the listing."""
        form = super().get_form(request, obj, change, **kwargs)
        publishes = self.has_publish_permission(request)
        if obj is not None and self.only_proposes(request, obj):
            publishes = False
        if not publishes:
            for name in {"publication", "slug"} & set(form.base_fields):
                form.base_fields[name].disabled = True
        return form

    def save_related(self, request: HttpRequest, form: Any, formsets: list[Any], change: bool) -> None:
        if change and self.only_proposes(request, form.instance):
            self.propose(request, form, formsets)
        else:
            super().save_related(request, form, formsets, change)
            if change and self.may_check(request, form.instance):
                check_by_button(request, form.instance)

    def may_check(self, request: HttpRequest, listing: Listing) -> bool:
        """Return whether the user may add a check: an editor of the listing, or a manager."""
        rights = permissions_of(request.user)
        return rights.is_manager or bool(self.organisations_of(listing) & rights.edits)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Listing | None = None,
    ) -> HttpResponse:
        """Render the form with the buttons that add a check."""
        may_change = obj is not None and self.has_change_permission(request, obj)
        context["ways_to_check"] = (
            [(method.value, method.label) for method in CHECK_METHODS]
            if obj is not None and may_change and self.may_check(request, obj)
            else []
        )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """Return "" for a proposal: nothing has been saved."""
        if not add and self.only_proposes(request, form.instance):
            return ""
        return super().construct_change_message(request, form, formsets, add)

    def log_change(self, request: HttpRequest, obj: Listing, message: list[Any] | str) -> Any:
        """Log a change; nothing for a proposal."""
        return None if self.only_proposes(request, obj) else super().log_change(request, obj, message)

    def response_change(self, request: HttpRequest, obj: Listing) -> HttpResponse:
        if self.only_proposes(request, obj):
            return HttpResponseRedirect(request.get_full_path())
        return super().response_change(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the user may delete a listing: only drafts, since a public address must not break."""
        is_draft = obj is None or obj.publication == Publication.DRAFT
        return is_draft and super().has_delete_permission(request, obj)

    @admin.display(description="checked", ordering="last_checked_on")
    def checked(self, listing: Listing) -> str:
        return listing.freshness.label

    def view_on_site(self, listing: Any) -> str | None:
        """Return the public address; None for what is not published, or has an empty slug in the form."""
        return listing.get_absolute_url() if listing.is_published and listing.slug else None

    @admin.action(description="Publish: show the chosen ones to everybody", permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._set_publication(request, queryset, Publication.PUBLISHED, "published")

    @admin.action(description="Withdraw: take the chosen ones off the site", permissions=["publish"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._set_publication(request, queryset, Publication.WITHDRAWN, "withdrawn")

    def edited_by(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return those of the selected rows that the user may edit, without those they may only propose for."""
        rights = permissions_of(request.user)
        if not rights.is_manager:
            by = Q(*(Q(**{f"{path}__in": rights.edits}) for path in self.belongs_by), _connector=Q.OR)
            queryset = queryset.filter(by)
        rows: QuerySet[Any] = self.model._default_manager.filter(pk__in=list(queryset.values_list("pk", flat=True)))
        return rows

    @transaction.atomic
    def _set_publication(
        self, request: HttpRequest, queryset: QuerySet[Any], publication: Publication, word: str
    ) -> None:
        listings = self.edited_by(request, queryset).exclude(publication=publication).select_for_update()
        for listing in listings:
            listing.publication = publication
            with single_revision(listing):
                listing.save()
            self.log_change(request, listing, f"{word.capitalize()}.")
        number = len(listings)
        noun = self.opts.verbose_name if number == 1 else self.opts.verbose_name_plural
        messages.success(request, f"{number or 'No'} {noun} {word}.")
        if publication == Publication.PUBLISHED and number:
            self.tell_of_published(request, listings)

    def tell_of_published(self, request: HttpRequest, listings: Iterable[Any]) -> None:
        """Hook: add messages about listings that were published."""


def links(*addresses: tuple[str, str]) -> SafeString:
    """Return HTML links, one a line, from (address, label) pairs."""
    return format_html_join("", '<a class="staff-link" href="{}">{}</a>', addresses)


def list_link(model: type[Model], words: str, **filters: object) -> tuple[str, str]:
    """Return the address of the filtered changelist of a model, and its label."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist", query=filters), words


def add_link(model: type[Model], words: str, **values: object) -> tuple[str, str]:
    """Return the address of the add page of a model with initial values, and its label."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add", query=values), words
