"""Crawls in several processes at once, with one report."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import click

from newsbot.children import Children, on_signals, shares
from newsbot.crawling import Job, Report
from newsbot.outcome import RunOutcome


def run_apart(
    jobs: Sequence[Job], processes: int, command: Sequence[str], options: Sequence[str]
) -> list[Report]:
    """Crawl the jobs in so many processes; those that ask the same hosts in the same one. Reports in the jobs' order.

    SIGTERM and Ctrl-C let all of them finish the pages in hand.
    """
    by_label = {job.label: job for job in jobs}
    parts = shares(list(by_label), lambda label: by_label[label].hosts, processes)
    found = asyncio.run(_crawl_all([_arguments(by_label, part) for part in parts], command, options))
    reports = {each["source"]: _report(each) for each in found}
    return [reports.get(label, Report(label=label, detail="no report of it came")) for label in by_label]


def _arguments(jobs: dict[str, Job], labels: Sequence[str]) -> list[str]:
    """What is crawled, as it is written on the command line."""
    return [word for label in labels for word in jobs[label].arguments.get("url", label).split()]


async def _crawl_all(
    parts: Sequence[Sequence[str]], command: Sequence[str], options: Sequence[str]
) -> list[dict[str, Any]]:
    say: Callable[[str], None] = lambda line: click.echo(line, err=True)  # noqa: E731
    children = Children(command, say)
    on_signals(children.stop)
    done = await asyncio.gather(*(children.crawl(part, options) for part in parts))
    return [report for reports in done for report in reports]


def _report(each: dict[str, Any]) -> Report:
    known = each["outcome"] in tuple(RunOutcome)
    return Report(
        label=each["source"],
        outcome=RunOutcome(each["outcome"]) if known else RunOutcome.FAILED,
        detail=each["detail"],
        counts=each["counts"],
        seconds=each["seconds"],
    )
