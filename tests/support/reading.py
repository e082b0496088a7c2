"""Messages understood in this process: for walks that are about everything but the children."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from intake.isolation import Failure, Reader, Result, UnderstoodMessage
from intake.understanding.mime.limits import Unreadable
from intake.understanding.understand import understand
from storage.archive import Archive
from storage.domain.programme import Programme


@dataclass(frozen=True)
class HereReader(Reader):
    """Reads as a child would, without its limits."""

    programmes: Sequence[Programme]
    archive: Archive

    def read(
        self, raws: Sequence[tuple[bytes, str | None]], *, heads: Collection[int] = ()
    ) -> list[Result]:
        return [self._read(raw, slug, n in heads) for n, (raw, slug) in enumerate(raws)]

    def _read(self, raw: bytes, slug: str | None, is_head: bool) -> Result:
        fallback = next((p for p in self.programmes if p.slug == slug), None)
        try:
            told = understand(raw, programmes=self.programmes, fallback=fallback, is_head=is_head)
        except Unreadable as refused:
            return Failure(refused.reason)
        self.archive.put_all(told.files)
        return UnderstoodMessage(told.programme, told.understanding)

    def close(self) -> None:
        """There are no children."""
