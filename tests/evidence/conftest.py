"""The number of damages that were tried, told at the end of a run."""

from collections import Counter

from _pytest.terminal import TerminalReporter


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    tried: Counter[str] = Counter()
    for report in terminalreporter.getreports("passed"):
        for name, count in report.user_properties:
            if name.startswith("tried: "):
                tried[name.removeprefix("tried: ")] += int(str(count))
    if tried:
        terminalreporter.section("damages tried, each reported at its place")
        for name, count in sorted(tried.items()):
            terminalreporter.write_line(f"{count:6} {name}")
        terminalreporter.write_line(f"{tried.total():6} in all")
