"""`explain`: what a user may ask about, and how the answer is put together."""

from __future__ import annotations

import dataclasses
import re

from replay_redact._runtime.collector import paused_collector
from replay_redact._runtime.stack import call_deep
from replay_redact.errors import PolicyError
from replay_redact.policy import Policy
from replay_redact.testing.explanations.answers import Explanation
from replay_redact.testing.explanations.gathering import OfNodes, OfText
from replay_redact.testing.explanations.pages import OfNode, OfSelector
from replay_redact.testing.explanations.reading import Source, find, near
from replay_redact.testing.explanations.texts import Wanted
from replay_redact.testing.recordings import Recording, to_bytes

DEFAULT_POLICY = Policy()
_QUOTED = re.compile(r'"(.+)"', re.DOTALL)
_BARE = re.compile(r"[A-Za-z][A-Za-z0-9]*")


def explain(
    recording: Recording,
    what: int | str,
    policy: Policy = DEFAULT_POLICY,
    *,
    at: int | None = None,
    window: int | None = None,
) -> Explanation:
    """Return what a policy keeps and masks of a node, of elements or of a text, and why.

    ``what`` is one of these:

    * the id of a node, as an ``int``;
    * a CSS selector: all elements that match it when they are last on the page, those in shadow
      roots and frames included;
    * a text that stands in the recording, in any case, spacing or encoding. Write it in double
      quotes if it could also be a selector: ``'"Address"'``.

    The answer covers the whole recording. With ``at``, the recording ends with the event of this
    index, from 0. ``window`` is the number of a window (tab), from 1 in order of appearance;
    without it, the answer covers all windows. If nothing is found, the answer is false.

    Raises `PolicyError` for a selector that no policy could use, unless it stands in the recording
    as a text; `DecodeError` or `LimitError` if the input is not a recording; ``ValueError`` if
    ``at`` is no event, or ``what`` is empty.

    >>> from replay_redact.testing import recording_from_html
    >>> page = recording_from_html("<nav><a title='Our shop' href='/tea'>Tea</a></nav>")
    >>> print(explain(page, "nav a", Policy(unmask="nav")))
    selector nav a: 1 match
    <BLANKLINE>
    html > body > nav > a (node 6)
      decided by      unmask nav, on nav
      text            kept            unmask nav, on nav (event 1)
      title           kept            unmask nav, on nav (event 1)
      href            masked in part  address and CSS rules (event 1)
    >>> answer = explain(page, "Tea")
    >>> [(match.path, match.verdicts[0].fate) for match in answer.matches]
    [('html > body > nav > a', 'masked')]
    """
    if isinstance(what, bool) or not isinstance(what, int | str):
        raise TypeError(f"ask for an id, a selector or a text, not {type(what).__name__}")
    if isinstance(what, str) and not what.strip():
        raise ValueError("ask for an id, a selector or a text: this is empty")
    source = Source(to_bytes(recording), policy, at=at, window=window)
    with paused_collector():
        return call_deep(_answer, source, what)


def _answer(source: Source, what: int | str) -> Explanation:
    if isinstance(what, int):
        answer = OfNodes(source, find(source, OfNode(what))).answer(f"node {what}")
        return answer or dataclasses.replace(answer, hint=_for_text(what))
    quoted = _QUOTED.fullmatch(what)
    if quoted:
        return _of_text(source, quoted[1])
    try:
        found = find(source, OfSelector(what))
    except PolicyError as error:
        return _of_refused(source, what, error)
    if found:
        hint = _for_text(what) if _BARE.fullmatch(what) else ""
        return dataclasses.replace(OfNodes(source, found).answer(f"selector {what}"), hint=hint)
    answer = _of_text(source, what)
    return answer or dataclasses.replace(answer, hint="no element matches it as a selector, either")


def _for_text(what: int | str) -> str:
    return f"for the text {what}, write '\"{what}\"'"


def _of_refused(source: Source, what: str, error: PolicyError) -> Explanation:
    """Return the answer for what is no selector, or one that no policy could use."""
    answer = _of_text(source, what)
    if not str(error).startswith("unsupported"):
        return answer or dataclasses.replace(answer, hint=f"it is no selector, either: {error}")
    if not answer:
        raise PolicyError(f"{error}\nAs a text, it stands nowhere in the recording.")
    return dataclasses.replace(answer, hint="read as a text: no policy could use it as a selector")


def _of_text(source: Source, text: str) -> Explanation:
    wanted = Wanted(text, source.policy.mask_char)
    answer = OfText(source, wanted).answer(f"text {text!r}")
    return answer or dataclasses.replace(answer, near=tuple(near(source, wanted)))
