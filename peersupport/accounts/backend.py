"""The authentication backend of staff."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest

from common.slots import PASSWORDS, slot
from organisations import permissions


class StaffBackend(ModelBackend):
    """Django's accounts and passwords, with permissions from editorships instead of Django's permission tables."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> AbstractBaseUser | None:
        """Authenticate by e-mail address, in any case.

        Raises `ServerBusy` while another password is being hashed.
        """
        typed = username.strip().lower() if username and "@" in username else username
        with slot(PASSWORDS, request):
            return super().authenticate(request, username=typed, password=password, **kwargs)

    def has_perm(self, user_obj: AbstractBaseUser | AnonymousUser, perm: str, obj: Any = None) -> bool:
        return obj is None and permissions.has_perm(user_obj, perm)

    def has_module_perms(self, user_obj: AbstractBaseUser | AnonymousUser, app_label: str) -> bool:
        """Return whether the user may view any admin page of an app."""
        return permissions.has_any(user_obj, app_label)

    def get_user_permissions(self, user_obj: AbstractBaseUser | AnonymousUser, obj: Any = None) -> set[str]:
        return set()

    def get_group_permissions(self, user_obj: AbstractBaseUser | AnonymousUser, obj: Any = None) -> set[str]:
        return set()

    def get_all_permissions(self, user_obj: AbstractBaseUser | AnonymousUser, obj: Any = None) -> set[str]:
        return set()
