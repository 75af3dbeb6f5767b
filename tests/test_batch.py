"""One pass over many strings finds those that hold what a probe wants, and says which they are."""

from hypothesis import given
from hypothesis import strategies as st

from replay_redact._batch import candidates, compiled, joined_probe, to_bytes, to_text

PROBES = [r"(?:^|[^0-9])[0-9]{2}(?:$|[^0-9])", "x[^y]*y", r"(?:^|\x00)--?w"]


def found(texts, probes=PROBES):
    return list(candidates(joined_probe(probes), texts))


def test_strings_are_found_by_index():
    assert found(["a", "x", "--w", "b 34 b", "é 56 é"], PROBES[:1]) == [
        (3, b"b 34 b"),
        (4, "é 56 é".encode()),
    ]
    assert found(["12"]) == [(0, b"12")]
    assert found([]) == found([""]) == found(["a", "b"]) == []


def test_a_string_with_the_separator_sends_all_of_its_batch_to_a_closer_look():
    assert found(["a", "b\0c"]) == [(0, b"a"), (1, b"b\0c")]


def test_a_neighbour_that_a_match_reached_into_is_looked_at_too():
    assert found(["a", "12", "b"]) == [(1, b"12")]
    assert found(["ax", "12", "by"], ["x[^y]*y"]) == [(0, b"ax"), (1, b"12"), (2, b"by")]


@given(st.lists(st.text("0129xy-w \n\xe9", max_size=5), max_size=12))
def test_every_string_in_which_a_probe_fires_is_found(texts):
    either = compiled("|".join(PROBES))
    firing = {at for at, text in enumerate(texts) if either.search(to_bytes(text))}
    hits = found(texts)
    assert firing <= {at for at, _ in hits}
    assert [at for at, _ in hits] == sorted({at for at, _ in hits})
    assert all(data == to_bytes(texts[at]) for at, data in hits)


def test_strings_in_many_pieces_keep_their_index():
    texts = [f"{'x' * (n % 3)}, {n}" for n in range(5_000)]
    wanted = [at for at in range(5_000) if 10 <= at < 100]
    assert [at for at, _ in found(texts)] == wanted
    assert {5_000, 5_001, *wanted} <= {at for at, _ in found([*texts, "\0", "12"])}


def test_lone_surrogates_survive():
    assert to_text(to_bytes("a\ud83d")) == "a\ud83d"
