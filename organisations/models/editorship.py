from django.conf import settings
from django.db import models

from common.models.known_values import choices_are_known

from ..choices import EditorRole
from .organisation import Organisation


class Editorship(models.Model):
    """Somebody on the staff keeps one organisation's listings. Without any, somebody on the staff sees nothing.

    It goes when they leave; what they wrote stays with the organisation.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="editorships", verbose_name="account"
    )
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="editorships")
    role = models.CharField("what they may do", max_length=20, choices=EditorRole, default=EditorRole.EDITOR)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                name="editorship_once",
                violation_error_message="This person keeps this organisation already.",
            ),
            choices_are_known("editorship", role=EditorRole),
        ]

    @property
    def role_name(self) -> str:
        """Return the role as a word in a sentence: "editor"."""
        return self.get_role_display().partition(":")[0].lower()

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_role_display()}"
