from django.db import models

from ..choices import EmailState


class OutgoingEmail(models.Model):
    """An e-mail that waits to be sent, or could not be. It is deleted once it is sent."""

    to_address = models.EmailField("to")
    subject = models.TextField()
    body = models.TextField()
    state = models.CharField(max_length=10, choices=EmailState, default=EmailState.WAITING)
    problem = models.CharField(max_length=200, blank=True, help_text="What the mail server said last.")
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField("written", auto_now_add=True)
    next_try_at = models.DateTimeField(
        "next try", db_index=True, help_text="While it is being sent: when that was begun."
    )
    give_up_at = models.DateTimeField("tried until")

    class Meta:
        verbose_name = "e-mail"
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.subject
