"""A mistake in a file changes nothing, and is said in a sentence that names the file, the entry and the mistake."""

import pytest
from django.core.management import CommandError, call_command

from groups.models import SupportGroup
from groups.seed_data.files import BadFile
from groups.seed_data.load import load_directory
from groups.seed_data.models import Loaded
from places.models import Area

pytestmark = pytest.mark.one_database  # Python refuses a file; that nothing is written is one transaction.

GROUP = '[groups.new]\nname = "New"\nsummary = "An example."\n'
IN_GROUP = "watch.toml, [groups.new]: "


@pytest.mark.parametrize(
    "lines, sentence",
    [
        (GROUP + 'focuss = "doing"', IN_GROUP + "“focuss” is not a word for this. Did you mean “focus”?"),
        (
            GROUP + 'focus = "dancing"',
            IN_GROUP + "“focus” cannot be “dancing”. Choose one of: talking, doing, both, members decide, not said.",
        ),
        (
            GROUP + 'areas_served = ["East Knet"]',
            IN_GROUP + "“areas_served”: no area “East Knet” is known. Did you mean “East Kent”?",
        ),
        (GROUP + 'areas_served = "East Kent"', IN_GROUP + '“areas_served” must be a list, such as ["…", "…"].'),
        (
            GROUP + 'town = "Chardd"',
            IN_GROUP + "“town”: no town “Chardd” is known. Write town and district: “Chard, Somerset”.",
        ),
        (
            GROUP + 'town = "Ashford"',
            IN_GROUP + "“town”: there are 2 towns called “Ashford”. "
            "Write one of “Ashford, Ashford” or “Ashford, Spelthorne”.",
        ),
        (
            GROUP + 'topics = ["Lonelyness"]',
            IN_GROUP + "“Lonelyness” is not among the topics in vocabularies.toml. Did you mean “Loneliness”?",
        ),
        (GROUP + 'contacts = ["nobody"]', IN_GROUP + "“contacts”: there is no [contacts.nobody] in this file."),
        (GROUP + 'venue = "The hall"', IN_GROUP + "“venue” cannot be given in a file. Set it in the admin."),
        (GROUP + 'online_link = "https://example.org/"', IN_GROUP + "“online_link” is not a word for this."),
        (GROUP + 'publication = "draft"', IN_GROUP + "“publication” is not a word for this."),
        (GROUP + 'wants_members = "yes"', IN_GROUP + "“wants_members” must be true or false, without quotation marks."),
        (GROUP + "agreement = 3", IN_GROUP + "“agreement” must be words in quotation marks."),
        (GROUP + 'age_from = "old"', IN_GROUP + "“age_from”: “old” value must be an integer."),
        (
            GROUP + 'wellbeing = ["connect", "rest"]',
            IN_GROUP + "“wellbeing” cannot have “rest”. "
            "Choose from: be active, give, keep learning, take notice, connect.",
        ),
        (GROUP + "age_from = 30\nage_to = 20", IN_GROUP + "The older age cannot be less than the younger."),
        (
            GROUP + f'cost_note = "{"x" * 121}"',
            IN_GROUP + "“cost_note”: Ensure this value has at most 120 characters (it has 121).",
        ),
        (GROUP + 'schedules = "Thursdays"', IN_GROUP + "write [[groups.new.schedules]] above each of its schedules."),
        (
            GROUP + '[[groups.new.schedules]]\nweekdays = "Friday"',
            IN_GROUP + "“weekdays” is not a word for its schedules. Did you mean “weekday”?",
        ),
        (
            GROUP + '[[groups.new.schedules]]\nweekday = "Fryday"',
            IN_GROUP + "“weekday” cannot be “Fryday”. "
            "Choose one of: Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday.",
        ),
        (GROUP + '[[groups.new.schedules]]\nfrequency = "weekly"', IN_GROUP + "Choose the day of the week."),
        (GROUP + 'source = { dated = "2016" }', IN_GROUP + "its source needs a name: where this comes from."),
        (
            GROUP + 'source = { name = "A page", url = "https://example.org/" }',
            IN_GROUP + "its source has no “url”.",
        ),
        (
            '[groups.again]\nname = "WATCH Thursday Project"\nsummary = "An example."',
            "watch.toml, [groups.again]: “WATCH Thursday Project” is described twice; "
            "the other is watch/groups/thursday_project.",
        ),
        (
            '[contacts.nobody]\nrole_title = "Nobody"',
            "watch.toml, [contacts.nobody]: Give an e-mail address, a telephone number, or a number for texts.",
        ),
        (
            '[contacts.me]\nrole_title = "Me"\nemail = "me@example.org"\nnumber_checked_on = 2026-01-01',
            "watch.toml, [contacts.me]: “number_checked_on” is not a word for this.",
        ),
        (
            "[networks.nobody]",
            "watch.toml, [networks.nobody]: there is no file nobody.toml, which “network” speaks of.",
        ),
        ("[group.new]", "watch.toml: there is no table “group”. Did you mean “groups”?"),
    ],
)
def test_mistake_is_refused_and_changes_nothing(seed_directory, add, everything, lines, sentence):
    before = everything()

    with pytest.raises(BadFile) as refused:
        load_directory(add("watch", lines))

    assert str(refused.value) == sentence
    assert everything() == before


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("", "new.toml does not say where it comes from: it needs a [source] with a name."),
        ('[source]\nname = "A page"', "new.toml describes no organisation: it needs an [organisation] with a name."),
        (
            '[source]\nname = "A page"\n[organisation]\nname = "New"',
            "new.toml, [organisation]: “summary”: This field cannot be blank.",
        ),
        (
            '[source]\nname = "A page"\n[organisation]\nname = "Take Off"\nsummary = "An example."',
            "take_off.toml, [organisation]: “Take Off” is described twice; the other is new/organisation.",
        ),
        (
            '[source]\nname = "A page"\n[organisation]\nname = "New"\nsummary = "?"\n[groups]\nname = "A group"',
            "new.toml, [groups]: “name” is in no entry. Write [groups.a_short_name] above it.",
        ),
        (
            "name = New",
            "new.toml is not TOML: Invalid value (at line 1, column 8). Words need quotation marks round them.",
        ),
    ],
)
@pytest.mark.django_db
def test_mistaken_file_is_refused(folder, text, sentence):
    (folder / "directory" / "new.toml").write_text(text)

    with pytest.raises(BadFile) as refused:
        load_directory(folder)

    assert str(refused.value) == sentence


@pytest.mark.django_db
def test_unknown_vocabulary_is_refused(change):
    with pytest.raises(BadFile) as refused:
        load_directory(change("vocabularies", "[topics]", "[topic]"))

    assert str(refused.value) == "vocabularies.toml: there is no vocabulary “topic”. Did you mean “topics”?"


@pytest.mark.django_db
def test_area_of_a_common_name_is_refused_until_its_code_is_given():
    Area.objects.filter(name="Thanet").update(name="Somerset")

    with pytest.raises(BadFile) as refused:
        load_directory()

    assert str(refused.value) == (
        "open_mental_health.toml, [organisation]: “areas_served”: there are 2 areas called “Somerset”. "
        "Write the code of one: E06000066 or E07000114."
    )


def test_area_may_be_given_by_its_code(seed_directory, add):
    load_directory(add("watch", GROUP + 'areas_served = ["E07000114"]'))

    [group] = SupportGroup.objects.filter(name="New")
    assert [served.name for served in group.areas_served.all()] == ["Thanet"]


@pytest.mark.django_db
def test_command_says_what_is_wrong_and_that_nothing_was_changed(add):
    folder = add("watch", GROUP + 'focuss = "doing"')

    with pytest.raises(CommandError) as refused:
        call_command("load_directory", folder=folder)

    assert str(refused.value) == (
        "watch.toml, [groups.new]: “focuss” is not a word for this. Did you mean “focus”? Nothing was changed."
    )
    assert not Loaded.objects.exists()
