"""What a page of `looks/` has: how many components, and what happens to it after the snapshot.

A component is an instance of what its framework calls one (a button, a badge, a tab list), as the
source of the page marks it: by a class, an attribute or a tag. Parts of components (the head of a
card), utilities (a margin) and containers of the layout (a grid, a stack) do not count.
"""

import re
from collections import Counter
from collections.abc import Callable

import lxml.html

# Of pages in HTML: the classes that make an element a component.
_CLASSES = {
    "bootstrap": """accordion alert badge blockquote breadcrumb btn btn-check btn-close btn-group card
        dropdown figure form-check-input form-control form-floating form-range form-select input-group
        list-group modal nav navbar offcanvas pagination placeholder popover progress ratio
        spinner-border spinner-grow table toast tooltip""",
    "bulma": """box breadcrumb button card checkbox delete dropdown file footer hero icon image input
        level media menu message modal navbar notification pagination panel progress radio select
        skeleton-block table tabs tag textarea""",
    "daisyui": """alert avatar badge breadcrumbs btn card chat checkbox collapse countdown diff divider
        dock dropdown fieldset file-input filter floating-label footer hero indicator input join kbd link
        list loading mask menu mockup-code modal navbar progress radial-progress radio range rating select
        skeleton stack stats status steps swap table tabs textarea timeline toast toggle tooltip
        validator""",
    "primer": """ActionListItem BtnGroup Box Counter Header IssueLabel Label Overlay Popover Progress
        SelectMenu-item SideNav Skeleton State TimelineItem Toast ToggleSwitch-track Truncate
        UnderlineNav avatar blankslate branch-name btn btn-link dropdown flash form-control form-select
        input-group markdown-body menu subnav tabnav tooltipped""",
    "uikit": """uk-alert uk-breadcrumb uk-button uk-button-group uk-card uk-checkbox uk-comment
        uk-description-list uk-dotnav uk-drop uk-dropdown uk-heading-divider uk-icon-button uk-iconnav
        uk-input uk-label uk-list uk-modal uk-nav uk-navbar-container uk-notification uk-offcanvas
        uk-overlay uk-pagination uk-placeholder uk-progress uk-radio uk-range uk-search uk-section
        uk-select uk-slidenav uk-spinner uk-subnav uk-tab uk-table uk-textarea uk-thumbnav uk-tile""",
}
# These style elements as they are, or have none but those of HTML.
_ELEMENTS = frozenset(
    """article blockquote button code del details dialog dl fieldset figure hr img input ins kbd label
    mark meter nav ol output pre progress select summary table textarea ul fancy-card""".split()
)
_MARKS = frozenset({"popover", "role", "data-tooltip", "contenteditable"})
# What shadcn/ui puts behind the name of a component to name a part of it.
_PART = re.compile(
    r"-(?:action|description|fallback|gap|header|indicator|input-wrapper|item|list|range|row"
    r"|separator|thumb|title|track|trigger)\Z|(?:accordion|card)-content\Z"
)
# Of pages in JavaScript: tags that lay out or that have no look.
_LAYOUT = frozenset(
    """Page ThemeProvider CssBaseline ChakraProvider MantineProvider ConfigProvider FluentProvider Theme
    Stack Grid Flex Col Row Space Box SimpleGrid Group Inset Toolbar
    v-app v-main v-container v-row v-col v-spacer""".split()
)
_TAG = re.compile(r"<(?:F\.)?([A-Z]\w*(?:\.\w+)?|(?:v|sl)-[a-z-]+)(?=[\s/>])")
_WHOLE = frozenset({"Root", "Group"})  # Tabs.Root is a component, Tabs.List a part of it


def components(name: str, source: str) -> int:
    """Count the components in the source of a page."""
    if not source.startswith("<!doctype"):
        return sum(map(_is_component_tag, _TAG.findall(source)))
    is_one: Callable[[lxml.html.HtmlElement], bool] = _HTML.get(name) or _has_class(_CLASSES[name])
    return sum(is_one(element) for element in lxml.html.fromstring(source).iter(lxml.etree.Element))


def _is_component_tag(tag: str) -> bool:
    whole, _, part = tag.partition(".")
    return whole not in _LAYOUT and (not part or part in _WHOLE)


def _has_class(names: str) -> Callable[[lxml.html.HtmlElement], bool]:
    words = frozenset(names.split())
    return lambda element: not words.isdisjoint(element.get("class", "").split())


def _is_slot(element: lxml.html.HtmlElement) -> bool:
    slot = element.get("data-slot")
    return slot is not None and not _PART.search(slot)


def _is_element(element: lxml.html.HtmlElement) -> bool:
    return element.tag in _ELEMENTS or not _MARKS.isdisjoint(element.keys())


_HTML = {"shadcn": _is_slot, "pico": _is_element, "plain": _is_element, "tailwind": _is_element}


# --- what happens later ---------------------------------------------------------------

_STATES = re.compile(
    r"class|open|hidden|checked|style|rr_open_mode|data-(?:\w+-)*(?:state|theme|mode|scheme|opened)|aria-(?:expanded|hidden|checked)"
)


def what_happens(events: list[dict]) -> Counter[str]:
    """Count the style sheets, inserted rules and changes of state after the full snapshot."""
    full = next(i for i, event in enumerate(events) if event["type"] == 2)
    counts: Counter[str] = Counter()
    for data in (event["data"] for event in events[full:] if event["type"] == 3):
        counts["sheets"] += sum(
            added["node"].get("tagName") in {"style", "link"}
            for added in data.get("adds", ())
            if "node" in added
        )
        if data["source"] == 8:
            counts["rules"] += len(data.get("adds") or ())
        if data["source"] == 0:
            counts["states"] += sum(
                any(map(_STATES.fullmatch, changed["attributes"])) for changed in data["attributes"]
            )
    return counts
