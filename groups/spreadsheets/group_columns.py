"""The columns of the spreadsheet of groups, in their order."""

from import_export.resources import Resource

from organisations.choices import Publication, YesNo

from ..choices import Focus, Joining, LedBy, Stage
from ..models import Activity, Audience, Language, SupportGroup, Topic
from .columns import Address, Age, CellWidget, Choice, Column, Day, Text, TickBox
from .list_columns import Areas, Contacts, LinkColumn, NameListColumn, RoutesCell, RoutesColumn, WellbeingCell
from .schedule_column import TimesCell, TimesColumn
from .venue_columns import ADDRESS, POSTCODE, TOWN, VENUE, PlaceColumn


class GroupColumns(Resource):
    """The declared columns; each row is one group."""

    code = Column(
        "Code", CellWidget(), "Says which group this is. Leave it as it is; for a new group leave it empty.", "", "code"
    )
    revision = Column(
        "Version", CellWidget(), "Tells us if somebody else changed it since. Leave it as it is.", "", "revision"
    )
    publication = Column(
        "Public or not",
        Choice(Publication),
        "Only to read. New groups are drafts; publish them on the list of groups.",
        "Draft",
        "publication",
    )
    organisation = Column(
        "Organisation", Text(120), "Who runs it. It must be in our list.", "Take Off", "organisation__name"
    )
    name = Column("Name", Text(160, is_needed=True), "What the group is called.", "Talking Group", "name")
    stands_for_several = Column(
        "Stands for several", TickBox(), "“Yes” for a programme described as one.", "No", "stands_for_several"
    )
    summary = Column(
        "Summary",
        Text(240, is_needed=True),
        "One or two plain sentences, for lists.",
        "A weekly group for anyone who wants to talk.",
        "summary",
    )
    focus = Column("Focus", Choice(Focus, Focus.NOT_SAID), "What people do when they meet.", "Talking", "focus")
    led_by = Column(
        "Led by", Choice(LedBy, LedBy.NOT_SAID), "Who runs the meetings.", "Run by its own members", "led_by"
    )
    topics = LinkColumn("Topics", NameListColumn(Topic, "topics"), "What members share or talk about.", "", "topics")
    activities = LinkColumn(
        "Activities", NameListColumn(Activity, "activities"), "What members do together.", "", "activities"
    )
    audiences = LinkColumn(
        "Audiences", NameListColumn(Audience, "audiences"), "Whom the group says it is for.", "", "audiences"
    )
    age_from = Column("Age from", Age(), "The youngest age, if there is one.", "18", "age_from")
    age_to = Column("Age to", Age(), "The oldest age, if there is one.", "25", "age_to")
    languages = LinkColumn(
        "Languages", NameListColumn(Language, "languages"), "Spoken or signed there.", "", "languages"
    )
    wellbeing = Column("Ways to wellbeing", WellbeingCell(), "What it is good for.", "Connect; Give", "wellbeing")
    what_it_is_like = Column("What it is like", Text(), "What happens, what it feels like.", "", "what_it_is_like")

    schedules = TimesColumn(
        "When",
        TimesCell(),
        "When it regularly meets. Say “in term time only” of one that does not meet in the school holidays.",
        "Every Thursday, 6.30pm to 8pm; first Monday, 10am",
    )
    times_are_withheld = Column(
        "Times are withheld", TickBox(), "“Yes” when the times must not be public.", "No", "times_are_withheld"
    )
    stage = Column("Stage", Choice(Stage), "Where it is in its life.", "Running", "stage")
    stage_note = Column("More about the stage", Text(240), "Anything else about that.", "", "stage_note")
    wants_members = Column("Wants members", TickBox(), "Whether it looks for members.", "No", "wants_members")
    wants_volunteers = Column(
        "Wants volunteers", TickBox(), "Whether it looks for volunteers.", "No", "wants_volunteers"
    )
    wants_place = Column(
        "Wants a place", TickBox(), "For one being set up: whether it looks for a room.", "No", "wants_place"
    )
    paused_since = Column("Break from", Day(), "For one having a break.", "1 August 2026", "paused_since")
    paused_until = Column("Break until", Day(), "When it comes back.", "1 September 2026", "paused_until")
    paused_because = Column("Why the break", Text(200), "What people read.", "", "paused_because")
    ended_on = Column("Ended on", Day(), "For one that has ended.", "", "ended_on")
    where_members_went = Column("Where members went", Text(240), "For one that has ended.", "", "where_members_went")

    meets_in_person = Column("In person", TickBox(), "Whether it meets in person.", "Yes", "meets_in_person")
    meets_online = Column("Online", TickBox(), "Whether it meets online.", "No", "meets_online")
    meets_by_phone = Column("By phone", TickBox(), "Whether it meets by phone.", "No", "meets_by_phone")
    venue = PlaceColumn(
        VENUE,
        "Where it meets. With a postcode that we know, it is the venue in our list; else a new one is added. "
        "A confidential one is only chosen on the group's own page.",
        "The Guildhall",
        "The name of a venue.",
    )
    address = PlaceColumn(ADDRESS, "Of a new venue: number and street.", "Fore Street", "Any words.")
    town = PlaceColumn(
        TOWN, "Of a new venue, or where no venue is known.", "Chard, Somerset", "A town, with its district if need be."
    )
    postcode = PlaceColumn(POSTCODE, "Of the venue.", "TA20 1PP", "A full postcode.")
    areas_served = LinkColumn("Areas served", Areas(), "For a group that is for a whole area.", "Kent", "areas_served")
    how_to_take_part_from_home = Column(
        "From home",
        Text(),
        "How to ask for the link or number. Never the link itself.",
        "",
        "how_to_take_part_from_home",
    )

    joining = Column(
        "Joining", Choice(Joining, Joining.NOT_SAID), "How somebody new comes in.", "Just come along", "joining"
    )
    joining_note = Column("More about joining", Text(), "Anything else about that.", "", "joining_note")
    routes = RoutesColumn("Ways in", RoutesCell(), "By whom or through what somebody comes.", "Yourself; Your GP")
    look_again_on = Column("Look again on", Day(), "For a closed or full group: when to ask.", "", "look_again_on")
    while_waiting = Column(
        "While waiting",
        Choice(YesNo, YesNo.NOT_SAID),
        "Whether people may come while they wait for other services.",
        "Yes",
        "while_waiting",
    )
    alongside_services = Column(
        "Alongside services",
        Choice(YesNo, YesNo.NOT_SAID),
        "Whether people may come alongside other services.",
        "Yes",
        "alongside_services",
    )
    after_services = Column(
        "After services",
        Choice(YesNo, YesNo.NOT_SAID),
        "Whether people may come after other services.",
        "Not said",
        "after_services",
    )
    is_free = Column("Free", Choice(YesNo, YesNo.NOT_SAID), "Whether it costs nothing.", "Yes", "is_free")
    cost_note = Column("Cost", Text(120), "What it costs, if it is not free.", "£2 for tea", "cost_note")

    who_meets_you = Column("Who meets you", Text(), "On a first visit.", "", "who_meets_you")
    do_i_have_to_talk = Column("Do I have to talk?", Text(), "On a first visit.", "", "do_i_have_to_talk")
    can_i_bring_someone = Column("Can I bring someone?", Text(), "On a first visit.", "", "can_i_bring_someone")
    accessibility = Column("Accessibility", Text(), "What makes it easier to take part.", "", "accessibility")
    agreement = Column("Group agreement", Text(), "What members agree to.", "", "agreement")
    agreed_on = Column("Agreement made on", Day(), "The day of the agreement.", "", "agreed_on")
    how_it_came_about = Column("How it came about", Text(), "Its story.", "", "how_it_came_about")
    contacts = LinkColumn(
        "Contacts", Contacts(), "By role, of the same organisation.", "Peer Lead (Joining a group)", "contacts"
    )

    source_name = Column("Source", Text(200), "Where we were told this.", "A leaflet", "source_name")
    source_url = Column("Address of the source", Address(), "Its page, if it has one.", "", "source_url")
    source_dated = Column("Date of the source", Text(60), "In words, as it is known.", "July 2026", "source_dated")

    class Meta:
        model = SupportGroup

    @classmethod
    def titles(cls) -> list[str]:
        """Return the titles of all columns, in order."""
        return [field.column_name for field in cls.fields.values()]
