"""Policies: what is masked, what is blocked, and what stays readable.

A policy is data: frozen, hashable, picklable, safe to share between threads and processes. Making
a policy checks it: an option that makes no sense, or a selector that a recording cannot decide,
raises `PolicyError` then and not later.
"""

from __future__ import annotations

import dataclasses
import inspect
import textwrap
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Self

from replay_redact._css.attribute_patterns import attribute_pattern
from replay_redact._masks.text import MASK
from replay_redact.errors import PolicyError
from replay_redact.policy.fields import OPTIONS, SENTRY_RULES, PolicyFields
from replay_redact.policy.options import Option, check_forms, check_literals, read_option
from replay_redact.policy.pages import checked_pages, policies_of, strictest
from replay_redact.policy.sdk_options import SENTRY_DEFAULTS, posthog_options, sentry_options
from replay_redact.scrub.config import check_names

_SDK = Option("choice", words=tuple(SENTRY_RULES))


@dataclasses.dataclass(frozen=True, kw_only=True, repr=False)
class Policy(PolicyFields):
    """What to keep private. ``Policy()`` keeps everything private; options open or tighten it.

    Selector options take one CSS selector or several. Rules of decision:

    * The nearest matching rule wins. If ``mask`` and ``unmask`` match the same element, ``mask``
      wins.
    * ``mask`` and ``block`` reach into shadow roots and iframes, ``unmask`` does not.
    * Passwords, card fields, hidden fields and files are never unmasked.
    * Nothing that ``never_unmask`` selects is unmasked, nor anything below it.

    Options:

    OPTIONS

    Raises `PolicyError` if an option makes no sense.

    >>> Policy(mask=".account", unmask=["nav", "footer"]).mask
    ('.account',)
    >>> Policy(mask="p:hover")
    Traceback (most recent call last):
    ...
    replay_redact.PolicyError: unsupported selector 'p:hover': ...
    """

    def __post_init__(self) -> None:
        for name, option in OPTIONS.items():
            object.__setattr__(self, name, read_option(name, option, getattr(self, name)))
        if self.rules != "strict":
            self._check_sentry_options()
        if self.show_words and not self.words_in:
            raise PolicyError("show_words needs words_in: selectors of the regions that it is for")
        if self.mask_char != MASK:
            check_literals(self.mask_char, self._selectors())
        check_forms(vars(self))
        object.__setattr__(self, "pages", checked_pages(self, OPTIONS))

    def __hash__(self) -> int:
        """Return a hash of the options that most often differ: each call looks policies up."""
        return hash((self.mask, self.unmask, self.block, self.mask_all_text, self.rules))

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

    def _selectors(self) -> Iterable[str]:
        """Yield all selectors of the policy."""
        for name, option in OPTIONS.items():
            if option.kind == "selectors":
                yield from getattr(self, name)
        yield from (attribute_pattern(text).selector for text in self.allow_attributes)

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
        replay_redact.PolicyError: unknown option of replayIntegration: 'maskAllTxt': ...
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
        options = _loaded(Path(path))
        try:
            functions = [name for name, option in OPTIONS.items() if option.kind == "function"]
            _check_names(options, *functions)
            return cls(**_beside(Path(path), options))
        except PolicyError as error:
            raise PolicyError(f"{path}: {error}") from None

    def replace(self, **changes: Any) -> Self:
        """Return a copy with some options changed.

        >>> Policy().replace(mask_all_text=False).mask_all_text
        False
        """
        _check_names(changes)
        return dataclasses.replace(self, **changes)


class StoredPolicy(Policy):
    """A policy for what was redacted before, under another one.

    There an attribute may have lost what a selector compares it with. So a comparison with a
    masked value counts where it masks, and does not count where it shows. It has the options of
    a policy, and is equal to none.
    """

    @classmethod
    def over(cls, policy: Policy) -> Self:
        """Return a policy with the options of another one."""
        return cls(**{own.name: getattr(policy, own.name) for own in dataclasses.fields(policy)})


def _documented(docstring: str) -> str:
    """Put a line about each option in the place of the word ``OPTIONS``.

    >>> print(_documented("OPTIONS").splitlines()[0])
    * ``mask_all_text``: mask text and attributes wherever no rule says otherwise.
    """
    lines = (f"* ``{name}``: {option.meaning}." for name, option in OPTIONS.items())
    wrapped = (textwrap.fill(line, 92, subsequent_indent="  ") for line in lines)
    # Python 3.13 takes the indentation away, older versions leave it.
    return inspect.cleandoc(docstring).replace("OPTIONS", "\n".join(wrapped))


Policy.__doc__ = _documented(Policy.__doc__ or "")


def policy_of_no_page(policy: Policy) -> Policy:
    """Return the policy for what belongs to no page, or to one that nobody knows.

    >>> policy_of_no_page(Policy(unmask="nav", pages={"url": "/admin/**", "unmask": []})).unmask
    ()
    """
    return strictest(policies_of(policy), OPTIONS) if policy.pages else policy


def _check_names(options: Iterable[str], *without: str) -> None:
    """Raise `PolicyError` for a name that is not an option, or is one of ``without``."""
    check_names(options, OPTIONS.keys() - set(without))


def _loaded(path: Path) -> dict[str, Any]:
    """Read a TOML file, which may begin with a byte order mark."""
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(f"{path} is not a TOML file: {error}") from None
    except ValueError:
        raise PolicyError(f"{path} cannot be read: a number has too many digits") from None
    except RecursionError:
        raise PolicyError(f"{path} cannot be read: its values are nested too deep") from None


def _beside(path: Path, options: dict[str, Any]) -> dict[str, Any]:
    """Return options in which a file of words is looked for beside the file of the policy."""
    words = options.get("show_words")
    if not isinstance(words, Mapping) or not isinstance(words.get("file"), str):
        return options
    return options | {"show_words": {**words, "file": path.parent / words["file"]}}


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
