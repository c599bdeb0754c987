import pytest
from django.core.management import CommandError, call_command

from places.loading import sources
from places.models import Area, Postcode
from tests.places.conftest import FILES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_places")]


@pytest.fixture
def site_files(folder, monkeypatch) -> None:
    """The command loads the small gazetteer."""
    monkeypatch.setattr(sources.Sources.__init__, "__defaults__", (folder(), None, None))


@pytest.mark.usefixtures("site_files")
def test_load_places_says_one_line_for_each_stage(capsys):
    call_command("load_places")

    output = capsys.readouterr()
    assert output.out.splitlines() == [
        "Areas: 7 (7 new, 0 changed).",
        "Postcodes: 5.",
        "Postcode sectors: 2 (2 new, 0 changed).",
        "Towns: 4 (4 new, 0 changed).",
        "Localities: 4.",
        "Informal areas: 3 (3 new, 0 changed).",
    ]
    assert output.err == ""


@pytest.mark.usefixtures("site_files")
def test_load_places_says_that_there_is_nothing_to_do(capsys):
    call_command("load_places")
    capsys.readouterr()

    call_command("load_places")

    assert capsys.readouterr().out == "Places are up to date: these files are already loaded.\n"


@pytest.mark.usefixtures("site_files")
def test_load_places_takes_a_newer_postcode_file(compressed, capsys):
    newer = compressed("newer.csv.xz", FILES["postcodes.csv"] + "CT9 1AE,51.3893,1.3833,E07000114\n")

    call_command("load_places", postcodes=newer)

    assert Postcode.objects.count() == 6


@pytest.mark.usefixtures("site_files")
def test_load_places_says_what_is_wrong_with_a_file(tmp_path, capsys):
    wrong = tmp_path / "wrong.csv"
    wrong.write_text(FILES["postcodes.csv"].replace("51.3891", "north"))

    with pytest.raises(CommandError) as refusal:
        call_command("load_places", postcodes=wrong)

    assert str(refusal.value) == "wrong.csv, line 3: latitude 'north' is not a number. Nothing was changed."
    assert Area.objects.count() == 0
