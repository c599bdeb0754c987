"""The search of the lists for staff: telephone numbers and postcodes in any spacing, e-mail addresses, former names."""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.admin.utils import lookup_spawns_duplicates
from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.functions import Replace
from django.http import HttpRequest
from django.utils.text import slugify, smart_split, unescape_string_literal

from places.postcodes import spaced_postcode, split_at_postcode

from ..models import Contact, has_revisions
from ..models.revision import history_model
from ..permissions import model_permission_page, permissions_of
from .mixin_bases import ModelAdminMixin

#: The parts in which spellings of one number differ, with their normal form.
_SPELLINGS = (("(0)", ""), ("+44", "0"), *((sign, "") for sign in " -().\u00a0"))
_NUMBERS = ("phone", "text_number")
#: The least digits to search for: fewer match too many numbers.
_FEWEST_DIGITS = 6


class SearchMixin(ModelAdminMixin):
    """Mixin, before `ModelAdmin`, whose search finds a row by its contacts and by what it was called before, too.

    Contacts that the user may not see find nothing, and former names in the history are for managers.
    """

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        term, fields = search_term.strip(), self.get_search_fields(request)
        if not term or not fields:
            return queryset, False
        words = map(_unquoted, smart_split(with_spaced_postcode(term)))
        found = Q(*(_any_contains(self.model, fields, word) for word in words))
        others = (Q(pk__in=keys) for keys in self._other_keys(request, term))
        may_repeat = any(lookup_spawns_duplicates(self.opts, name) for name in fields)
        return queryset.filter(reduce(or_, others, found)), may_repeat

    def _other_keys(self, request: HttpRequest, term: str) -> Iterator[Any]:
        """Yield querysets of the keys of rows that a term finds in other tables."""
        manager = self.model._base_manager
        contacts = _contacts_found(request, term)
        if contacts is not None and self.model is Contact:
            yield contacts
        elif contacts is not None and any(field.name == "contacts" for field in self.opts.get_fields()):
            yield manager.filter(contacts__in=contacts).order_by().values("pk")
        if hasattr(self.model, "former_slugs") and (slug := slugify(term)):
            yield manager.filter(former_slugs__slug__contains=slug).order_by().values("pk")
        if hasattr(self.model, "former_codes"):
            yield manager.filter(former_codes__code=term.lower()).order_by().values("pk")
        is_named = any(field.name == "name" for field in self.opts.fields)
        if term and is_named and has_revisions(self.model) and permissions_of(request.user).is_manager:
            yield history_model(self.model).objects.filter(name__icontains=term).order_by().values("id")


def with_spaced_postcode(term: str) -> str:
    """Return a search term with its postcode as postcodes are stored."""
    before, postcode, after = split_at_postcode(term)
    return " ".join(filter(None, [before, spaced_postcode(postcode), after])) if postcode else term


def _unquoted(word: str) -> str:
    """Return a word of a search, or what stands in quotation marks."""
    return unescape_string_literal(word) if word[0] in "\"'" and word[0] == word[-1] else word


def _any_contains(model: type[Model], paths: Iterable[str], word: str) -> Q:
    """Return the condition that one of some text columns has a word in it, as Django's own search does.

    Rows of other tables are found first: Django joins them, and compares each as often as a row refers to it.
    """
    return reduce(or_, (_contains(model, path, word) for path in paths))


def _contains(model: type[Model], path: str, word: str) -> Q:
    name, _, rest = path.partition("__")
    if not rest:
        return Q(**{f"{name}__icontains": word})
    related: Any = model._meta.get_field(name).related_model
    return Q(**{f"{name}__in": related._base_manager.filter(_contains(related, rest, word)).order_by().values("pk")})


def compact_number(text: str) -> str:
    """Return a telephone number without what people put between its digits, as it is dialled at home."""
    return reduce(lambda number, spelling: number.replace(*spelling), _SPELLINGS, text)


def _contacts_found(request: HttpRequest, term: str) -> QuerySet[Any, Any] | None:
    """Return the keys of the contacts with a number or e-mail address; None for a term that is neither."""
    page: Any = model_permission_page(Contact)
    contacts: QuerySet[Any] = page.get_queryset(request).order_by()
    number = compact_number(term)
    if number.isdecimal() and len(number) >= _FEWEST_DIGITS:
        columns = {f"compact_{name}": _compact(name) for name in _NUMBERS}
        # In this order: most contacts have one number at most, and an empty text need not be made compact.
        wanted = (Q((f"{name}__gt", "")) & Q((f"compact_{name}__contains", number)) for name in _NUMBERS)
        return contacts.alias(**columns).filter(reduce(or_, wanted)).values("pk")
    return contacts.filter(email__icontains=term).values("pk") if "@" in term else None


def _compact(column: str) -> Any:
    compact: Any = F(column)
    for old, new in _SPELLINGS:
        compact = Replace(compact, Value(old), Value(new))
    return compact
