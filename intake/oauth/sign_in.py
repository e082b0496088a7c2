"""One account's way to its access tokens: signs in, renews in time, gives a fresh one to whoever
logs in. Several processes may share it; what is kept lies in its file alone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import structlog

from intake.oauth.grants import (
    Client,
    CodeExpired,
    Grant,
    NotSignedIn,
    OAuthError,
    OAuthRefused,
    OAuthUnavailable,
    Reply,
    check_reply,
    is_pending,
    read_grant,
)
from intake.oauth.keeping import TokenFile
from intake.oauth.providers import Provider, provider_of

log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]

REFUSAL_HOLDS = timedelta(minutes=10)
"""How long a refusal is believed before the provider is asked again: Entra locks out who asks the
same again and again."""
_LAST_MINUTE = timedelta(minutes=1)
"""A token that ends within it may end on the way."""
_STANDARD_INTERVAL, _SLOWER = 5, 5
"""Seconds between two looks, and what `slow_down` adds (RFC 8628 section 3.5)."""
_STANDARD_PATIENCE, _LONGEST_PATIENCE = 900, 3600


class SignIn:
    """The sign-in of one account. `command` is what an admin runs to sign in, `renew_before` how
    long before its end a token is renewed. Nothing is read or asked before it is needed."""

    def __init__(
        self,
        client: Client,
        file: TokenFile,
        *,
        command: str,
        clock: Clock,
        renew_before: timedelta = timedelta(minutes=15),
    ) -> None:
        self.client = client
        self.file = file
        self.command = command
        self._clock = clock
        self._renew_before = renew_before
        self._refusal: tuple[datetime, Grant | None, OAuthRefused] | None = None

    def token(self) -> str:
        """An access token that is good for a log-in now. Raises OAuthError."""
        return self.fresh().access_token

    def instead_of(self, refused: str) -> str:
        """An access token in place of one that a server refused before its end: the one that
        another process got meanwhile, else a new one. The same again where it is so young that
        something else must be wrong. Raises OAuthError."""
        now, grant = self._clock(), self._kept()
        if grant is None or grant.access_token != refused:
            return self.token()
        if now - grant.granted_at < REFUSAL_HOLDS:
            return refused
        self._repeat_refusal(grant, now)
        return self.renew().access_token

    def fresh(self) -> Grant:
        """The grant, renewed where its end is near. One that can't be renewed is used as long as
        it lasts. Raises OAuthError when there is none."""
        now = self._clock()
        grant = self._kept()
        if grant is not None and grant.is_fresh(now, self._renew_before):
            return grant
        try:
            return self.renew(unless_fresh=True)
        except OAuthError as error:
            if grant is None or grant.ends_at - now < _LAST_MINUTE:
                raise
            log.warning("access token not renewed", error=type(error).__name__)
            return grant

    def renew(self, *, unless_fresh: bool = False) -> Grant:
        """Ask for another access token now and keep it, and the refresh token that comes with it;
        `unless_fresh`: not where another process did so meanwhile, nor again right after a
        refusal. Raises OAuthError."""
        with self.file.locked():
            now, grant = self._clock(), self._kept()
            if unless_fresh:
                if grant is not None and grant.is_fresh(now, self._renew_before):
                    return grant
                self._repeat_refusal(grant, now)
            if grant is not None:  # on a full disk, better no new token than one that is lost
                self.file.write(grant)
            try:
                renewed = self._ask(grant, now)
            except OAuthRefused as refusal:
                self._refusal = (now, grant, refusal)
                raise
            self._refusal = None
            self.file.write(renewed)
        return renewed

    def ask_for_code(self) -> Reply:
        """The code to type elsewhere, and where. Raises OAuthError."""
        asked = self._provider().ask_for_code()
        check_reply(asked, self.client)
        if not all(isinstance(asked.get(key), str) for key in ("device_code", "user_code")):
            raise OAuthUnavailable("the provider gave no code")
        return asked

    def wait_for_code(self, asked: Reply, sleep: Callable[[float], object]) -> Grant:
        """The grant, once somebody has typed the code that `ask_for_code` gave; an outage on the
        way is sat out (RFC 8628 section 3.5). Raises OAuthError."""
        provider = self._provider()
        interval = _whole(asked.get("interval"), _STANDARD_INTERVAL)
        patience = _whole(asked.get("expires_in"), _STANDARD_PATIENCE)
        give_up_at = self._clock() + timedelta(seconds=min(patience, _LONGEST_PATIENCE))
        while self._clock() < give_up_at:
            sleep(interval)
            try:
                reply = provider.poll(asked)
            except OAuthUnavailable:
                interval += _SLOWER
                continue
            if not is_pending(reply):
                return self._accept(reply)
            if reply.get("error") == "slow_down":
                interval += _SLOWER
        raise CodeExpired("the code was not typed in time: run the same command again")

    def ask_in_browser(self) -> Reply:
        """What to open in a browser, `auth_uri`. Raises OAuthError."""
        return self._provider().ask_in_browser()

    def take_address(self, asked: Reply, address: str) -> Grant:
        """The grant, from the address that the browser was sent to. Raises OAuthError."""
        query = parse_qs(urlsplit(address.strip()).query)
        answer = {key: values[0] for key, values in query.items()}
        if not {"code", "error"} & answer.keys():
            raise OAuthRefused("that address holds no answer: paste it whole, with all behind `?`")
        return self._accept(self._provider().take_answer(asked, answer))

    def _accept(self, reply: Reply) -> Grant:
        grant = read_grant(reply, self.client, self._clock())
        with self.file.locked():
            self._refusal = None
            self.file.write(grant)
        return grant

    def _ask(self, grant: Grant | None, now: datetime) -> Grant:
        if not self.client.needs_person:
            return read_grant(self._provider().ask_for_itself(), self.client, now)
        if grant is None or grant.refresh_token is None:
            raise NotSignedIn(f"nobody has signed in yet; run: {self.command}")
        return read_grant(self._provider().renew(grant.refresh_token), self.client, now, grant)

    def _repeat_refusal(self, grant: Grant | None, now: datetime) -> None:
        """Raises the refusal of a moment ago, where nobody has signed in since."""
        if self._refusal is None:
            return
        at, of, refusal = self._refusal
        if of == grant and now - at < REFUSAL_HOLDS:
            raise refusal

    def _kept(self) -> Grant | None:
        """A damaged file is nobody's loss where nobody has to sign in."""
        try:
            return self.file.read()
        except OAuthRefused:
            if self.client.needs_person:
                raise
            return None

    def _provider(self) -> Provider:
        return provider_of(self.client)


def _whole(value: object, standard: int) -> int:
    try:
        number = int(value) if isinstance(value, int | float | str) else standard
    except ValueError:
        return standard
    return number if number > 0 else standard
