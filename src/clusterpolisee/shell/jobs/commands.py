"""`clusterpolisee work`: a worker of its own, on this machine or another one with the same database and folder."""

from __future__ import annotations

import argparse
from typing import Any


def register(commands: Any) -> None:
    """Plug `work` in."""
    text = "take background work from the queue and do it; `serve` starts a worker by itself"
    parser = commands.add_parser("work", help=text, description=text.capitalize() + ".")
    parser.add_argument("--once", action="store_true", help="end when the queue is empty")
    parser.add_argument("--with", dest="with_parent", type=int, metavar="PID", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from clusterpolisee.shell.jobs.worker import work

    work(batch=options.once, with_parent=options.with_parent)
    return 0
