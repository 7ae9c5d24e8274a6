"""Build speed, compared with other generators that build the same Markdown: `python -m bench.build`.

Makes an invented dossier, writes its Markdown once, and lets each generator build it, in turns. Prints a table for
each size, and which goals are met. Other generators come from the dependency group `bench` and from npm.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from bench.invent import write_dossier
from bench.measure import Run
from bench.others import KNOWN, versions
from bench.ours import Ours
from bench.steps import Side
from bench.table import Goal, Row, goals, growth, growth_goal, table

_CONFIG = Path(__file__).parents[1] / "generator" / "mkdocs" / "default.yml"
_DEFAULT_PEERS = ("hugo", "zensical", "eleventy", "mkdocs")
# From this number of articles on, each peer runs once by default.
_BIG = 5_000


def main() -> None:
    """Measures, and prints the tables."""
    options = parse(sys.argv[1:])
    # On SIGTERM as well, end the processes that were started and remove the files that were written.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    room = Path(options.work or tempfile.mkdtemp(prefix="bench-build-"))
    print(f"{versions()}; {os.cpu_count()} processors; a run may take {options.limit:g} s", flush=True)
    measured: dict[int, list[Row]] = {}
    try:
        for size in options.sizes:
            measured[size] = of_size(size, room / str(size), options)
            print(f"\n{size:,} articles\n\n{table(measured[size])}\n", flush=True)
            if not options.no_ours:
                _print_goals(list(goals(measured[size])))
    finally:
        if not options.keep:
            shutil.rmtree(room, ignore_errors=True)
    if len(measured) > 1:
        found = list(growth(measured))
        print(f"\nCost a page, {max(measured):,} articles to {min(measured):,}: by the clock, by CPU seconds")
        for name, seconds, cpu in found:
            print(f"{name:40}{seconds:8.2f}{cpu:8.2f}")
        if not options.no_ours:
            _print_goals([growth_goal(found)])


def parse(arguments: Sequence[str]) -> Namespace:
    """The options. Exits with status 2 if they are not valid."""
    parser = ArgumentParser(prog="python -m bench.build", description="Measure how fast sites are built.")
    parser.add_argument(
        "--sizes", type=_sizes, default=(1_000,), metavar="N,N", help="how many articles (default: 1000)"
    )
    parser.add_argument("--runs", type=_positive, default=3, metavar="N", help="of ours (default: 3)")
    parser.add_argument(
        "--peer-runs",
        type=_positive,
        metavar="N",
        help=f"of each peer (default: as of ours; 1 from {_BIG:,} articles on)",
    )
    parser.add_argument(
        "--peers",
        type=_several(tuple(KNOWN)),
        default=_DEFAULT_PEERS,
        metavar="NAME,NAME",
        help=f"of {', '.join(KNOWN)}; or all, or none (default: all but material)",
    )
    parser.add_argument(
        "--changes",
        type=_several(Ours.CHANGES),
        default=Ours.CHANGES,
        metavar="NAME,NAME",
        help=f"the changes after which ours is built again: of {', '.join(Ours.CHANGES)}; or all; or none, and ours is "
        "not built from the seeds at all (default: all)",
    )
    parser.add_argument("--no-ours", action="store_true", help="measure only peers")
    parser.add_argument(
        "--limit", type=_positive, default=900, metavar="SECONDS", help="for a run (default: 900)"
    )
    parser.add_argument("--work", metavar="DIR", help="the working folder (default: a temporary one)")
    parser.add_argument(
        "--keep",
        action="store_true",
        help="keep the dossier and its Markdown in --work, and reuse those that are there",
    )
    options = parser.parse_args(arguments)
    if options.keep and not options.work:
        parser.error("--keep needs --work")
    return options


def of_size(size: int, room: Path, options: Namespace) -> list[Row]:
    """The rows of one size. All sides run in turns: each once, then each again."""
    dossier, found = room / "dossier", room / "found.pickle"
    if not found.is_file():
        _tell(f"Writing the Markdown of {size:,} articles")
        _invent(dossier, found, size)
    with tempfile.TemporaryDirectory(dir=room, prefix="sides-") as name:
        scratch = Path(name)
        rows: list[Row] = []
        entrants: list[tuple[Side, int]] = []
        if not options.no_ours:
            (scratch / "ours").mkdir()
            ours = Ours(dossier, found, scratch / "ours").side(options.changes)
            entrants.append((ours, options.runs))
        peer_runs = options.peer_runs or (1 if size >= _BIG else options.runs)
        for peer in options.peers:
            try:
                entrants.append((KNOWN[peer](dossier, scratch / peer), peer_runs))
            except FileNotFoundError as error:
                rows.append(Row(peer, (Run(0, 0, 0, str(error)),), 0))
        return [*in_turns(entrants, options.limit), *rows]


def in_turns(entrants: Sequence[tuple[Side, int]], limit: float) -> list[Row]:
    """Runs the steps of each side in order, round after round; each side comes with its number of rounds."""
    steps = [step for side, _ in entrants for step in side.steps]
    runs: dict[str, list[Run]] = {step.row: [] for step in steps}
    pages = dict.fromkeys(runs, 0)
    for number in range(1, max((times for _, times in entrants), default=0) + 1):
        for side, times in entrants:
            for step in side.steps if number <= times else ():
                before = runs[step.after][-1] if step.after else None
                if before and before.fault:
                    run = Run(0, 0, 0, f"not run: {step.after} has failed")
                else:
                    run = step.run(number, limit)
                    pages[step.row] = step.pages()
                if before and step.adds:
                    run = before + run
                runs[step.row].append(run)
                _tell_run(number, step.row, run)
    return [Row(step.row, tuple(runs[step.row]), pages[step.row], step.cold) for step in steps]


def _invent(dossier: Path, found: Path, size: int) -> None:
    """Writes a dossier, its Markdown tree, and last the input of its search, which shows that all is complete."""
    write_dossier(dossier, size)
    (dossier / "docs").mkdir(exist_ok=True)
    (dossier / "mkdocs.yml").write_text(f"site_name: Benchmark\n{_CONFIG.read_text('utf-8')}", "utf-8")
    command = [sys.executable, "-m", "bench.stages", "prepare", str(dossier), str(found)]
    subprocess.run(command, check=True)  # noqa: S603 - our own words, and no shell


def _print_goals(found: Sequence[Goal]) -> None:
    for goal in found:
        print(goal)
    sys.stdout.flush()


def _tell_run(number: int, row: str, run: Run) -> None:
    figures = run.fault or f"{run.seconds:.1f} s, {run.cpu:.1f} CPU seconds, {run.peak / 1e6:,.0f} MB"
    _tell(f"{number}. {row}: {figures}")


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _positive(value: str) -> int:
    with suppress(ValueError):
        if (number := int(value)) > 0:
            return number
    raise ArgumentTypeError(f"{value!r} is not a whole number above 0")


def _sizes(value: str) -> tuple[int, ...]:
    return tuple(sorted({_positive(part) for part in value.split(",")}))


def _several(known: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    def parsed(value: str) -> tuple[str, ...]:
        if value in ("all", "none"):
            return tuple(known) if value == "all" else ()
        names = value.split(",")
        if unknown := [name for name in names if name not in known]:
            raise ArgumentTypeError(f"{unknown[0]!r} is not one of {', '.join(known)}")
        return tuple(name for name in known if name in names)

    return parsed


if __name__ == "__main__":
    main()
