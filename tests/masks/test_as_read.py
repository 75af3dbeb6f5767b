"""Texts as they are read: white space that browsers show as one blank hides no secret."""

from replay_redact._masks.as_read import hide_as_read
from replay_redact._masks.text import mask_text


def scan(texts):
    """Find a number, and a letter before what was found."""
    return [text.replace("a *", "* *").replace("41 11", "** **") for text in texts]


def test_text_on_one_line_is_not_searched_again():
    assert hide_as_read(["41 11", " 41 11 ", ""], scan, mask_text) == ["41 11", " 41 11 ", ""]


def test_a_text_in_which_something_is_found_again_is_masked_whole():
    assert hide_as_read(["a 41\n11  b"], scan, mask_text) == ["* **\n**  *"]  # b, too


def test_a_text_whose_length_changes_is_masked_whole():
    longer = lambda texts: [text.replace("\U0001f600", "**") for text in texts]  # noqa: E731
    assert hide_as_read(["a\nb \U0001f600"], longer, mask_text) == ["*\n* **"]


def test_words_within_white_space_of_all_kinds():
    text = "\u3000x 41\u2028\t11\ufeff41 11y  "
    assert hide_as_read([text], scan, mask_text) == ["\u3000x **\u2028\t**\ufeff** **y  "]
