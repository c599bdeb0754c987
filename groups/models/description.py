from django.db import models


class GroupDescription(models.Model):
    """What it is like to come to a group, in plain sentences. Empty text is "nobody has told us"."""

    what_it_is_like = models.TextField(blank=True, help_text="What happens, what it feels like.")
    who_meets_you = models.TextField("first visit: who meets you", blank=True)
    do_i_have_to_talk = models.TextField("first visit: do I have to talk?", blank=True)
    can_i_bring_someone = models.TextField("first visit: can I bring someone?", blank=True)
    accessibility = models.TextField("what makes it easier to take part", blank=True)
    agreement = models.TextField("group agreement", blank=True, help_text="What members agree to.")
    agreed_on = models.DateField("group agreement made on", null=True, blank=True)
    how_it_came_about = models.TextField(blank=True)
    how_to_take_part_from_home = models.TextField(
        "online or phone joining", blank=True, help_text="How to ask for the link or number. Never the link itself."
    )

    class Meta:
        abstract = True
