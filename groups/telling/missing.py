"""Taking what is not there: a group that we do not list, and what people look for and do not find."""

from django.db import transaction
from django.db.models import F

from ..choices import NeedState, SuggestionState
from ..models import Need, Suggestion
from ..told_forms import MissingForm, SuggestionForm
from .sameness import fingerprint, looks_like_an_advert

#: How many wait to be read. More than anybody could read is not kept, and whoever sent it is told so.
MOST_WAITING = 500


@transaction.atomic
def take_suggestion(form: SuggestionForm) -> bool:
    """Keep a group that somebody tells us of, or count it with those who told us the same; False if there is no room.

    What looks like an advert is thanked for, and not kept.
    """
    said = {name: value for name, value in form.cleaned_data.items() if name not in ("url", "opened")}
    if any(looks_like_an_advert(words) for words in said.values()):
        return True
    mark = fingerprint(said["name"], said["what"], said["place"])
    waiting = Suggestion.objects.filter(state=SuggestionState.OPEN)
    if waiting.filter(fingerprint=mark, email=said["email"]).update(times_said=F("times_said") + 1):
        return True
    if waiting.count() >= MOST_WAITING:
        return False
    Suggestion.objects.create(**said, area=form.area, fingerprint=mark)
    return True


@transaction.atomic
def take_need(form: MissingForm) -> bool:
    """Keep what somebody looks for, or count them with those who look for the same there; False if there is no room."""
    what, place = form.cleaned_data["what"], form.cleaned_data["place"]
    if looks_like_an_advert(what):
        return True
    mark = fingerprint(what, str(form.area or place))
    same = Need.objects.filter(fingerprint=mark, state__in=[NeedState.ASKED, NeedState.TAKEN_ON])
    if same.update(times_asked=F("times_asked") + 1):
        return True
    if Need.objects.filter(is_shown=False, state=NeedState.ASKED).count() >= MOST_WAITING:
        return False
    # A place that we do not know is still of use to whoever reads it.
    where = f" ({place})" if place and form.area is None else ""
    Need.objects.create(what=f"{what}{where}"[:240], area=form.area, fingerprint=mark)
    return True
