"""T9: every address, asked by everybody, with their own rows and with other people's."""

from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from meanwhile.core.ids import operation_id
from tests.personas import (
    EVERYBODY,
    ONLY_IN,
    PERSONAS,
    SIGNED_OUT,
    World,
    client_of,
    make_world,
    schools_of,
)
from tests.policies import POLICIES, Policy

NOT_OURS = ("admin:", "account_", "mfa_", "usersessions_")  # they have their own tests below
WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE", "ALTER", "DROP", "CREATE")


def routes(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, ":".join(filter(None, (space, pattern.namespace))))
        elif isinstance(pattern, URLPattern):
            yield ":".join(filter(None, (space, pattern.name or str(pattern.pattern))))


ROUTES = sorted({name for name in routes() if not name.startswith(NOT_OURS)})


def test_every_address_has_a_policy():
    assert not [name for name in ROUTES if name not in POLICIES]
    assert not [name for name in POLICIES if name not in ROUTES], "policies of addresses long gone"


def let_in(response: HttpResponse) -> bool:
    """Whether the answer is anything but 'sign in first' or 'there is nothing here'."""
    if response.status_code in (301, 302, 303):
        return "/account/login/" not in response.headers["Location"]
    return response.status_code not in (401, 403, 404)


class NoWrites:
    """A GET never writes: not even a session."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(WRITING):
            self.found.append(sql[:120])
        return execute(sql, params, many, context)


def ask(world: World, client: Client, method: str, address: str, policy: Policy) -> HttpResponse:
    """One request whose effects are taken back, so that the next one finds the same world."""
    headers = {"accept": policy.accept} if policy.accept else {}
    cookies = {name: each.value for name, each in client.cookies.items()}
    with transaction.atomic():
        try:
            if method == "POST":
                return client.post(
                    address, {"operation": operation_id(), **policy.form(world)}, headers=headers
                )
            return client.generic(method, address, headers=headers)
        finally:
            transaction.set_rollback(True)
            client.cookies = SimpleCookie(cookies)


@pytest.fixture
def world(cast) -> World:
    return make_world(cast)


def wrong_answers(world: World, name: str, policy: Policy, clients: dict[str, Client]) -> list[str]:
    address = reverse(name, kwargs=policy.rows(world))
    schools = {persona: schools_of(world.cast, persona) for persona in clients}
    wrong = []
    for method, may in (("GET", policy.see), ("POST", policy.do)):
        for persona, client in clients.items():
            writes = NoWrites()
            with connection.execute_wrapper(writes if method == "GET" else _let):
                response = ask(world, client, method, address, policy)
            if writes.found and method == "GET":
                wrong.append(f"GET {address} as {persona} writes: {writes.found[0]}")
            if response.status_code == 405 and (method == "GET" or persona not in may):
                continue  # nobody may do this here: as good as nothing there
            if let_in(response) != (persona in may):
                wrong.append(f"{method} {address} as {persona}: {response.status_code}")
            if foreign := words_of_other_schools(response, schools[persona], policy):
                wrong.append(f"{method} {address} as {persona} shows {foreign}")
            if response.status_code >= 500:
                wrong.append(f"{method} {address} as {persona}: {response.status_code}")
    return wrong


def words_of_other_schools(response: HttpResponse, mine: set[str], policy: Policy) -> list[str]:
    """Words of a school that whoever asked does not belong to. The doors, which are open to
    everybody, may say what they lead to."""
    if policy.made_up or policy.do >= EVERYBODY or policy.see >= EVERYBODY:
        return []
    page = b"".join(response) if response.streaming else response.content
    return [
        word
        for school, words in ONLY_IN.items()
        if school not in mine
        for word in words
        if word.encode() in page
    ]


def _let(execute, sql, params, many, context):
    return execute(sql, params, many, context)


@pytest.fixture
def clients(world: World) -> dict[str, Client]:
    return {
        persona: client_of(world.cast, persona, raise_request_exception=False)
        for persona in PERSONAS
    }


@pytest.mark.promise("T9")
def test_every_address_answers_everybody_as_declared(world, clients, figure):
    """Every address, GET and POST, as each of twenty personas."""
    wrong: list[str] = []
    for name in ROUTES:
        wrong += wrong_answers(world, name, POLICIES[name], clients)
    figure(f"{len(ROUTES)} addresses x 2 methods x {len(PERSONAS)} personas: {len(wrong)} wrong")
    assert not wrong, "\n".join(wrong)


@pytest.mark.promise("T9")
def test_rows_of_somebody_else_are_not_there(world, clients, figure):
    """The same addresses with rows of another class and another school: 404 for everybody in 8B."""
    asked, wrong = 0, []
    for name in ROUTES:
        policy = POLICIES[name]
        for rows in policy.others:
            address = reverse(name, kwargs=rows(world))
            for persona in ("amina", "leo", "okafor", "osei", "haddad", "sato", "gone"):
                for method in ("GET", "POST"):
                    response = ask(world, clients[persona], method, address, policy)
                    asked += 1
                    if response.status_code not in (404, 405):
                        wrong.append(f"{method} {address} as {persona}: {response.status_code}")
    figure(f"{asked:,} swapped rows: {len(wrong)} answered")
    assert not wrong, "\n".join(wrong)


@pytest.mark.promise("T9")
def test_addresses_with_rows_have_rows_of_others_to_try():
    bare = [
        name
        for name in ROUTES
        if not POLICIES[name].others and POLICIES[name].see != frozenset(PERSONAS)
        and _takes_rows(name)
    ]  # fmt: skip
    assert not bare


def _takes_rows(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return True
    return False


@pytest.mark.promise("T13")
def test_no_write_without_its_token_or_from_elsewhere(world, figure):
    """POST to every address without a token, and with one from another site."""
    wrong, asked = [], 0
    for name in ROUTES:
        policy = POLICIES[name]
        if not policy.do:
            continue
        persona = sorted(policy.do - SIGNED_OUT or policy.do)[0]
        client = client_of(world.cast, persona, enforce_csrf_checks=True)
        address = reverse(name, kwargs=policy.rows(world))
        client.cookies["csrftoken"] = "c" * 32
        for headers in ({}, {"x-csrftoken": "c" * 32, "origin": "https://elsewhere.example"}):
            with transaction.atomic():
                response = client.post(address, policy.form(world), headers=headers)
                transaction.set_rollback(True)
            asked += 1
            if response.status_code != 403:
                wrong.append(f"{address}: {response.status_code} {headers}")
    figure(f"{asked} writes without a right to: {len(wrong)} let through; 0 writes on GET (T9)")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("persona", sorted(set(PERSONAS) - {"site"}))
def test_the_site_admins_pages_are_for_the_site_admin_only(world, persona):
    response = client_of(world.cast, persona).get("/site-admin/")
    assert response.status_code in (302, 404)
    if response.status_code == 302:
        assert "login" in response.headers["Location"]


def test_the_site_admin_may(world):
    assert client_of(world.cast, "site").get("/site-admin/").status_code == 200


DOORS = {
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
    "account_inactive",
    "account_signup",
    "account_logout",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "account_email",
    "usersessions_list",
}


def account_pages() -> list[str]:
    names = {name for name in routes() if name.startswith(NOT_OURS[1:])}
    return sorted(name for name in names - DOORS if not _needs_rows(name))


def _needs_rows(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return True
    return False


@pytest.mark.parametrize("persona", ["nobody", "half"])
def test_pages_of_an_account_are_shut_to_the_signed_out(world, persona):
    """Half signed in is signed out: the second factor opens everything or nothing."""
    client = client_of(world.cast, persona)
    for name in account_pages():
        for response in (client.get(reverse(name)), client.post(reverse(name))):
            assert response.status_code in (302, 404, 405), f"{name}: {response.status_code}"
            if response.status_code == 302:
                assert "/account/" in response.headers["Location"], name
