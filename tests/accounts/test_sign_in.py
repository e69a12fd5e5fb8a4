"""Password, mailed code, authenticator app, recovery codes; limits; sessions that one sees and ends."""

import re
import time
from types import SimpleNamespace

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter as mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.utils import timezone

from wbl.accounts.models import User

PASSWORD = "a long walk by the river"


@pytest.fixture
def viewer(people: SimpleNamespace) -> User:
    people.viewer.set_password(PASSWORD)
    people.viewer.save()
    EmailAddress.objects.create(user=people.viewer, email=people.viewer.email, verified=True, primary=True)
    return people.viewer


def by_password(client: Client, user: User, password: str = PASSWORD, to: str = "/cedar/"):
    return client.post(f"/accounts/login/?next={to}", {"login": user.email, "password": password})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def totp_of(secret: str, steps: int = 0) -> str:
    """The app's six digits now, or of so many half minutes ago."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def test_password_any_case_of_the_address(viewer: User) -> None:
    client = Client()
    answer = client.post("/accounts/login/", {"login": viewer.email.upper(), "password": PASSWORD})
    assert answer.status_code == 302 and signed_in(client)
    assert client.get("/")["Location"] == "/cedar/"


def test_wrong_password_and_unknown_address_say_the_same(viewer: User) -> None:
    words = [
        re.sub(
            r"value=\"[^\"]*\"|nonce-?[^\s]*",
            "",
            Client().post("/accounts/login/", {"login": who, "password": "x"}).text,
        )
        for who in (viewer.email, "nobody@example.org")
    ]
    errors = [re.findall(r"field__error.*?</p>|notice--bad.*?</div>", text, re.S) for text in words]
    assert errors[0] == errors[1] and errors[0]


def test_too_many_wrong_passwords_are_stopped(viewer: User) -> None:
    client = Client()
    answers = [client.post("/accounts/login/", {"login": viewer.email, "password": "wrong"}) for _n in range(7)]
    assert "too many" in answers[-1].text.lower() or answers[-1].status_code == 429
    by_password(client, viewer)
    assert not signed_in(client), "even the right one, for a while"


def test_nobody_is_led_to_another_site(viewer: User) -> None:
    for to in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        client = Client()
        assert by_password(client, viewer, to=to)["Location"] == "/", to


def code_in_mail() -> str:
    return re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mail.outbox[-1].body, re.M)[1]


def test_a_mailed_code(viewer: User) -> None:
    client = Client()
    client.post("/accounts/login/code/?next=/cedar/settings/", {"email": viewer.email})
    assert mail.outbox[-1].to == [viewer.email]
    wrong = client.post("/accounts/login/code/confirm/", {"code": "WRONG1"})
    assert wrong.status_code == 200
    assert "<title>Enter the code" in " ".join(wrong.content.decode().split()).replace("<title> ", "<title>")
    answer = client.post("/accounts/login/code/confirm/", {"code": code_in_mail()})
    assert answer.status_code == 302 and signed_in(client)
    assert client.get("/cedar/settings/").status_code == 200


def test_a_code_works_in_the_session_that_asked_and_is_guessed_thrice(viewer: User) -> None:
    asked, other = Client(), Client()
    asked.post("/accounts/login/code/", {"email": viewer.email})
    code = code_in_mail()
    other.post("/accounts/login/code/confirm/", {"code": code})
    assert not signed_in(other)
    for _n in range(3):
        asked.post("/accounts/login/code/confirm/", {"code": "WRONG1"})
    asked.post("/accounts/login/code/confirm/", {"code": code})
    assert not signed_in(asked)


def test_asking_a_code_for_an_unknown_address_looks_alike(viewer: User) -> None:
    pages = []
    for email in (viewer.email, "nobody@example.org"):
        client = Client()
        answer = client.post("/accounts/login/code/", {"email": email})
        pages.append((answer.status_code, answer.get("Location"), client.get(answer["Location"]).status_code))
    assert pages[0] == pages[1]


def test_an_authenticator_app_is_asked_after_the_password(viewer: User) -> None:
    client = Client()
    by_password(client, viewer)
    asked = client.get("/accounts/2fa/totp/activate/")["Location"]
    assert asked.startswith("/accounts/reauthenticate/"), "what touches second factors asks the password again"
    page = client.post(asked, {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    assert client.post("/accounts/2fa/totp/activate/", {"code": totp_of(secret)}).status_code == 302
    assert Authenticator.objects.filter(user=viewer, type="totp").exists()
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored, "the secret lies encrypted"
    again = Client()
    by_password(again, viewer)
    assert not signed_in(again)
    assert again.get("/cedar/settings/").status_code == 302
    assert "Use a passkey" not in again.get("/accounts/2fa/authenticate/").text, "they have none"
    again.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert not signed_in(again)
    recovery = Authenticator.objects.get(user=viewer, type="recovery_codes").wrap().get_unused_codes()
    again.post("/accounts/2fa/authenticate/", {"code": recovery[0]})
    assert signed_in(again)
    third = Client()
    by_password(third, viewer)
    third.post("/accounts/2fa/authenticate/", {"code": recovery[0]})
    assert not signed_in(third), "a recovery code works once"


def test_a_code_typed_as_the_next_one_appears_still_counts_and_counts_once(viewer: User) -> None:
    TOTP.activate(viewer, "JBSWY3DPEHPK3PXP")
    with time_machine.travel(timezone.now(), tick=False):
        late = totp_of("JBSWY3DPEHPK3PXP", steps=-1)
        for once in (True, False):
            client = Client()
            by_password(client, viewer)
            client.post("/accounts/2fa/authenticate/", {"code": late})
            assert signed_in(client) is once


def test_a_second_factor_stands_behind_a_mailed_code_too(viewer: User) -> None:
    TOTP.activate(viewer, "JBSWY3DPEHPK3PXP")
    client = Client()
    client.post("/accounts/login/code/", {"email": viewer.email})
    client.post("/accounts/login/code/confirm/", {"code": code_in_mail()})
    assert not signed_in(client)
    assert mfa_adapter().get_totp_issuer() == "wbl"


def test_sessions_are_listed_and_ended(viewer: User) -> None:
    laptop, phone = Client(headers={"User-Agent": "Laptop"}), Client(headers={"User-Agent": "Phone"})
    by_password(laptop, viewer)
    by_password(phone, viewer)
    page = laptop.get("/accounts/sessions/").text
    assert "Laptop" in page and "Phone" in page and UserSession.objects.filter(user=viewer).count() == 2
    laptop.post("/accounts/sessions/")
    assert laptop.get("/cedar/settings/").status_code == 200
    assert phone.get("/cedar/settings/").status_code == 302


def test_another_ones_session_is_not_listed(viewer: User, people: SimpleNamespace, sign_in) -> None:
    by_password(Client(headers={"User-Agent": "Vera’s laptop"}), viewer)
    assert "Vera" not in sign_in(people.admin).get("/accounts/sessions/").text.replace("Vera View", "")


def test_signing_out_is_a_post(viewer: User) -> None:
    client = Client()
    by_password(client, viewer)
    client.get("/accounts/logout/")
    assert signed_in(client)
    client.post("/accounts/logout/")
    assert not signed_in(client)


def test_a_new_password_ends_old_reset_links_and_is_mailed_to_the_address(viewer: User) -> None:
    client = Client()
    client.post("/accounts/password/reset/", {"email": viewer.email})
    link = re.search(r"http://[^/]+(/accounts/password/reset/key/\S+)", mail.outbox[-1].body)[1]
    words = {"password1": "another walk by the river", "password2": "another walk by the river"}
    client.post(client.get(link, follow=True).redirect_chain[-1][0], words)
    viewer.refresh_from_db()
    assert viewer.check_password(words["password1"])
    assert (
        "form" not in Client().get(link, follow=True).context or Client().get(link, follow=True).context["token_fail"]
    )


def test_asking_a_reset_for_an_unknown_address_sends_no_account_away(viewer: User) -> None:
    answers = [Client().post("/accounts/password/reset/", {"email": e}) for e in (viewer.email, "nobody@example.org")]
    assert {(a.status_code, a["Location"]) for a in answers} == {(302, "/accounts/password/reset/done/")}


def test_second_factors_outlive_a_change_of_the_key(viewer: User, settings) -> None:
    from django.core.management import call_command

    TOTP.activate(viewer, "JBSWY3DPEHPK3PXP")
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [old]
    call_command("reseal_second_factors", verbosity=0)
    settings.SECRET_KEY_FALLBACKS = []
    totp = Authenticator.objects.get(user=viewer, type="totp").wrap()
    assert totp.validate_code(totp_of("JBSWY3DPEHPK3PXP"))
