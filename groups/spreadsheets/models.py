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
    def take(cls, user: User, token: str) -> bytes | None:
        """Return and delete the file of a token; None if the token is invalid, expired, used or another user's.

        Must be called in a transaction, because it locks the row.
        """
        try:
            key, owner = signing.loads(token, salt=_SALT, max_age=MAX_AGE)
        except (signing.BadSignature, TypeError, ValueError):
            return None
        upload = cls.objects.select_for_update().filter(pk=key, user=user).first() if owner == user.pk else None
        if upload is None:
            return None
        upload.delete()
        return bytes(upload.content)

    @classmethod
    def delete_expired(cls, now: datetime.datetime) -> int:
        """Delete unconfirmed uploads older than `MAX_AGE`; return how many."""
        return cls.objects.filter(sent_at__lte=now - MAX_AGE).delete()[0]
