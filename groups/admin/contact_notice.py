"""Messages for staff about public groups without a contact that visitors can see."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from organisations.admin import list_link

from ..models import SupportGroup


def tell_of_missing_contact(request: HttpRequest, group: SupportGroup) -> None:
    """Add a message, with where to put it right, if a group is public and visitors see nobody to ask."""
    is_public = group.is_published and group.organisation.is_published
    if not is_public or not group.can_be_visited or group.released_contacts:
        return
    unreleased = group.contacts.filter(organisation=group.organisation_id).first()
    if unreleased:
        url, words = reverse("admin:organisations_contact_change", args=[unreleased.pk]), "Is it to be released?"
    else:
        url = f"{reverse('admin:groups_supportgroup_change', args=[group.pk])}#id_contacts"
        words = "Choose or add one."
    sentence = "Everybody can see “{}”, and it has no contact that visitors can see. <a href='{}'>{}</a>"
    messages.info(request, format_html(sentence, group.name, url, words))


def tell_of_missing_contacts(request: HttpRequest, groups: Iterable[Model]) -> None:
    """Add a message with how many of the groups have no contact that visitors can see, and the list of all such."""
    published = SupportGroup.objects.filter(pk__in=[group.pk for group in groups])
    number = published.needing_attention("contact", timezone.localdate()).count()
    if number:
        url, words = list_link(SupportGroup, "See all such groups", publication__exact="published", wants="contact")
        have = "1 of them has" if number == 1 else f"{number} of them have"
        messages.info(
            request, format_html("{} no contact that visitors can see. <a href='{}'>{}</a>", have, url, words)
        )
