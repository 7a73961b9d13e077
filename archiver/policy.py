"""Policy: what of a post is shown once its platform has it no more, as its user decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from archiver.platforms import BY_NAME

Action = Literal["keep", "redact-text", "notice-only"]
"""What is shown of a post that was found deleted: all that the archive holds; who, when and where, but no words and no
pictures; nothing but that a post stood there."""

ACTIONS: tuple[Action, ...] = get_args(Action)

GONE = frozenset({"gone", "deleted", "account-gone"})
"""What the status of a post is that its platform has no more."""


class PolicyError(ValueError):
    """A policy that cannot be followed, and why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """What is done about deleted posts of a platform, of these accounts (ids, as `twitter:adaquill`), or of those that
    are named public figures; what is None is anybody's."""

    deleted: Action
    platform: str | None = None
    authors: frozenset[str] | None = None
    public_figure: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """What is done about deleted posts: the first of the rules that fits decides, `deleted` where none does."""

    deleted: Action = "keep"
    rules: tuple[Rule, ...] = ()
    public_figures: frozenset[str] = frozenset()

    def action(self, platform: str, author: str | None, status: str | None) -> Action:
        """What is done about a post of an account (its id, None where it is not known).

        What is redacted is so whatever the policy.

        >>> policy = Policy(deleted="redact-text", rules=(Rule(platform="twitter", deleted="notice-only"),))
        >>> [policy.action("twitter", None, status) for status in (None, "gone", "redacted")]
        ['keep', 'notice-only', 'notice-only']
        """
        if status == "redacted":
            return "notice-only"
        if status not in GONE:
            return "keep"
        return next((rule.deleted for rule in self.rules if self._fits(rule, platform, author)), self.deleted)

    def _fits(self, rule: Rule, platform: str, author: str | None) -> bool:
        return (
            rule.platform in {None, platform}
            and (rule.authors is None or author in rule.authors)
            and rule.public_figure in {None, author in self.public_figures}
        )


def read_policy(table: Any) -> Policy:
    """The policy that the table `[policy]` of archiver.toml states. Raises PolicyError where it is wrong."""
    if not isinstance(table, dict):
        raise PolicyError("policy is a table, as in [policy]")
    _check_keys("[policy]", table, "deleted", "public-figures", "rules")
    rules = table.get("rules", [])
    if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
        raise PolicyError("the rules of [policy] are tables, as in [[policy.rules]]")
    return Policy(
        deleted=_action("[policy]", table.get("deleted", "keep")),
        public_figures=_accounts("public-figures in [policy]", table.get("public-figures", [])),
        rules=tuple(map(_rule, rules)),
    )


def _rule(table: Mapping[str, Any]) -> Rule:
    where = "[[policy.rules]]"
    _check_keys(where, table, "deleted", "platform", "authors", "public-figure")
    if "deleted" not in table or len(table) < 2:
        raise PolicyError(f"each of {where} needs deleted, and platform, authors or public-figure")
    platform, figure = table.get("platform"), table.get("public-figure")
    if platform is not None and (not isinstance(platform, str) or platform not in BY_NAME):
        raise PolicyError(f"platform in {where} is one that `archiver platforms` lists, not {platform!r}")
    if figure is not None and not isinstance(figure, bool):
        raise PolicyError(f"public-figure in {where} takes true or false, not {figure!r}")
    authors = _accounts(f"authors in {where}", table["authors"]) if "authors" in table else None
    return Rule(deleted=_action(where, table["deleted"]), platform=platform, authors=authors, public_figure=figure)


def _check_keys(where: str, table: Mapping[str, Any], *known: str) -> None:
    if unknown := sorted(table.keys() - set(known)):
        raise PolicyError(f"{where} has no {unknown[0]}; it has {', '.join(known)}")


def _action(where: str, value: Any) -> Action:
    if value not in ACTIONS:
        raise PolicyError(f"deleted in {where} takes {', '.join(ACTIONS)}, not {value!r}")
    return value  # type: ignore[no-any-return]


def _accounts(where: str, value: Any) -> frozenset[str]:
    if not isinstance(value, list):
        raise PolicyError(f'{where} takes a list, as in ["twitter:adaquill"], not {value!r}')
    for one in value:
        platform, _, handle = one.partition(":") if isinstance(one, str) else ("", "", "")
        if platform not in BY_NAME or not handle or handle.startswith("@"):
            raise PolicyError(f"{where}: {one!r} is not written as the archive does, platform:handle, twitter:adaquill")
    return frozenset(one.lower() for one in value)
