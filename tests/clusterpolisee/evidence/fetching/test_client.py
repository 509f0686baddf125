"""The client against a source that answers well and badly."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from email.utils import formatdate
from pathlib import Path

import httpcore
import pytest

from clusterpolisee.evidence.fetching import connecting
from clusterpolisee.evidence.fetching.addresses import Addresses
from clusterpolisee.evidence.fetching.client import Client, Known, Limits
from clusterpolisee.evidence.fetching.errors import FetchError, NotModified
from factories.replay_server import HTML, FakeWorld, ReplayServer, Reply

BODY = b"DATAFLOW,geo,TIME_PERIOD,OBS_VALUE\n" + b"ESTAT:JOBS(1.0),BG31,2020,5\n" * 400


def refused(asker: Client, url: str, into: Path) -> FetchError:
    with pytest.raises(FetchError) as caught:
        asker.get(url, into)
    return caught.value


def test_an_answer_lies_in_its_file_byte_by_byte(source: ReplayServer, asker: Client, tmp_path: Path) -> None:
    source.answers(
        "/data", Reply(BODY, headers={"ETag": '"1"', "Last-Modified": "Mon, 01 Jun 2026 00:00:00 GMT"})
    )
    answer = asker.get(f"{source.address}/data", tmp_path / "part")
    assert answer.path.read_bytes() == BODY
    assert (answer.status, answer.content_type, answer.etag) == (200, "text/csv", '"1"')
    assert [file.name for file in tmp_path.iterdir()] == ["part"]


def test_the_client_says_who_it_is(source: ReplayServer, asker: Client, tmp_path: Path) -> None:
    source.answers("/data", Reply(BODY))
    asker.get(f"{source.address}/data", tmp_path / "part")
    assert source.asked[0].headers["user-agent"].startswith("ClusterPoliSEE/")


# Waiting -------------------------------------------------------------------------------------------------


def test_retry_after_in_seconds_is_honoured(
    source: ReplayServer, asker: Client, fake: FakeWorld, tmp_path: Path
) -> None:
    source.answers("/data", Reply(status=429, headers={"Retry-After": "7"}), Reply(BODY))
    assert asker.get(f"{source.address}/data", tmp_path / "part").path.read_bytes() == BODY
    assert fake.slept == [7.5]  # and a little of chance, so that not all come back at once


def test_retry_after_as_a_date_is_honoured(
    source: ReplayServer, asker: Client, fake: FakeWorld, tmp_path: Path
) -> None:
    date = formatdate(fake.now + 90, usegmt=True)
    source.answers("/data", Reply(status=503, headers={"Retry-After": date}), Reply(BODY))
    asker.get(f"{source.address}/data", tmp_path / "part")
    assert fake.slept == [90.5]


def test_without_retry_after_the_pauses_double(
    source: ReplayServer, asker: Client, fake: FakeWorld, tmp_path: Path
) -> None:
    source.answers("/data", Reply(status=429), Reply(status=502), Reply(status=503), Reply(BODY))
    asker.get(f"{source.address}/data", tmp_path / "part")
    assert fake.slept == [0.75, 1.5, 3.0]


def test_a_source_that_stays_busy_is_left_after_five_attempts(
    source: ReplayServer, asker: Client, tmp_path: Path
) -> None:
    source.answers("/data", Reply(status=429))
    error = refused(asker, f"{source.address}/data", tmp_path / "part")
    assert (error.key, len(source.asked)) == ("fetching.busy", 5)
    assert str(error) == (
        "127.0.0.1 takes no more questions for now (429). What was complete is kept: try again later."
    )


def test_a_source_that_asks_to_come_back_next_week_is_not_waited_for(
    source: ReplayServer, asker: Client, fake: FakeWorld, tmp_path: Path
) -> None:
    source.answers("/data", Reply(status=503, headers={"Retry-After": "604800"}))
    assert refused(asker, f"{source.address}/data", tmp_path / "part").key == "fetching.busy"
    assert fake.slept == []


def test_a_source_in_trouble_is_named_with_its_trouble(
    source: ReplayServer, asker: Client, tmp_path: Path
) -> None:
    source.answers("/data", Reply(status=500))
    assert refused(asker, f"{source.address}/data", tmp_path / "part").key == "fetching.failing"


def test_a_source_that_is_silent_is_asked_again_and_then_left(
    source: ReplayServer, asker: Client, tmp_path: Path
) -> None:
    source.answers("/data", Reply(BODY, delay=1.0))
    assert refused(asker, f"{source.address}/data", tmp_path / "part").key == "fetching.unreachable"
    assert len(source.asked) == 5


def test_a_port_where_nobody_listens_is_told_in_a_sentence(fake: FakeWorld, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    asker = Client(Addresses([], stand_in=address), world=fake, limits=Limits(attempts=2))
    assert refused(asker, f"{address}/data", tmp_path / "part").key == "fetching.unreachable"


# Breaking off --------------------------------------------------------------------------------------------


def test_a_broken_answer_is_taken_up_where_it_broke_if_the_source_can(
    source: ReplayServer, asker: Client, tmp_path: Path
) -> None:
    whole = Reply(BODY, headers={"ETag": '"7"'}, ranges=True)
    source.answers("/data", Reply(BODY, headers={"ETag": '"7"'}, ranges=True, cut=3000), whole)
    assert asker.get(f"{source.address}/data", tmp_path / "part").path.read_bytes() == BODY
    first, second = source.asked
    assert "range" not in first.headers
    assert (second.headers["range"], second.headers["if-range"]) == ("bytes=3000-", '"7"')


def test_a_broken_answer_is_asked_for_anew_if_the_source_cannot(
    source: ReplayServer, asker: Client, tmp_path: Path
) -> None:
    source.answers("/data", Reply(BODY, cut=3000), Reply(BODY))
    assert asker.get(f"{source.address}/data", tmp_path / "part").path.read_bytes() == BODY
    assert "range" not in source.asked[1].headers


def test_an_answer_that_changed_meanwhile_is_not_glued_to_its_older_beginning(
    source: ReplayServer, asker: Client, tmp_path: Path
) -> None:
    newer = BODY.replace(b",5\n", b",6\n")
    source.answers(
        "/data",
        Reply(BODY, headers={"ETag": '"7"'}, ranges=True, cut=3000),
        Reply(newer, headers={"ETag": '"8"'}, ranges=True),
    )
    assert asker.get(f"{source.address}/data", tmp_path / "part").path.read_bytes() == newer


def test_a_rest_that_begins_elsewhere_is_thrown_away(
    source: ReplayServer, asker: Client, tmp_path: Path
) -> None:
    source.answers(
        "/data",
        Reply(BODY, headers={"ETag": '"7"'}, ranges=True, cut=3000),
        Reply(BODY[10:], status=206, headers={"Content-Range": f"bytes 10-{len(BODY) - 1}/{len(BODY)}"}),
        Reply(BODY),
    )
    assert asker.get(f"{source.address}/data", tmp_path / "part").path.read_bytes() == BODY
    assert len(source.asked) == 3


def test_an_answer_that_always_breaks_off_is_told(
    source: ReplayServer, asker: Client, tmp_path: Path
) -> None:
    source.answers("/data", Reply(BODY, cut=3000))
    assert refused(asker, f"{source.address}/data", tmp_path / "part").key == "fetching.broke_off"
    assert not (tmp_path / "part").exists()


# Size and time -------------------------------------------------------------------------------------------


def test_an_endless_answer_is_stopped_at_the_limit(
    source: ReplayServer, asker: Client, tmp_path: Path
) -> None:
    source.answers("/data", Reply(BODY, endless=True))
    assert refused(asker, f"{source.address}/data", tmp_path / "part").key == "fetching.too_large"
    assert list(tmp_path.glob("part*")) == []


def test_an_answer_announced_too_large_is_not_even_begun(
    source: ReplayServer, asker: Client, tmp_path: Path
) -> None:
    received: list[int] = []
    asker.received = received.append
    source.answers("/data", Reply(b"x" * 300_000))
    assert refused(asker, f"{source.address}/data", tmp_path / "part").key == "fetching.too_large"
    assert received == []


def test_an_answer_that_trickles_is_stopped_after_its_time(
    source: ReplayServer, asker: Client, fake: FakeWorld, tmp_path: Path
) -> None:
    asker.received = lambda count: fake.sleep(1000)
    source.answers("/data", Reply(BODY, endless=True))
    error = refused(asker, f"{source.address}/data", tmp_path / "part")
    assert (error.key, error.words["minutes"]) == ("fetching.too_slow", 30)


def test_headers_that_trickle_are_left_after_the_same_time(fake: FakeWorld, tmp_path: Path) -> None:
    """A letter of a header every twentieth of a second never lets the pause between two pieces grow long."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            with contextlib.suppress(OSError):
                connection, _address = listening.accept()
                with connection:
                    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                    for _letter in range(200):
                        connection.sendall(b"a")
                        time.sleep(0.05)

        threading.Thread(target=drip, daemon=True).start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        limits = Limits(read_seconds=1.0, total_seconds=0.4, attempts=1)
        asker = Client(Addresses([], stand_in=address), world=fake, limits=limits)
        began = time.monotonic()
        assert refused(asker, f"{address}/data", tmp_path / "part").key == "fetching.too_slow"
        assert time.monotonic() - began < 5


def test_an_unknown_packing_is_refused(source: ReplayServer, asker: Client, tmp_path: Path) -> None:
    source.answers("/data", Reply(b"\x00\x01", headers={"Content-Encoding": "br"}))
    assert refused(asker, f"{source.address}/data", tmp_path / "part").key == "fetching.damaged"


# Asking whether something changed ------------------------------------------------------------------------


def test_nothing_new_is_told_by_the_mark(source: ReplayServer, asker: Client, tmp_path: Path) -> None:
    source.answers("/data", Reply(BODY, headers={"ETag": '"1"'}))
    with pytest.raises(NotModified):
        asker.get(f"{source.address}/data", tmp_path / "part", known=Known(etag='"1"'))
    assert source.asked[0].headers["if-none-match"] == '"1"'


# Where it may go -----------------------------------------------------------------------------------------


def test_a_redirect_inside_the_source_is_followed(
    source: ReplayServer, asker: Client, tmp_path: Path
) -> None:
    source.answers("/data", Reply(status=302, headers={"Location": "/moved"}))
    source.answers("/moved", Reply(BODY))
    answer = asker.get(f"{source.address}/data", tmp_path / "part")
    assert answer.url == f"{source.address}/moved"


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:1/",
        "http://localhost/",
        "http://[::1]:8000/",
        "http://2130706433/",
        "https://0x7f000001/",
        "https://017700000001/",
        "https://[::ffff:127.0.0.1]/",
        "https://ec.europa.eu@127.0.0.1/",
        "https://127.0.0.1#@ec.europa.eu/",
        "http://169.254.169.254/latest/meta-data/",
        "https://10.0.0.8/",
        "https://intranet.example/",
        "http://ec.europa.eu/plain",
        "https://ec.europa.eu:8443/",
        "https://user:word@ec.europa.eu/",
        "https://ec.europa.eu.evil.example/",
        "file:///etc/hosts",
        "//evil.example/x",
        "https://[broken/",
        "https://ec.europa.eu:port/",
    ],
)
def test_a_redirect_to_anything_else_is_refused_and_not_asked(
    source: ReplayServer, asker: Client, tmp_path: Path, target: str
) -> None:
    source.answers("/data", Reply(status=302, headers={"Location": target}))
    error = refused(asker, f"{source.address}/data", tmp_path / "part")
    assert error.key == "fetching.address_refused"
    assert str(error).startswith("127.0.0.1 led to ")
    assert len(source.asked) == 1


def test_a_second_redirect_is_looked_at_like_the_first(
    source: ReplayServer, asker: Client, tmp_path: Path
) -> None:
    source.answers("/data", Reply(status=302, headers={"Location": "/moved"}))
    source.answers("/moved", Reply(status=307, headers={"Location": "http://169.254.169.254/"}))
    assert refused(asker, f"{source.address}/data", tmp_path / "part").key == "fetching.address_refused"
    assert [one.path for one in source.asked] == ["/data", "/moved"]


def test_a_name_that_changes_between_the_look_and_the_connection_gains_nothing(
    monkeypatch: pytest.MonkeyPatch, fake: FakeWorld, tmp_path: Path
) -> None:
    """The name service says a public machine first and this one ever after: only the public one is ever connected to."""
    said = iter(["147.67.34.45"])
    connected: list[str] = []

    def resolved(host: str, port: int, **_options: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", (next(said, "127.0.0.1"), port))]

    def connect(_backend: object, host: str, *_arguments: object) -> None:
        connected.append(host)
        raise httpcore.ConnectError("nobody there")

    monkeypatch.setattr("socket.getaddrinfo", resolved)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    asker = Client(Addresses(["ec.europa.eu"]), world=fake)
    error = refused(asker, "https://ec.europa.eu/eurostat", tmp_path / "part")
    assert (error.key, connected) == ("fetching.not_public", ["147.67.34.45"])


def test_redirects_without_an_end_are_left(source: ReplayServer, asker: Client, tmp_path: Path) -> None:
    source.answers("/data", Reply(status=302, headers={"Location": "/data"}))
    assert refused(asker, f"{source.address}/data", tmp_path / "part").key == "fetching.redirects"


@pytest.mark.parametrize(
    "machine",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.4",
        "172.16.5.6",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fc00::8",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "::7f00:1",
        "::ffff:0:7f00:1",
        "64:ff9b:1::7f00:1",
        "fec0::1",
        "fe80::1%eth0",
    ],
)
def test_a_known_name_that_leads_to_an_inner_machine_is_refused_when_connecting(
    monkeypatch: pytest.MonkeyPatch, fake: FakeWorld, tmp_path: Path, machine: str
) -> None:
    monkeypatch.setattr(connecting, "_looked_up", lambda host, port: [machine])
    asker = Client(Addresses(["ec.europa.eu"]), world=fake)
    error = refused(asker, "https://ec.europa.eu/eurostat", tmp_path / "part")
    assert (error.key, error.words["address"]) == ("fetching.not_public", machine)
    assert fake.slept == []


@pytest.mark.parametrize("machine", ["147.67.34.45", "2a01:7080:24:100::666:45"])
def test_public_machines_pass(machine: str) -> None:
    Addresses(["ec.europa.eu"]).check_machine("ec.europa.eu", 443, machine)


def test_without_the_setting_of_the_tests_no_loopback_is_asked(
    source: ReplayServer, fake: FakeWorld, tmp_path: Path
) -> None:
    asker = Client(Addresses(["127.0.0.1", "ec.europa.eu"]), world=fake)
    assert refused(asker, f"{source.address}/data", tmp_path / "part").key == "fetching.address_refused"
    assert source.asked == []


def test_a_stand_in_anywhere_else_is_refused() -> None:
    with pytest.raises(ValueError, match="on this machine"):
        Addresses([], stand_in="http://10.0.0.8:80")


def test_what_refuses_comes_back_for_the_connector_to_judge(
    source: ReplayServer, asker: Client, tmp_path: Path
) -> None:
    source.answers("/data", Reply("<h1>Not here</h1>", status=404, kind=HTML))
    assert asker.get(f"{source.address}/data", tmp_path / "part").status == 404
