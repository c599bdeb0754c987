"""Crisis lines: the only module with their numbers.

The strip, the help-now page, printed lists, files and e-mails read these constants. Each nation has lines of its own,
even where the digits are the same: they can change in one nation alone.
"""

from collections.abc import Collection
from dataclasses import dataclass

from .nations import Nation


@dataclass(frozen=True, kw_only=True)
class CrisisLine:
    """A crisis line: what to call or text, when, and what to expect.

    `nation` is the nation it is for, None for all of them. In the strip `short_before` goes before the number, and
    `short` after it; on paper `paper_name` goes before it, where that is not `name`.
    """

    name: str
    nation: Nation | None = None
    number: str = ""
    text_number: str = ""
    keyword: str = ""
    email: str = ""
    website: str = ""
    hours: str
    expect: str
    short: str = ""
    short_before: str = ""
    paper_name: str = ""

    @property
    def name_with_nation(self) -> str:
        """Return the name after its nation, for lists with lines of several: `Wales: Live Fear Free`."""
        return f"{self.nation.label}: {self.name}" if self.nation else self.name

    @property
    def paper_row(self) -> tuple[str, str]:
        """Return what to do, and the number to do it with: `("Shout, text SHOUT to", "85258")`."""
        name = self.paper_name or self.name
        if self.number:
            return f"{name}, call", self.number
        return " ".join(filter(None, (f"{name}, text", self.keyword, "to"))), self.text_number

    @property
    def call_link(self) -> str:
        return f"tel:{self.number.replace(' ', '')}" if self.number else ""

    @property
    def text_link(self) -> str:
        """Return an `sms:` link with the keyword as its body; phones differ over `?` and `&`, and accept both."""
        if not self.text_number:
            return ""
        return f"sms:{self.text_number}?&body={self.keyword}" if self.keyword else f"sms:{self.text_number}"

    @property
    def website_name(self) -> str:
        return self.website.removeprefix("https://").removeprefix("www.").rstrip("/")


@dataclass(frozen=True)
class HelpSection:
    """The lines for one part of the United Kingdom, or for one kind of need."""

    slug: str
    title: str
    lines: tuple[CrisisLine, ...]
    words: str = ""
    names_nations: bool = False


EMERGENCY = CrisisLine(
    name="Emergency services",
    number="999",
    hours="Day or night, all year. Free.",
    expect="Call if somebody’s life is at risk, or somebody is badly hurt. They ask which service you need: say "
    "ambulance. If you can get there safely, you can also go to any A&E (accident and emergency) department.",
    short="in an emergency",
    paper_name="In an emergency",
)
NHS_111_ENGLAND = CrisisLine(
    name="NHS 111, mental health option",
    nation=Nation.ENGLAND,
    number="111",
    hours="Day or night, all year. Free.",
    expect="Call and choose the mental health option. You speak to somebody trained to help with a mental health "
    "crisis. You do not need to be registered with a doctor.",
    short="and choose the mental health option",
    paper_name="NHS, mental health option",
)
NHS_24_SCOTLAND = CrisisLine(
    name="NHS 24, mental health hub",
    nation=Nation.SCOTLAND,
    number="111",
    hours="Day or night, all year. Free.",
    expect="Call and choose the mental health hub (option 2). A trained person listens and works out "
    "with you what would help.",
    short="and choose the mental health hub",
    paper_name="NHS 24 in Scotland, mental health hub",
)
NHS_111_WALES = CrisisLine(
    name="NHS 111 Wales, option 2",
    nation=Nation.WALES,
    number="111",
    hours="Day or night, all year. Free.",
    expect="Call and press 2. You speak to a mental health worker in your area. You can also call for "
    "somebody you look after.",
    short="and press 2, for mental health",
    paper_name="NHS in Wales, option 2",
)
LIFELINE = CrisisLine(
    name="Lifeline",
    nation=Nation.NORTHERN_IRELAND,
    number="0808 808 8000",
    website="https://www.lifelinehelpline.info",
    hours="Day or night, all year. Free.",
    expect="For anybody in Northern Ireland in distress or despair. A trained counsellor answers and can offer "
    "more help later. With a textphone, dial 18001 first, then the same number.",
    short="free, day or night",
    short_before="Lifeline",
    paper_name="Lifeline in Northern Ireland",
)
SAMARITANS = CrisisLine(
    name="Samaritans",
    number="116 123",
    email="jo@samaritans.org",
    website="https://www.samaritans.org",
    hours="Day or night, all year. Free. The call does not show on a phone bill. An email takes longer to be answered.",
    expect="A volunteer listens. You do not have to be suicidal, and you do not have to give your name.",
    short="Samaritans, free, day or night",
)
SHOUT = CrisisLine(
    name="Shout",
    text_number="85258",
    keyword="SHOUT",
    website="https://giveusashout.org",
    hours="Day or night, all year. Free on most UK mobile networks.",
    expect="Text the word SHOUT. An automatic text comes first. Then a trained volunteer texts with you. "
    "It may take a few minutes when many people are texting.",
)
CHILDLINE = CrisisLine(
    name="Childline",
    number="0800 1111",
    website="https://www.childline.org.uk",
    hours="Day or night, all year. Free. The call does not show on a phone bill.",
    expect="For anybody under 19. A counsellor listens, whatever the worry is. You choose what to tell them.",
)
SAMARITANS_IN_WELSH = CrisisLine(
    name="Samaritans in Welsh (Samaritans Cymru)",
    nation=Nation.WALES,
    number="0808 164 0123",
    hours="Every evening, 7pm to 11pm. Free.",
    expect="A volunteer listens, in Welsh.",
)
BREATHING_SPACE = CrisisLine(
    name="Breathing Space",
    nation=Nation.SCOTLAND,
    number="0800 83 85 87",
    website="https://breathingspace.scot",
    hours="Monday to Thursday, 6pm to 2am. Then from Friday 6pm to Monday 6am. Free.",
    expect="For anybody in Scotland aged 16 or over who feels low, anxious or worried. "
    "An adviser listens and talks it through with you.",
)

ABUSE_LINE_ENGLAND = CrisisLine(
    name="National Domestic Abuse Helpline (Refuge)",
    nation=Nation.ENGLAND,
    number="0808 2000 247",
    website="https://www.nationaldahelpline.org.uk",
    hours="Day or night, all year. Free.",
    expect="For women, and for anybody worried about a woman they know. The call is confidential.",
)
ABUSE_LINE_WALES = CrisisLine(
    name="Live Fear Free",
    nation=Nation.WALES,
    number="0808 80 10 800",
    website="https://www.gov.wales/live-fear-free",
    hours="Day or night, all year. Free.",
    expect="For anybody in Wales, in Welsh or English. The call is confidential.",
)
ABUSE_LINE_SCOTLAND = CrisisLine(
    name="Domestic Abuse and Forced Marriage Helpline",
    nation=Nation.SCOTLAND,
    number="0800 027 1234",
    website="https://www.sdafmh.org.uk",
    hours="Day or night, all year. Free.",
    expect="For anybody in Scotland. The call is confidential.",
)
ABUSE_LINE_NORTHERN_IRELAND = CrisisLine(
    name="Domestic and Sexual Abuse Helpline",
    nation=Nation.NORTHERN_IRELAND,
    number="0808 802 1414",
    website="https://dsahelpline.org",
    hours="Day or night, all year. Free.",
    expect="For anybody in Northern Ireland. The call is confidential.",
)
MENS_ADVICE_LINE = CrisisLine(
    name="For men: Men’s Advice Line (Respect)",
    number="0808 801 0327",
    website="https://mensadviceline.org.uk",
    hours="On weekdays. The hours are on its own page. Free.",
    expect="For men in England, Scotland or Wales who are hurt or frightened by a partner or family. The call is "
    "confidential.",
)

EMERGENCY_BSL = CrisisLine(
    name="999 BSL",
    website="https://999bsl.co.uk",
    hours="Day or night, all year. Free.",
    expect="A video call to the emergency services with a British Sign Language interpreter. Use the app or the "
    "website.",
)
EMERGENCY_TEXT_RELAY = CrisisLine(
    name="999 by text relay",
    website="https://www.relayuk.bt.com",
    hours="Day or night, all year.",
    expect="Call 18000 from a textphone, or 999 in the Relay UK app. "
    "An assistant types what is said to you, and speaks what you type.",
)
EMERGENCY_SMS = CrisisLine(
    name="999 by text message (emergencySMS)",
    website="https://www.emergencysms.net",
    hours="Day or night, all year. You must register your phone before you need it.",
    expect="To register, text the word register to 999 and follow the answer. Then you can text 999 in an emergency.",
)
NHS_111_ENGLAND_BSL = CrisisLine(
    name="NHS 111 in British Sign Language, or by text relay",
    nation=Nation.ENGLAND,
    website="https://signvideo.co.uk/nhs111/",
    hours="In England. The hours of the interpreters are on their own page.",
    expect="Call through an interpreter on the SignVideo website. "
    f"By text relay, call 18001 {NHS_111_ENGLAND.number} with the Relay UK app or a textphone.",
)

#: What to say to somebody who is in danger from another person and cannot speak.
SILENT_CALL = "If you cannot speak on a mobile phone, stay on the line and press 55 when asked."

#: The text after 111 in the strip if the nation is unknown: each nation has another name for its option.
SHORT_IN_ANY_NATION = "and choose mental health"

#: The line to call in a mental health crisis that is not an emergency.
URGENT_LINES = {
    Nation.ENGLAND: NHS_111_ENGLAND,
    Nation.WALES: NHS_111_WALES,
    Nation.SCOTLAND: NHS_24_SCOTLAND,
    Nation.NORTHERN_IRELAND: LIFELINE,
}
ABUSE_LINES = {
    Nation.ENGLAND: (ABUSE_LINE_ENGLAND, MENS_ADVICE_LINE),
    Nation.SCOTLAND: (ABUSE_LINE_SCOTLAND, MENS_ADVICE_LINE),
    Nation.WALES: (ABUSE_LINE_WALES, MENS_ADVICE_LINE),
    Nation.NORTHERN_IRELAND: (ABUSE_LINE_NORTHERN_IRELAND,),
}


def urgent_lines(nation: Nation | None) -> tuple[CrisisLine, ...]:
    """Return the crisis line of a nation; where it is unknown, England's and each other that has another number."""
    if nation:
        return (URGENT_LINES[nation],)
    england = URGENT_LINES[Nation.ENGLAND]
    return england, *(line for line in URGENT_LINES.values() if line.number != england.number)


def first_lines(nations: Collection[Nation]) -> tuple[CrisisLine, ...]:
    """Return whom to call first in the given nations; where none is given, in all of them."""
    urgent = [line for nation, line in URGENT_LINES.items() if nation in nations] or urgent_lines(None)
    return EMERGENCY, *urgent, SAMARITANS, SHOUT


def abuse_lines(nation: Nation | None) -> tuple[CrisisLine, ...]:
    """Return the domestic abuse lines of a nation; where it is unknown, those of all nations, each line once."""
    if nation:
        return ABUSE_LINES[nation]
    lines = dict.fromkeys(line for lines in ABUSE_LINES.values() for line in lines)
    return *(line for line in lines if line.nation), *(line for line in lines if not line.nation)


SECTIONS = (
    HelpSection("anywhere", "Anywhere in the UK", (EMERGENCY, SAMARITANS, SHOUT, CHILDLINE)),
    HelpSection("england", "In England", (NHS_111_ENGLAND,)),
    HelpSection("scotland", "In Scotland", (NHS_24_SCOTLAND, BREATHING_SPACE)),
    HelpSection("wales", "In Wales", (NHS_111_WALES, SAMARITANS_IN_WELSH)),
    HelpSection("northern-ireland", "In Northern Ireland", (LIFELINE,), "There is no NHS 111 in Northern Ireland."),
    HelpSection(
        "deaf-people",
        "If you are deaf, or cannot speak on the phone",
        (EMERGENCY_BSL, EMERGENCY_TEXT_RELAY, EMERGENCY_SMS, NHS_111_ENGLAND_BSL),
        "Shout is all by text, and Samaritans answer email. Lifeline’s textphone number is with Lifeline above.",
    ),
    HelpSection(
        "domestic-abuse",
        "If somebody at home hurts or frightens you",
        abuse_lines(None),
        f"If you are in danger now, call {EMERGENCY.number}. {SILENT_CALL}",
        names_nations=True,
    ),
)
