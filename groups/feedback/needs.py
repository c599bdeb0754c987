"""Taking what is not there: a group that we do not list, and what people look for and do not find."""

from django.db import transaction
from django.db.models import F

from ..choices import NeedState, SuggestionState
from .forms import MissingForm, SuggestionForm
from .models.need import Need
from .models.suggestion import Suggestion
from .spam import LONG_ALIKE, fingerprint, is_advert, is_long
from .waves import judge, make_room

#: The fields by which suggestions look alike.
_TEXTS = ("name", "what", "when_and_where", "place", "run_by", "how_to_ask")


@transaction.atomic
def record_suggestion(form: SuggestionForm) -> None:
    """Keep a group that somebody tells us of, in the queue or set aside; or count it with those who told us the same.

    What looks like an advert is thanked for, and not kept.
    """
    answers = {name: value for name, value in form.cleaned_data.items() if name not in ("url", "opened")}
    if any(is_advert(words) for words in answers.values()):
        return
    mark = fingerprint(answers["name"], answers["what"], answers["place"])
    waiting = Suggestion.objects.filter(state=SuggestionState.OPEN)
    if waiting.filter(fingerprint=mark, email=answers["email"]).update(times_said=F("times_said") + 1):
        return
    verdict = judge(waiting, Suggestion.objects.all(), {name: answers[name] for name in _TEXTS})
    Suggestion.objects.create(**answers, area=form.area, fingerprint=mark, **verdict._asdict())
    if verdict.is_set_aside:
        make_room(Suggestion.objects.filter(is_set_aside=True))


@transaction.atomic
def record_need(form: MissingForm) -> None:
    """Keep what somebody looks for, in the queue or set aside; or count them with those who look for the same there.

    What looks like an advert is thanked for, and not kept.
    """
    what, place = form.cleaned_data["what"], form.cleaned_data["place"]
    if is_advert(what):
        return
    mark = fingerprint(what, str(form.area or place))
    same = Need.objects.filter(fingerprint=mark, state__in=[NeedState.ASKED, NeedState.TAKEN_ON])
    if same.update(times_asked=F("times_asked") + 1):
        return
    unread = Need.objects.filter(is_shown=False, state=NeedState.ASKED)
    # "A walking group in the evening" is wished for in many places on one day, and each has its own row.
    compared = Need.objects.all() if is_long(what, LONG_ALIKE) else Need.objects.filter(area=form.area)
    verdict = judge(unread, compared, {"what": what})
    # A place that we do not know is still of use to whoever reads it.
    where = f" ({place})" if place and form.area is None else ""
    Need.objects.create(what=f"{what}{where}"[:240], area=form.area, fingerprint=mark, **verdict._asdict())
    if verdict.is_set_aside:
        make_room(Need.objects.filter(is_set_aside=True))
