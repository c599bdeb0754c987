"""Row-level permissions of the admin pages, by the organisations that the user edits or contributes to."""

from collections.abc import Iterable
from typing import Any

from django.db.models import ForeignKey, Model, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.forms import ModelForm
from django.http import HttpRequest

from ..permissions import ADD, CHANGE, DELETE, VIEW, StaffPermissions, model_permission_page, permissions_of
from .mixin_bases import InlineMixin, ModelAdminMixin

#: Lookups of a relation that a changelist accepts beside its filters, for links from other pages.
_KEY_LOOKUPS = ("exact", "id__exact", "pk__exact")


class RowPermissionsMixin(ModelAdminMixin):
    """Mixin, before `ModelAdmin`, that limits rows and actions to the organisations of the user.

    `belongs_by`: the lookup paths from a row to its organisation ("pk" for an organisation itself), any of which is
    enough. `is_shared`: all staff may read the rows and only managers may write them. With neither, only managers
    see the page.
    """

    belongs_by: tuple[str, ...] = ()
    is_shared = False
    editors_may: tuple[str, ...] = (VIEW, ADD, CHANGE, DELETE)
    contributors_may: tuple[str, ...] = (VIEW,)
    #: Fields that only managers may read: left out of the form, the list, its search and its lookups.
    for_managers: tuple[str, ...] = ()

    # Rows

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows that the user may see: for the list, the page of a row, its history, and autocomplete."""
        return self.filter_visible(request, super().get_queryset(request))

    def filter_visible(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        rights = permissions_of(request.user)
        return rows if rights.is_manager or self.is_shared else rows.filter(self.visible_to(rights))

    def visible_to(self, rights: StaffPermissions) -> Q:
        """Return the condition of the rows that somebody who is no manager may see."""
        keys = rights.keeps_with(VIEW, self)
        if not self.belongs_by:
            return Q(pk__in=[])
        return Q(*(Q(**{f"{path}__in": keys}) for path in self.belongs_by), _connector=Q.OR)

    def filter_nameable(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return those of the rows whose names the user may read in the history of rows that reference them."""
        return self.filter_visible(request, rows)

    def may(self, request: HttpRequest, action: str, row: Model) -> bool:
        """Return whether the user may do an action on a saved row."""
        rights = permissions_of(request.user)
        if rights.is_manager or self.is_shared:
            return rights.may(action, self)
        return any(rights.may(action, self, key) for key in self.organisations_of(row))

    def organisations_of(self, row: Model) -> set[int]:
        """Return the primary keys of the organisations that a row belongs to."""
        return {key for key in (_follow(row, path) for path in self.belongs_by) if key is not None}

    # Django grants a superuser every permission unasked; `permissions_of` grants none before the second factor.

    def has_module_permission(self, request: HttpRequest) -> bool:
        return super().has_module_permission(request) and self._may_at_all(request, VIEW)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and self._may_at_all(request, ADD)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = self._may_at_all(request, VIEW) if obj is None else self.may(request, VIEW, obj)
        return super().has_view_permission(request, obj) and allowed

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = self._may_at_all(request, CHANGE) if obj is None else self.may(request, CHANGE, obj)
        return super().has_change_permission(request, obj) and allowed

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = self._may_at_all(request, DELETE) if obj is None else self.may(request, DELETE, obj)
        return super().has_delete_permission(request, obj) and allowed

    def _may_at_all(self, request: HttpRequest, action: str) -> bool:
        return permissions_of(request.user).may(action, self)

    # Fields

    def hidden(self, request: HttpRequest) -> tuple[str, ...]:
        return () if permissions_of(request.user).is_manager else self.for_managers

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        hidden, fieldsets = self.hidden(request), super().get_fieldsets(request, obj)
        return [(name, options | {"fields": _without(options["fields"], hidden)}) for name, options in fieldsets]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [name for name in super().get_list_display(request) if name not in self.hidden(request)]

    def get_search_fields(self, request: HttpRequest) -> list[Any]:
        return [name for name in super().get_search_fields(request) if name.lstrip("^=@") not in self.hidden(request)]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form; for a saved row only managers may change the organisation."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.rights = permissions_of(request.user)
        form.name_filter = lambda form, rows: nameable_rows(request, rows)
        if change and not form.rights.is_manager:
            for path in self.belongs_by:
                if field := form.base_fields.get(path.split(LOOKUP_SEP)[0]):
                    field.disabled = True
        return form

    def formfield_for_foreignkey(self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        """Limit the choice of organisation to those for which the user may add or change such a row."""
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        rights = permissions_of(request.user)
        if field and db_field.name in self.belongs_by and not rights.is_manager:
            field.queryset = field.queryset.filter(
                pk__in=rights.keeps_with(ADD, self) | rights.keeps_with(CHANGE, self)
            )
        return field

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the first values of a new row: for somebody who adds for one organisation alone, that is chosen."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        keys = permissions_of(request.user).keeps_with(ADD, self)
        if len(keys) == 1 and "organisation" in self.belongs_by:
            (organisation,) = keys
            initial = {"organisation": organisation} | initial
        return initial

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Return whether a query string may filter by a lookup: list filters and keys of relations; no hidden field."""
        if not super().lookup_allowed(lookup, value, request):
            return False
        if permissions_of(request.user).is_manager:
            return True
        name, _, rest = lookup.partition(LOOKUP_SEP)
        if name not in {field.name for field in self.opts.get_fields()} | {"pk"}:
            return True
        filters = [item[0] if isinstance(item, tuple) else item for item in self.get_list_filter(request)]
        is_filter = name in filters or name == self.date_hierarchy
        return name not in self.hidden(request) and (is_filter or rest in _KEY_LOOKUPS)


def nameable_rows(request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return those rows of a queryset of any model whose names the user may read."""
    page = model_permission_page(rows.model)
    if permissions_of(request.user).is_manager or getattr(page, "is_shared", False):
        return rows
    nameable: QuerySet[Any] = page.filter_nameable(request, rows) if page else rows.none()
    return nameable


class ParentPermissionsMixin(InlineMixin):
    """Mixin for inlines: their permissions are those of the parent row."""

    #: Who may write the rows: "contributors" (of a draft), "editors" or "managers". All who see the parent read them.
    written_by = "contributors"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self._parent_page.has_view_permission(request, obj))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_write(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_write(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_write(request, obj)

    @property
    def _parent_page(self) -> Any:
        return model_permission_page(self.parent_model)

    def _may_write(self, request: HttpRequest, row: Model | None) -> bool:
        rights = permissions_of(request.user)
        if rights.is_manager:
            return True
        if row is None or row.pk is None:
            may_write_parent = self._parent_page.has_add_permission(request)
            edits = bool(rights.edits)
        else:
            may_write_parent = self._parent_page.has_change_permission(
                request, row
            ) and not self._parent_page.only_proposes(request, row)
            edits = bool(self._parent_page.organisations_of(row) & rights.edits)
        return may_write_parent and (self.written_by == "contributors" or (self.written_by == "editors" and edits))


def reject_publication(form: ModelForm) -> None:
    """Add an error if somebody who only proposes for an organisation changes the publication of a listing."""
    rights = getattr(form, "rights", None)
    if rights is None or rights.is_manager or "publication" not in form.cleaned_data:
        return
    organisation = form.cleaned_data.get("organisation") or form.instance
    before = (
        form.initial.get("publication") if form.instance.pk else form.instance._meta.get_field("publication").default
    )
    if organisation.pk not in rights.edits and form.cleaned_data["publication"] != before:
        form.add_error("publication", "Only an editor of this organisation can do that. Leave it as it is.")


def reject_taken_slug(form: ModelForm) -> None:
    """Add an error if the slug is a former one of a listing of an organisation that the user does not keep."""
    rights, listing = getattr(form, "rights", None), form.instance
    if rights is None or rights.is_manager or "slug" not in form.changed_data or not form.cleaned_data.get("slug"):
        return
    former_slugs = listing._meta.get_field("former_slugs").related_model.objects.filter(slug=form.cleaned_data["slug"])
    former = former_slugs.select_related("listing").first()
    if former and getattr(former.listing, "organisation_id", former.listing.pk) not in rights.keeps:
        form.add_error("slug", "This address leads to somebody else’s page, which had it before. Choose another one.")


def _follow(row: Any, path: str) -> Any:
    """Return the key at the end of a lookup path; None if a relation on it is null."""
    *through, last = path.split(LOOKUP_SEP)
    for name in through:
        row = getattr(row, name)
        if row is None:
            return None
    return row.pk if last == "pk" else getattr(row, row._meta.get_field(last).attname)


def _without(fields: Iterable[Any], hidden: tuple[str, ...]) -> tuple[Any, ...]:
    lines = (
        tuple(name for name in line if name not in hidden) if isinstance(line, tuple | list) else line
        for line in fields
    )
    return tuple(line for line in lines if line and line not in hidden)
