"""The site's URLs, and those of the baseline pages."""

from django.urls import include, path

from . import pages

urlpatterns = [
    path("canned/", pages.canned),
    path("constant/", pages.constant),
    path("", include("peersupport.urls")),
]
