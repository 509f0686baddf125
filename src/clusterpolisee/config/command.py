"""The `clusterpolisee` command: sub-commands plugged in by the apps, and the server.

clusterpolisee demo                       a server with real figures and demo accounts
clusterpolisee serve                      the server
clusterpolisee data list                  the catalogue
clusterpolisee region BG31 --lang bg      what is known of a region
clusterpolisee partners BG31              with whom it should team up
clusterpolisee space BG31                 what it does, what lies near, and what between
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

# Modules with a function `register(commands)`; each app brings its own.
PLUGS = (
    "clusterpolisee.evidence.region_command",
    "clusterpolisee.evidence.opportunities_command",
    "clusterpolisee.evidence.similar_command",
    "clusterpolisee.evidence.partners_command",
    "clusterpolisee.evidence.space_command",
    "clusterpolisee.evidence.commands",
    "clusterpolisee.community.commands",
    "clusterpolisee.shell.accounts.commands",
    "clusterpolisee.shell.jobs.commands",
    "clusterpolisee.shell.languages.commands",
    "clusterpolisee.shell.backup.commands",
    "clusterpolisee.config.check_command",
    "clusterpolisee.config.server",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. Mistakes of the caller end with one sentence and code 2."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["demo"]:  # the settings must see it before they are read
        os.environ["CLUSTERPOLISEE_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterpolisee.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.db.utils import OperationalError, ProgrammingError

    try:
        django.setup()
        options = _parser().parse_args(given)
        return int(options.run(options) or 0)
    except ImproperlyConfigured as mistake:
        print(mistake, file=sys.stderr)
    except (OperationalError, ProgrammingError) as mistake:
        print(_database_sentence(mistake), file=sys.stderr)
    except BrokenPipeError:  # `clusterpolisee data list | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="clusterpolisee", description="Regional evidence, cited: the platform on the command line."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in PLUGS:
        import_module(name).register(commands)
    return parser


def _database_sentence(mistake: Exception) -> str:
    """A missing table means that nobody has set the instance up; anything else is the database's own sentence."""
    said = str(mistake).strip().splitlines()[0] if str(mistake).strip() else type(mistake).__name__
    if "no such table" in said or "does not exist" in said:
        return "This instance is not set up yet: run `clusterpolisee setup`, or start it with `clusterpolisee serve`."
    return f"The database does not answer: {said}"


if __name__ == "__main__":
    sys.exit(main())
