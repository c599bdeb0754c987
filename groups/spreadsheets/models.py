import datetime
import secrets

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.db import models
from django.utils import timezone

from common.models.known_values import choices_are_known

from ..choices import ExportStage, ImportStage

#: How long an upload can be confirmed.
MAX_AGE = datetime.timedelta(hours=2)
#: How long a process may be silent before its import can be restarted. It reports nothing while it writes.
SILENCE, SILENCE_OF_WRITING = datetime.timedelta(seconds=45), datetime.timedelta(minutes=5)
#: How long an export may be silent: a slow connection takes its file in large chunks.
SILENCE_OF_SENDING = datetime.timedelta(minutes=2)
_SALT = "groups.sheet-upload"


class SheetUpload(models.Model):
    """A spreadsheet that a member of staff has uploaded, until they confirm its import.

    It is stored in the database, not in a file, so that any process of the site can continue. It is deleted once
    imported, when the same person uploads another one, or after two hours.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    content = models.BinaryField(help_text="The file, as it was sent.")
    table = models.BinaryField(default=b"", help_text="Its rows, once a process of its own has read it.")
    resource = models.CharField(max_length=40, default="", help_text="What its rows are; empty until that is known.")
    mapping = models.JSONField(default=dict, help_text="What each column of a foreign file is; empty for one of ours.")
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"a file of {self.user}"

    @classmethod
    def store(cls, user: User, content: bytes, resource: str = "") -> "SheetUpload":
        """Store a file of a resource for its preview, replacing the user's last one, whose run ends."""
        ImportRun.objects.filter(user=user).delete()
        cls.objects.filter(models.Q(user=user) | models.Q(sent_at__lte=timezone.now() - MAX_AGE)).delete()
        return cls.objects.create(user=user, content=content, resource=resource, sent_at=timezone.now())

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

    @property
    def token(self) -> str:
        """A signed token with which its uploader, and nobody else, can confirm it."""
        return signing.dumps([self.pk, self.user_id], salt=_SALT)

    @property
    def is_long(self) -> bool:
        """Whether it has too many rows for one request, so that a process of its own reads it."""
        return bool(self.table)


class ImportRun(models.Model):
    """The import of a long spreadsheet by a process of its own: its progress and outcome.

    Each user has one at most. It is deleted when they upload another file, or after two hours.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    upload = models.OneToOneField(SheetUpload, models.SET_NULL, null=True, related_name="+")
    confirmed = models.CharField(max_length=64, blank=True, help_text="The digest of the preview; empty for a dry run.")
    process = models.CharField(max_length=32, help_text="Of the process at work: one with another value stops.")
    stage = models.CharField(max_length=12, choices=ImportStage)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    heard_at = models.DateTimeField(help_text="When its process was last heard of.")
    report = models.JSONField(default=dict, help_text="What its page shows when it has ended.")

    class Meta:
        constraints = [choices_are_known("importrun", stage=ImportStage)]

    def __str__(self) -> str:
        return f"an import of {self.user}"

    @classmethod
    def begin(cls, upload: SheetUpload, confirmed: str = "") -> "ImportRun":
        """Return a new run of an upload, in the place of the user's last one, whose process stops."""
        values = {
            "upload": upload,
            "confirmed": confirmed,
            "process": secrets.token_hex(16),
            "stage": ImportStage.QUEUED,
            "done": 0,
            "total": 0,
            "heard_at": timezone.now(),
            "report": {},
        }
        return cls.objects.update_or_create(user=upload.user, defaults=values)[0]

    @classmethod
    def delete_expired(cls, now: datetime.datetime) -> int:
        """Delete runs that were last heard of before `MAX_AGE`; return how many."""
        return cls.objects.filter(heard_at__lte=now - MAX_AGE).delete()[0]

    @property
    def is_running(self) -> bool:
        return self.stage in (ImportStage.QUEUED, ImportStage.READING, ImportStage.COMPARING, ImportStage.WRITING)

    @property
    def rows_done(self) -> str:
        """How many rows are done, of how many: "1,000 of 20,000"."""
        return f"{self.done:,} of {self.total:,}"

    def is_silent(self, now: datetime.datetime) -> bool:
        """Return whether its process has not been heard of for so long that it may have ended."""
        most = SILENCE_OF_WRITING if self.stage == ImportStage.WRITING else SILENCE
        return self.is_running and now - self.heard_at > most


class ExportRun(models.Model):
    """The last spreadsheet that a user exported: how many of its rows are sent. The file itself is stored nowhere.

    Each user has one at most. It is deleted when they export another file, or after two hours.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    process = models.CharField(max_length=32, help_text="Of the response that is sent: another one notes no more.")
    resource = models.CharField(max_length=40, help_text="What its rows are.")
    stage = models.CharField(max_length=12, choices=ExportStage)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    heard_at = models.DateTimeField(help_text="When its response was last heard of.")

    class Meta:
        constraints = [choices_are_known("exportrun", stage=ExportStage)]

    def __str__(self) -> str:
        return f"an export of {self.user}"

    @classmethod
    def begin(cls, user: User, resource: str, total: int) -> "ExportRun":
        """Return a new run of so many rows, in the place of the user's last one."""
        values = {
            "process": secrets.token_hex(16),
            "resource": resource,
            "stage": ExportStage.SENDING,
            "done": 0,
            "total": total,
            "heard_at": timezone.now(),
        }
        return cls.objects.update_or_create(user=user, defaults=values)[0]

    @classmethod
    def delete_expired(cls, now: datetime.datetime) -> int:
        """Delete runs that were last heard of before `MAX_AGE`; return how many."""
        return cls.objects.filter(heard_at__lte=now - MAX_AGE).delete()[0]

    @property
    def is_running(self) -> bool:
        return self.stage == ExportStage.SENDING

    @property
    def rows_done(self) -> str:
        """How many rows are done, of how many: "1,000 of 20,000"."""
        return f"{self.done:,} of {self.total:,}"

    def is_silent(self, now: datetime.datetime) -> bool:
        """Return whether its response has not been heard of for so long that it may have ended."""
        return self.is_running and now - self.heard_at > SILENCE_OF_SENDING


def _key_of(user: User, token: str) -> int | None:
    try:
        key, owner = signing.loads(token, salt=_SALT, max_age=MAX_AGE)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return key if owner == user.pk else None
