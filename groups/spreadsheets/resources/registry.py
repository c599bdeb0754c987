"""All resources: what the rows of a sheet can be."""

from collections.abc import Collection

from django.db.models import Model

from .base import SheetResource
from .contacts import CONTACTS
from .groups import GROUPS
from .offers import ROLES, TRAINING
from .organisations import ORGANISATIONS
from .venues import VENUES

RESOURCES: tuple[SheetResource, ...] = (GROUPS, ORGANISATIONS, VENUES, CONTACTS, ROLES, TRAINING)


def resource_of(model: type[Model]) -> SheetResource:
    """Return the resource of a model. Raises KeyError if it has none."""
    return {resource.model: resource for resource in RESOURCES}[model]


def resource_called(key: str) -> SheetResource:
    """Return the resource with a key; groups for one that is not known."""
    return next((resource for resource in RESOURCES if resource.key == key), GROUPS)


def all_titles() -> list[str]:
    """Return the titles of the columns of all resources, each once."""
    return [*dict.fromkeys(title for resource in RESOURCES for title in resource.titles())]


def guess_resource(titles: Collection[str], own: SheetResource, choices: Collection[SheetResource]) -> SheetResource:
    """Return which of the choices a file with these titles is of: `own`, unless most titles are those of another.

    A file with titles of its own is of groups, or of `own`, for which somebody opened the page.
    """
    known = {resource: len({*titles} & {*resource.titles()}) for resource in choices}
    best = max(choices, key=lambda resource: (known[resource], resource is own))
    return best if known[best] >= _MOSTLY * len(titles) else own


#: The part of the titles of a file that must be those of another resource than that of the page.
_MOSTLY = 0.8
