"""Store suggestions of groups that are not listed, and needs that nothing listed meets."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..choices import NeedState, SuggestionState
from .flood_control import judge, make_room
from .forms import MissingForm, SuggestionForm
from .models.need import Need
from .models.suggestion import Suggestion
from .spam import LONG_ALIKE, fingerprint, is_advert, is_long
from .worded import set_readings

#: The fields by which suggestions are compared.
_TEXTS = ("name", "what", "when_in_words", "where_in_words", "place", "run_by", "how_to_ask")


@transaction.atomic
def record_suggestion(form: SuggestionForm) -> None:
    """Store a suggestion, in the queue or set aside; or add 1 to the count of an open one with the same fingerprint.

    What looks like an advert is dropped silently.
    """
    answers = {name: value for name, value in form.cleaned_data.items() if name not in ("url", "opened")}
    if any(is_advert(answer) for answer in answers.values()):
        return
    digest = fingerprint(answers["name"], answers["what"], answers["place"])
    waiting = Suggestion.objects.filter(state=SuggestionState.OPEN)
    if waiting.filter(fingerprint=digest, email=answers["email"]).update(times_said=F("times_said") + 1):
        return
    verdict = judge(waiting, Suggestion.objects.all(), {name: answers[name] for name in _TEXTS})
    suggestion = Suggestion(**answers, area=form.area, fingerprint=digest, **verdict._asdict())
    set_readings(suggestion, timezone.localdate())
    suggestion.save()
    if verdict.is_set_aside:
        make_room(Suggestion.objects.filter(is_set_aside=True))


@transaction.atomic
def record_need(form: MissingForm) -> None:
    """Store a need, in the queue or set aside; or add 1 to the count of an open one for the same thing and place.

    What looks like an advert is dropped silently.
    """
    what, place = form.cleaned_data["what"], form.cleaned_data["place"]
    if is_advert(what):
        return
    digest = fingerprint(what, str(form.area or place))
    same = Need.objects.filter(fingerprint=digest, state__in=[NeedState.ASKED, NeedState.TAKEN_ON])
    if same.update(times_asked=F("times_asked") + 1):
        return
    unread = Need.objects.filter(is_shown=False, state=NeedState.ASKED)
    # A short need ("a walking group in the evening") may be genuine in many places on one day.
    compared = Need.objects.all() if is_long(what, LONG_ALIKE) else Need.objects.filter(area=form.area)
    verdict = judge(unread, compared, {"what": what})
    # A place that was not found is still of use to the editor.
    where = f" ({place})" if place and form.area is None else ""
    Need.objects.create(what=f"{what}{where}"[:240], area=form.area, fingerprint=digest, **verdict._asdict())
    if verdict.is_set_aside:
        make_room(Need.objects.filter(is_set_aside=True))
