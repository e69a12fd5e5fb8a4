"""What every bench uses: a stopwatch that takes the median of several runs, and bars that say which ratio was asked for."""

import contextlib
import gc
import os
import pathlib
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections
from psycopg import sql

from wbl.local import bench


def database_cpu() -> float:
    """Processor seconds so far of the PostgreSQL process behind this process's connection (the server is on this machine)."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        (pid,) = cursor.fetchone()
    return cpu_of(pid)


def cpu_of(pid: int) -> float:
    """Processor seconds of another process of this machine so far (its first thread, which is all a PostgreSQL process has)."""
    return int(pathlib.Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def tree_cpu(pid: int) -> float:
    """Processor seconds so far of a process, its children and those of them that ended: of a PostgreSQL server, all of it."""
    ticks = 0
    for one in (pid, *map(int, pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split())):
        with contextlib.suppress(FileNotFoundError):  # ended meanwhile: its time is its parent's by now
            fields = pathlib.Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def own_cpu() -> float:
    """Processor seconds of this process and of its children that ended."""
    return sum(os.times()[:4])


def most_memory() -> float:
    """The most memory that this process ever held, in MB."""
    found = re.search(r"VmHWM:\s+(\d+) kB", pathlib.Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


@dataclass(frozen=True)
class Took:
    """`wall` and `cpu` in seconds (of this process), and what the function returned."""

    wall: float
    cpu: float
    result: Any = None


def took(work: Callable[[], Any], *, times: int = 1) -> Took:
    """The median of `times` runs by wall time; `cpu` is the median of theirs."""
    runs = []
    for _ in range(times):
        gc.collect()
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        runs.append(Took(time.perf_counter() - wall, time.process_time() - cpu, result))
    middle = sorted(runs, key=lambda run: run.wall)[len(runs) // 2]
    return Took(middle.wall, median(run.cpu for run in runs), middle.result)


def in_turn(*works: Callable[[], Any], times: int = 9) -> list[Took]:
    """`took` of each, one after the other and again: what else the machine does hits all alike."""
    runs = [[took(work) for work in works] for _ in range(times)]
    return [
        Took(median(run[n].wall for run in runs), median(run[n].cpu for run in runs), runs[-1][n].result)
        for n in range(len(works))
    ]


def both_cpu(work: Callable[[], Any]) -> float:
    """Processor seconds of this process and of its PostgreSQL process together."""
    before = database_cpu()
    return took(work).cpu + database_cpu() - before


def copied(name: str, *, fresh: bool) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Copy this database as it is now (unless `fresh` is false: then a run before has left the copy), and give what makes
    a piece of work run on the copy, over a connection that stays open like the other."""
    assert bench.running
    connection.close()
    if fresh:
        twin, this = sql.Identifier(name), sql.Identifier(bench.running.database)
        with psycopg.connect(bench.running.postgres.url("postgres"), autocommit=True) as admin:
            admin.execute(sql.SQL("drop database if exists {} with (force)").format(twin))
            admin.execute(sql.SQL("create database {} template {}").format(twin, this))
    here = connections[DEFAULT_DB_ALIAS]
    there = connections.create_connection(DEFAULT_DB_ALIAS)
    there.settings_dict = {**there.settings_dict, "NAME": name}

    def on_the_copy(work: Callable[[], Any]) -> Callable[[], Any]:
        def run() -> Any:
            connections[DEFAULT_DB_ALIAS] = there
            try:
                return work()
            finally:
                connections[DEFAULT_DB_ALIAS] = here

        return run

    return on_the_copy


def analyze() -> None:
    """Tell the planner what was loaded, as the autovacuum of a real server would in a minute."""
    with psycopg.connect(settings.DATABASE_OWNER_URL, autocommit=True) as owner:
        owner.execute("analyze")


@dataclass
class Bars:
    """Collects ratios beside their bars; `finish()` prints the table and ends with 1 if one was missed."""

    title: str
    lines: list[tuple[str, str, str, bool | None]] = field(default_factory=list)

    def note(self, what: str, value: str) -> None:
        """A number without a bar: the baseline's own, or what dominates."""
        self.lines.append((what, value, "", None))

    def at_least(self, what: str, value: float, bar: float, unit: str = "×") -> None:
        self.lines.append((what, f"{value:.2f}{unit}", f"≥ {bar:g}{unit}", value >= bar))

    def at_most(self, what: str, value: float, bar: float, unit: str = "×") -> None:
        self.lines.append((what, f"{value:.2f}{unit}", f"≤ {bar:g}{unit}", value <= bar))

    def finish(self) -> None:
        print(f"\n{self.title}")
        wide = max(len(line[0]) for line in self.lines)
        for what, value, bar, kept in self.lines:
            word = {True: "kept", False: "MISSED", None: ""}[kept]
            print(f"  {what:<{wide}}  {value:>16}  {bar:>10}  {word}".rstrip())
        sys.exit(1 if any(kept is False for *_, kept in self.lines) else 0)
