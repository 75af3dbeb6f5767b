"""Policies: what is masked, what is blocked, and what stays readable.

A policy is data: frozen, hashable, picklable, safe to share between threads and processes. Making
a policy checks it: an option that makes no sense, or a selector that a recording cannot decide,
raises `PolicyError` then and not later.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, Self

from replay_redact.errors import PolicyError
from replay_redact.policy.options import Option, check_forms, read_option
from replay_redact.policy.sdk_options import SENTRY_DEFAULTS, posthog_options, sentry_options
from replay_redact.scrub.config import Scrub, check_names


def _is(kind: str, **more: Any) -> dict[str, Option]:
    """Return the metadata of the field that holds an option."""
    return {"option": Option(kind, **more)}


_SCRUB = Scrub.default()

SENTRY_RULES = {"11": "sentry-11", "10": "sentry-10"}
"""The rule set of each version of Sentry's SDK, the newest first."""
_SDK = Option("choice", words=tuple(SENTRY_RULES))


@dataclasses.dataclass(frozen=True, kw_only=True, repr=False)
class Policy:
    """What to keep private. ``Policy()`` keeps everything private; options open or tighten it.

    Selector options take one CSS selector or several. Rules of decision:

    * The nearest matching rule wins. If ``mask`` and ``unmask`` match the same element, ``mask``
      wins.
    * ``mask`` and ``block`` reach into shadow roots and iframes, ``unmask`` does not.
    * Passwords, card fields, hidden fields and files are never unmasked.
    * Nothing that ``never_unmask`` selects is unmasked, nor anything below it.

    Options:

    * ``mask_all_text``: mask text and attributes by default.
    * ``mask_all_inputs``: mask form values by default.
    * ``block_all_media``: replace images, video and the like by gray boxes by default.
    * ``mask``: selectors of regions to mask.
    * ``unmask``: selectors of regions to show in clear.
    * ``never_unmask``: selectors of regions that stay masked whatever ``unmask`` and
      ``allow_attributes`` select in them.
    * ``block``: selectors of elements to replace by a gray box.
    * ``show_media``: selectors of media elements to show.
    * ``ignore_inputs``: selectors of form fields whose input events are dropped.
    * ``mask_attributes``: names of attributes to mask, even where they would stay.
    * ``allow_attributes``: attributes that stay readable, also where text is masked: names
      (``data-testid``), beginnings of names (``data-test-*``), or either for some elements
      (``button@aria-label``). They never open an address, a style, a form value, code, or anything
      of a field that is never unmasked.
    * ``public_paths``: what stays in addresses: paths (``/users/:id/orders``), values of parameters
      (``?page&tab``), paths in fragments (``#/orders/:id``).
    * ``mask_hosts``: hosts that are masked: ``intranet.example``, ``*.shop.example`` for its
      sub-domains, ``ip`` for hosts that are numbers.
    * ``app_schemes``: schemes of your own apps, besides those in `APP_SCHEMES`.
    * ``mask_urls``: mask addresses.
    * ``mask_css``: mask what CSS says, but for what decides about the look of the page.
    * ``keep_fonts``: keep font files that a page loaded.
    * ``hide_length``: do not show how long masked text is.
    * ``hide_state``: do not show which boxes are checked, which options are selected, where carets
      and selections are in masked text, and words that style sheets compare
      (``data-state="open"``).
    * ``hide_pointer``: do not show pointer positions over masked form fields and blocked elements.
    * ``metadata``: what to do with payloads of custom and plugin events. ``"safe"`` keeps values
      that are safe by their form and masks the rest. ``"scrub"`` keeps the rest, too, but replaces
      the secrets it finds there. ``"mask"`` masks everything.
    * ``scrub``: which secrets to look for, as a `Scrub`. The policy also scrubs the text,
      attributes, form values and addresses that it shows.
    * ``mask_fn``: a function that masks text. If it raises or does not return a string, asterisks
      are used.
    * ``rules``: ``"strict"`` for all of the above, or ``"sentry-11"`` or ``"sentry-10"`` for what
      Sentry's browser SDK of that version does, see `Policy.sentry`.

    Raises `PolicyError` if an option makes no sense.

    >>> Policy(mask=".account", unmask=["nav", "footer"]).mask
    ('.account',)
    >>> Policy(mask="p:hover")
    Traceback (most recent call last):
    ...
    replay_redact.errors.PolicyError: unsupported selector 'p:hover': ...
    """

    mask_all_text: bool = field(default=True, metadata=_is("flag"))
    mask_all_inputs: bool = field(default=True, metadata=_is("flag"))
    block_all_media: bool = field(default=True, metadata=_is("flag"))
    mask: Iterable[str] = field(default=(), metadata=_is("selectors"))
    unmask: Iterable[str] = field(
        default=(".sentry-unmask", "[data-sentry-unmask]"), metadata=_is("selectors", opens=True)
    )
    never_unmask: Iterable[str] = field(default=(), metadata=_is("selectors", sdk=False))
    block: Iterable[str] = field(default=(), metadata=_is("selectors"))
    show_media: Iterable[str] = field(default=(), metadata=_is("selectors", opens=True))
    ignore_inputs: Iterable[str] = field(default=(), metadata=_is("selectors"))
    mask_attributes: Iterable[str] = field(default=(), metadata=_is("strings"))
    allow_attributes: Iterable[str] = field(
        default=(), metadata=_is("attributes", opens=True, sdk=False)
    )
    public_paths: Iterable[str] = field(default=(), metadata=_is("strings", opens=True, sdk=False))
    mask_hosts: Iterable[str] = field(default=(), metadata=_is("strings", sdk=False))
    app_schemes: Iterable[str] = field(default=(), metadata=_is("strings", opens=True, sdk=False))
    mask_urls: bool = field(default=True, metadata=_is("flag", sdk=False))
    mask_css: bool = field(default=True, metadata=_is("flag", sdk=False))
    keep_fonts: bool = field(default=False, metadata=_is("flag", opens=True, sdk=False))
    hide_length: bool = field(default=False, metadata=_is("flag", sdk=False))
    hide_state: bool = field(default=False, metadata=_is("flag", sdk=False))
    hide_pointer: bool = field(default=False, metadata=_is("flag", sdk=False))
    metadata: str = field(
        default="safe", metadata=_is("choice", words=("mask", "safe", "scrub"), sdk=False)
    )
    scrub: Scrub | Mapping[str, Any] = field(
        default=_SCRUB, metadata=_is("scrub", opens=True, sdk=False)
    )
    mask_fn: Callable[[str], str] | None = field(default=None, metadata=_is("function", opens=True))
    rules: str = field(
        default="strict", metadata=_is("choice", words=("strict", *SENTRY_RULES.values()))
    )

    def __post_init__(self) -> None:
        for name, option in OPTIONS.items():
            object.__setattr__(self, name, read_option(name, option, getattr(self, name)))
        if self.rules != "strict":
            self._check_sentry_options()
        check_forms(vars(self))

    def __repr__(self) -> str:
        """Return the options that differ from the defaults, in short.

        >>> Policy(unmask="nav", hide_length=True)
        Policy(unmask=('nav',), hide_length=True)
        """
        given = (
            (own.name, getattr(self, own.name))
            for own in dataclasses.fields(self)
            if getattr(self, own.name) != own.default
        )
        options = (f"{name}={'...' if name == 'scrub' else repr(value)}" for name, value in given)
        return f"{type(self).__name__}({', '.join(options)})"

    def _check_sentry_options(self) -> None:
        for own in dataclasses.fields(Policy):
            if not OPTIONS[own.name].sdk and getattr(self, own.name) != own.default:
                raise PolicyError(f"{own.name} is not an option of Sentry's SDK")
        lowered = (name.lower() for name in self.mask_attributes)
        object.__setattr__(self, "mask_attributes", tuple(lowered))

    @classmethod
    def sentry(cls, *, sdk: str = "11", **options: Any) -> Self:
        """Return a policy that does what Sentry's browser SDK does, to compare and to audit.

        ``sdk`` is the version of the SDK: ``"11"`` or ``"10"``, each as in its last release.

        It takes the SDK's own options in snake case, with the SDK's defaults: ``mask_all_text``,
        ``mask_all_inputs``, ``block_all_media``, ``mask``, ``unmask``, ``block``, ``show_media``,
        ``ignore_inputs``, ``mask_attributes`` and ``mask_fn``. Any other option is a `PolicyError`.

        The output shows what the SDK shows: addresses, CSS, most attributes and metadata. It is not
        private by the standard of `Policy()`.

        >>> Policy.sentry().unmask, Policy.sentry().mask_attributes
        ((), ('title', 'placeholder', 'aria-label'))
        """
        _check_names(options, "rules")
        version = read_option("sdk", _SDK, sdk)
        return cls(**(SENTRY_DEFAULTS | options), rules=SENTRY_RULES[version])

    @classmethod
    def from_sentry_init(cls, options: Mapping[str, Any]) -> Self:
        """Return a strict policy from the options of Sentry's ``replayIntegration``.

        ``options`` have the names that they have in JavaScript. The policy masks and blocks what
        the SDK does by these options, or by its defaults, and all else that `Policy()` does not
        show: addresses, metadata, hidden fields. For what the SDK shows, see `Policy.sentry`.

        Raises `PolicyError` for an unknown name, and for a function of JavaScript.

        >>> policy = Policy.from_sentry_init({"maskAllText": False, "mask": [".account"]})
        >>> policy.mask_all_text, policy.mask, policy.mask_all_inputs
        (False, ('.account',), True)
        >>> Policy.from_sentry_init({"maskAllTxt": False})
        Traceback (most recent call last):
        ...
        replay_redact.errors.PolicyError: unknown option of replayIntegration: 'maskAllTxt': ...
        """
        return cls(**sentry_options(options))

    @classmethod
    def from_posthog_init(cls, options: Mapping[str, Any]) -> Self:
        """Return a strict policy from PostHog's options under ``session_recording``.

        ``options`` have the names that they have in JavaScript. As in PostHog, text and media are
        shown where no option hides them; all else is as private as in `Policy()`.

        Raises `PolicyError` for an unknown name, and for a function of JavaScript.

        >>> policy = Policy.from_posthog_init({"maskTextSelector": ".account"})
        >>> policy.mask, policy.mask_all_text, policy.mask_all_inputs
        (('.account',), False, True)
        """
        return cls(**posthog_options(options))

    @classmethod
    def permissive(cls) -> Self:
        """Return a policy that shows text, inputs, media and metadata, but scrubs secrets.

        Passwords and card fields stay masked.
        """
        return cls(
            mask_all_text=False,
            mask_all_inputs=False,
            block_all_media=False,
            mask_urls=False,
            mask_css=False,
            keep_fonts=True,
            metadata="scrub",
        )

    @classmethod
    def lockdown(cls) -> Self:
        """Return the strictest policy.

        It also masks all metadata, and does not show lengths, form state or pointer positions.
        The page itself cannot unmask anything.
        """
        return cls(unmask=(), hide_length=True, hide_state=True, hide_pointer=True, metadata="mask")

    @classmethod
    def from_toml(cls, path: str | Path) -> Self:
        """Read a policy from a TOML file whose keys are the options of this class.

        Raises `PolicyError`, which names the file, if it is not TOML or an option makes no sense,
        and `OSError` if it cannot be read.
        """
        try:
            options: dict[str, Any] = tomllib.loads(Path(path).read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise PolicyError(f"{path} is not a TOML file: {error}") from None
        try:
            functions = [name for name, option in OPTIONS.items() if option.kind == "function"]
            _check_names(options, *functions)
            return cls(**options)
        except PolicyError as error:
            raise PolicyError(f"{path}: {error}") from None

    def replace(self, **changes: Any) -> Self:
        """Return a copy with some options changed.

        >>> Policy().replace(mask_all_text=False).mask_all_text
        False
        """
        _check_names(changes)
        return dataclasses.replace(self, **changes)


OPTIONS: dict[str, Option] = {
    own.name: own.metadata["option"] for own in dataclasses.fields(Policy)
}
"""Every policy option by name. Checks, files, generators and docs all use this table."""


def _check_names(options: Iterable[str], *without: str) -> None:
    """Raise `PolicyError` for a name that is not an option, or is one of ``without``."""
    check_names(options, OPTIONS.keys() - set(without))


def named_policy(name: str) -> Policy:
    """Return the preset with this name, or the policy in a TOML file of this name.

    >>> named_policy("strict") == Policy()
    True
    """
    if name in PRESETS:
        return PRESETS[name]()
    if name.endswith(".toml"):
        return Policy.from_toml(name)
    raise PolicyError(f"unknown policy {name!r}: use {', '.join(PRESETS)} or a .toml file")


PRESETS: dict[str, Callable[[], Policy]] = {
    "strict": Policy,
    "sentry": Policy.sentry,
    "lockdown": Policy.lockdown,
    "permissive": Policy.permissive,
}
"""The presets by name."""
