import re
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from common.change_signals import ChangeTrackedQuerySet
from places.models import PublicModel

_HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.ASCII)


class EmbedHostQuerySet(ChangeTrackedQuerySet["EmbedHost"]):
    """Sites that may frame lists of groups."""

    def origins(self) -> list[str]:
        """Return the origins of the sites, as a Content-Security-Policy names them."""
        return [f"https://{host}" for host in self.order_by("host").values_list("host", flat=True)]


class EmbedHost(PublicModel):
    """A site of somebody else's whose pages may frame lists of groups. No other may."""

    host = models.CharField(
        max_length=253, unique=True, help_text="Its host name alone: www.example.gov.uk. It has to use https."
    )
    note = models.TextField(blank=True, help_text="For staff only: who asked, and when.")

    objects: ClassVar = EmbedHostQuerySet.as_manager()

    class Meta:
        ordering = ["host"]
        verbose_name = "site with our lists"
        verbose_name_plural = "sites with our lists"

    def __str__(self) -> str:
        return self.host

    def clean(self) -> None:
        """Take the host name of what was typed or pasted. Raise `ValidationError` if there is none."""
        typed = self.host.strip().lower()
        self.host = typed.partition("://")[2].partition("/")[0] if "://" in typed else typed.partition("/")[0]
        if not _HOST.fullmatch(self.host):
            raise ValidationError({"host": "Give the host name of the site, such as www.example.gov.uk."})
