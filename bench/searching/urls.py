"""The site's addresses, and those of the pages that the search page is held against."""

from django.urls import include, path

from . import pages

urlpatterns = [
    path("canned/", pages.canned),
    path("constant/", pages.constant),
    path("", include("peersupport.urls")),
]
