"""The command `dossier`: turns arguments into calls of the core, and results into lines. It has no logic of its own.

Each command imports the core when it is called, so a build with nothing to do ends before the core is loaded.
"""

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import click

from generator import __version__
from generator.export import FORMATS
from generator.state.cache import Cache
from generator.state.uptodate import SITES, UpToDateCheck
from generator.support.files import write_whole
from generator.support.problems import Problem, Refused

if TYPE_CHECKING:
    from generator.verify import Verified

FOLDER = click.Path(file_okay=False, path_type=Path)


class Call(NamedTuple):
    """The options before the command."""

    root: Path
    originals: tuple[Path, ...]
    quiet: bool
    # Receives the result of a command. A program keeps it alive until it ends; other callers drop it.
    keep_alive: Callable[[object], None]

    def tell(self, line: str) -> None:
        """Shows a line of progress, unless `--quiet` is given."""
        if not self.quiet:
            click.echo(line, err=True)


# Thresholds of the cyclic garbage collector. A small change never reaches a collection, which would take a twentieth of
# its time.
_GC_THRESHOLDS = (1_000_000, 20, 100)


def _reduce_gc_frequency() -> None:
    """Reduces how often Python collects garbage: a dossier is many small values that live as long as the program.

    With Python's defaults, collections would take a third of the time. Code that works in parallel raises the frequency
    again to save memory. No callbacks of `gc` may be used: an interruption inside one would be lost.
    """
    gc.set_threshold(*_GC_THRESHOLDS)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dossier")
@click.option(
    "-C",
    "root",
    type=FOLDER,
    default=Path(),
    help="The dossier's folder, which contains seeds/ (default: the current one).",
)
@click.option("--originals", type=FOLDER, multiple=True, help="A folder with full texts; can be repeated.")
@click.option("-q", "--quiet", is_flag=True, help="Show only problems.")
@click.pass_context
def main(context: click.Context, root: Path, originals: tuple[Path, ...], quiet: bool) -> None:
    """Turn a folder of articles and curated YAML into a cross-linked, searchable site."""
    _reduce_gc_frequency()
    context.obj = Call(root, originals, quiet, keep_alive=context.obj or (lambda value: None))


_untrusted = click.option(
    "--untrusted",
    is_flag=True,
    help="Refuse a configuration that may run code or read files outside the dossier, before it is loaded.",
)


@main.command()
@_untrusted
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="How to print."
)
@click.pass_obj
def check(call: Call, form: str, untrusted: bool) -> None:
    """Find all problems; write nothing."""
    _refuse_untrusted(call, untrusted, form)
    from generator import build

    checked = build.check(call.root, call.originals, call.tell)
    call.keep_alive(checked)
    _FORMS[form](checked.problems)
    errors = sum(problem.is_error for problem in checked.problems)
    if form == "text" and not call.quiet:
        warnings = len(checked.problems) - errors
        counts = (len(checked.dossier.records), "record"), (errors, "error"), (warnings, "warning")
        click.echo(", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts), err=True)
        absent = sum(
            article.original is not None and key not in checked.dossier.originals
            for key, article in checked.dossier.articles.items()
        )
        if absent and not checked.dossier.has_folders:
            what = "1 original is" if absent == 1 else f"{absent} originals are"
            folders = ", ".join(checked.dossier.folders)
            where = f"searched in {folders}" if folders else "dossier.yml names no folder"
            click.echo(f"{what} not available ({where})", err=True)
        if checked.dossier.lock is None and checked.links.backing and not errors:
            what = "run dossier verify to record the cited paragraphs, so that later changes are reported"
            click.echo(f"There is no seeds/evidence.lock: {what}", err=True)
    sys.exit(1 if errors else 0)


@main.command()
@_untrusted
@click.option("--fresh", is_flag=True, help="Ignore the cache and rebuild everything.")
@click.pass_obj
def write(call: Call, fresh: bool, untrusted: bool) -> None:
    """Write the Markdown tree into docs/."""
    _refuse_untrusted(call, untrusted)
    from generator import build

    try:
        tree = build.write(call.root, call.originals, call.tell, fresh=fresh)
    except Refused as refused:
        _refuse(refused.problems)
    call.keep_alive(tree)
    _print_lines(tree.problems)


@main.command(name="build")
@click.option(
    "--site", type=FOLDER, help="Where the site goes (default: site/ or site-private/ in the dossier)."
)
@click.option(
    "--edition",
    type=click.Choice(["public", "private"]),
    default="public",
    help="Digests, or the full texts that are available.",
)
@click.option("--check-links", is_flag=True, help="Follow every link and anchor of the finished site.")
@_untrusted
@click.option("--fresh", is_flag=True, help="Ignore the cache and rebuild everything.")
@click.pass_obj
def build_command(
    call: Call, site: Path | None, edition: str, check_links: bool, fresh: bool, untrusted: bool
) -> None:
    """Build the whole site."""
    _refuse_untrusted(call, untrusted)
    start = time.perf_counter()
    is_public = edition == "public"
    target = site or call.root / SITES[edition]
    with _exclusive(call):
        check = UpToDateCheck(call.root, target, call.originals, [check_links]) if is_public else None
        if check and not fresh and (found := check.result()):
            pages, problems = found
            _print_lines(problems)
            call.tell(f"Nothing changed in {pages} pages")
            took = time.perf_counter() - start
            call.tell(f"The site is in {target}: {pages} pages, checked in {took:.1f} s")
            return
        from generator import build

        try:
            if is_public:
                built = build.build(
                    call.root,
                    target,
                    call.originals,
                    call.tell,
                    check_links=check_links,
                    fresh=fresh,
                    up_to_date=check,
                )
            else:
                built = build.build_private(
                    call.root, target, call.originals, call.tell, check_links=check_links, fresh=fresh
                )
        except Refused as refused:
            _refuse(refused.problems)
    call.keep_alive(built)
    _print_lines(built.problems)
    call.tell(f"The site is in {built.site}: {built.pages} pages, built in {built.seconds:.1f} s")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port to listen on; 0 picks a free one.",
)
@click.option("--open", "browser", is_flag=True, help="Open the site in the browser.")
@click.pass_obj
def serve(call: Call, host: str, port: int, browser: bool) -> None:
    """Serve the site and rebuild it after each change."""
    from generator import build
    from generator.serve.live_site import LiveSite
    from generator.serve.server import free_port
    from generator.serve.server import serve as run_server

    try:
        port = free_port(host, port)
    except OSError as error:
        raise click.ClickException(f"cannot listen at {host}:{port}: {error.strerror or error}") from None
    url = f"http://{host}:{port}/"
    # Served pages must name the address at which they are served.
    os.environ["SITE_URL"] = url

    def rebuild(live: LiveSite, everything: bool, texts: bool) -> None:
        try:
            built = build.refresh(call.root, live, call.originals, everything=everything, texts=texts)
        except Refused as refused:
            _print_lines(refused.problems)
            return
        _print_lines(built.problems)
        call.tell(f"{built.pages} pages changed, {built.seconds:.1f} s: {url}")

    call.tell(f"Serving at {url}; press Ctrl-C to stop")
    run_server(call.root, host, port, rebuild, browser=browser)


@main.command()
@click.pass_obj
def verify(call: Call) -> None:
    """Check all citations and record what they say in evidence.lock."""
    from generator import verify as evidence

    try:
        verified = evidence.verify(call.root, call.originals)
    except Refused as refused:
        _refuse(refused.problems)
    _print_lines(verified.problems)
    _report_verified(call, verified)


@main.command()
@click.argument("article")
@click.pass_obj
def accept(call: Call, article: str) -> None:
    """Accept the current text of an article, or of its original."""
    from generator import verify as evidence

    try:
        compared, verified = evidence.accept(call.root, article, call.originals)
    except Refused as refused:
        _refuse(refused.problems)
    for line in compared:
        call.tell(line)
    _print_lines(verified.problems)
    _report_verified(call, verified)


@main.command()
@click.argument("folder", type=FOLDER)
@click.option("--title", help="The dossier's title (default: the folder's name).")
@click.option(
    "--generator",
    "generator",
    metavar="URL@COMMIT",
    help="The generator that the workflow installs (default: where this one was installed from).",
)
@click.pass_obj
def init(call: Call, folder: Path, title: str | None, generator: str | None) -> None:
    """Create a new dossier in an empty or new folder."""
    from generator.scaffold.origin import Origin, origin
    from generator.scaffold.scaffold import make_dossier

    try:
        known = origin() if generator is None else Origin.parse(generator)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--generator") from None
    problems = make_dossier(call.root / folder, title, known)
    if problems:
        _refuse(problems)
    if known is None:
        call.tell(
            "The origin of this generator is unknown: fill in its repository and commit in .github/workflows/site.yml"
        )
    call.tell(f"Made {folder}. Next: dossier -C {folder} serve")


@main.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write (default: standard output).",
)
@click.pass_obj
def export(call: Call, form: str, output: Path | None) -> None:
    """Export the dossier as one document, or in a format for other programs."""
    from generator import build

    try:
        checked, text = build.export(call.root, form, call.originals)
    except Refused as refused:
        _refuse(refused.problems)
    call.keep_alive(checked)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        write_whole(output, text.encode())
    except OSError as error:
        raise click.ClickException(f"cannot write {output}: {error.strerror or error}") from None
    _print_lines(checked.problems)
    call.tell(f"Wrote {output}: {text.count(chr(10))} lines")


@main.command()
@click.argument("at", metavar="ARTICLE#pN")
@click.argument("name")
@click.pass_obj
def why(call: Call, at: str, name: str) -> None:
    """Explain whom a name in a paragraph may mean and what decided it."""
    from generator.model.evidence import Locator
    from generator.why import why as explain

    try:
        locator = Locator.parse(at)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="ARTICLE#pN") from None
    try:
        lines = explain(call.root, locator, name, call.originals)
    except Refused as refused:
        _refuse(refused.problems)
    for line in lines:
        click.echo(line)


def _report_verified(call: Call, verified: "Verified") -> None:
    from generator.verify import LOCK

    if verified.read or verified.kept:
        call.tell(f"{len(verified.read)} originals read, {len(verified.kept)} not available")
    if not verified.references and not verified.changed:
        call.tell(f"Nothing is cited, so there is nothing to write into {LOCK}")
        return
    written = "written" if verified.changed else "unchanged"
    call.tell(f"{LOCK}: {verified.references} references, {verified.quotes} quotes of digests, {written}")


@contextmanager
def _exclusive(call: Call) -> Iterator[None]:
    """Holds the lock of the dossier, if there is one. An error is ignored here: the build itself reports it."""
    with ExitStack() as stack:
        with suppress(OSError):
            if (call.root / "seeds").is_dir():
                wait = partial(call.tell, "Waiting for another build of this dossier to end")
                stack.enter_context(Cache(call.root).lock(wait))
        yield


def _print_lines(problems: Iterable[Problem]) -> None:
    for problem in problems:
        click.echo(str(problem))


def _print_json(problems: Iterable[Problem]) -> None:
    click.echo(json.dumps([problem.as_dict() for problem in problems], ensure_ascii=False, indent=2))


def _print_github(problems: Iterable[Problem]) -> None:
    for problem in problems:
        click.echo(problem.as_github())


_FORMS: dict[str, Callable[[Iterable[Problem]], None]] = {
    "text": _print_lines,
    "json": _print_json,
    "github": _print_github,
}


def _refuse_untrusted(call: Call, untrusted: bool, form: str = "text") -> None:
    """Exits with the problems of an untrusted configuration, if `--untrusted` is given."""
    if not untrusted:
        return
    from generator.mkdocs.untrusted import untrusted as find

    if problems := find(call.root):
        _FORMS[form](problems)
        sys.exit(1)


def _refuse(problems: Iterable[Problem]) -> NoReturn:
    _print_lines(problems)
    sys.exit(1)
