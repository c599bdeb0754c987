"""What of a page somebody may see and do, by the organisations that they keep: whatever way round they come."""

from django.db.models import Model, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.forms import ModelForm
from django.http import HttpRequest

from ..permissions import ADD, CHANGE, DELETE, VIEW, model_permission_page, permissions_of

#: Links from one page to the list of another may narrow it by these, beside its filters.
_BY_KEY = ("exact", "id__exact", "pk__exact")


class Scoped:
    """For a page. It stands before `ModelAdmin` among the bases, and says how rows belong to organisations.

    `belongs_by`: the relations that lead from a row to its organisation; "pk" for an organisation itself. One of them
    is enough. `is_shared`: everybody on the staff reads it and only managers write it, such as topics. With neither,
    only managers know that it is there.
    """

    belongs_by: tuple[str, ...] = ()
    is_shared = False
    editors_may: tuple[str, ...] = (VIEW, ADD, CHANGE, DELETE)
    contributors_may: tuple[str, ...] = (VIEW,)
    #: Fields that nobody but a manager reads, on its page, in its list or by asking the list for them.
    for_managers: tuple[str, ...] = ()

    # Rows

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The rows that somebody may see: for the list, a row's own page, its history, and every box to choose from."""
        return self.in_reach(request, super().get_queryset(request))

    def in_reach(self, request: HttpRequest, rows: QuerySet) -> QuerySet:
        rights = permissions_of(request.user)
        return rows if rights.is_manager or self.is_shared else rows.filter(self.reach(rights))

    def reach(self, rights) -> Q:
        """The condition that rows meet which somebody who is no manager may see."""
        keys = rights.keeps_with(VIEW, self)
        if not self.belongs_by:
            return Q(pk__in=[])
        return Q(*(Q(**{f"{path}__in": keys}) for path in self.belongs_by), _connector=Q.OR)

    def may_be_named(self, request: HttpRequest, rows: QuerySet) -> QuerySet:
        """The rows whose names somebody may read, in the history of what points at them."""
        return self.in_reach(request, rows)

    def may(self, request: HttpRequest, action: str, row: Model) -> bool:
        """Whether somebody may do something to a row that is there."""
        rights = permissions_of(request.user)
        if rights.is_manager or self.is_shared:
            return rights.may(action, self)
        return any(rights.may(action, self, key) for key in self.organisations_of(row))

    def organisations_of(self, row: Model) -> set[int]:
        """The keys of the organisations that a row belongs to."""
        return {key for key in (_follow(row, path) for path in self.belongs_by) if key is not None}

    # Django grants a superuser every permission without asking: not before the second factor, for which rights look.

    def has_module_permission(self, request: HttpRequest) -> bool:
        return super().has_module_permission(request) and self._may_at_all(request, VIEW)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and self._may_at_all(request, ADD)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        allowed = self._may_at_all(request, VIEW) if obj is None else self.may(request, VIEW, obj)
        return super().has_view_permission(request, obj) and allowed

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        allowed = self._may_at_all(request, CHANGE) if obj is None else self.may(request, CHANGE, obj)
        return super().has_change_permission(request, obj) and allowed

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        allowed = self._may_at_all(request, DELETE) if obj is None else self.may(request, DELETE, obj)
        return super().has_delete_permission(request, obj) and allowed

    def _may_at_all(self, request: HttpRequest, action: str) -> bool:
        return permissions_of(request.user).may(action, self)

    # Fields

    def hidden(self, request: HttpRequest) -> tuple[str, ...]:
        return () if permissions_of(request.user).is_manager else self.for_managers

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> list:
        hidden, parts = self.hidden(request), super().get_fieldsets(request, obj)
        return [(name, options | {"fields": _without(options["fields"], hidden)}) for name, options in parts]

    def get_list_display(self, request: HttpRequest) -> list:
        return [name for name in super().get_list_display(request) if name not in self.hidden(request)]

    def get_search_fields(self, request: HttpRequest) -> list:
        return [name for name in super().get_search_fields(request) if name.lstrip("^=@") not in self.hidden(request)]

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs):
        """A form in which nobody but a manager gives a row that is there to another organisation."""
        form = super().get_form(request, obj, change, **kwargs)
        form.rights = permissions_of(request.user)
        form.named = lambda form, rows: named(request, rows)
        if change and not form.rights.is_manager:
            for path in self.belongs_by:
                if field := form.base_fields.get(path.split(LOOKUP_SEP)[0]):
                    field.disabled = True
        return form

    def formfield_for_foreignkey(self, db_field, request: HttpRequest, **kwargs):
        """What is added is added to an organisation for which somebody may add such a thing."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        rights = permissions_of(request.user)
        if field and db_field.name in self.belongs_by and not rights.is_manager:
            field.queryset = field.queryset.filter(
                pk__in=rights.keeps_with(ADD, self) | rights.keeps_with(CHANGE, self)
            )
        return field

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """What an address may ask a list for: its filters, and one thing that rows belong to; never a hidden field."""
        if not super().lookup_allowed(lookup, value, request):
            return False
        if permissions_of(request.user).is_manager:
            return True
        name, _, rest = lookup.partition(LOOKUP_SEP)
        if name not in {field.name for field in self.opts.get_fields()} | {"pk"}:
            return True
        filters = [each[0] if isinstance(each, tuple) else each for each in self.get_list_filter(request)]
        is_filter = name in filters or name == self.date_hierarchy
        return name not in self.hidden(request) and (is_filter or rest in _BY_KEY)


def named(request: HttpRequest, rows: QuerySet) -> QuerySet:
    """Of rows of any model, those whose names somebody may read."""
    page = model_permission_page(rows.model)
    if permissions_of(request.user).is_manager or getattr(page, "is_shared", False):
        return rows
    return page.may_be_named(request, rows) if page else rows.none()


class OfItsPage:
    """For rows below a page: who may change the page's own row may change them."""

    #: Who writes them: "contributors" of a draft, "editors" only, or "managers" only; everybody of the page reads them.
    written_by = "contributors"

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._page.has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may_write(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may_write(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may_write(request, obj)

    @property
    def _page(self):
        return model_permission_page(self.parent_model)

    def _may_write(self, request: HttpRequest, row: Model | None) -> bool:
        rights = permissions_of(request.user)
        if rights.is_manager:
            return True
        if row is None or row.pk is None:
            may_page = self._page.has_add_permission(request)
            edits = bool(rights.edits)
        else:
            may_page = self._page.has_change_permission(request, row) and not self._page.only_proposes(request, row)
            edits = bool(self._page.organisations_of(row) & rights.edits)
        return may_page and (self.written_by == "contributors" or (self.written_by == "editors" and edits))


def refuse_to_publish(form: ModelForm) -> None:
    """Say at the field that somebody who only proposes for an organisation cannot show a listing, or take it away."""
    rights = getattr(form, "rights", None)
    if rights is None or rights.is_manager or "publication" not in form.cleaned_data:
        return
    organisation = form.cleaned_data.get("organisation") or form.instance
    before = (
        form.initial.get("publication") if form.instance.pk else form.instance._meta.get_field("publication").default
    )
    if organisation.pk not in rights.edits and form.cleaned_data["publication"] != before:
        form.add_error("publication", "Only an editor of this organisation can do that. Leave it as it is.")


def refuse_the_address_of_another(form: ModelForm) -> None:
    """Say at the field that an address still leads to a listing of another organisation, which had it before."""
    rights, listing = getattr(form, "rights", None), form.instance
    if rights is None or rights.is_manager or "slug" not in form.changed_data or not form.cleaned_data.get("slug"):
        return
    had_it = listing._meta.get_field("former_slugs").related_model.objects.filter(slug=form.cleaned_data["slug"])
    former = had_it.select_related("listing").first()
    if former and getattr(former.listing, "organisation_id", former.listing.pk) not in rights.keeps:
        form.add_error("slug", "This address leads to somebody else’s page, which had it before. Choose another one.")


def _follow(row: Model, path: str) -> int | None:
    """The key at the end of a path of relations; None where it breaks off."""
    *through, last = path.split(LOOKUP_SEP)
    for name in through:
        row = getattr(row, name)
        if row is None:
            return None
    return row.pk if last == "pk" else getattr(row, row._meta.get_field(last).attname)


def _without(fields: tuple, hidden: tuple[str, ...]) -> tuple:
    lines = (
        tuple(name for name in line if name not in hidden) if isinstance(line, tuple | list) else line
        for line in fields
    )
    return tuple(line for line in lines if line and line not in hidden)
