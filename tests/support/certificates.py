"""A certificate authority made for one test run, and certificates it vouches for."""

import ssl
from dataclasses import dataclass
from pathlib import Path

import trustme


@dataclass(frozen=True)
class Certificate:
    """PEM files of a server: its chain and its key, and the authority that vouches for it."""

    chain: Path
    key: Path
    cafile: Path

    def server_context(self) -> ssl.SSLContext:
        """A context a test server can listen with."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.chain, self.key)
        return context


def make_certificate(folder: Path, *names: str) -> Certificate:
    """A certificate for `names` (host names, addresses) by a new authority, as PEM files."""
    authority = trustme.CA()
    issued = authority.issue_cert(*names)
    folder.mkdir(parents=True, exist_ok=True)
    files = Certificate(folder / "chain.pem", folder / "key.pem", folder / "authority.pem")
    for place, blob in enumerate(issued.cert_chain_pems):
        blob.write_to_path(files.chain, append=place > 0)
    issued.private_key_pem.write_to_path(files.key)
    authority.cert_pem.write_to_path(files.cafile)
    return files
