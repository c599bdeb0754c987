"""The terms of our taxonomy that are choices of the site, with their codes and what each means in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass

from organisations.choices import CheckedBy, Purpose, YesNo

from ..choices import Focus, Joining, LedBy, Route, Stage, Wellbeing


@dataclass(frozen=True)
class Term:
    """A term as its page explains it. The code of its parent is the part before the first dash; a parent has none."""

    code: str
    name: str
    meaning: str

    @property
    def parent_code(self) -> str:
        """The code of its parent; "" for a parent."""
        return self.code.partition("-")[0] if "-" in self.code else ""


#: The parents: each is a question about a group, and its children are the answers.
PARENTS = (
    Term("kind", "Talking or doing", "What people do when the group meets."),
    Term("scope", "One or several", "Whether a listing is of one group, or of several that are described together."),
    Term("access", "Open or closed", "Whether new people can join the group."),
    Term("joining", "How to join", "What somebody new does to come to the group."),
    Term("status", "Stage", "Where the group is in its life."),
    Term("led", "Who runs it", "Whether members run the group, or an organisation does."),
    Term("route", "Ways to come", "Through whom or what somebody can come to the group."),
    Term("audience", "Whom it is for", "The people whom the group says that it is for."),
    Term("topic", "What it is about", "What the members of the group share, or talk about."),
    Term("activity", "What people do", "What the members of the group do together."),
    Term("wellbeing", "Ways to wellbeing", "Which of five things that help people stay well it is good for."),
    Term("services", "Beside other services", "Whether people can come before, during or after other services."),
    Term("wants", "What it looks for", "What a group that is being set up looks for."),
    Term("checked", "How it was checked", "How we last found out that the listing is right."),
    Term("purpose", "What a contact is for", "What people get in touch about."),
    Term("reach", "How to reach a contact", "By what means besides telephone, text and e-mail."),
)

_BOTH = (Focus.TALKING, Focus.DOING)
#: The terms of each answer; of one that is not here, there is nothing to say.
OF_FOCUS = {
    Focus.TALKING: Term("kind-talking", "Talking", "People talk about what they have been through, and listen."),
    Focus.DOING: Term("kind-doing", "Doing", "People do or make something together."),
    Focus.MEMBERS_DECIDE: Term("kind-members-decide", "Members decide", "The members choose what they do."),
}
OF_LEADER = {
    LedBy.FACILITATED: Term("led-facilitated", "Run by an organisation", "Somebody from an organisation leads it."),
    LedBy.INDEPENDENT: Term("led-members", "Run by its members", "The people who come run the group themselves."),
    LedBy.SUPPORTED: Term(
        "led-members-supported", "Run by its members, with help", "The members run it, and a group worker helps them."
    ),
    LedBy.MEMBERS_DECIDE: Term("led-members-decide", "Members decide", "The members choose who runs it."),
}
OF_STAGE = {
    Stage.FORMING: Term("status-forming", "Being set up", "It has not started yet, or only just."),
    Stage.RUNNING: Term("status-running", "Running", "The group meets now."),
    Stage.PAUSED: Term("status-paused", "Having a break", "It does not meet for a while. It plans to come back."),
    Stage.ENDED: Term("status-ended", "Ended", "The group does not meet any more."),
}
#: Of a programme that is described as one.
SEVERAL = Term("scope-several", "Several groups", "A programme of several groups, which are described together.")
#: Of a contact.
WHATSAPP = Term("reach-whatsapp", "WhatsApp", "You can write to its number for texts, or its telephone, by WhatsApp.")
OF_WELLBEING = {
    Wellbeing.BE_ACTIVE: Term("wellbeing-be-active", "Be active", "People move: they walk, dance or dig."),
    Wellbeing.GIVE: Term("wellbeing-give", "Give", "People do something for others."),
    Wellbeing.KEEP_LEARNING: Term("wellbeing-keep-learning", "Keep learning", "People learn something new."),
    Wellbeing.TAKE_NOTICE: Term("wellbeing-take-notice", "Take notice", "People notice what is around them."),
    Wellbeing.CONNECT: Term("wellbeing-connect", "Connect", "People meet others."),
}
#: By the field of a group, and its answer.
OF_SERVICES = {
    ("while_waiting", YesNo.YES): Term(
        "services-while-waiting", "While waiting", "People can come while they are waiting for other services."
    ),
    ("while_waiting", YesNo.NO): Term(
        "services-not-while-waiting", "Not while waiting", "Nobody can come who is waiting for other services."
    ),
    ("alongside_services", YesNo.YES): Term(
        "services-alongside", "Alongside", "People can come alongside other support, such as counselling."
    ),
    ("alongside_services", YesNo.NO): Term(
        "services-not-alongside", "Not alongside", "Nobody can come who has other support, such as counselling."
    ),
    ("after_services", YesNo.YES): Term(
        "services-after", "Afterwards", "People can come after other services have ended."
    ),
    ("after_services", YesNo.NO): Term(
        "services-not-after", "Not afterwards", "Nobody can come after other services have ended."
    ),
}
#: By the field of a group that is being set up.
OF_WANTS = {
    "wants_members": Term("wants-members", "Members", "It was looking for members when we were told of it."),
    "wants_volunteers": Term(
        "wants-volunteers", "Volunteers", "It was looking for volunteers when we were told of it."
    ),
    "wants_place": Term("wants-a-place", "A place", "It was looking for a place to meet when we were told of it."),
}
OPEN = Term("access-open", "Open", "New people can join, now or from a waiting list.")
CLOSED = Term("access-closed", "Closed", "No new people can join for now.")
OF_JOINING = {
    Joining.JUST_COME: Term("joining-just-come", "Come along", "Nobody has to ask first."),
    Joining.CONTACT_FIRST: Term("joining-contact-first", "Contact the group first", "Please call or write first."),
    Joining.BY_REFERRAL: Term("joining-by-referral", "By referral", "Somebody has to refer you."),
    Joining.MEMBERS: Term("joining-members", "Members only", "You become a member of the organisation first."),
    Joining.WAITING_LIST: Term("joining-waiting-list", "Waiting list", "The group is full. You can wait for a place."),
    Joining.MEMBERS_DECIDE: Term("joining-members-decide", "Members decide", "The members choose how people join."),
}
OF_ROUTE = {
    Route.YOURSELF: Term("route-yourself", "Yourself", "You can refer yourself."),
    Route.CARE_COORDINATOR: Term("route-care-coordinator", "Your care coordinator", "Ask who plans your care."),
    Route.GP: Term("route-gp", "Your GP", "Ask at your GP surgery."),
    Route.LINK_WORKER: Term(
        "route-link-worker", "A link worker", "Ask the social prescribing link worker at your GP surgery."
    ),
    Route.AFTER_COURSE: Term("route-after-a-course", "After a course", "You take a course first."),
    Route.MEMBERSHIP: Term("route-membership", "Membership", "You become a member."),
}
OF_CHECK = {
    CheckedBy.PHONE: Term("checked-phone", "Checked by phone", "Somebody rang and asked."),
    CheckedBy.VISIT: Term("checked-visit", "Checked by a visit", "Somebody went there."),
    CheckedBy.EMAIL: Term("checked-email", "Checked by e-mail", "Somebody wrote and asked."),
    CheckedBy.WEBSITE: Term("checked-website", "Checked on its website", "Somebody read its own website."),
    CheckedBy.ORGANISATION: Term(
        "checked-organisation", "Checked by the organisation", "The organisation itself said that it is right."
    ),
}
#: A contact for questions of any kind has no term.
OF_PURPOSE = {
    Purpose.JOINING: Term("purpose-joining", "Joining", "Ask here to come to a group."),
    Purpose.VOLUNTEERING: Term("purpose-volunteering", "Volunteering", "Ask here to help as a volunteer."),
    Purpose.TRAINING: Term("purpose-training", "Courses and training", "Ask here about courses and training."),
    Purpose.STARTING: Term("purpose-starting-a-group", "Starting a group", "Ask here for help to start a group."),
    Purpose.REFERRAL: Term("purpose-referral", "Referring somebody", "Ask here to refer somebody."),
}


def of_focus(focus: str) -> list[Term]:
    """Return the terms of an answer to "talking or doing"; both of them for both."""
    answers = _BOTH if focus == Focus.BOTH else (Focus(focus),)
    return [OF_FOCUS[answer] for answer in answers if answer in OF_FOCUS]


def fixed_terms() -> Iterator[Term]:
    """Yield all terms that are choices of the site, parents first."""
    yield from PARENTS
    yield from (OPEN, CLOSED, SEVERAL, WHATSAPP)
    choices = (OF_FOCUS, OF_LEADER, OF_STAGE, OF_JOINING, OF_ROUTE, OF_CHECK, OF_PURPOSE)
    for terms in (*choices, OF_WELLBEING, OF_SERVICES, OF_WANTS):
        yield from terms.values()
