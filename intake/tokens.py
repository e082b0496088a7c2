"""Pure: when an access token ends, as far as it says so itself."""

import base64
import binascii
import json
from datetime import UTC, datetime


def ends_at(token: str) -> datetime | None:
    """The `exp` of a JSON Web Token (RFC 7519 section 4.1.4), as Microsoft's are, or the `ends_at`
    of the file in which a sign-in keeps its token; None where neither says. A signature is nobody's
    business here: the token is never believed in anything else."""
    if token.startswith("{"):
        return _kept_end(token)
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        payload = base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))
        claims = json.loads(payload)
        return datetime.fromtimestamp(claims["exp"], UTC)
    except (binascii.Error, ValueError, KeyError, TypeError, OverflowError, OSError):
        return None


def _kept_end(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(json.loads(text)["ends_at"]).astimezone(UTC)
    except (ValueError, KeyError, TypeError, OverflowError):
        return None
