"""Configurations as text, for tests that write files of their own."""

from pathlib import Path

GRANT = """\
[programmes.ace]
name = "ACE 2021"
kind = "grant"
inbox = "ace@leadership.nhs.example"
team = "The ACE team"
reference_prefix = "ACE"

[programmes.ace.person]
name = "Rosalind Okoro"
email = "rosalind.okoro@leadership.nhs.example"

[programmes.ace.round]
key = "2021"
opens_at = 2021-07-05T09:00:00
closes_at = 2021-08-20T17:00:00

[[programmes.ace.areas]]
key = "north"
name = "The North"
places = ["Tottenham"]

[[programmes.ace.areas]]
key = "south"
name = "The South"
places = ["Brixton"]
"""
"""A small grant programme of two areas, without mailbox and transport."""

COHORT = """\
[programmes.surrey500]
name = "Surrey 500"
kind = "cohort"
inbox = "surrey500@heartlands.nhs.example"
team = "The Surrey 500 team"
reference_prefix = "S500"
places = 500

[programmes.surrey500.person]
name = "Winifred Asante"
email = "winifred.asante@heartlands.nhs.example"

[programmes.surrey500.round]
key = "2019"
opens_at = 2019-03-01T09:00:00
closes_at = 2019-05-23T09:00:00
"""
"""A small cohort programme without areas, cohorts, mailbox and transport."""


def servers(slug: str, *, imap_port: int, smtp_port: int, password: str = "secret") -> str:
    """The mailbox and transport of a programme on this machine, in plain text."""
    return f"""
[programmes.{slug}.mailbox]
host = "127.0.0.1"
port = {imap_port}
security = "plain"
password = "{password}"

[programmes.{slug}.transport]
host = "127.0.0.1"
port = {smtp_port}
security = "plain"
"""


def write_configuration(folder: Path, text: str) -> Path:
    """`text` as `config.toml` in `folder`."""
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path
