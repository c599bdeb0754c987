"""Whom to call or text now: the one place where these numbers are written down."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class HelpLine:
    """Somebody who answers: what to call or text, when, and what happens then."""

    name: str
    number: str = ""
    text_number: str = ""
    keyword: str = ""
    email: str = ""
    website: str = ""
    hours: str
    expect: str
    short: str = ""

    @property
    def call_link(self) -> str:
        return f"tel:{self.number.replace(' ', '')}" if self.number else ""

    @property
    def text_link(self) -> str:
        """What opens a text message with the word in it; phones differ over `?` and `&`, and take both."""
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
    lines: tuple[HelpLine, ...]
    words: str = ""


EMERGENCY = HelpLine(
    name="Emergency services",
    number="999",
    hours="Day or night, all year. Free.",
    expect="Call if somebody’s life is at risk, or somebody is badly hurt. They ask which service you need: say "
    "ambulance. "
    "If you can get there safely, you can also go to any A&E (accident and emergency) department.",
    short="in an emergency",
)
NHS_111 = HelpLine(
    name="NHS 111, mental health option",
    number="111",
    hours="Day or night, all year. Free.",
    expect="Call and choose the mental health option. You speak to somebody trained to help with a mental health "
    "crisis. "
    "You do not need to be registered with a doctor.",
    short="and choose the mental health option",
)
SAMARITANS = HelpLine(
    name="Samaritans",
    number="116 123",
    email="jo@samaritans.org",
    website="https://www.samaritans.org",
    hours="Day or night, all year. Free. The call does not show on a phone bill. An email takes longer to be answered.",
    expect="A volunteer listens. You do not have to be suicidal, and you do not have to give your name.",
    short="Samaritans, free, day or night",
)
SHOUT = HelpLine(
    name="Shout",
    text_number="85258",
    keyword="SHOUT",
    website="https://giveusashout.org",
    hours="Day or night, all year. Free on most UK mobile networks.",
    expect="Text the word SHOUT. An automatic text comes first. Then a trained volunteer texts with you. "
    "It may take a few minutes when many people are texting.",
)
CHILDLINE = HelpLine(
    name="Childline",
    number="0800 1111",
    website="https://www.childline.org.uk",
    hours="Day or night, all year. Free. The call does not show on a phone bill.",
    expect="For anybody under 19. A counsellor listens, whatever the worry is. You choose what to tell them.",
)
WELSH_LINE = HelpLine(
    name="Samaritans in Welsh (Samaritans Cymru)",
    number="0808 164 0123",
    hours="Every evening, 7pm to 11pm. Free.",
    expect="A volunteer listens, in Welsh.",
)
BREATHING_SPACE = HelpLine(
    name="Breathing Space",
    number="0800 83 85 87",
    website="https://breathingspace.scot",
    hours="Monday to Thursday, 6pm to 2am. Then from Friday 6pm to Monday 6am. Free.",
    expect="For anybody in Scotland aged 16 or over who feels low, anxious or worried. "
    "An adviser listens and talks it through with you.",
)
LIFELINE = HelpLine(
    name="Lifeline",
    number="0808 808 8000",
    website="https://www.lifelinehelpline.info",
    hours="Day or night, all year. Free.",
    expect="For anybody in Northern Ireland in distress or despair. A trained counsellor answers and can offer "
    "more help later. "
    "With a textphone, call 18001 0808 808 8000.",
)

ENGLAND_ABUSE = HelpLine(
    name="England: National Domestic Abuse Helpline (Refuge)",
    number="0808 2000 247",
    website="https://www.nationaldahelpline.org.uk",
    hours="Day or night, all year. Free.",
    expect="For women, and for anybody worried about a woman they know. The call is confidential.",
)
MEN_ABUSE = HelpLine(
    name="For men: Men’s Advice Line (Respect)",
    number="0808 801 0327",
    website="https://mensadviceline.org.uk",
    hours="On weekdays. The hours are on its own page. Free.",
    expect="For men in England, Scotland or Wales who are hurt or frightened by a partner or family. The call is "
    "confidential.",
)
WALES_ABUSE = HelpLine(
    name="Wales: Live Fear Free",
    number="0808 80 10 800",
    website="https://www.gov.wales/live-fear-free",
    hours="Day or night, all year. Free.",
    expect="For anybody in Wales, in Welsh or English. The call is confidential.",
)
SCOTLAND_ABUSE = HelpLine(
    name="Scotland: Domestic Abuse and Forced Marriage Helpline",
    number="0800 027 1234",
    website="https://www.sdafmh.org.uk",
    hours="Day or night, all year. Free.",
    expect="For anybody in Scotland. The call is confidential.",
)
NORTHERN_IRELAND_ABUSE = HelpLine(
    name="Northern Ireland: Domestic and Sexual Abuse Helpline",
    number="0808 802 1414",
    website="https://dsahelpline.org",
    hours="Day or night, all year. Free.",
    expect="For anybody in Northern Ireland. The call is confidential.",
)

SECTIONS = (
    HelpSection("anywhere", "Anywhere in the UK", (EMERGENCY, SAMARITANS, SHOUT, CHILDLINE)),
    HelpSection("england", "In England", (NHS_111,)),
    HelpSection(
        "scotland",
        "In Scotland",
        (
            HelpLine(
                name="NHS 24, mental health hub",
                number="111",
                hours="Day or night, all year. Free.",
                expect="Call and choose the mental health hub (option 2). A trained person listens and works out "
                "with you what would help.",
            ),
            BREATHING_SPACE,
        ),
    ),
    HelpSection(
        "wales",
        "In Wales",
        (
            HelpLine(
                name="NHS 111 Wales, option 2",
                number="111",
                hours="Day or night, all year. Free.",
                expect="Call and press 2. You speak to a mental health worker in your area. You can also call for "
                "somebody you look after.",
            ),
            WELSH_LINE,
        ),
    ),
    HelpSection("northern-ireland", "In Northern Ireland", (LIFELINE,), "There is no NHS 111 in Northern Ireland."),
    HelpSection(
        "deaf-people",
        "If you are deaf, or cannot speak on the phone",
        (
            HelpLine(
                name="999 BSL",
                website="https://999bsl.co.uk",
                hours="Day or night, all year. Free.",
                expect="A video call to the emergency services with a British Sign Language interpreter. Use the "
                "app or the website.",
            ),
            HelpLine(
                name="999 by text relay",
                website="https://www.relayuk.bt.com",
                hours="Day or night, all year.",
                expect="Call 18000 from a textphone, or 999 in the Relay UK app. "
                "An assistant types what is said to you, and speaks what you type.",
            ),
            HelpLine(
                name="999 by text message (emergencySMS)",
                website="https://www.emergencysms.net",
                hours="Day or night, all year. You must register your phone before you need it.",
                expect="To register, text the word register to 999 and follow the answer. Then you can text 999 "
                "in an emergency.",
            ),
            HelpLine(
                name="NHS 111 in British Sign Language, or by text relay",
                website="https://signvideo.co.uk/nhs111/",
                hours="In England. The hours of the interpreters are on their own page.",
                expect="Call through an interpreter on the SignVideo website. By text relay, call 18001 111 with "
                "the Relay UK app or a textphone.",
            ),
        ),
        "Shout is all by text, and Samaritans answer email. Lifeline’s textphone number is with Lifeline above.",
    ),
    HelpSection(
        "domestic-abuse",
        "If somebody at home hurts or frightens you",
        (ENGLAND_ABUSE, SCOTLAND_ABUSE, WALES_ABUSE, NORTHERN_IRELAND_ABUSE, MEN_ABUSE),
        "If you are in danger now, call 999. If you cannot speak on a mobile phone, stay on the line and press 55 "
        "when asked.",
    ),
)
