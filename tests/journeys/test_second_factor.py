"""Staff make their sign-in safer, in a real browser: a code from a phone, and a passkey."""

import hmac
import re
import struct
import time
from base64 import b32decode
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from demo.cast import PASSWORD

PERSON = "moura"  # a teacher whom no other journey knows


def test_a_code_from_the_phone_and_a_passkey_open_the_door(visitor, figure):
    """Set up, signed in with, and taken off again."""
    began = time.monotonic()
    teacher = visitor("wide")
    # a passkey belongs to a name: browsers make none for a bare address
    teacher.site = teacher.site.replace("127.0.0.1", "localhost")
    page = teacher.sign_in(PERSON)

    secret = set_up_the_app(teacher)
    recovery = recovery_codes(teacher)
    sign_out(page)
    with_password_and(teacher, code_now(secret))
    sign_out(page)
    with_password_and(teacher, recovery[0])
    with a_key_in(page):
        add_a_passkey(teacher)
        sign_out(page)
        with_the_passkey_alone(teacher)
    take_all_off(teacher)
    sign_out(page)
    teacher.sign_in(PERSON)
    expect(page.locator(".topbar")).to_be_visible()
    assert teacher.faults == []
    figure(f"an app, a recovery code and a passkey in {time.monotonic() - began:.0f} s")


def set_up_the_app(teacher) -> str:
    page = teacher.go("/settings/")
    page.get_by_role("link", name="Set up a second step").click()
    page.get_by_role("link", name="Set it up").click()
    show_it_is_you(page)
    secret = page.get_by_label("Or write these letters").input_value()
    page.get_by_label("six digits").fill("000000")
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_text("This code is not right.").first).to_be_visible()
    assert page.get_by_label("Or write these letters").input_value() == secret, "the same picture"
    page.get_by_label("six digits").fill(code_now(secret))
    page.get_by_role("button", name="Turn it on").click()
    page.wait_for_url(re.compile("recovery"))
    return secret


def show_it_is_you(page: Page) -> None:
    """Asked once after each sign-in, before what concerns the sign-in."""
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def recovery_codes(teacher) -> list[str]:
    page = teacher.go("/account/2fa/recovery-codes/")
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    return codes


def sign_out(page: Page) -> None:
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + "/account/logout/")
    page.get_by_role("button", name="Sign out").last.click()
    page.wait_for_url(re.compile("/account/login/|/$"))


def with_password_and(teacher, code: str) -> None:
    page = teacher.sign_in(PERSON)
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    expect(page.get_by_role("button", name="Use a passkey or a key")).to_have_count(0)  # none yet
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(teacher.site + "/")


@contextmanager
def a_key_in(page: Page):
    """A device that knows its owner and keeps passkeys, as a laptop with a fingerprint does."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield
    devtools.send(
        "WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key["authenticatorId"]}
    )
    devtools.detach()


def add_a_passkey(teacher) -> None:
    page = teacher.go("/account/2fa/")
    page.get_by_role("link", name="Add one").click()
    show_it_is_you(page)
    page.get_by_label("Name of this device").fill("Laptop")
    page.get_by_label("Also sign in with it alone").check()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("1 is set up.")).to_be_visible()


def with_the_passkey_alone(teacher) -> None:
    page = teacher.go("/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(teacher.site + "/")


def take_all_off(teacher) -> None:
    page = teacher.go("/account/2fa/webauthn/")
    expect(page.get_by_text("Signs in alone, without a password.")).to_be_visible()
    page.get_by_role("link", name="Remove").click()
    show_it_is_you(page)
    page.get_by_role("button", name="Remove it").click()
    page = teacher.go("/account/2fa/")
    page.get_by_role("link", name="Take it off").click()
    page.get_by_role("button", name="Take it off").click()
    page.wait_for_url(re.compile("2fa/$"))


def code_now(secret: str) -> str:
    """The six digits of RFC 6238 for this half minute."""
    while time.time() % 30 > 28:
        time.sleep(0.2)  # it would be over before it is typed
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(b32decode(secret), counter, "sha1")
    at = digest[-1] & 15
    number = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
