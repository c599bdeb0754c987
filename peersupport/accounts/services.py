"""Services for staff accounts: invitation links, deactivation, sessions."""

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from common.emails import send_email

from .second_factor import remove_second_factor

#: The validity of a link to choose a password, in days.
DAYS = settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)


def username_from_email(email: str) -> str:
    """Return the username for an e-mail address: the address in lower case."""
    return User.objects.normalize_email(email).strip().lower()


def describe_permissions(user: User) -> list[str]:
    """Return the permissions of an account in words, a line for each organisation; one line for a manager."""
    if user.is_superuser:
        return ["directory manager, who may do everything"]
    rows = user.editorships.select_related("organisation").order_by("organisation__name")
    return [f"{row.role_name} of “{row.organisation}”" for row in rows]


def set_up_link(user: User) -> str:
    """Return the address to choose a password, with a token valid once and for `DAYS` days."""
    key, token = urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)
    return settings.SITE_ADDRESS + reverse("admin:password_reset_confirm", args=[key, token])


def send_set_up_link(user: User) -> None:
    """Write to somebody with the link to choose a password."""
    send_email("set_up", to=user.email, user=user, link=set_up_link(user), rights=describe_permissions(user), days=DAYS)


@transaction.atomic
def deactivate_account(user: User) -> None:
    """Deactivate an account: end its sessions, remove its editorships, manager status, password and second factor.

    The account itself stays, since revisions reference it.
    """
    user.editorships.all().delete()
    remove_second_factor(user)
    user.is_active = user.is_superuser = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "is_superuser", "password"])
    sign_out_everywhere(user)


def sign_out_everywhere(user: User) -> None:
    """Delete all sessions of an account. Only staff have sessions, so all can be scanned."""
    for session in Session.objects.all():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
