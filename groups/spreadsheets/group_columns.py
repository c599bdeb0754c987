"""The columns of the spreadsheet of groups, in their order."""

from organisations.choices import Publication, YesNo

from ..choices import Focus, Joining, LedBy, Stage
from ..models import Activity, Audience, Language, Topic
from .columns import Address, Age, Cell, Choice, Column, Day, Text, TickBox
from .contact_columns import contact_columns
from .list_columns import (
    AreaColumn,
    AreasCell,
    ContactsCell,
    ContactsColumn,
    LinkColumn,
    RoutesCell,
    RoutesColumn,
    TermsCell,
    WellbeingCell,
)
from .organisation_columns import organisation_columns
from .row_kinds import RowKindColumn
from .schedule_column import TimesCell, TimesColumn
from .source_columns import source_columns
from .venue_columns import ADDRESS, POSTCODE, TOWN, VENUE, PlaceColumn


def column_titles() -> list[str]:
    """Return the titles of all columns, in order."""
    return [column.title for column in group_columns()]


def group_columns() -> list[Column]:
    """Return new columns for one file; relation columns cache the names that they look up."""
    return [
        Column("code", "Code", Cell(), "Says which group this is. Leave it as it is; for a new group leave it empty."),
        Column("revision", "Version", Cell(), "Tells us if somebody else changed it since. Leave it as it is."),
        Column(
            "publication",
            "Public or not",
            Choice(Publication),
            "Only to read. New groups are drafts; publish them on the list of groups.",
            "Draft",
        ),
        Column(
            "organisation",
            "Organisation",
            Text(120),
            "Who runs it. One that is not in our list is added by a manager's file, as a draft.",
            "Take Off",
            path="organisation.name",
        ),
        RowKindColumn(),
        *organisation_columns(),
        Column("name", "Name", Text(160, is_needed=True), "What the group is called.", "Talking Group"),
        Column("stands_for_several", "Stands for several", TickBox(), "“Yes” for a programme described as one.", "No"),
        Column(
            "summary",
            "Summary",
            Text(240, is_needed=True),
            "One or two plain sentences, for lists.",
            "A weekly group for anyone who wants to talk.",
        ),
        Column("focus", "Focus", Choice(Focus, Focus.NOT_SAID), "What people do when they meet.", "Talking"),
        Column("led_by", "Led by", Choice(LedBy, LedBy.NOT_SAID), "Who runs the meetings.", "Run by its own members"),
        LinkColumn("topics", "Topics", TermsCell(Topic, "topics"), "What members share or talk about."),
        LinkColumn("activities", "Activities", TermsCell(Activity, "activities"), "What members do together."),
        LinkColumn("audiences", "Audiences", TermsCell(Audience, "audiences"), "Whom the group says it is for."),
        Column("age_from", "Age from", Age(), "The youngest age, if there is one.", "18"),
        Column("age_to", "Age to", Age(), "The oldest age, if there is one.", "25"),
        Column(
            "eligible_by_place",
            "Only for people who are",
            Text(160),
            "Whom by place it is for, as the group says it.",
            "registered with a Manchester GP",
        ),
        AreaColumn("eligible_area", "Only for area", AreasCell(), "The area that this means, if it is one of ours."),
        LinkColumn("languages", "Languages", TermsCell(Language, "languages"), "Spoken or signed there."),
        Column("wellbeing", "Ways to wellbeing", WellbeingCell(), "What it is good for.", "Connect; Give"),
        Column("what_it_is_like", "What it is like", Text(), "What happens, what it feels like."),
        TimesColumn(
            "schedules",
            "When",
            TimesCell(),
            "When it regularly meets. Say “in term time only” of one that does not meet in the school holidays.",
            "Every Thursday, 6.30pm to 8pm; first Monday, 10am",
        ),
        Column("times_are_withheld", "Times are withheld", TickBox(), "“Yes” when the times must not be public.", "No"),
        Column("stage", "Stage", Choice(Stage), "Where it is in its life.", "Running"),
        Column("stage_note", "More about the stage", Text(240), "Anything else about that."),
        Column("wants_members", "Wants members", TickBox(), "Whether it looks for members.", "No"),
        Column("wants_volunteers", "Wants volunteers", TickBox(), "Whether it looks for volunteers.", "No"),
        Column("wants_place", "Wants a place", TickBox(), "For one being set up: whether it looks for a room.", "No"),
        Column("paused_since", "Break from", Day(), "For one having a break.", "1 August 2026"),
        Column("paused_until", "Break until", Day(), "When it comes back.", "1 September 2026"),
        Column("paused_because", "Why the break", Text(200), "What people read."),
        Column("ended_on", "Ended on", Day(), "For one that has ended."),
        Column("where_members_went", "Where members went", Text(240), "For one that has ended."),
        Column("meets_in_person", "In person", TickBox(), "Whether it meets in person.", "Yes"),
        Column("meets_online", "Online", TickBox(), "Whether it meets online.", "No"),
        Column("meets_by_phone", "By phone", TickBox(), "Whether it meets by phone.", "No"),
        PlaceColumn(
            "venue",
            VENUE,
            "Where it meets. With a postcode that we know, it is the venue in our list; else a new one is added. "
            "A confidential one is only chosen on the group's own page.",
            "The Guildhall",
            "The name of a venue.",
        ),
        PlaceColumn("address", ADDRESS, "Of a new venue: number and street.", "Fore Street", "Any words."),
        PlaceColumn(
            "town",
            TOWN,
            "Of a new venue, or where no venue is known.",
            "Chard, Somerset",
            "A town, with its district if need be.",
        ),
        PlaceColumn("postcode", POSTCODE, "Of the venue.", "TA20 1PP", "A full postcode."),
        LinkColumn("areas_served", "Areas served", AreasCell(), "For a group that is for a whole area.", "Kent"),
        Column(
            "how_to_take_part_from_home",
            "From home",
            Text(),
            "How to ask for the link or number. Never the link itself.",
        ),
        Column(
            "joining", "Joining", Choice(Joining, Joining.NOT_SAID), "How somebody new comes in.", "Just come along"
        ),
        Column("joining_note", "More about joining", Text(), "Anything else about that."),
        RoutesColumn("routes", "Ways in", RoutesCell(), "By whom or through what somebody comes.", "Yourself; Your GP"),
        Column("look_again_on", "Look again on", Day(), "For a closed or full group: when to ask."),
        Column(
            "while_waiting",
            "While waiting",
            Choice(YesNo, YesNo.NOT_SAID),
            "Whether people may come while they wait for other services.",
            "Yes",
        ),
        Column(
            "alongside_services",
            "Alongside services",
            Choice(YesNo, YesNo.NOT_SAID),
            "Whether people may come alongside other services.",
            "Yes",
        ),
        Column(
            "after_services",
            "After services",
            Choice(YesNo, YesNo.NOT_SAID),
            "Whether people may come after other services.",
            "Not said",
        ),
        Column("is_free", "Free", Choice(YesNo, YesNo.NOT_SAID), "Whether it costs nothing.", "Yes"),
        Column("cost_note", "Cost", Text(120), "What it costs, if it is not free.", "£2 for tea"),
        Column("who_meets_you", "Who meets you", Text(), "On a first visit."),
        Column("do_i_have_to_talk", "Do I have to talk?", Text(), "On a first visit."),
        Column("can_i_bring_someone", "Can I bring someone?", Text(), "On a first visit."),
        Column("accessibility", "Accessibility", Text(), "What makes it easier to take part."),
        Column("agreement", "Group agreement", Text(), "What members agree to."),
        Column("agreed_on", "Agreement made on", Day(), "The day of the agreement."),
        Column("how_it_came_about", "How it came about", Text(), "Its story."),
        ContactsColumn(
            "contacts", "Contacts", ContactsCell(), "By role, of the same organisation.", "Peer Lead (Joining a group)"
        ),
        *contact_columns(),
        Column("website", "Group website", Address(), "The group's own page on the web.", "https://www.example.org"),
        *source_columns(),
        Column("source_name", "Source", Text(200), "Where we were told this.", "A leaflet"),
        Column("source_url", "Address of the source", Address(), "Its page, if it has one."),
        Column("source_dated", "Date of the source", Text(60), "In words, as it is known.", "July 2026"),
    ]
