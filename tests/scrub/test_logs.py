# ruff: noqa: G004, LOG001, N818, PLE1205, PLE1206, TRY400
"""Logs: no secret goes out, no record is lost, nothing is raised."""

import io
import json
import logging
import logging.handlers
import queue
import sys

import pytest

from replay_redact import Scrubber
from replay_redact.scrub import ScrubFilter, structlog_processor
from replay_redact.scrub.logs import UNFORMATTABLE

MAIL, CODE = "jane@shop.example", "hunter2"


class Silent:
    def __str__(self):
        raise ValueError(MAIL)

    __repr__ = __str__


class Loud(Exception):
    def __str__(self):
        raise ValueError(MAIL)


class Everything(logging.Formatter):
    """Writes all that a record has, as formatters to JSON do."""

    def format(self, record):
        return super().format(record) + json.dumps(vars(record), default=repr)


@pytest.fixture
def log(monkeypatch, capfd):
    """Return a child logger, and what its parent's handler wrote."""
    out = io.StringIO()
    root = logging.Logger("root")
    monkeypatch.setattr(logging.Logger, "root", root)
    manager = logging.Manager(root)
    handler = logging.StreamHandler(out)
    handler.setFormatter(Everything())
    root.addHandler(handler)
    assert ScrubFilter(Scrubber()).install([root]) == 1

    def written():
        assert capfd.readouterr().err == ""  # where logging tells of its own errors
        return out.getvalue()

    return manager.getLogger("shop.cart"), written


def is_clean(text):
    return MAIL not in text and CODE not in text


def raises():
    raise ValueError(f"no account for {MAIL}")


CALLS = {
    "argument": lambda log: log.error("in: %s", MAIL),
    "message": lambda log: log.error(f"in: {MAIL}, password={CODE}"),
    "percent": lambda log: log.error(f"100 % of {MAIL}"),
    "object": lambda log: log.error({"password": CODE}),
    "dict": lambda log: log.error("in: %(user)s %(password)s", {"user": MAIL, "password": CODE}),
    "dict with a number": lambda log: log.error("in: %(n)d %(password)5d", {"n": 1, "password": 123456}),
    "dict in text": lambda log: log.error("in: %s", {"password": CODE}),
    "list of dicts": lambda log: log.error("in: %s %s", [{"password": CODE}], 1),
    "number": lambda log: log.error("in: %d", f"{MAIL}"),
    "too few": lambda log: log.error("in: %s %s", MAIL),
    "too many": lambda log: log.error("in", MAIL),
    "silent": lambda log: log.error("in: %s", Silent()),
    "silent message": lambda log: log.error(Silent()),
    "extra": lambda log: log.error("in", extra={"user": MAIL, "password": CODE, "body": {"token": CODE}, "object": Silent()}),
    "exception": lambda log: log.error("in", exc_info=error(raises)),
    "silent exception": lambda log: log.error("in", exc_info=Loud(MAIL)),
    "no exception": lambda log: log.error("in", exc_info=(1, 2, 3)),
    "stack": lambda log: log.error("in", stack_info=True),
}  # fmt: skip


def error(function):
    try:
        function()
    except ValueError as caught:
        return caught


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_what_is_logged(log, call):
    logger, written = log
    call(logger)
    text = written()
    assert is_clean(text)
    assert '"levelname": "ERROR"' in text
    assert "in" in text or UNFORMATTABLE in text or "[filtered]" in text


def test_numbers_stay(log):
    logger, written = log
    logger.error("%d of %s", 3, 4, extra={"order": 4711})
    assert written().startswith("3 of 4")
    assert '"order": 4711' in written()


def test_a_number_under_a_secret_key_is_no_number(log):
    logger, written = log
    logger.error("%(n)d %(pin)04d", {"n": 1, "pin": 123456})
    assert written().startswith("1 None")


def test_tracebacks_stay_readable(log):
    logger, written = log
    logger.error("in", exc_info=error(raises))
    assert "ValueError: no account for [email]" in written()


def test_a_traceback_that_was_written_before(log):
    logger, written = log
    record = logger.makeRecord("shop", logging.ERROR, "x.py", 1, "in", (), None)
    record.exc_text = f"for {MAIL}"
    record.stack_info = f"at {MAIL}"
    logger.handle(record)
    assert "for [email]\nat [email]" in written()


def test_queues():
    out = io.StringIO()
    records = queue.Queue()
    sender = logging.handlers.QueueHandler(records)
    sender.addFilter(ScrubFilter())
    logger = logging.Logger("shop")
    logger.addHandler(sender)
    for call in CALLS.values():
        call(logger)
    end = logging.StreamHandler(out)
    end.setFormatter(Everything())
    assert records.qsize() == len(CALLS)
    while not records.empty():
        end.handle(records.get())
    assert is_clean(out.getvalue())


def test_a_record_is_never_lost(log, monkeypatch):
    def fails(*_, **__):
        raise RuntimeError(MAIL)

    logger, written = log
    monkeypatch.setattr(Scrubber, "value", fails)
    logger.error("in", extra={"user": MAIL})
    assert is_clean(written())
    assert UNFORMATTABLE in written()


def test_install_finds_every_handler(monkeypatch):
    monkeypatch.setattr(logging, "lastResort", logging.StreamHandler())
    mine = logging.NullHandler()
    logger = logging.getLogger("replay_redact_test.a.b")
    logger.addHandler(mine)
    scrub_filter = ScrubFilter()
    try:
        assert scrub_filter.install() >= 2
        assert scrub_filter in mine.filters
        assert scrub_filter in logging.lastResort.filters
        assert scrub_filter.install() == 0
        monkeypatch.setattr(logging, "lastResort", None)
        assert scrub_filter.install() == 0
    finally:
        logger.removeHandler(mine)
        for handler in logging.getLogger().handlers:
            handler.removeFilter(scrub_filter)


@pytest.mark.parametrize("exc_info", [True, "error", "triple", None])
def test_structlog(exc_info):
    structlog = pytest.importorskip("structlog")
    written = []
    log = structlog.wrap_logger(None, processors=[structlog_processor(), lambda _l, _n, event: written.append(event) or (_ for _ in ()).throw(structlog.DropEvent)])  # fmt: skip
    try:
        raises()
    except ValueError as caught:
        given = {"error": caught, "triple": sys.exc_info()}.get(exc_info, exc_info)
        log.error("in", user=MAIL, password=CODE, exc_info=given, count=3)
    (event,) = written
    assert event | {"exception": ""} == {"event": "in", "user": "[email]", "password": "[filtered]", "count": 3, "exception": ""}  # fmt: skip
    assert ("no account for [email]" in event.get("exception", "")) == (exc_info is not None)
