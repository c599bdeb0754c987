import datetime

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone

#: For how long a file waits for somebody to say yes.
WAITS = datetime.timedelta(hours=2)
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
    def keep(cls, user, content: bytes) -> str:
        """Keep a file until its sender has looked; the word by which only they can go on with it."""
        cls.objects.filter(models.Q(user=user) | models.Q(sent_at__lte=timezone.now() - WAITS)).delete()
        upload = cls.objects.create(user=user, content=content, sent_at=timezone.now())
        return signing.dumps([upload.pk, user.pk], salt=_SALT)

    @classmethod
    def take(cls, user, word: str) -> bytes | None:
        """The file that somebody said yes to. It is taken once: afterwards it is gone. None for any other word."""
        try:
            key, owner = signing.loads(word, salt=_SALT, max_age=WAITS)
        except (signing.BadSignature, TypeError, ValueError):
            return None
        upload = cls.objects.select_for_update().filter(pk=key, user=user).first() if owner == user.pk else None
        if upload is None:
            return None
        upload.delete()
        return bytes(upload.content)

    @classmethod
    def forget_old(cls, now: datetime.datetime) -> int:
        """Erase the files that nobody said yes to; how many."""
        return cls.objects.filter(sent_at__lte=now - WAITS).delete()[0]
