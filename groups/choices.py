"""The fixed choices of groups, in the words visitors read.

"Not said" and "for the members to decide" are answers like any other: nothing here is ever left blank.
"""

from django.db.models import IntegerChoices, TextChoices


class Focus(TextChoices):
    """What a group does when it meets: people talk, or do something together."""

    TALKING = "talking", "Talking"
    DOING = "doing", "Doing"
    BOTH = "both", "Talking and doing"
    MEMBERS_DECIDE = "members decide", "For the members to decide"
    NOT_SAID = "not said", "Not said"


class LedBy(TextChoices):
    """Who runs a group."""

    FACILITATED = "facilitated", "Run by an organisation"
    INDEPENDENT = "independent", "Run by its own members"
    SUPPORTED = "supported", "Run by its members, with a peer group worker's help"
    MEMBERS_DECIDE = "members decide", "For the members to decide"
    NOT_SAID = "not said", "Not said"


class Stage(TextChoices):
    """Where a group is in its life."""

    FORMING = "forming", "Being set up"
    RUNNING = "running", "Running"
    PAUSED = "paused", "Having a break"
    ENDED = "ended", "Ended"


class Joining(TextChoices):
    """How somebody new comes in."""

    JUST_COME = "just come", "Just come along"
    CONTACT_FIRST = "contact first", "Contact the group first"
    BY_REFERRAL = "by referral", "Somebody has to refer you"
    MEMBERS = "members", "For members of the organisation"
    WAITING_LIST = "waiting list", "Full, with a waiting list"
    CLOSED = "closed", "Closed to new people"
    MEMBERS_DECIDE = "members decide", "For the members to decide"
    NOT_SAID = "not said", "Not said: ask the organisation"


class Route(TextChoices):
    """By whom or through what somebody comes to a group."""

    YOURSELF = "yourself", "Yourself"
    CARE_COORDINATOR = "care coordinator", "Your care coordinator"
    GP = "gp", "Your GP"
    LINK_WORKER = "link worker", "A social prescribing link worker"
    AFTER_COURSE = "after a course", "After a course"
    MEMBERSHIP = "membership", "By becoming a member"


class Wellbeing(TextChoices):
    """The five activities that help people stay well. Source: Resilient Communities (Mind and others, August 2013)."""

    BE_ACTIVE = "be active", "Be active"
    GIVE = "give", "Give"
    KEEP_LEARNING = "keep learning", "Keep learning"
    TAKE_NOTICE = "take notice", "Take notice"
    CONNECT = "connect", "Connect"


class Frequency(TextChoices):
    """How a schedule repeats."""

    WEEKLY = "weekly", "Every week, or every few weeks"
    MONTHLY_BY_WEEKDAY = "monthly by weekday", "Monthly, on a weekday"
    MONTHLY_BY_DATE = "monthly by date", "Monthly, on a date"
    TO_BE_AGREED = "to be agreed", "For the members to agree"
    ASK = "ask", "Ask the organiser"


class Weekday(IntegerChoices):
    """A day of the week, as Python counts them."""

    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"
    SATURDAY = 5, "Saturday"
    SUNDAY = 6, "Sunday"


class Month(IntegerChoices):
    """A month of the year."""

    JANUARY = 1, "January"
    FEBRUARY = 2, "February"
    MARCH = 3, "March"
    APRIL = 4, "April"
    MAY = 5, "May"
    JUNE = 6, "June"
    JULY = 7, "July"
    AUGUST = 8, "August"
    SEPTEMBER = 9, "September"
    OCTOBER = 10, "October"
    NOVEMBER = 11, "November"
    DECEMBER = 12, "December"


class ChangeKind(TextChoices):
    """What is different from a group's regular pattern."""

    OFF = "off", "Off on a date"
    OFF_RANGE = "off for a range", "Off for some time"
    EXTRA = "extra", "An extra date"
    MOVED = "moved", "Moved to another day, time or venue"
    ON = "on", "It meets that day as usual"


class ReportPart(TextChoices):
    """What part of a listing somebody says is wrong. Each kind of listing has some of them."""

    TIME = "time", "The day or time"
    HOURS = "hours", "When it is open"
    PLACE = "place", "The place"
    ABOUT = "about", "What it is or does"
    AREA = "area", "Where it works"
    WAYS = "ways", "How to get this support, or give it"
    COST = "cost", "The cost"
    PAY = "pay", "The pay"
    CONTACT = "contact", "The contact"
    CLOSED = "closed", "Whether new people can come"
    ENDED = "ended", "It has ended"
    ELSE = "else", "Something else"


class ReportState(TextChoices):
    """What staff have done about a report."""

    OPEN = "open", "Open"
    DONE = "done", "Put right"
    DECLINED = "declined", "Nothing to put right"


class ProposalSource(TextChoices):
    """How a proposal came to us."""

    CONTRIBUTOR = "contributor", "Proposed by a contributor"
    REPORT = "report", "From a report"
    LINK = "link", "From the organisation, by the link we sent"
    SUGGESTION = "suggestion", "From a suggestion"


class ProposalState(TextChoices):
    """What an editor has decided about a proposal."""

    OPEN = "open", "To decide"
    ACCEPTED = "accepted", "Taken"
    PARTLY = "partly", "Taken in part"
    REFUSED = "refused", "Not taken"


class SuggestionState(TextChoices):
    """What became of a group that somebody told us of."""

    OPEN = "open", "Open"
    DRAFTED = "drafted", "A draft was made of it"
    KNOWN = "known", "We had it already"
    DECLINED = "declined", "Not listed"


class Delivery(TextChoices):
    """What became of a message on its way."""

    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    REFUSED = "refused", "Refused, or came back"


class CheckAnswer(TextChoices):
    """What an organisation says of a listing that we asked about."""

    NONE = "none", "No answer"
    RIGHT = "right", "Still right"
    CHANGED = "changed", "Something changed"
    ENDED = "ended", "It has ended"


class NeedState(TextChoices):
    """What became of something that people asked for."""

    ASKED = "asked", "Asked for"
    TAKEN_ON = "taken on", "Somebody has taken it on"
    MET = "met", "There is a group now"
    NOT_POSSIBLE = "not possible", "Not possible now"


class RowKind(TextChoices):
    """What a row of a file is about."""

    GROUP = "group", "Group"
    ORGANISATION = "organisation", "Organisation"
    LEFT_OUT = "left out", "Leave it out"


class ImportStage(TextChoices):
    """How far an import of many rows is, in its process. The labels say what happens now, or what is done."""

    QUEUED = "queued", "This starts in a moment. If another import is running, it waits for that."
    READING = "reading", "Now: reading your file."
    COMPARING = "comparing", "Now: comparing your rows with our list. Nothing is saved yet."
    WRITING = "writing", "Now: saving all rows. If anything goes wrong, none is saved."
    ASKING = "asking", "Done: your file is read. Next, say what its columns are."
    SHOWN = "shown", "Done: your rows are compared. Next, look at what would change."
    WRITTEN = "written", "Done: your file is imported."
    FAILED = "failed", "Stopped: nothing was saved."


class ExportStage(TextChoices):
    """How far a spreadsheet is that is made while it is sent."""

    SENDING = "sending", "Now: sending your file."
    SENT = "sent", "Done: all of your file is sent."
    BROKEN = "broken", "Stopped: your file broke off. Export it again."
