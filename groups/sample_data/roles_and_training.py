"""Peer roles, training and events of example organisations."""

import datetime
import random

from organisations.choices import LivedExperience, Pay, Recruiting, SupportRoute, TrainingKind, YesNo
from organisations.models import Contact, Event, EventSeries, Organisation, PeerRole, Training
from places.models import Area

from .context import SampleContext
from .identity import WORD
from .texts import load_texts, weighted_share

_TRAINING_KINDS = {
    "course": TrainingKind.COURSE,
    "peer_support": TrainingKind.PEER_SUPPORT,
    "work": TrainingKind.WORK,
    "starting": TrainingKind.STARTING,
}


def make_offers(
    context: SampleContext,
    rng: random.Random,
    organisation: Organisation,
    works_in: Area,
    contacts: list[Contact],
    place: dict[str, str],
    *,
    has_series: bool,
) -> None:
    """Queue a few peer roles, courses and events of an organisation; for networks a series of events too."""
    for title in rng.sample(load_texts("organisations")["roles"]["titles"], weighted_share(rng, {0: 72, 1: 20, 2: 8})):
        role = _role(context, rng, organisation, title, place)
        context.writer.link(role, "areas_served", [works_in])
        context.writer.link(role, "contacts", contacts[:2])
    for kind in rng.sample(list(_TRAINING_KINDS), weighted_share(rng, {0: 72, 1: 20, 2: 8})):
        training = _training(context, rng, organisation, kind, place)
        context.writer.link(training, "areas_served", [works_in])
        context.writer.link(training, "contacts", contacts[:1])
    series = _series(context, rng, organisation) if has_series else None
    for name in rng.sample(load_texts("organisations")["events"]["names"], weighted_share(rng, {0: 70, 1: 20, 2: 10})):
        _event(context, rng, organisation, name, place, series)


def _role(
    context: SampleContext, rng: random.Random, organisation: Organisation, title: str, place: dict[str, str]
) -> PeerRole:
    texts = load_texts("organisations")["roles"]
    role = PeerRole(
        **context.provenance(rng),
        organisation=organisation,
        title=f"{WORD} {title}",
        summary=rng.choice(texts["summary"]),
        what_they_do=rng.choice(texts["what_they_do"]),
        how_they_work=rng.choice(texts["how_they_work"]),
        where_they_work=[f"{WORD} Community Centre, {place['town']}"] if rng.random() < 0.4 else [],
        one_to_one=weighted_share(rng, {YesNo.YES: 6, YesNo.NO: 2, YesNo.NOT_SAID: 2}),
        recruiting=weighted_share(
            rng, {Recruiting.YES: 4, Recruiting.NO: 3, Recruiting.WAS: 1, Recruiting.NOT_SAID: 2}
        ),
        becoming_one=rng.choice(texts["becoming_one"]),
        lived_experience=weighted_share(rng, {LivedExperience.NEEDED: 6, LivedExperience.WELCOME: 2, "not said": 2}),
        pay=weighted_share(rng, {Pay.PAID: 4, Pay.VOLUNTARY: 3, Pay.EITHER: 1, Pay.NOT_SAID: 2}),
        hours=rng.choice(texts["hours"]),
        training_given=rng.choice(texts["training_given"]),
        leads_to=rng.choice(texts["leads_to"]),
        publication=context.publication(rng),
    )
    if role.one_to_one == YesNo.YES:
        role.support_route = rng.choice([SupportRoute.CARE_COORDINATOR, SupportRoute.CONTACT_US])
        role.support_note = rng.choice(texts["support_note"])
    elif role.one_to_one == YesNo.NO:
        role.support_route = SupportRoute.NONE
    if role.pay in (Pay.PAID, Pay.EITHER):
        role.pay_note = rng.choice(texts["pay_note"])
    context.slugs.give(role)
    context.writer.add(role)
    context.add_checks(rng, role)
    return role


def _training(
    context: SampleContext, rng: random.Random, organisation: Organisation, kind: str, place: dict[str, str]
) -> Training:
    texts = load_texts("organisations")["trainings"]
    training = Training(
        **context.provenance(rng),
        organisation=organisation,
        kind=_TRAINING_KINDS[kind],
        title=f"{WORD} course: {rng.choice(texts[kind])}",
        summary=rng.choice(texts["summary"]),
        description=rng.choice(texts["description"]),
        is_free=weighted_share(rng, {YesNo.YES: 7, YesNo.NO: 1, YesNo.NOT_SAID: 2}),
        when_and_where=rng.choice(texts["when_and_where"]).format(**place),
        publication=context.publication(rng),
    )
    _give_days(context, training)
    context.slugs.give(training)
    context.writer.add(training)
    context.add_checks(rng, training)
    return training


def _give_days(context: SampleContext, training: Training) -> None:
    """Give courses that say no other days a first and a last, and those that cost something a price."""
    rng = random.Random(str(training.public_id))
    if not training.when_and_where:
        training.session_count = rng.randint(4, 10)
        training.starts_on = context.day(rng, -60, 120)
        training.ends_on = training.starts_on + datetime.timedelta(weeks=training.session_count - 1)
    if training.is_free == YesNo.NO:
        training.price = rng.choice(load_texts("organisations")["trainings"]["price"])


def _series(context: SampleContext, rng: random.Random, organisation: Organisation) -> EventSeries:
    texts = load_texts("organisations")["events"]
    starts_on = context.day(rng, -200, 150)
    return context.writer.add(
        EventSeries(
            **context.provenance(rng),
            organisation=organisation,
            name=f"{WORD} {rng.choice(texts['series'])}",
            summary=rng.choice(texts["summary"]),
            starts_on=starts_on,
            ends_on=starts_on + datetime.timedelta(days=6),
        )
    )


def _event(
    context: SampleContext,
    rng: random.Random,
    organisation: Organisation,
    name: str,
    place: dict[str, str],
    series: EventSeries | None,
) -> None:
    texts = load_texts("organisations")["events"]
    if series is not None and series.starts_on is not None:
        starts_on = series.starts_on + datetime.timedelta(days=rng.randint(0, 6))
    else:
        starts_on = context.day(rng, -200, 200)
    lasts = weighted_share(rng, {0: 8, 1: 1, 4: 1})
    context.writer.add(
        Event(
            **context.provenance(rng),
            organisation=organisation,
            series=series,
            name=f"{WORD} {name}",
            summary=rng.choice(texts["summary"]),
            place=rng.choice(texts["place"]).format(**place),
            starts_on=starts_on,
            ends_on=starts_on + datetime.timedelta(days=lasts) if lasts else None,
            date_note=rng.choice(texts["date_note"]),
        )
    )
