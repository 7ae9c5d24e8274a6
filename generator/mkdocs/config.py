"""The configuration of MkDocs for a dossier, and the problems with it."""

import io
import logging
import os
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import yaml

# Without this, Material prints a banner about MkDocs 2, which this project does not use.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
# MkDocs writes the time of the build into files; two builds of the same input are to be the same.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from generator.mkdocs.context import capture_logs
from generator.mkdocs.plugin import with_plugin
from generator.mkdocs.settings import SiteError, config_text
from generator.support.config_text import CONFIG
from generator.support.problems import Problem, SourcePosition


def read_config(
    root: Path, title: str, site: Path | None = None, private_docs: Path | None = None
) -> MkDocsConfig:
    """The MkDocs configuration of a dossier; one of our own where it has none.

    With a folder of private pages, those are built instead, and the theme says so on each.

    Raises:
        SiteError: if it cannot be used.
    """
    # MkDocs would read a device, or a file outside the dossier.
    config_text(root)
    has_config = (root / CONFIG).exists()
    # MkDocs takes a relative path as relative to the configuration.
    overrides = {"site_dir": str(site.resolve())} if site else {}
    overrides |= {"docs_dir": str(private_docs.resolve())} if private_docs else {}
    with capture_logs(logging.WARNING) as logs:
        try:
            config = load_config(
                config_file=str(root / CONFIG) if has_config else _default(root, title), **overrides
            )
        except RecursionError:
            raise SiteError([config_problem("it is nested too deeply")]) from None
        except (MkDocsException, yaml.YAMLError, OSError, ValueError) as error:
            # Invalid addresses and texts in other encodings are a `ValueError`.
            messages = [message for _, message in logs] or [str(error)]
            raise SiteError([config_problem(message) for message in messages]) from None
    problems = list(_unfit(config))
    if problems:
        raise SiteError(problems)
    if private_docs:
        config.extra["edition"] = "private"
    return with_plugin(config)


def _default(root: Path, title: str) -> io.BytesIO:
    text = files("generator.mkdocs").joinpath("default.yml").read_text("utf-8")
    head = yaml.safe_dump(
        {"site_name": title, "docs_dir": str((root / "docs").resolve())}, allow_unicode=True
    )
    url = os.environ.get("SITE_URL")
    stream = io.BytesIO(f"{head}{f'site_url: {url}' if url else ''}\n{text}".encode())
    stream.name = str(root / CONFIG)
    return stream


def _unfit(config: MkDocsConfig) -> Iterator[Problem]:
    """Settings with which generated pages would not work."""
    if not config.use_directory_urls:
        hint = "delete the line: links in HTML rely on it"
        yield config_problem("use_directory_urls is off")._replace(value="false", hint=hint)
    if "tables" not in config.markdown_extensions:
        hint = "add tables to markdown_extensions"
        yield config_problem("no Markdown extension 'tables'")._replace(hint=hint)


def config_problem(message: str) -> Problem:
    """A message of MkDocs about the configuration, at the line that it names."""
    line = re.search(r"line (\d+)", message)
    return Problem(
        SourcePosition(CONFIG, int(line[1]) if line else 1), "mkdocs-config", " ".join(message.split())
    )
