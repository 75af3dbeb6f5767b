"""One record per fault of `recording_from_html`: a check missed what the page shows."""

import pytest

from replay_redact import redact_bytes
from replay_redact.testing import find_leaks, recording_from_html

SECRET = {"name": "Jane Roe"}
PAGES = {
    "h01 text after the end of the document": "<html><body><p>a</p></body></html>Jane Roe",
    "h01 an element after the end of the document": "<body></body></html><p title='Jane Roe'>",
    "h02 a comment before the root": "<!-- Jane Roe --><html><body>a</body></html>",
    "h02 a comment after the root": "<html><body>a</body></html><!-- Jane Roe -->",
    "h03 attributes of a second body": "<body><p>a</p><body title='Jane Roe'>",
    "h03 attributes of a second root": "<html><body><p>a</p><html title='Jane Roe'>",
    "h04 a CDATA section": "<svg><text><![CDATA[Jane Roe]]></text></svg>",
    "h04 a CDATA section outside of foreign content": "<p><![CDATA[Jane Roe]]></p>",
    "h05 a doctype alone": "<!DOCTYPE html>",
    "h05 a doctype with words": "<!DOCTYPE html PUBLIC 'Jane Roe' 'x'>",
    "h06 the content of a template": "<template><p>Jane Roe</p></template>",
    "h06 a template in the head": "<head><template>Jane Roe</template></head>",
    "h07 an element that is no name": "<p>a</p><jane~roe title='Jane Roe'>",
    "h07 markup that scripts would replace": "<noscript><p title='Jane Roe'></p></noscript>",
    "h08 a processing instruction": "<p>a</p><?pi Jane Roe?>",
    "h09 text in a table, which goes before it": "<table>Jane Roe<tr><td>a</table>",
    "h09 text in a frameset": "<frameset><noframes>Jane Roe</noframes></frameset>",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_check_sees_what_a_browser_makes_of_html(name):
    page = recording_from_html(PAGES[name])
    found = [leak for leak in find_leaks(page, secrets=SECRET) if leak.secret]
    assert found or "Jane Roe" not in PAGES[name]
    redacted = redact_bytes(page)
    assert find_leaks(redacted, secrets=SECRET) == []
    assert redact_bytes(redacted) == redacted
