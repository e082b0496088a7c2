"""Verbs over the settings and templates as they were last seen: what changed since is written
down, by its names."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from storage import events
from storage.settings_rows import SettingsSeenRow
from storage.upserts import insert_into

ACTOR = "configuration"
"""Nobody can say who edits a file: the file is what speaks."""


def note(
    session: Session,
    scope: str,
    digests: Mapping[str, str],
    *,
    what: str,
    now: datetime,
    programme: str | None = None,
) -> tuple[str, ...]:
    """See what stands in a scope now, by name. What changed since it was last seen is returned, and
    stands in the history as `what`. The first time nothing has changed."""
    row = session.exec(select(SettingsSeenRow).where(col(SettingsSeenRow.scope) == scope)).first()
    before = json.loads(row.digests) if row is not None else None
    if before == digests:
        return ()
    values = {"scope": scope, "digests": json.dumps(dict(digests), sort_keys=True), "at": now}
    statement = insert_into(session, SettingsSeenRow).values(values)
    session.connection().execute(
        statement.on_conflict_do_update(index_elements=["scope"], set_=values)
    )
    session.expire_all()
    if before is None:
        return ()
    names = {*before, *digests}
    changed = tuple(sorted(name for name in names if before.get(name) != digests.get(name)))
    events.append(
        session,
        at=now,
        actor=ACTOR,
        what=what,
        programme=programme,
        detail={"names": ", ".join(changed)},
    )
    session.flush()
    return changed
