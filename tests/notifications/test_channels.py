"""A mail leaves through servers that accept, refuse, encrypt, drip or say nothing."""

import socket
import ssl
from contextlib import contextmanager, suppress
from datetime import timedelta
from email import message_from_bytes, policy
from select import select
from threading import Thread
from types import SimpleNamespace
from typing import ClassVar

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.config import SettingsError
from app.notifications import channels
from app.notifications.channels import FolderChannel, NotDelivered, SmtpAddress, SmtpChannel
from app.notifications.mime import as_mail
from tests.conftest import MONDAY
from tests.servers.process import free_port

LONG_LINE = "一件旧大衣。" * 300


def _mail(**changes):
    stored = {
        "recipient": "ada@example.com",
        "locale": "zh-Hans",
        "subject": "已付款：订单 7K3M，谢谢你，" * 5,
        "text": f".a line that begins with a dot\n{LONG_LINE}\n",
        "html": "<p>谢谢。</p>",
        "message_id": "<abc@vitrine.example>",
        "queued_at": MONDAY,
        "files": (),
    }
    return as_mail(SimpleNamespace(**(stored | changes)), "旧日衣橱 <shop@vitrine.example>")


def _channel(url):
    return SmtpChannel(SmtpAddress.parse(url))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", SmtpAddress("mail.example", 25, "none", "", "")),
        ("smtp://mail.example?starttls=1", SmtpAddress("mail.example", 587, "starttls", "", "")),
        ("smtps://mail.example", SmtpAddress("mail.example", 465, "tls", "", "")),
        (
            "smtp://shop%40x.example:p%3Aw%2F@mail.example:2525?starttls=1",
            SmtpAddress("mail.example", 2525, "starttls", "shop@x.example", "p:w/"),
        ),
    ],
)
def test_a_server_is_named_by_its_url(url, expected):
    assert SmtpAddress.parse(url) == expected


@pytest.mark.parametrize(
    "url", ["http://mail.example", "smtp://", "mail.example:25", "smtp://m.example?starttls=yes"]
)
def test_the_shop_does_not_start_with_an_unreadable_server(make_app, url):
    with pytest.raises(SettingsError, match="SMTP_URL"):
        make_app(smtp_url=url)


def test_text_arrives_as_it_was_written(smtp):
    answer = _channel(smtp.url).send(_mail())

    (mail,) = smtp.messages
    assert answer == "250 kept"
    assert mail["Subject"] == ("已付款：订单 7K3M，谢谢你，" * 5)
    assert mail["From"] == "旧日衣橱 <shop@vitrine.example>"
    text = mail.get_body(("plain",)).get_content()
    assert text.replace("\r\n", "\n") == f".a line that begins with a dot\n{LONG_LINE}\n"


@pytest.mark.parametrize("field", ["subject", "message_id", "recipient"])
def test_a_header_cannot_be_smuggled_in(field):
    with pytest.raises(ValueError, match=r"line|header|linefeed|carriage"):
        _mail(**{field: "a@example.com\r\nBcc: everybody@example.com"})


class Rules:
    """Answers RCPT as told; accepts everything else."""

    answer = "250 fine"
    seen: ClassVar[list[bytes]] = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.seen.append(envelope.content)
        return "250 kept"


@contextmanager
def _server(handler, **options):
    controller = Controller(handler, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@pytest.mark.parametrize(
    ("answer", "permanent"),
    [
        ("550 5.1.1 no such mailbox", True),
        ("450 4.2.0 greylisted", False),
        ("554 5.7.1 relay access denied", False),
        ("452 4.5.3 too many", False),
    ],
)
def test_only_a_missing_mailbox_is_final(answer, permanent):
    rules = Rules()
    rules.answer = answer
    with _server(rules) as port, pytest.raises(NotDelivered) as refusal:
        _channel(f"smtp://127.0.0.1:{port}").send(_mail())

    assert (refusal.value.reason, refusal.value.permanent) == (answer, permanent)
    assert not refusal.value.unusable


def test_a_server_that_is_not_there_is_unusable():
    with pytest.raises(NotDelivered) as refusal:
        _channel(f"smtp://127.0.0.1:{free_port()}").send(_mail())

    assert refusal.value.unusable
    assert not refusal.value.permanent


@contextmanager
def _raw_server(talk):
    """A server that does with each connection whatever `talk` does."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            connection, _address = listener.accept()
            with connection:
                talk(connection)

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(5)


def test_a_silent_server_is_left_alone(monkeypatch):
    monkeypatch.setattr(channels, "STEP_TIMEOUT", 0.2)

    with (
        _raw_server(lambda connection: connection.recv(1)) as port,
        pytest.raises(NotDelivered) as refusal,
    ):
        _channel(f"smtp://127.0.0.1:{port}").send(_mail())

    assert refusal.value.unusable


def test_a_dripping_server_is_left_before_the_lease_ends(monkeypatch):
    monkeypatch.setattr(channels, "LONGEST_SENDING", 0.4)

    def drip(connection):
        connection.sendall(b"220 hello\r\n")
        with suppress(OSError):
            while not select([connection], [], [], 0.05)[0] or connection.recv(1000):
                connection.sendall(b"2")

    with _raw_server(drip) as port, pytest.raises(NotDelivered) as refusal:
        _channel(f"smtp://127.0.0.1:{port}").send(_mail())

    assert refusal.value.unusable


def test_a_server_that_hangs_up_after_accepting_has_accepted():
    def talk(connection):
        file = connection.makefile("rwb")

        def say(line):
            file.write(line + b"\r\n")
            file.flush()

        say(b"220 hello")
        while line := file.readline():
            if line.upper().startswith(b"DATA"):
                say(b"354 go on")
                while file.readline() != b".\r\n":
                    pass
                say(b"250 queued as 4F2")
                connection.shutdown(socket.SHUT_RDWR)
                return
            say(b"250 fine")

    with _raw_server(talk) as port:
        answer = _channel(f"smtp://127.0.0.1:{port}").send(_mail())

    assert answer == "250 queued as 4F2"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 and its key, in one file."""
    from ipaddress import IPv4Address

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(MONDAY - timedelta(days=3650))
        .not_valid_after(MONDAY + timedelta(days=3650))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def tls(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def _knows_the_shop(_server, _session, _envelope, _mechanism, data):
    fits = (data.login, data.password) == (b"shop@x.example", b"p:w/")
    return AuthResult(success=fits, handled=False)


@pytest.mark.parametrize("kind", ["starttls", "smtps"])
def test_mail_is_encrypted_and_signed_in(kind, tls, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    Rules.seen.clear()
    options = (
        {"tls_context": tls, "require_starttls": True, "auth_required": True}
        if kind == "starttls"
        else {"ssl_context": tls, "auth_require_tls": False}
    )
    with _server(Rules(), authenticator=_knows_the_shop, **options) as port:
        scheme, query = ("smtp", "?starttls=1") if kind == "starttls" else ("smtps", "")
        _channel(f"{scheme}://shop%40x.example:p%3Aw%2F@127.0.0.1:{port}{query}").send(_mail())

    assert len(Rules.seen) == 1


def test_a_wrong_password_is_the_servers_trouble_not_the_mails(tls, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    with (
        _server(Rules(), authenticator=_knows_the_shop, tls_context=tls) as port,
        pytest.raises(NotDelivered, match="535") as refusal,
    ):
        _channel(f"smtp://shop:wrong@127.0.0.1:{port}?starttls=1").send(_mail())

    assert refusal.value.unusable
    assert not refusal.value.permanent


def test_a_certificate_nobody_vouches_for_is_refused(tls):
    Rules.seen.clear()

    with _server(Rules(), tls_context=tls) as port, pytest.raises(NotDelivered) as refusal:
        _channel(f"smtp://127.0.0.1:{port}?starttls=1").send(_mail())

    assert refusal.value.unusable
    assert Rules.seen == []


def test_a_server_without_encryption_gets_nothing_when_it_was_asked_for(smtp):
    with pytest.raises(NotDelivered):
        _channel(f"{smtp.url}?starttls=1").send(_mail())

    assert smtp.messages == []


def test_a_repeat_in_the_folder_replaces_what_is_there(tmp_path):
    folder = FolderChannel(tmp_path / "outbox")

    folder.send(_mail(subject="first"))
    answer = folder.send(_mail(subject="second"))

    (path,) = (tmp_path / "outbox").iterdir()
    assert answer == "written to abc.eml"
    assert path.name == "abc.eml"
    assert message_from_bytes(path.read_bytes(), policy=policy.default)["Subject"] == "second"


def test_a_folder_that_cannot_be_written_is_unusable(tmp_path):
    (tmp_path / "outbox").write_text("a file stands where the folder should be")

    with pytest.raises(NotDelivered) as refusal:
        FolderChannel(tmp_path / "outbox").send(_mail())

    assert refusal.value.unusable
