"""The addresses of the staff pages, for a browser that looks at them."""

from collections.abc import Iterator
from contextlib import suppress

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.db.models import Model
from django.urls import NoReverseMatch, reverse

_OF_ACCOUNTS = (
    "password_change",
    "password_change_done",
    "password_reset",
    "password_reset_done",
    "recovery_codes",
    "second_factor_set_up",
)


def of_the_site() -> Iterator[tuple[str, str]]:
    """The pages that are about no kind of thing, by names for their pictures; an address that leads nowhere, too."""
    for page in ("index", *_OF_ACCOUNTS):
        yield page, reverse(f"admin:{page}")
    yield "styleguide", reverse("styleguide")
    yield "app", reverse("admin:app_list", args=["groups"])
    yield "not_found", reverse("admin:index") + "there-is-no-such-page/"


def of_kind(model: type[Model]) -> Iterator[tuple[str, str]]:
    """The list of a kind of thing, the page that adds one, and those for spreadsheets where there are any."""
    for page, name in (("list", "changelist"), ("add", "add")):
        yield _name(model, page), reverse(f"admin:{_info(model)}_{name}")
    for page in ("import", "export", "template"):
        with suppress(NoReverseMatch):
            yield _name(model, page), reverse(f"admin:{_info(model)}_{page}")


def of_row(row: Model) -> Iterator[tuple[str, str]]:
    """A thing's own pages: changing it, its history, its first version, deleting it, and what only some have."""
    model = type(row)
    for page in ("change", "history", "delete"):
        yield _name(model, page), reverse(f"admin:{_info(model)}_{page}", args=[quote(row.pk)])
    with suppress(NoReverseMatch):
        yield _name(model, "close"), reverse(f"admin:{_info(model)}_close", args=[row.pk])
    version = row.history.last() if hasattr(row, "history") else None
    if version is not None:
        yield _name(model, "version"), reverse(f"admin:{_info(model)}_version", args=[row.pk, version.pk])


def of_everything() -> Iterator[tuple[str, str]]:
    """All of these, of every kind of thing, and of the newest row of each."""
    yield from of_the_site()
    for model in admin.site._registry:
        yield from of_kind(model)
        if (row := model._default_manager.order_by("-pk").first()) is not None:
            yield from of_row(row)


def _info(model: type[Model]) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}"


def _name(model: type[Model], page: str) -> str:
    return f"{_info(model)}-{page}"
