"""What example organisations offer beside groups: peer roles, training, events."""

import datetime
import random

from organisations.choices import LivedExperience, Pay, Recruiting, SupportRoute, TrainingKind, YesNo
from organisations.models import Contact, Event, EventSeries, Organisation, PeerRole, Training
from places.models import Area

from .context import SampleContext
from .identity import WORD
from .texts import weighted_share, words

_TRAINING_KINDS = {
    "course": TrainingKind.COURSE,
    "peer_support": TrainingKind.PEER_SUPPORT,
    "work": TrainingKind.WORK,
    "starting": TrainingKind.STARTING,
}


def make_offers(
    world: SampleContext,
    rng: random.Random,
    organisation: Organisation,
    works_in: Area,
    contacts: list[Contact],
    place: dict[str, str],
    *,
    has_series: bool,
) -> None:
    """Some organisations have a role or two, a course, an open day. Networks have series of events."""
    for title in rng.sample(words("organisations")["roles"]["titles"], weighted_share(rng, {0: 72, 1: 20, 2: 8})):
        role = _role(world, rng, organisation, title, place)
        world.batch.link(role, "areas_served", [works_in])
        world.batch.link(role, "contacts", contacts[:2])
    for kind in rng.sample(list(_TRAINING_KINDS), weighted_share(rng, {0: 72, 1: 20, 2: 8})):
        training = _training(world, rng, organisation, kind, place)
        world.batch.link(training, "areas_served", [works_in])
        world.batch.link(training, "contacts", contacts[:1])
    series = _series(world, rng, organisation) if has_series else None
    for name in rng.sample(words("organisations")["events"]["names"], weighted_share(rng, {0: 70, 1: 20, 2: 10})):
        _event(world, rng, organisation, name, place, series)


def _role(
    world: SampleContext, rng: random.Random, organisation: Organisation, title: str, place: dict[str, str]
) -> PeerRole:
    texts = words("organisations")["roles"]
    role = PeerRole(
        **world.marks(rng),
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
        publication=world.publication(rng),
    )
    if role.one_to_one == YesNo.YES:
        role.support_route = rng.choice([SupportRoute.CARE_COORDINATOR, SupportRoute.CONTACT_US])
        role.support_note = rng.choice(texts["support_note"])
    elif role.one_to_one == YesNo.NO:
        role.support_route = SupportRoute.NONE
    if role.pay in (Pay.PAID, Pay.EITHER):
        role.pay_note = rng.choice(texts["pay_note"])
    world.slugs.give(role)
    world.batch.add(role)
    world.check(rng, role)
    return role


def _training(
    world: SampleContext, rng: random.Random, organisation: Organisation, kind: str, place: dict[str, str]
) -> Training:
    texts = words("organisations")["trainings"]
    training = Training(
        **world.marks(rng),
        organisation=organisation,
        kind=_TRAINING_KINDS[kind],
        title=f"{WORD} course: {rng.choice(texts[kind])}",
        summary=rng.choice(texts["summary"]),
        description=rng.choice(texts["description"]),
        is_free=weighted_share(rng, {YesNo.YES: 7, YesNo.NO: 1, YesNo.NOT_SAID: 2}),
        when_and_where=rng.choice(texts["when_and_where"]).format(**place),
        publication=world.publication(rng),
    )
    world.slugs.give(training)
    world.batch.add(training)
    world.check(rng, training)
    return training


def _series(world: SampleContext, rng: random.Random, organisation: Organisation) -> EventSeries:
    texts = words("organisations")["events"]
    starts_on = world.day(rng, -200, 150)
    return world.batch.add(
        EventSeries(
            **world.marks(rng),
            organisation=organisation,
            name=f"{WORD} {rng.choice(texts['series'])}",
            summary=rng.choice(texts["summary"]),
            starts_on=starts_on,
            ends_on=starts_on + datetime.timedelta(days=6),
        )
    )


def _event(
    world: SampleContext,
    rng: random.Random,
    organisation: Organisation,
    name: str,
    place: dict[str, str],
    series: EventSeries | None,
) -> None:
    texts = words("organisations")["events"]
    starts_on = series.starts_on + datetime.timedelta(days=rng.randint(0, 6)) if series else world.day(rng, -200, 200)
    lasts = weighted_share(rng, {0: 8, 1: 1, 4: 1})
    world.batch.add(
        Event(
            **world.marks(rng),
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
