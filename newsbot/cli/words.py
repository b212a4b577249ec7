"""A command that takes words of a query, of which some begin with a hyphen."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

LEFT_OUT = re.compile(r"-([^\W\d_][^\s\":-]*(?:\s+[^\s\":-][^\s\":]*)+)")
OPTION_LIKE = re.compile(r"--[a-z]")


class QueryCommand(click.Command):
    """A command in whose arguments only its own options, written in full, are options: -health is a word left out.

    What begins with two hyphens and a letter is taken for an option that was mistyped, unless it stands after --.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options first, then the words, so that none of them is read as options."""
        options, words = parted(args, self._takers(ctx))
        return super().parse_args(ctx, [*options, *(["--", *words] if words else [])])

    def _takers(self, ctx: click.Context) -> dict[str, bool]:
        """The names of all options, and whether each takes a value."""
        return {
            name: not (option.is_flag or option.count)
            for option in self.get_params(ctx)
            if isinstance(option, click.Option)
            for name in (*option.opts, *option.secondary_opts)
        }


def parted(args: list[str], takers: dict[str, bool]) -> tuple[list[str], list[str]]:
    """Options with their values, and words; an option whose value is missing stands alone, to be refused.

    >>> parted(["stem", "-health", "--limit", "3", "-h", "--", "--x"], {"--limit": True, "-h": False})
    (['--limit', '3', '-h'], ['stem', '-health', '--x'])
    """
    options: list[str] = []
    words: list[str] = []
    rest = iter(args)
    for word in rest:
        name, equals, _ = word.partition("=")
        if word == "--":
            words += rest
        elif word in takers:
            options.append(word)
            if takers[word]:
                value = next(rest, None)
                if value is None:
                    return options, []
                options.append(value)
        elif (equals and name.startswith("--") and name in takers) or OPTION_LIKE.match(word):
            options.append(word)
        else:
            words.append(word)
    return options, words


def joined(words: Sequence[str]) -> str:
    """The words as one query. One of several that is left out and has spaces stood between quotes that the shell took.

    >>> joined(["recall", "-health care"]), joined(["-health care"])
    ('recall -"health care"', '-health care')
    """
    if len(words) > 1:
        words = [LEFT_OUT.sub(r'-"\1"', word) if LEFT_OUT.fullmatch(word) else word for word in words]
    return " ".join(words)
