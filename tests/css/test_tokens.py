"""CSS tokens: split as browsers do, with tinycss2 as the oracle; strings decoded and encoded."""

import re

import pytest
import tinycss2

from replay_redact._css.numbers import BYTE
from replay_redact._css.tokens import (
    is_balanced,
    is_property_name,
    quoted,
    string_value,
    token_at,
    tokens,
    unescape,
)

CUTS = {
    "": [],
    "a b": ["ident a", "space  ", "ident b"],
    "a{b:c;}": ["ident a", "delim {", "ident b", "delim :", "ident c", "delim ;", "delim }"],
    "--x -y - -- é_1": ["ident --x", "space  ", "ident -y", "space  ", "delim -", "space  ", "ident --", "space  ", "ident é_1"],
    r"\41 b c": ["ident \\41 b", "space  ", "ident c"],
    r"a\{b": ["ident a\\{b"],
    "\\\n": ["delim \\", "space \n"],
    "@media": ["at @media"],
    "@ x": ["delim @", "space  ", "ident x"],
    "#f00 #1 #": ["hash #f00", "space  ", "hash #1", "space  ", "delim #"],
    "1 +2.5 -.5e3 1px 50% 1e x": ["number 1", "space  ", "number +2.5", "space  ", "number -.5e3", "space  ", "number 1px",
                                  "space  ", "number 50%", "space  ", "number 1e", "space  ", "ident x"],
    "1.": ["number 1", "delim ."],
    "'a' \"b\"": ["string 'a'", "space  ", 'string "b"'],
    r"'a\'b'": [r"string 'a\'b'"],
    "'a\\\nb'": ["string 'a\\\nb'"],
    "'a\nb": ["string 'a", "space \n", "ident b"],
    "'a": ["string 'a"],
    "'a\\": ["string 'a\\"],
    "/*a*/b/*c": ["comment /*a*/", "ident b", "comment /*c"],
    "/*/": ["comment /*/"],
    "a/b": ["ident a", "delim /", "ident b"],
    "rgb(1)": ["function rgb(", "number 1", "delim )"],
    "url(a b)": ["url url(a b)"],
    "url( a )": ["url url( a )"],
    "URL(a": ["url URL(a"],
    r"u\72l(a)": [r"url u\72l(a)"],
    r"url(a\)b)": [r"url url(a\)b)"],
    "url('a')": ["function url(", "string 'a'", "delim )"],
    "url( 'a' )": ["function url(", "space  ", "string 'a'", "space  ", "delim )"],
    "url-prefix(a)": ["function url-prefix(", "ident a", "delim )"],
    "<!-- a": ["mark <!--", "space  ", "ident a"],
    "[a=b]": ["delim [", "ident a", "delim =", "ident b", "delim ]"],
    "\0": ["delim \0"],
}  # fmt: skip


@pytest.mark.parametrize("css", CUTS, ids=ascii)
def test_cuts(css):
    assert [f"{kind} {text}" for kind, text in tokens(css)] == CUTS[css]


@pytest.mark.parametrize("css", CUTS, ids=ascii)
def test_tokens_joined_are_the_input(css):
    assert "".join(text for _, text in tokens(css)) == css


KINDS = {"ident": "ident", "whitespace": "space", "hash": "hash", "string": "string", "at-keyword": "at", "number": "number",
         "percentage": "number", "dimension": "number", "comment": "comment"}  # fmt: skip


@pytest.mark.parametrize(
    "css",
    ["a b", "--x -y é_1", r"a\{b \41 c", "@media @x", "#f00 #1", "1 +2.5 -.5e3 1px 50% 1e3 1e", "'a' \"b\" 'c\\'d'",
     "/*a*/ b /**/", "a1-b_c 12ab 1.5em", "-a --b -0.5px"],
)  # fmt: skip
def test_kinds_are_those_of_tinycss2(css):
    oracle = [KINDS[node.type] for node in tinycss2.parse_component_value_list(css)]
    assert [token.kind for token in tokens(css)] == oracle


def test_there_is_no_token_after_the_end():
    with pytest.raises(IndexError):
        token_at("a", 1)


VALUES = {
    r"\41": "A", r"\41 b": "Ab", r"\000041b": "Ab", "\\41\r\nb": "Ab", r"\4a\61": "Ja", r"\0 x": "\ufffdx", r"\110000 ": "\ufffd",
    r"\d800": "\ufffd", r"\"": '"', "a\\\nb": "ab", "a\\\r\nb": "ab", "a\\": "a", r"\\": "\\", "plain": "plain", r"\g": "g",
}  # fmt: skip


@pytest.mark.parametrize("text", VALUES, ids=ascii)
def test_escapes(text):
    assert unescape(text) == VALUES[text]


STRINGS = {'"Jane"': "Jane", "'Jane'": "Jane", '"Jane': "Jane", '"': "", '""': "", r'"a\"': 'a"', r'"a\\"': "a\\", r'"\4a ane"': "Jane",
           "\"it's\"": "it's"}  # fmt: skip


@pytest.mark.parametrize("text", STRINGS, ids=ascii)
def test_the_value_of_a_string(text):
    assert string_value(text) == STRINGS[text]


@pytest.mark.parametrize("quote", ["'", '"'])
@pytest.mark.parametrize(
    "value",
    ["", "Jane", "it's", 'say "x"', "a\\b", "\\", "a\nb", "\r\n\f", "\n1", "é\U0001f600", "\\41 "],
    ids=ascii,
)
def test_a_string_there_and_back(value, quote):
    [token] = tokens(quoted(value, quote))
    assert token.kind == "string"
    assert string_value(token.text) == value
    [oracle] = tinycss2.parse_component_value_list(token.text)
    assert oracle.value == value


@pytest.mark.parametrize("name", ["color", "--x", "-webkit-x", "é", r"a\:b", "--"])
def test_property_names(name):
    assert is_property_name(name)


@pytest.mark.parametrize("name", ["", "a b", "1a", "a:b", "a;", "-", "a ", "{"])
def test_what_is_no_property_name(name):
    assert not is_property_name(name)


@pytest.mark.parametrize(
    "css",
    ["", "a", "a{}", "a{b:c}", "a{b:(c[d])}", "'a'", "'a\"b'", "/**/", "url(a)", "f(a)", "a{}b{}", "/* ' */", "'/*'", "url(')')"],
)  # fmt: skip
def test_whole_pieces(css):
    assert is_balanced(css)


@pytest.mark.parametrize(
    "css",
    ["{", "}", "a{", "a}", "}{", "(", "f(", "[", "'a", "'", '"a\'', "'a\n", "/*", "/* a", "/*/", "url(a", "url(", "a{}}", "a{{}", "'a\\"],
)  # fmt: skip
def test_pieces_that_run_over_an_end(css):
    assert not is_balanced(css)


@pytest.mark.parametrize(
    ("escape", "character"),
    [(0, 0xFFFD), (1, 1), (0xD7FF, 0xD7FF), (0xD800, 0xFFFD), (0xDFFF, 0xFFFD), (0xE000, 0xE000), (0x10FFFF, 0x10FFFF), (0x110000, 0xFFFD)],
)  # fmt: skip
def test_escapes_that_stand_for_no_character(escape, character):
    assert unescape(f"\\{escape:x}") == chr(character)


def test_a_byte_has_at_most_the_number_255():
    texts = [str(number) for number in range(1000)]
    assert [text for text in texts if re.fullmatch(BYTE, text)] == texts[:256]
