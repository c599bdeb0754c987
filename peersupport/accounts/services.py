"""The people on the staff: let in, let go, and given another telephone. Nothing they wrote goes with them."""

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from .second_factor import take_away

#: How long a link to choose a password works.
DAYS = settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)


def name_of(email: str) -> str:
    """The name of an account, which is its e-mail address in small letters."""
    return User.objects.normalize_email(email).strip().lower()


def rights_in_words(user: User) -> list[str]:
    """What somebody may do, a line for each organisation by its name; for a manager, one line; else none."""
    if user.is_superuser:
        return ["directory manager, who may do everything"]
    rows = user.editorships.select_related("organisation").order_by("organisation__name")
    return [f"{row.role_name} of “{row.organisation}”" for row in rows]


def set_up_link(user: User) -> str:
    """The address at which somebody chooses their password: it works once, and for three days."""
    key, token = urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)
    return settings.SITE_ADDRESS + reverse("admin:password_reset_confirm", args=[key, token])


def send_set_up_link(user: User) -> None:
    """Write to somebody how to choose a password. Raises `OSError` where the letter could not be sent."""
    about = {
        "user": user,
        "link": set_up_link(user),
        "rights": rights_in_words(user),
        "site_name": settings.SITE_NAME,
        "site_address": settings.SITE_ADDRESS,
        "contact_email": settings.CONTACT_EMAIL,
        "days": DAYS,
    }
    subject = f"Your account for {settings.SITE_NAME}"
    EmailMessage(subject, render_to_string("emails/set_up.txt", about), to=[user.email]).send()


@transaction.atomic
def deactivate_account(user: User) -> None:
    """Close somebody's account, now: they are signed out everywhere, keep no organisation, and are no manager.

    The account stays, for the history of what they changed names them.
    """
    user.editorships.all().delete()
    take_away(user)
    user.is_active = user.is_superuser = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "is_superuser", "password"])
    sign_out_everywhere(user)


def sign_out_everywhere(user: User) -> None:
    """End all sessions of an account. There are few: only staff have any."""
    for session in Session.objects.all():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
