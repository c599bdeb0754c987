"""Example groups: every focus, stage and way of joining, in realistic proportions."""

import random
from typing import Any

from groups.choices import Focus, Joining, LedBy, Route, Stage
from groups.models import Activity, Audience, JoiningRoute, Language, SupportGroup, Topic
from organisations.choices import Purpose, YesNo

from .context import SampleContext
from .identity import WORD
from .organisations import Host
from .schedules import make_schedules
from .texts import load_texts, perhaps, weighted_choice, weighted_share
from .venues import venue_for

_STAGES = {Stage.RUNNING: 84, Stage.FORMING: 6, Stage.PAUSED: 5, Stage.ENDED: 5}
_JOINING = {
    Joining.JUST_COME: 34,
    Joining.CONTACT_FIRST: 33,
    Joining.BY_REFERRAL: 8,
    Joining.MEMBERS: 5,
    Joining.WAITING_LIST: 6,
    Joining.CLOSED: 6,
    Joining.MEMBERS_DECIDE: 2,
    Joining.NOT_SAID: 6,
}
_LED_BY = {
    LedBy.FACILITATED: 50,
    LedBy.INDEPENDENT: 20,
    LedBy.SUPPORTED: 18,
    LedBy.MEMBERS_DECIDE: 3,
    LedBy.NOT_SAID: 9,
}
#: In person, online, by phone.
_WAYS = {(1, 0, 0): 80, (1, 1, 0): 8, (0, 1, 0): 8, (0, 0, 1): 2, (0, 1, 1): 2}
_OFTEN_SAID = {YesNo.YES: 40, YesNo.NO: 5, YesNo.NOT_SAID: 55}
_LOCAL_LANGUAGES = {"W": ("Welsh", 0.35), "S": ("Scottish Gaelic", 0.04), "N": ("Irish", 0.1)}


def make_group(context: SampleContext, rng: random.Random, host: Host) -> SupportGroup:
    """Queue a group of an organisation with its venue, schedules and links, and return it."""
    kind = weighted_choice(rng, load_texts("groups")["kinds"])
    confidential = rng.random() < kind.get("confidential", 0.02)
    several = not confidential and rng.random() < 0.03
    group = SupportGroup(**context.provenance(rng), organisation=host.organisation, stands_for_several=several)
    context.codes.give(group, rng)
    group.publication = context.publication(rng)
    _say_where(context, rng, group, kind, host, confidential=confidential)
    _say_what(context, rng, group, kind, host)
    _say_stage(context, rng, group)
    _say_joining(context, rng, group)
    _describe(context, rng, group)
    _say_where_from(group, host)
    context.slugs.give(group)
    context.writer.add(group)
    _link(context, rng, group, kind, host)
    context.add_former_slug(rng, group, f"group {group.code}")
    context.add_checks(rng, group)
    if not several:
        make_schedules(context, rng, group, [] if confidential else host.venues)
    return group


def _say_where(
    context: SampleContext,
    rng: random.Random,
    group: SupportGroup,
    kind: dict[str, Any],
    host: Host,
    *,
    confidential: bool,
) -> None:
    only_in_person = confidential or "needs_a_place" in kind
    in_person, online, by_phone = (1, 0, 0) if only_in_person else weighted_share(rng, _WAYS)
    group.meets_in_person, group.meets_online, group.meets_by_phone = bool(in_person), bool(online), bool(by_phone)
    if group.meets_in_person and not group.stands_for_several:
        if confidential or rng.random() < 0.88:
            group.venue = venue_for(context, rng, host, confidential=confidential)
        else:
            group.town = context.locations.pick(rng, host.district).town
    group.times_are_withheld = rng.random() < (0.4 if confidential else 0.02)
    if group.meets_online:
        group.online_link = f"https://meet.example/{group.code}"
        group.how_to_take_part_from_home = rng.choice(load_texts("visits")["how_to_take_part_from_home"])


def _say_what(
    context: SampleContext, rng: random.Random, group: SupportGroup, kind: dict[str, Any], host: Host
) -> None:
    place = group.place_name or host.works_in.name
    group.name = f"{WORD} {rng.choice(kind['names']).format(town=place)}"
    group.summary = rng.choice(kind["summaries"]).format(town=place)
    group.focus = weighted_share(rng, {kind["focus"]: 85, Focus.BOTH: 7, Focus.NOT_SAID: 6, Focus.MEMBERS_DECIDE: 2})
    group.wellbeing = list(kind["wellbeing"]) if rng.random() < 0.7 else []
    group.led_by = weighted_share(rng, _LED_BY)
    group.what_it_is_like = perhaps(rng, 0.75, kind["like"])
    ages = kind.get("ages") or ([18] if rng.random() < 0.4 else [])
    group.age_from, group.age_to = (*ages, None, None)[:2]
    group.while_waiting = weighted_share(rng, _OFTEN_SAID)
    group.alongside_services = weighted_share(rng, _OFTEN_SAID)
    group.after_services = weighted_share(rng, _OFTEN_SAID)
    group.is_free = weighted_share(rng, {YesNo.YES: 72, YesNo.NO: 12, YesNo.NOT_SAID: 16})
    if group.is_free == YesNo.NO:
        group.cost_note = rng.choice(load_texts("visits")["cost_note"])


def _say_stage(context: SampleContext, rng: random.Random, group: SupportGroup) -> None:
    texts = load_texts("visits")
    group.stage = weighted_share(rng, _STAGES)
    if group.stage == Stage.FORMING:
        group.stage_note = perhaps(rng, 0.7, texts["stage_note"]["forming"])
        group.wants_members = rng.random() < 0.8
        group.wants_place = rng.random() < 0.3
    elif group.stage == Stage.PAUSED:
        group.paused_since = context.day(rng, -120, -3)
        group.paused_until = context.day(rng, 10, 150) if rng.random() < 0.6 else None
        group.paused_because = rng.choice(texts["paused_because"])
    elif group.stage == Stage.ENDED:
        group.ended_on = context.day(rng, -400, -5)
        group.where_members_went = rng.choice(texts["where_members_went"])
    group.wants_volunteers = group.stage in (Stage.FORMING, Stage.RUNNING) and rng.random() < 0.15


def _say_joining(context: SampleContext, rng: random.Random, group: SupportGroup) -> None:
    group.joining = Joining.CONTACT_FIRST if group.stands_for_several else weighted_share(rng, _JOINING)
    if group.joining == Joining.JUST_COME and group.venue and group.venue.is_confidential:
        # Nobody can come along to an address that is not shown.
        group.joining = Joining.CONTACT_FIRST
    notes = load_texts("visits")["joining_note"][group.joining.replace(" ", "_")]
    group.joining_note = perhaps(rng, 0.65, notes)
    is_full = group.joining in (Joining.CLOSED, Joining.WAITING_LIST) and group.stage != Stage.ENDED
    if is_full and rng.random() < 0.6:
        group.look_again_on = context.day(rng, 20, 200)


def _describe(context: SampleContext, rng: random.Random, group: SupportGroup) -> None:
    texts = load_texts("visits")
    group.who_meets_you = perhaps(rng, 0.6, texts["who_meets_you"])
    group.do_i_have_to_talk = perhaps(rng, 0.65, texts["do_i_have_to_talk"])
    group.can_i_bring_someone = perhaps(rng, 0.5, texts["can_i_bring_someone"])
    group.accessibility = perhaps(rng, 0.4, texts["accessibility"])
    group.how_it_came_about = perhaps(rng, 0.25, texts["how_it_came_about"])
    group.agreement = perhaps(rng, 0.35, texts["agreement"])
    if group.agreement and rng.random() < 0.7:
        group.agreed_on = context.day(rng, -900, -30)


def _say_where_from(group: SupportGroup, host: Host) -> None:
    """Give some groups a website, and a few a rule about where people live, by draws of their own."""
    rng = random.Random(group.code)
    if host.organisation.website and rng.random() < 0.3:
        group.website = f"{host.organisation.website}groups/{group.code}"
    if rng.random() < 0.04:
        group.eligible_by_place = f"living in {host.works_in.name}"
        group.eligible_area = host.works_in


def _link(context: SampleContext, rng: random.Random, group: SupportGroup, kind: dict[str, Any], host: Host) -> None:
    writer = context.writer
    writer.link(group, "topics", context.terms(Topic, rng.sample(kind["topics"], rng.randint(1, len(kind["topics"])))))
    activities = rng.sample(kind["activities"], rng.randint(1, len(kind["activities"])))
    writer.link(group, "activities", context.terms(Activity, activities))
    writer.link(group, "audiences", context.terms(Audience, kind.get("audiences", [])))
    writer.link(group, "languages", context.terms(Language, _languages(context, rng, kind, host)))
    if not group.place_name:
        writer.link(group, "areas_served", [host.works_in])
    can_say = [contact for contact in host.contacts if contact.purpose in (Purpose.JOINING, Purpose.GENERAL)]
    writer.link(group, "contacts", can_say[: weighted_share(rng, {0: 15, 1: 70, 2: 15})])
    for route in rng.sample(Route.values, weighted_share(rng, {0: 35, 1: 35, 2: 20, 3: 10})):
        note = rng.choice(load_texts("visits")["route_notes"][route])
        writer.add(JoiningRoute(group=group, route=route, note=note))


def _languages(context: SampleContext, rng: random.Random, kind: dict[str, Any], host: Host) -> list[str]:
    if "languages" in kind:
        return kind["languages"]
    languages = ["English"] if rng.random() < 0.7 else []
    local, likelihood = _LOCAL_LANGUAGES.get(context.locations.nation_of(host.location), ("Polish", 0.01))
    return [*languages, local] if rng.random() < likelihood else languages
