import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.db import models
from django.utils import timezone

#: How long an upload can be confirmed.
MAX_AGE = datetime.timedelta(hours=2)
_SALT = "groups.sheet-upload"


class SheetUpload(models.Model):
    """A spreadsheet that somebody on the staff has sent, while they look at what it would change.

    It is kept here, and not in a file, so that any process of the site can go on with it. It goes when it has been
    imported, when the same person sends another one, or after two hours.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    content = models.BinaryField(help_text="The file, as it was sent.")
    mapping = models.JSONField(default=dict, help_text="What each column of a foreign file is; empty for one of ours.")
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"a file of {self.user}"

    @classmethod
    def store(cls, user: User, content: bytes) -> str:
        """Store a file for its preview, replacing the user's last one. Return a signed token to confirm it with."""
        cls.objects.filter(models.Q(user=user) | models.Q(sent_at__lte=timezone.now() - MAX_AGE)).delete()
        upload = cls.objects.create(user=user, content=content, sent_at=timezone.now())
        return signing.dumps([upload.pk, user.pk], salt=_SALT)

    @classmethod
    def find(cls, user: User, token: str) -> "SheetUpload | None":
        """Return the upload of a token; None if the token is invalid, expired, used or another user's."""
        return cls.objects.filter(pk=_key_of(user, token), user=user).first()

    @classmethod
    def take(cls, user: User, token: str) -> "SheetUpload | None":
        """Return and delete the upload of a token; None as `find` says.

        Must be called in a transaction, because it locks the row.
        """
        upload = cls.objects.select_for_update().filter(pk=_key_of(user, token), user=user).first()
        if upload is not None:
            cls.objects.filter(pk=upload.pk).delete()
        return upload

    @classmethod
    def delete_expired(cls, now: datetime.datetime) -> int:
        """Delete unconfirmed uploads older than `MAX_AGE`; return how many."""
        return cls.objects.filter(sent_at__lte=now - MAX_AGE).delete()[0]


def _key_of(user: User, token: str) -> int | None:
    try:
        key, owner = signing.loads(token, salt=_SALT, max_age=MAX_AGE)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return key if owner == user.pk else None
