"""Signing in and renewing, over real HTTP, by Microsoft's library and by the book."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from intake.oauth.grants import (
    CodeExpired,
    NotSignedIn,
    OAuthError,
    OAuthRefused,
    OAuthUnavailable,
)
from intake.oauth.providers import REDIRECT
from tests.intake.oauth.conftest import NOON, Desk
from tests.support.identity_provider import SECRET, USER_CODE

HOUR = timedelta(hours=1)
SLOW_DOWN = (400, {"error": "slow_down"})
OUT_OF_ORDER = (503, b"<html>Back soon</html>")


def test_a_code_is_typed_after_a_while(desk: Desk) -> None:
    desk.provider.pending = 2
    sign_in = desk.sign_in()

    asked = sign_in.ask_for_code()
    grant = sign_in.wait_for_code(asked, desk.clock.sleep)

    assert asked["user_code"] == USER_CODE
    assert str(asked["verification_uri"]).endswith("/typing")
    assert desk.clock.slept == [5, 5, 5]
    assert grant.ends_at - HOUR == NOON + timedelta(seconds=15)
    assert desk.file.read() == grant
    assert sign_in.token() == grant.access_token


def test_who_is_told_to_slow_down_does(desk: Desk) -> None:
    desk.provider.script.extend([SLOW_DOWN, (400, {"error": "authorization_pending"}), SLOW_DOWN])
    sign_in = desk.sign_in()

    sign_in.wait_for_code(sign_in.ask_for_code(), desk.clock.sleep)

    assert desk.clock.slept == [5, 10, 10, 15]


def test_an_outage_is_sat_out_while_somebody_types(desk: Desk) -> None:
    desk.provider.script.append(OUT_OF_ORDER)
    sign_in = desk.sign_in()

    grant = sign_in.wait_for_code(sign_in.ask_for_code(), desk.clock.sleep)

    assert desk.clock.slept == [5, 10]
    assert desk.file.read() == grant


@pytest.mark.parametrize(
    ("answer", "kind", "told"),
    [
        ({"error": "expired_token"}, CodeExpired, "not typed in time"),
        ({"error": "access_denied"}, OAuthRefused, "Somebody said no"),
        ({"error": "authorization_declined"}, OAuthRefused, "Somebody said no"),
        (
            {"error": "invalid_client", "error_description": "AADSTS7000218: body must\r\nTrace"},
            OAuthRefused,
            "^invalid_client: AADSTS7000218: body must. Switch on 'Allow public client flows'",
        ),
        (
            {"error": "invalid_grant", "error_description": "AADSTS53003: blocked"},
            OAuthRefused,
            "Conditional Access",
        ),
        ({"access_token": "alone"}, OAuthRefused, "no refresh token"),
    ],
)
def test_a_refused_code_is_told_with_what_to_do(
    desk: Desk, answer: dict[str, str], kind: type[OAuthError], told: str
) -> None:
    desk.provider.script.append((200 if "access_token" in answer else 400, answer))
    sign_in = desk.sign_in()

    with pytest.raises(kind, match=told) as caught:
        sign_in.wait_for_code(sign_in.ask_for_code(), desk.clock.sleep)

    assert "Trace" not in str(caught.value)
    assert not desk.file.path.exists()


def test_a_code_nobody_types_ends(desk: Desk) -> None:
    desk.provider.pending = 1000
    sign_in = desk.sign_in()

    with pytest.raises(CodeExpired):
        sign_in.wait_for_code(sign_in.ask_for_code(), desk.clock.sleep)

    assert sum(desk.clock.slept) == 60


def test_a_browser_elsewhere_brings_an_address(desk: Desk) -> None:
    sign_in = desk.sign_in("browser")

    asked = sign_in.ask_in_browser()
    question = dict(parse_qsl(urlsplit(str(asked["auth_uri"])).query))
    desk.provider.challenge = question["code_challenge"]
    grant = sign_in.take_address(asked, f" {REDIRECT}/?code=abc&state={question['state']}\n")

    assert (question["code_challenge_method"], question["redirect_uri"]) == ("S256", REDIRECT)
    assert desk.provider.asked[-1]["code"] == "abc"
    assert desk.file.read() == grant


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("code=abc&state=another", "another question"),
        ("code=abc", "another question"),
        ("error=access_denied&state={state}", "Somebody said no"),
        ("", "paste it whole"),
    ],
)
def test_an_address_of_something_else_is_refused(desk: Desk, answer: str, told: str) -> None:
    sign_in = desk.sign_in("browser")
    asked = sign_in.ask_in_browser()

    with pytest.raises(OAuthRefused, match=told):
        sign_in.take_address(asked, f"{REDIRECT}/?{answer.format(state=asked['state'])}")

    assert "authorization_code" not in desk.provider.grant_types


def test_an_application_needs_nobody(desk: Desk) -> None:
    sign_in = desk.sign_in("client_credentials")

    first = sign_in.token()
    desk.clock.now += timedelta(minutes=50)
    second = sign_in.token()

    assert (first, second) == ("access-canary-1", "access-canary-2")
    assert desk.provider.grant_types == ["client_credentials"] * 2


def test_a_token_is_kept_until_its_end_is_near(desk: Desk) -> None:
    sign_in = desk.signed_in()

    desk.clock.now += timedelta(minutes=44)
    early = sign_in.token()
    desk.clock.now += timedelta(minutes=2)
    late = sign_in.token()

    assert (early, late) == ("access-canary-1", "access-canary-2")
    assert desk.provider.grant_types == ["refresh_token"]


def test_rotated_refresh_tokens_are_kept(desk: Desk) -> None:
    sign_in = desk.signed_in()

    used = []
    for _ in range(3):
        desk.clock.now += HOUR
        sign_in.token()
        used.append(desk.provider.asked[-1]["refresh_token"])

    assert used == ["refresh-canary-1", "refresh-canary-2", "refresh-canary-3"]
    assert desk.sign_in().token() == "access-canary-4"


def test_a_refresh_token_that_is_not_rotated_stays(desk: Desk) -> None:
    sign_in = desk.signed_in()
    desk.provider.rotates = False

    for _ in range(2):
        desk.clock.now += HOUR
        sign_in.token()

    assert desk.provider.asked[-1]["refresh_token"] == "refresh-canary-1"
    kept = desk.file.read()
    assert kept is not None and kept.refresh_token == "refresh-canary-1"


def test_an_outage_harms_nobody_while_the_token_lasts(desk: Desk) -> None:
    sign_in = desk.signed_in()
    desk.clock.now += timedelta(minutes=50)
    desk.provider.script.extend([OUT_OF_ORDER] * 2)

    assert sign_in.token() == "access-canary-1"
    desk.clock.now += timedelta(minutes=10)
    with pytest.raises(OAuthUnavailable):
        sign_in.token()
    assert sign_in.token() == "access-canary-2"


def test_a_refused_renewal_says_to_sign_in_again(desk: Desk) -> None:
    sign_in = desk.signed_in()
    desk.provider.refresh_tokens.clear()
    desk.clock.now += HOUR

    with pytest.raises(OAuthRefused, match="sign in again") as caught:
        sign_in.token()

    assert "canary" not in str(caught.value)
    assert "AADSTS70043: [hidden] is over" in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_refusal_is_not_asked_for_again_and_again(desk: Desk) -> None:
    sign_in = desk.signed_in()
    desk.provider.refresh_tokens.clear()
    desk.clock.now += HOUR

    for _ in range(5):
        with pytest.raises(OAuthRefused):
            sign_in.token()
    assert desk.provider.grant_types == ["refresh_token"]

    desk.clock.now += timedelta(minutes=11)
    with pytest.raises(OAuthRefused):
        sign_in.token()
    assert desk.provider.grant_types == ["refresh_token"] * 2


def test_whoever_signs_in_again_elsewhere_is_noticed_at_once(desk: Desk) -> None:
    sign_in = desk.signed_in()
    desk.provider.refresh_tokens.clear()
    desk.clock.now += HOUR
    with pytest.raises(OAuthRefused):
        sign_in.token()

    another = desk.signed_in()

    assert sign_in.token() == another.token() == "access-canary-2"


def test_a_token_that_a_server_refuses_early_is_replaced(desk: Desk) -> None:
    sign_in, other = desk.signed_in(), desk.sign_in()
    first = sign_in.token()
    assert sign_in.instead_of(first) == first  # so young that something else must be wrong
    assert desk.provider.asked == []
    desk.clock.now += timedelta(minutes=20)

    second = sign_in.instead_of(first)

    assert second != first
    assert other.instead_of(first) == second  # which another process has got meanwhile
    assert desk.provider.grant_types == ["refresh_token"]


def test_a_refused_renewal_of_a_refused_token_is_not_repeated(desk: Desk) -> None:
    sign_in = desk.signed_in()
    first = sign_in.token()
    desk.clock.now += timedelta(minutes=20)
    desk.provider.refresh_tokens.clear()

    for _ in range(3):
        with pytest.raises(OAuthRefused, match="sign in again"):
            sign_in.instead_of(first)

    assert desk.provider.grant_types == ["refresh_token"]


def test_many_renew_once(desk: Desk) -> None:
    desk.signed_in()
    desk.clock.now += HOUR
    many = [desk.sign_in() for _ in range(8)]

    with ThreadPoolExecutor(len(many)) as pool:
        tokens = list(pool.map(lambda sign_in: sign_in.token(), many))

    assert set(tokens) == {"access-canary-2"}
    assert desk.provider.grant_types == ["refresh_token"]


def test_before_anybody_signed_in_nobody_is_asked(desk: Desk) -> None:
    with pytest.raises(NotSignedIn, match="run: postroom login ace"):
        desk.sign_in().token()

    assert desk.provider.asked == []


def test_a_wrong_application_secret_is_told_without_it(desk: Desk) -> None:
    desk.provider.script.append(
        (401, {"error": "invalid_client", "error_description": f"AADSTS7000215: {SECRET}?"})
    )

    with pytest.raises(OAuthRefused, match="give its value, not its id") as caught:
        desk.sign_in("client_credentials").token()

    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("answer", [OUT_OF_ORDER, (200, b"[]"), (200, b"<p>"), (200, {})])
def test_nonsense_passes_by_itself(custom_desk: Desk, answer: tuple[int, object]) -> None:
    custom_desk.provider.script.append(answer)

    with pytest.raises(OAuthUnavailable):
        custom_desk.sign_in("client_credentials").token()
    assert custom_desk.sign_in("client_credentials").token() == "access-canary-1"


def test_a_damaged_file_stops_only_who_must_sign_in(desk: Desk) -> None:
    desk.signed_in()
    desk.file.path.write_text("{")

    with pytest.raises(OAuthRefused, match="sign in again"):
        desk.sign_in().token()
    assert desk.sign_in("client_credentials").token() == "access-canary-2"


def test_a_client_nobody_knows_gets_no_code(desk: Desk) -> None:
    desk.provider.refuses_codes = {
        "error": "unauthorized_client",
        "error_description": "AADSTS700016: Application not found",
    }

    with pytest.raises(OAuthRefused, match="Are client_id and tenant right"):
        desk.sign_in().ask_for_code()


def test_a_full_disk_costs_no_refresh_token(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in = desk.signed_in()
    desk.clock.now += HOUR

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        with pytest.raises(OAuthRefused, match="can't be written"):
            sign_in.token()

    assert desk.provider.asked == []
    assert sign_in.token() == "access-canary-2"
