"""Who may do what on the staff pages: managers everything, others what belongs to the organisations they keep.

A page says in its class how its rows belong to organisations (`admin.Scoped`). A page that says nothing is closed to
all but managers: see docs/adr/0017-rights.md.
"""

from dataclasses import dataclass, field

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model

from .choices import EditorRole
from .models import Editorship, Organisation

#: What pages and Django's permissions call what may be done.
VIEW, ADD, CHANGE, DELETE = ACTIONS = ("view", "add", "change", "delete")


@dataclass(frozen=True)
class StaffPermissions:
    """What somebody may do: the keys of the organisations that they edit, and of those for which they propose."""

    user: AbstractBaseUser = field(compare=False, repr=False)
    is_manager: bool = False
    edits: frozenset[int] = frozenset()
    proposes: frozenset[int] = frozenset()

    @property
    def keeps(self) -> frozenset[int]:
        """The organisations whose listings they see, public or not."""
        return self.edits | self.proposes

    def may(self, action: str, page, organisation_id: int | None = None) -> bool:
        """Whether they may do something on a page at all; or, with one, to rows of an organisation."""
        if self.is_manager:
            return True
        if getattr(page, "is_shared", False):
            return action == VIEW and bool(self.keeps)
        if not getattr(page, "belongs_by", ()):
            return False
        edits, proposes = (
            (bool(mine) if organisation_id is None else organisation_id in mine) for mine in (self.edits, self.proposes)
        )
        return (edits and action in getattr(page, "editors_may", ())) or (
            proposes and action in getattr(page, "contributors_may", ())
        )

    def keeps_with(self, action: str, page) -> frozenset[int]:
        """The organisations to whose rows they may do something on a page."""
        return frozenset(key for key in self.keeps if self.may(action, page, key))


def permissions_of(user: AbstractBaseUser) -> StaffPermissions:
    """What somebody may do, looked up once for each request."""
    if not hasattr(user, "_rights"):
        user._rights = _look_up(user)
    return user._rights


def may_publish(user: AbstractBaseUser, organisation: Organisation | int) -> bool:
    """Whether what somebody writes of an organisation is public as soon as they save it; else they propose."""
    rights = permissions_of(user)
    return rights.is_manager or getattr(organisation, "pk", organisation) in rights.edits


def model_permission_page(model: type[Model]):
    """The page on which rows of a model are kept, or None."""
    return admin.site._registry.get(model)


def has_perm(user: AbstractBaseUser, permission: str) -> bool:
    """Whether somebody has one of Django's permissions, "groups.change_supportgroup", by what they keep."""
    app_label, _, codename = permission.partition(".")
    action, _, name = codename.partition("_")
    try:
        page = model_permission_page(apps.get_model(app_label, name))
    except LookupError:
        return False
    return page is not None and action in ACTIONS and permissions_of(user).may(action, page)


def has_any(user: AbstractBaseUser, app_label: str) -> bool:
    """Whether somebody may see any page of an app."""
    rights = permissions_of(user)
    return any(
        rights.may(VIEW, page) for model, page in admin.site._registry.items() if model._meta.app_label == app_label
    )


def _look_up(user: AbstractBaseUser) -> StaffPermissions:
    if not (user.is_active and getattr(user, "is_staff", False)):
        return StaffPermissions(user)
    if not getattr(user, "is_verified", lambda: True)() and user.is_superuser:
        # Of a request in which the second factor is still owed.
        return StaffPermissions(user)
    if user.is_superuser:
        return StaffPermissions(user, is_manager=True)
    roles = dict(Editorship.objects.filter(user=user).values_list("organisation_id", "role"))
    edits = frozenset(key for key, role in roles.items() if role == EditorRole.EDITOR)
    return StaffPermissions(user, edits=edits, proposes=frozenset(roles) - edits)
