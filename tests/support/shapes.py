"""What the tracked files may look like: sizes, hosts, addresses, paths."""

import ast
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

LONGEST_MODULE = 300
LONGEST_FUNCTION = 40

RESERVED = (".example", ".test", ".invalid", "localhost")
"""Names that belong to nobody (RFC 2606, RFC 6761)."""

VOCABULARIES = {
    *("www.w3.org", "schemas.openxmlformats.org", "schemas.microsoft.com"),
    *("purl.oclc.org", "openoffice.org"),
}
DOCUMENTS = {"semver.org", "keepachangelog.com", "toml.io", "www.rfc-editor.org"}
PROVIDERS = {
    *("login.microsoftonline.com", "outlook.office.com", "outlook.office365.com"),
    "graph.microsoft.com",
    *("accounts.google.com", "oauth2.googleapis.com", "mail.google.com"),
}
KNOWN_HOSTS = frozenset(VOCABULARIES | DOCUMENTS | PROVIDERS)
"""Hosts that stand in markup or in a document, and those who give access tokens and mail; only the
last are ever called, where an admin has named them as the provider."""

MACHINE_PATH = re.compile(r"(?<![\w.\-/])/(?:work|home|root|Users|mnt)/[\w.\-]+")
URL = re.compile(r"\bhttps?://[^\s\"'<>`)\]}\\]+")
ADDRESS = re.compile(r"(?<![\w.+%=/-])[A-Za-z0-9][\w.+-]*@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})\b")
INDEX = re.compile(r"--(?:extra-)?[i]ndex-url|--[f]ind-links|[p]ythonhosted|/[s]imple\b")
MOBILE = re.compile(r"(?<![\d+])(?:\+44\s?|0)7\d{3}\s?\d{3}\s?\d{3}(?!\d)")
DRAMA_MOBILE = re.compile(r"(?:\+44|0)7700900\d{3}")
SOFT_BREAK = re.compile(r"=\r?\n")
"""Where quoted-printable breaks a line (RFC 2045 section 6.7)."""

FINGERPRINT = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def tracked_files(folder: Path) -> list[Path]:
    """The files under version control, relative to `folder`, without those deleted since."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=folder, capture_output=True, check=True, text=True
    )
    paths = (Path(name) for name in listed.stdout.split("\0") if name)
    return [path for path in paths if (folder / path).is_file()]


def overlong(source: str) -> list[str]:
    """What of a module is longer than a reader holds in mind."""
    lines = source.count("\n")
    told = [f"{lines} lines"] if lines > LONGEST_MODULE else []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = _length(node)
            if length > LONGEST_FUNCTION:
                told.append(f"{node.name}: {length} lines")
    return told


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of what a function does: without its signature and its docstring."""
    has_docstring = ast.get_docstring(function) is not None
    body = function.body[1:] if has_docstring else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def foreign_hosts(text: str) -> list[str]:
    """URLs in `text` whose host is somebody's."""
    return [url for url in URL.findall(text) if not _is_nobodys(_host(url))]


def foreign_addresses(text: str) -> list[str]:
    """Mail addresses in `text` that could be somebody's."""
    return [match[0] for match in ADDRESS.finditer(text) if not _is_nobodys(match[1])]


def foreign_mobiles(text: str) -> list[str]:
    """British mobile numbers in `text` that Ofcom does not keep for drama."""
    numbers = [re.sub(r"\s", "", number) for number in MOBILE.findall(text)]
    return [number for number in numbers if not DRAMA_MOBILE.fullmatch(number)]


def traces(text: str) -> list[str]:
    """Paths of a developer's machine and package indexes that `text` names."""
    return MACHINE_PATH.findall(text) + INDEX.findall(FINGERPRINT.sub("", text))


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is_nobodys(host: str) -> bool:
    is_local = "." not in host or bool(re.fullmatch(r"[\d.]+", host))
    return is_local or host.lower().endswith(RESERVED) or host in KNOWN_HOSTS


def readable(folder: Path, paths: Iterable[Path]) -> list[tuple[Path, str]]:
    """The paths that hold text, each with it."""
    found = []
    for path in paths:
        raw = (folder / path).read_bytes()
        if b"\0" not in raw:
            text = raw.decode("utf-8", errors="replace")
            found.append((path, SOFT_BREAK.sub("", text) if path.suffix == ".eml" else text))
    return found
