"""What a machine lacks for the tests is installed where nobody has to be asked, and named where it is not."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType, SimpleNamespace

import pytest

from house.plan import script

EVERYTHING = {"chromium", "curl", "Rscript", "apt-get"}


@pytest.fixture
def programs() -> ModuleType:
    return script("programs")


@pytest.fixture
def machine(programs: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[list[str]]]:
    """A machine with these programs and this person; gives the commands that are run on it."""

    def made(
        there: set[str], *, root: bool = True, fails: str = "", becomes: set[str] | None = None
    ) -> list[list[str]]:
        commands: list[list[str]] = []

        def run(command: list[str], **_: object) -> SimpleNamespace:
            commands.append(
                [word for word in command if word not in ("env", "DEBIAN_FRONTEND=noninteractive")]
            )
            if "install" in command:
                there.update(becomes or set())
            return SimpleNamespace(returncode=int(bool(fails) and fails in command), stderr="E: no such luck")

        monkeypatch.delenv("CHROMIUM", raising=False)
        monkeypatch.setattr(
            programs.shutil, "which", lambda name: f"/usr/bin/{name}" if name in there else None
        )
        monkeypatch.setattr(programs.os, "geteuid", lambda: 0 if root else 1000)
        monkeypatch.setattr(programs.subprocess, "run", run)
        return commands

    return made


def test_nothing_is_installed_where_everything_is_there(programs: ModuleType, machine: Callable) -> None:
    commands = machine(EVERYTHING)
    programs.programs_of_the_examples()
    assert commands == []


def test_curl_and_r_with_its_packages_come_in_one_go(programs: ModuleType, machine: Callable) -> None:
    commands = machine({"chromium", "apt-get"})
    programs.programs_of_the_examples()
    apt = ["apt-get", "-qq", *programs.PATIENCE]
    packages = ["curl", "r-base-core", "r-cran-curl", "r-cran-jsonlite"]
    assert commands == [[*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", *packages]]


def test_of_all_that_apt_says_the_first_reason_is_passed_on(
    programs: ModuleType, machine: Callable, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    machine({"chromium", "curl", "apt-get"}, fails="install")
    said = "W: Some lists are old\n" + "".join(
        f"E: Failed to fetch {name}.deb  Temporary failure resolving 'mirror'\n"
        for name in ("unzip", "r-base")
    )
    failing = SimpleNamespace(returncode=100, stderr=said)
    monkeypatch.setattr(programs.subprocess, "run", lambda command, **_: failing)
    assert not programs.installed("r-base-core")
    told = capsys.readouterr().out
    assert "apt could not: E: Failed to fetch unzip.deb  Temporary failure resolving 'mirror'" in told
    assert "r-base.deb" not in told


@pytest.mark.parametrize(
    ("there", "root", "fails"),
    [
        ({"chromium", "curl"}, True, ""),
        ({"chromium", "curl", "apt-get"}, False, ""),
        ({"chromium", "curl", "apt-get", "sudo"}, False, "true"),
        ({"chromium", "curl", "apt-get"}, True, "install"),
        ({"chromium", "curl", "apt-get"}, True, "update"),
    ],
    ids=["no apt", "no sudo", "a password wanted", "no such package", "no network"],
)
def test_where_r_cannot_be_had_the_run_goes_on_and_says_how_to_get_it(
    programs: ModuleType, machine: Callable, capsys, there: set[str], root: bool, fails: str
) -> None:
    machine(there, root=root, fails=fails)
    programs.programs_of_the_examples()
    assert (
        "for want of Rscript: apt install r-base-core r-cran-curl r-cran-jsonlite" in capsys.readouterr().out
    )


def test_the_package_lists_are_fetched_once_whatever_is_missing(
    programs: ModuleType, machine: Callable
) -> None:
    commands = machine({"apt-get"}, becomes={"chromium"})
    assert programs.browser() == "/usr/bin/chromium"
    programs.programs_of_the_examples()
    assert sum("update" in command for command in commands) == 1


def test_without_sudo_nobody_is_asked_for_a_password(programs: ModuleType, machine: Callable) -> None:
    commands = machine({"chromium", "apt-get", "sudo"}, root=False)
    programs.programs_of_the_examples()
    assert commands[0] == ["sudo", "-n", "true"]
    assert all(command[:2] == ["sudo", "-n"] for command in commands)


def test_without_a_browser_the_run_stops_with_a_sentence(programs: ModuleType, machine: Callable) -> None:
    machine({"curl"})
    with pytest.raises(SystemExit, match="apt install chromium"):
        programs.browser()


def test_a_browser_that_was_named_and_is_not_there_is_told(
    programs: ModuleType, machine: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine(EVERYTHING)
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    with pytest.raises(SystemExit, match="CHROMIUM names “no-such-browser”"):
        programs.browser()
