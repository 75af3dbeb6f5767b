"""The fixed pools that generated pages draw from, as a site has its own words and classes."""

from __future__ import annotations

from random import Random

WORDS = """
    account address after against agreement always amount another answer around balance because
    before better between billing building business call cannot card change children city clear
    close coffee company country customer daily date delivery different doctor early email enough
    evening every family finally first follow friend garden general given great group history home
    house important include insurance interest invoice kitchen large later letter library little
    local long market meeting member message minute money month morning mother nearly never night
    number office often order other package paper payment people perhaps phone picture place
    question quickly rather reason receipt remember report return river school second send service
    several shipping short simple small something station still story street summer support table
    thank thing though ticket today together tomorrow travel under until update visit water week
    welcome window winter without world write year yesterday young
""".split()
FOREIGN = "Größe naïve señor Łódź Привет мир 東京 日本語 مرحبا \u2014 \u2026 \U0001f600".split()
BLANKS = [r"\n", r"\n  ", r"\n    ", " "]

_NAMES = "box btn card col content date footer head icon item link list meta nav price row title"
CLASSES = [
    f"{first} {first}-{second}"
    for first in _NAMES.split()
    for second in ("large", "small", "active", "inner", "left")
]


def word(random: Random) -> str:
    return random.choice(WORDS)


def sentence(random: Random, most: int = 8) -> str:
    """Return one to ``most`` words."""
    return " ".join(random.choices(WORDS, k=random.randrange(1, most + 1)))
