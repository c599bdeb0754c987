from django.urls import path

from . import views
from .areas import views as areas_views
from .calendars import views as calendars_views
from .embeds import views as embeds_views
from .feedback import views as feedback_views
from .feeds import views as feeds_views
from .maps import views as maps_views
from .open_referral import term_views
from .printing import views as printing_views
from .printing.posters import views as posters_views
from .search import views as search_views
from .verification import views as verification_views

app_name = "groups"

urlpatterns = [
    path("groups/", search_views.group_list, name="group_list"),
    path("groups/map/", maps_views.group_list_map, name="group_list_map"),
    path("groups/map.svg", maps_views.group_map, name="group_map"),
    path("groups/week/", areas_views.group_week, name="group_week"),
    path("groups/changes.atom", feeds_views.search_feed, name="search_feed"),
    path("groups/suggest/", feedback_views.group_suggest, name="group_suggest"),
    path("groups/suggest/thanks/", feedback_views.group_suggest_thanks, name="group_suggest_thanks"),
    path("groups/<slug:slug>/", views.group_detail, name="group_detail"),
    path("groups/<slug:slug>/calendar.ics", calendars_views.group_calendar, name="group_calendar"),
    path("organisations/<slug:slug>/calendar.ics", calendars_views.organisation_calendar, name="organisation_calendar"),
    path("groups/<slug:slug>/poster.pdf", posters_views.group_poster, name="group_poster"),
    path("groups/<slug:slug>/door-sheet.pdf", posters_views.group_door_sheet, name="group_door_sheet"),
    path("groups/<slug:slug>/report/", feedback_views.group_report, name="group_report"),
    path("organisations/<slug:slug>/report/", feedback_views.organisation_report, name="organisation_report"),
    path("roles/<slug:slug>/report/", feedback_views.role_report, name="role_report"),
    path("training/<slug:slug>/report/", feedback_views.training_report, name="training_report"),
    path("report/thanks/", feedback_views.report_thanks, name="report_thanks"),
    path("check/", verification_views.check_listings, name="check_listings"),
    path("check/change/", verification_views.check_change, name="check_change"),
    path("check/ended/", verification_views.check_ended, name="check_ended"),
    path("missing/", feedback_views.missing, name="missing"),
    path("missing/thanks/", feedback_views.missing_thanks, name="missing_thanks"),
    path("g/<slug:code>/", views.group_short, name="group_short"),
    path("embed/", embeds_views.embed_line, name="embed_line"),
    path("embed/groups/", embeds_views.search_embed, name="search_embed"),
    path("embed/areas/<slug:slug>/", embeds_views.area_embed, name="area_embed"),
    path("areas/", areas_views.area_list, name="area_list"),
    path("areas/<slug:slug>/", areas_views.area_detail, name="area_detail"),
    path("areas/<slug:slug>/map.svg", maps_views.area_map, name="area_map"),
    path("areas/<slug:slug>/week/", areas_views.area_week, name="area_week"),
    path("areas/<slug:slug>/calendar.ics", calendars_views.area_calendar, name="area_calendar"),
    path("areas/<slug:slug>/changes.atom", feeds_views.area_feed, name="area_feed"),
    path("venues/<uuid:public_id>/", areas_views.venue_detail, name="venue_detail"),
    path("areas/<slug:slug>/print/", printing_views.area_print, name="area_print"),
    path("areas/<slug:slug>/print/list.<slug:kind>", printing_views.area_file, name="area_file"),
    path("lists/", printing_views.list_own, name="list_own"),
    path("lists/print/", printing_views.list_print, name="list_print"),
    path("lists/list.<slug:kind>", printing_views.list_file, name="list_file"),
    path("data/terms/", term_views.term_list, name="term_list"),
    path("data/terms/<slug:code>/", term_views.term_detail, name="term_detail"),
    path("start-a-group/", views.start_a_group, name="start_a_group"),
    path("start-a-group/contacts/", views.start_a_group_contacts, name="start_a_group_contacts"),
]
