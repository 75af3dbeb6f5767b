"""What an input event says of the state of a field: is it checked, which options are selected."""

from __future__ import annotations

from msgspec import UNSET

from replay_redact import events as ev
from replay_redact._engine.by_role import Judge
from replay_redact._page.tally import Tally
from replay_redact._rules.decisions import Decision


def show_state(judge: Judge, data: ev.Input, decision: Decision | None, *, hidden: bool) -> None:
    """Leave the state of a field, unless it is hidden; name no options if one is blocked."""
    if hidden:
        judge.tally.field(data, "is_checked", data.is_checked, "input", decision)
        data.is_checked = False
    if hidden or any(map(judge.blocks, data.selected_option_ids or ())):
        name_no_options(judge.tally, data, decision)


def name_no_options(tally: Tally, data: ev.Input, decision: Decision | None) -> None:
    """Remove the ids of the options that are selected."""
    if data.selected_option_ids is not UNSET:
        tally.field(data, "selected_option_ids", data.selected_option_ids, "input", decision)
        data.selected_option_ids = UNSET
