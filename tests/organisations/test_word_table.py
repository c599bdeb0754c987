"""Organisations are found by the beginnings of their words, as these are now."""

import pytest

from organisations.choices import YesNo
from organisations.models import Organisation
from organisations.word_table import word_table
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db


def found(*words: str, only_user_led: bool = False) -> list[str]:
    names = Organisation.objects.in_bulk()
    return [names[key].name for key in word_table().matching(words, only_user_led=only_user_led)]


def test_every_word_begins_one_of_a_name_of_now_or_before_or_of_the_summary():
    make_organisation(name="The Other", former_names=["Old Name"], user_led=YesNo.YES)
    make_organisation(name="Kent House", summary="A café.")
    make_organisation(name="Kent draft", draft=True)

    searches = [("kent",), ("house", "ke"), ("kent", "other"), ("old",), ("cafe",), ("ent",)]

    assert [found(*words) for words in searches] == [
        ["Kent House"],
        ["Kent House"],
        [],
        ["The Other"],
        ["Kent House"],
        [],
    ]
    assert (found("o", only_user_led=True), found("k", only_user_led=True)) == (["The Other"], [])


def test_words_are_those_of_now_however_an_organisation_is_written():
    organisations = [make_organisation(name=name) for name in ("Example heron", "Example wren")]
    before = word_table()
    assert word_table() is before

    Organisation.objects.filter(pk=organisations[0].pk).update(name="Example zebra")
    assert (found("heron"), found("example")) == ([], ["Example wren", "Example zebra"])

    Organisation.objects.filter(pk=organisations[1].pk).delete()
    assert found("example") == ["Example zebra"]
