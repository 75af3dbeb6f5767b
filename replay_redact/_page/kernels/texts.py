"""Gather texts for the native kernels, which mask all texts of a tree in one call."""

from __future__ import annotations

from replay_redact._page.gathered import GatheredTexts
from replay_redact._page.masking import Masks
from replay_redact._page.tally import Tally
from replay_redact._runtime.native import Kernels


class KernelTexts(GatheredTexts):
    """Gathers texts. A kernel masks them, unless the policy has a function for that."""

    def __init__(self, masks: Masks, tally: Tally, kernels: Kernels) -> None:
        super().__init__(masks, tally)
        self._kernel = kernels.texts if masks.policy.mask_fn is None else None

    def mask(self) -> None:
        """Mask all gathered texts."""
        if self.texts and self._kernel is not None:
            noted = self._kernel(self.texts, self._decided)
            if noted is not None:
                if noted[0]:
                    self.tally.texts(*noted)
                self.texts, self._decided = [], []
        super().mask()
