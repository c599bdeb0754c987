"""Tags for crisis panels, above search results and the answers to forms."""

from django import template
from django.utils.safestring import SafeString

from common.nations import Nation
from common.rendering import render_cached
from groups.search.danger import Detection
from groups.search.danger import detect_danger as detect
from groups.search.danger_panels import danger_panels as panels_of
from groups.search.danger_panels import line_for_group_search

register = template.Library()


@register.simple_tag
def detect_danger(*texts: str | None) -> Detection | None:
    """Return the danger detected in texts, or None; for pages whose view does not search."""
    return detect(*(text for text in texts if text))


@register.simple_tag
def danger_panels(detection: Detection | None, nation: Nation | str | None, exit_url: str) -> SafeString | str:
    """Return the panels of a detection; "" for None, and for a search for groups."""
    if not detection or detection.is_group_search:
        return ""
    panels = panels_of(detection, Nation(nation) if nation else None)
    return render_cached("components/danger_panels.html", panels=panels, exit_url=exit_url)


@register.simple_tag
def danger_line(detection: Detection | None, nation: Nation | str | None) -> SafeString | str:
    """Return the single line that a search for groups gets; "" for anything else."""
    if not detection or not detection.is_group_search:
        return ""
    question, link = line_for_group_search(detection.kinds[0], Nation(nation) if nation else None)
    return render_cached("components/danger_line.html", question=question, link=link)
