from django.db import models

from common.models.known_values import choices_are_known

from ..choices import Route

#: Explanations of roles that many people do not know.
_WHO = {
    Route.CARE_COORDINATOR: "the person who plans your care with you, mostly in the NHS",
    Route.LINK_WORKER: "somebody at your GP surgery who helps you find things to join",
}


class JoiningRoute(models.Model):
    """One way to come to a group, and what to do for somebody who has none of it."""

    group = models.ForeignKey("SupportGroup", models.CASCADE, related_name="routes")
    route = models.CharField(max_length=20, choices=Route)
    note = models.CharField(
        max_length=240, blank=True, help_text='More about it: "And if you have no care coordinator, ask your GP."'
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = "route"
        constraints = [
            models.UniqueConstraint(
                fields=["group", "route"],
                name="route_once_per_group",
                violation_error_message="This route is already listed.",
            ),
            choices_are_known("route", route=Route),
        ]

    def __str__(self) -> str:
        return self.get_route_display()

    @property
    def who(self) -> str:
        """An explanation of the role; "" where everybody knows it."""
        return _WHO.get(Route(self.route), "")
