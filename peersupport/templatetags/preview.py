"""Tags for the preview of a link to a page (Open Graph)."""

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

from common.rendering import render_jinja

register = template.Library()


class CaptureNode(template.Node):
    """Renders its content into a variable, for text that a page needs twice: a block can be used only once."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> SafeString:
        context[self.name] = self.nodelist.render(context)
        return SafeString("")


@register.tag
def capture(parser: Parser, token: Token) -> CaptureNode:
    """`{% capture name %}…{% endcapture %}`."""
    _, name = token.split_contents()
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(name, nodelist)


@register.simple_tag(takes_context=True)
def open_graph(context: Context, title: str, description: str) -> SafeString:
    """Return the Open Graph tags of the page of this request, without its query, which may have typed text."""
    request = context["request"]
    origin = f"{request.scheme}://{request.get_host()}"
    return render_jinja(
        "components/open_graph.jinja",
        title=title,
        description=description,
        address=f"{origin}{request.path}",
        origin=origin,
    )
