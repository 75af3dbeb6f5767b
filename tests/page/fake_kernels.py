"""Kernels written in Python: they know little, and hand back the rest as the real ones do."""

from replay_redact._allowlists.attributes import Kind
from replay_redact._masks.text import mask_text
from replay_redact._page.kernels.bits import DECIDED, KINDS, NAME, RULES_ASKED, UNKNOWN
from replay_redact._version import __version__


class FakeKernels:
    """Kernels that mask texts and plain attributes, unless they are ``idle``."""

    VERSION = __version__

    def __init__(self, *, idle=False):
        self.idle = idle
        self.done = 0
        self.made = []

    def Attributes(self, names, words):  # noqa: N802 - a class of the extension
        self.made.append((names, words))
        return _Attributes(self, names)

    def texts(self, nodes, decided):
        if self.idle:
            return None
        noted = [], [], [], []
        for at, node in enumerate(nodes):
            before, after = node.text_content, mask_text(node.text_content)
            if before != after:
                self.done += 1
                node.text_content = after
                decision = next(one for one, first in reversed(decided) if first <= at)
                for notes, note in zip(noted, (node, before, after, decision), strict=True):
                    notes.append(note)
        return noted

    def css_sheet(self, *_):
        return None

    css_declarations = css_value = css_sheet

    def panics(self):
        return 0


class _Attributes:
    def __init__(self, kernels, names):
        self._kernels = kernels
        self._names = names

    def mask(self, attributes, flags, owner, decision, notes):
        if self._kernels.idle or (flags & RULES_ASKED and "accesskey" in attributes):
            return None
        known = {name: self._names.get(name, UNKNOWN) for name in attributes}
        asked = [name for name, bits in known.items() if bits & NAME["ASKED"]]
        if asked and not flags & RULES_ASKED:
            return asked
        left, words = [], {}
        for name, value in list(attributes.items()):
            bits = known[name]
            if not flags & DECIDED["SAYS_MASKED"] or type(value) is not str:
                left.append(name)
            elif bits & NAME["KIND"] == KINDS[Kind.FLAG]:
                self._put(attributes, name, "", (owner, decision, notes))
            elif bits & NAME["KIND"] == KINDS[Kind.TEXT] and not bits & NAME["HAS_WORDS"]:
                if self._put(attributes, name, mask_text(value), (owner, decision, notes)):
                    words |= {name: value} if bits & NAME["MAY_HOLD_WORDS"] else {}
            else:
                left.append(name)
        return (left, words) if left or words else True

    def _put(self, attributes, name, masked, noted):
        owner, decision, notes = noted
        value = attributes[name]
        if value == masked:
            return False
        self._kernels.done += 1
        attributes[name] = masked
        notes.append((owner, name, value, decision))
        return True
