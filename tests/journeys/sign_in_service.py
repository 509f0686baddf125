"""The sign-in service of an organisation, as a process of its own: `python -m journeys.sign_in_service PORT`.

The provider is oidc-provider-mock, with two things put right: its pages fetch a stylesheet from another machine, and
when somebody stops it leaves out the state that RFC 6749 (4.1.2.1) has it send back. Whoever comes as the forger gets
another state than was given.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress

# Not localhost: to the browser this is another site, as a ministry's service would be.
HOST = "127.0.0.1"
SOMEBODY, NEWCOMER, FORGER = "nova", "iva", "forger"
NAMES = {SOMEBODY: "Нова Колева", NEWCOMER: "Ива Пенева", FORGER: "Мнима Колева"}
STYLESHEET = re.compile(r"<link\b[^>]*>", re.DOTALL)


@contextmanager
def running(port: int) -> Iterator[str]:
    """Its address, while it runs."""
    service = subprocess.Popen(
        [sys.executable, "-m", "journeys.sign_in_service", str(port)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "AUTHLIB_INSECURE_TRANSPORT": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://{HOST}:{port}"
    try:
        _wait_for(f"{address}/.well-known/openid-configuration", service)
        yield address
    finally:
        service.terminate()
        service.wait(timeout=15)


def _wait_for(address: str, service: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and service.poll() is None:
        with suppress(OSError):
            urllib.request.urlopen(address, timeout=10).close()
            return
        time.sleep(0.1)
    raise TimeoutError(f"The sign-in service did not answer at {address}.")


def main(port: int) -> None:
    from flask import Response, request
    from oidc_provider_mock import User, app
    from werkzeug.serving import make_server

    people = [
        User(sub=who, claims={"email": f"{who}@ministry.example", "email_verified": True, "name": name})
        for who, name in NAMES.items()
    ]
    provider = app(user_claims=people)

    @provider.after_request
    def put_right(answer: Response) -> Response:
        if answer.mimetype == "text/html":
            answer.set_data(STYLESHEET.sub("", answer.get_data(as_text=True)))
        if "error=" in (answer.location or "") and "state" in request.args:
            answer.location = f"{answer.location}&state={request.args['state']}"
        if request.form.get("sub") == FORGER:
            answer.location = re.sub("state=[^&]+", "state=forged", answer.location or "")
        return answer

    make_server(HOST, port, provider, threaded=True).serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
