"""Which crawls may run at once, and how they are shared out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from newsbot.catalogue import Catalogue, Source
from newsbot.jobs import Job, hosts_meet, shared_out, startable
from newsbot.scheduling import Plan

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def job(name: str, *hosts: str) -> Job:
    return Job(label=name, spider="site", arguments={"source": name}, hosts=hosts)


def catalogue(**hosts: str) -> Catalogue:
    return Catalogue(
        {
            name: Source(
                name=name,
                title=name,
                kind=None,
                language=None,
                country=None,
                zone=None,
                allowed_hosts=(host,),
            )
            for name, host in hosts.items()
        }
    )


def test_hosts_below_one_are_the_same_site() -> None:
    assert hosts_meet(["a.test"], ["b.test", "www.a.test"])
    assert hosts_meet(["www.a.test"], ["a.test"])
    assert not hosts_meet(["a.test"], ["ba.test"])
    assert not hosts_meet([], ["a.test"])


def test_a_third_one_that_meets_two_brings_them_together() -> None:
    jobs = [
        job("one", "a.test"),
        job("two", "b.test"),
        job("three", "a.test", "b.test"),
        job("four", "c.test"),
    ]
    shares = shared_out(jobs, 5)
    assert sorted(sorted(each.label for each in share) for share in shares) == [
        ["four"],
        ["one", "three", "two"],
    ]


@given(
    st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=3, unique=True), max_size=20), st.integers(1, 5)
)
def test_every_job_is_in_one_share_and_no_host_in_two(hosts: list[list[str]], processes: int) -> None:
    jobs = [job(str(number), *(f"{host}.test" for host in each)) for number, each in enumerate(hosts)]
    shares = shared_out(jobs, processes)
    assert sorted(int(each.label) for share in shares for each in share) == list(range(len(jobs)))
    assert len(shares) <= processes
    asked = [{host for each in share for host in each.hosts} for share in shares]
    assert all(not one & other for number, one in enumerate(asked) for other in asked[:number])


def plan(source: str, hours: float, *, running: bool = False) -> Plan:
    due = NOW - timedelta(hours=hours)
    return Plan(source=source, due=due, pace=timedelta(hours=6), reason="", running=running)


def test_what_is_due_starts_unless_its_host_is_being_asked() -> None:
    known = catalogue(one="a.test", two="www.a.test", three="b.test", four="c.test")
    plans = [plan("one", 1, running=True), plan("two", 1), plan("three", 1), plan("four", -1)]
    assert [each.source for each in startable(plans, known, NOW)] == ["three"]
