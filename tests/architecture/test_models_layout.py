"""A model's app label and table stay what they were, in whichever folder its class stands."""

import pytest
from django.apps import apps

from tests.architecture.repository import APPS

#: The models of each app with a table of their own, by lower-case name; each table is called `<app>_<name>`.
MODELS = {
    "common": "contentversion outgoingemail ratelimitcount ratelimitday",
    "places": """
        area areapart gazetteerload locality postcode postcodesector town
    """,
    "organisations": """
        contact editorship event eventseries historicalcontact historicalorganisation
        historicalorganisation_areas_served historicalpeerrole historicalpeerrole_areas_served
        historicalpeerrole_contacts historicaltraining historicaltraining_areas_served
        historicaltraining_contacts membership merge mergedrow organisation organisation_areas_served
        organisationcheck organisationformerslug peerrole peerrole_areas_served peerrole_contacts
        peerrolecheck peerroleformerslug quotation resource statement training training_areas_served
        training_contacts trainingcheck trainingformerslug
    """,
    "groups": """
        accessfeature activity askedlisting audience checkrequest directorychange directorystate
        embedhost encodedservice exportrun groupcheck groupformercode groupformerslug historicalsupportgroup
        historicalsupportgroup_activities
        historicalsupportgroup_areas_served historicalsupportgroup_audiences
        historicalsupportgroup_contacts historicalsupportgroup_languages
        historicalsupportgroup_topics historicalvenue historicalvenue_access_features importrun joiningroute
        language loaded need need_topics proposal report schedule schedulechange
        sheetupload source sourcereading sourcerecord suggestion supportgroup supportgroup_activities
        supportgroup_areas_served supportgroup_audiences supportgroup_contacts supportgroup_languages
        supportgroup_topics topic venue venue_access_features venueformerid
    """,
    "peersupport": """
        commandrun
    """,
}


@pytest.mark.parametrize("app", MODELS)
def test_models_have_the_labels_and_tables_that_they_always_had(app):
    models = apps.get_app_config(app).get_models(include_auto_created=True)

    tables = {model._meta.label_lower: model._meta.db_table for model in models}

    assert tables == {f"{app}.{name}": f"{app}_{name}" for name in MODELS[app].split()}


def test_apps_without_models_are_none_of_ours():
    ours = [apps.get_app_config(app) for app in APPS if apps.is_installed(app)]

    assert {config.label for config in ours if list(config.get_models())} == set(MODELS)
