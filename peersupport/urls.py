"""The root URLconf: the pages of the site itself, and the URLs of the apps."""

from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps_views
from django.urls import include, path

from groups.open_referral.views import root as open_referral_root
from groups.views import home
from peersupport import views
from peersupport.sitemaps import SITEMAPS
from peersupport.styleguide.views import styleguide

urlpatterns = [
    path("", home, name="home"),
    path("about/", views.about, name="about"),
    path("for-professionals/", views.for_professionals, name="for_professionals"),
    path("family-and-friends/", views.family_and_friends, name="family_and_friends"),
    path("help-now/", views.help_now, name="help_now"),
    path("contact/", views.contact, name="contact"),
    path("listing-policy/", views.listing_policy, name="listing_policy"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("data/", views.data, name="data"),
    path("robots.txt", views.robots, name="robots"),
    path(
        "sitemap.xml", sitemaps_views.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"}, name="sitemap_index"
    ),
    path("sitemap-<section>.xml", sitemaps_views.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    # The session cookie has the path /staff/.
    path("staff/styleguide/", styleguide, name="styleguide"),
    path("styleguide/", styleguide),
    path("staff/", admin.site.urls),
    # Without the slash, too: clients add their paths to the address as they were given it.
    path("open-referral", open_referral_root),
    path("open-referral/", include("groups.open_referral.urls")),
    path("", include("groups.urls")),
    path("", include("organisations.urls")),
]

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error
