r"""Log records without secrets, for the standard library's ``logging`` and for structlog.

A filter on a logger never sees what its children log; a filter on a handler sees all
that goes out there. A message is written first and scrubbed then, so that no secret is cut in
two by a format; arguments with keys are scrubbed by their keys before.

What cannot be written says so in its place. No record is lost, and nothing
is raised, whatever an object's own ``__str__`` does.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any

from replay_redact.scrub.scrubber import Scrubber
from replay_redact.scrub.sentry.plain import written

UNFORMATTABLE = "[unformattable log message]"
"""Stands in the place of a message that cannot be written."""

_OWN = frozenset(
    """
    msg args exc_info exc_text stack_info levelno levelname lineno created msecs relativeCreated
    process thread
    """.split()
)
"""Attributes of every record that are numbers, levels, or are seen to by themselves."""

_CONVERSION = re.compile(r"%(?P<key>\([^)]*\))?[#0 +-]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?[a-zA-Z]")
_FORMATTER = logging.Formatter()


class ScrubFilter(logging.Filter):
    """A filter for handlers that takes secrets out of every record, and lets every record pass.

    The record itself is changed: message, traceback, stack and every attribute that a caller
    gave as ``extra``. A traceback becomes text.

    >>> record = logging.makeLogRecord({"msg": "login %s", "args": ("jane@shop.example",)})
    >>> ScrubFilter(Scrubber()).filter(record), record.getMessage()
    (True, 'login [email]')
    """

    def __init__(self, scrubber: Scrubber | None = None) -> None:
        super().__init__()
        self._scrubber = Scrubber() if scrubber is None else scrubber

    def filter(self, record: logging.LogRecord) -> bool:
        """Scrub a record; it always passes."""
        record.msg, record.args = self._message(record), None
        record.exc_text, record.exc_info = self._traceback(record), None
        if record.stack_info:
            record.stack_info = self._text(record.stack_info)
        given = {name: value for name, value in vars(record).items() if name not in _OWN}
        clean = self._values(given)
        for name in given.keys() - clean.keys():
            del record.__dict__[name]
        record.__dict__.update(clean)
        return True

    def install(self, loggers: Iterable[logging.Logger] | None = None) -> int:
        """Add this filter to every handler of some loggers; return to how many it was added.

        ``loggers`` are the root and all that exist, unless told. Handlers that are added later
        have to be given the filter: call this once logging is set up. It may be called again.

        >>> logger = logging.Logger("shop")
        >>> logger.addHandler(logging.StreamHandler())
        >>> scrub_filter = ScrubFilter()
        >>> scrub_filter.install([logger]), scrub_filter.install([logger])
        (1, 0)
        """
        handlers = [handler for logger in _all(loggers) for handler in logger.handlers]
        if loggers is None and logging.lastResort is not None:
            handlers.append(logging.lastResort)
        fresh = [handler for handler in dict.fromkeys(handlers) if self not in handler.filters]
        for handler in fresh:
            handler.addFilter(self)
        return len(fresh)

    def _message(self, record: logging.LogRecord) -> str:
        try:
            said: Any = record.msg
            message = self._scrubber.value(said) if isinstance(said, Mapping | list) else said
            return self._text(_formatted(message, self._arguments(record.args), record.args))
        except Exception:  # noqa: BLE001 - an application's objects may do anything
            return UNFORMATTABLE

    def _arguments(self, args: Any) -> Any:
        """Scrub arguments that have keys, by their keys: in the message they stand no more."""
        if isinstance(args, Mapping):
            return self._scrubber.value(args)
        return tuple(
            self._scrubber.value(item) if isinstance(item, Mapping | list | tuple) else item
            for item in args or ()
        )

    def _traceback(self, record: logging.LogRecord) -> str | None:
        text = record.exc_text
        if not text and record.exc_info:
            try:
                text = _FORMATTER.formatException(record.exc_info)
            except Exception:  # noqa: BLE001 - what is no exception, or cannot be written
                text = UNFORMATTABLE
        return self._text(text) if text else None

    def _text(self, text: Any) -> str:
        return self._scrubber.text(written(text))

    def _values(self, given: Mapping[Any, Any]) -> dict[str, Any]:
        """Scrub what a caller gave by names, and the names."""
        names = [written(name) for name in given]
        values = map(self._value, given.values(), names)
        return dict(zip(self._scrubber.names(names), values, strict=True))

    def _value(self, value: Any, name: str) -> Any:
        try:
            return self._scrubber.value(value, key=name)
        except Exception:  # noqa: BLE001 - a record is never lost
            return UNFORMATTABLE


def _all(loggers: Iterable[logging.Logger] | None) -> list[logging.Logger]:
    if loggers is not None:
        return list(loggers)
    every = logging.Logger.manager.loggerDict.values()
    return [logging.getLogger(), *(item for item in every if isinstance(item, logging.Logger))]


def _formatted(message: Any, clean: Any, args: Any) -> str:
    """Write a message with its arguments, as ``logging`` does."""
    text = str(message)
    if not args:
        return text
    try:
        return str(text % clean)
    except (TypeError, ValueError):
        str(text % args)  # raises if it was wrong before
    return str(_CONVERSION.sub(lambda match: f"%{match['key'] or ''}s", text) % clean)


def structlog_processor(scrubber: Scrubber | None = None) -> Any:
    """Return a structlog processor that takes secrets out of every event.

    It stands last but for the renderer. An ``exc_info`` that is still there becomes
    ``exception``, as text.

    >>> process = structlog_processor()
    >>> process(None, "info", {"event": "login", "password": "x1", "user": "jane@shop.example"})
    {'event': 'login', 'password': '[filtered]', 'user': '[email]'}
    """
    scrub_filter = ScrubFilter(scrubber)

    def process(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
        event = dict(event)
        exc_info = event.pop("exc_info", None)
        clean = scrub_filter._values(event)
        if exc_info:
            record = logging.makeLogRecord({"exc_info": _triple(exc_info)})
            clean["exception"] = scrub_filter._traceback(record)
        return clean

    return process


def _triple(exc_info: Any) -> Any:
    """Return what structlog takes for an exception in the form that ``logging`` wants."""
    if isinstance(exc_info, BaseException):
        return (type(exc_info), exc_info, exc_info.__traceback__)
    return sys.exc_info() if exc_info is True else exc_info
