"""The client of the crash test: eight learners answer and hand in, every worker is killed, nothing
may be lost, doubled or half done."""

import http.client
import json
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CSRF = "c" * 32
OPTIONS = ("deeper", "same")
HAND_INS = 0.3
"""How many of the deeds are hand-ins."""
START_SECONDS = 60
FIRST_ANSWER_SECONDS = 30


@dataclass
class Deed:
    operation: str
    session: str
    address: str
    choice: str = ""
    base: int = 0
    """Of a hand-in: the version of the draft it is made from."""

    @property
    def task(self) -> tuple[str, str]:
        """Whose work on what."""
        return self.session, self.address

    @property
    def body(self) -> dict[str, str]:
        if self.choice:
            return {"operation": self.operation, "choice": self.choice, "confidence": "1"}
        text = f"Work {self.operation}"
        return {"operation": self.operation, "text": text, "base_version": str(self.base)}


@dataclass
class Log:
    """What clients know: who was answered, who was left hanging."""

    acknowledged: dict[str, Deed] = field(default_factory=dict)
    unsure: list[Deed] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    versions: dict[tuple[str, str], int] = field(default_factory=dict)
    """Of each work, the version of its draft after the last hand-in that was acknowledged."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def await_more(self, seconds: float) -> None:
        """Until one more deed is acknowledged: a kill before that would fall on an idle server,
        as on a machine so slow that the first page takes longer than the wait."""
        known, end = len(self.acknowledged), time.monotonic() + seconds
        while len(self.acknowledged) == known and not self.refused and time.monotonic() < end:
            time.sleep(0.005)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def school(deed: str, env: dict[str, str]) -> dict:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.crash.school", deed],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode:
        raise RuntimeError(ran.stderr[-3000:])
    return json.loads(ran.stdout.splitlines()[-1])


class Server:
    """`meanwhile serve` in a process group of its own, killed as a whole."""

    def __init__(self, env: dict[str, str], port: int) -> None:
        self.port = port
        self.process = subprocess.Popen(
            [sys.executable, "-m", "meanwhile", "serve", "--port", str(port)],
            cwd=ROOT, env=env, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.wait()

    def wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("HEAD", "/static/nothing")
                connection.getresponse()
                return
            except OSError:
                if self.process.poll() is not None:
                    raise RuntimeError("the server did not start") from None
                time.sleep(0.02)
        raise RuntimeError("the server did not answer")

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def send(port: int, deed: Deed) -> tuple[int, bytes]:
    body = urllib.parse.urlencode(deed.body)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(
            "POST", deed.address, body,
            {
                "Content-Type": "application/x-www-form-urlencoded",
                "Accept": "*/*" if deed.choice else "application/json",
                "Cookie": f"sessionid={deed.session}; csrftoken={CSRF}",
                "X-CSRFToken": CSRF,
                "Origin": f"http://127.0.0.1:{port}",
            },
        )  # fmt: skip
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def new_deed(dice: random.Random, session: str, plan: dict, log: Log) -> Deed:
    """An answer, or now and then a hand-in."""
    operation = secrets.token_urlsafe(16)
    if dice.random() < HAND_INS:
        address = dice.choice(plan["tasks"])
        return Deed(operation, session, address, base=log.versions.get((session, address), 0))
    return Deed(operation, session, dice.choice(plan["addresses"]), dice.choice(OPTIONS))


def learner(port: int, session: str, plan: dict, log: Log, stop: threading.Event) -> None:
    """Answer and hand in until the server is gone; say again half of what was acknowledged and all
    that was left open."""
    dice = random.Random(secrets.randbits(64))
    while not stop.is_set():
        deed = new_deed(dice, session, plan, log)
        with log.lock:
            mine = [left for left in log.unsure if left.session == session]
            if mine:
                deed = mine[0]
                log.unsure.remove(deed)
        if not tell(port, deed, log):
            return
        if dice.random() < 0.5 and not tell(port, deed, log):
            return


def tell(port: int, deed: Deed, log: Log) -> bool:
    try:
        status, said = send(port, deed)
    except (OSError, http.client.HTTPException):
        with log.lock:
            if deed.operation not in log.acknowledged:
                log.unsure.append(deed)
        return False
    with log.lock:
        if status in (200, 201, 302, 303):
            log.acknowledged[deed.operation] = deed
            if not deed.choice:
                log.versions[deed.task] = max(
                    log.versions.get(deed.task, 0), json.loads(said)["version"]
                )
        else:
            log.refused.append(f"{status} {deed.address}")
    return True


def crash(points: int, env: dict[str, str], seed: int = 1) -> dict:
    """Kill at `points` random moments. What was lost, doubled, half done, in numbers."""
    dice, log = random.Random(seed), Log()
    plan = school("make", env)
    for _ in range(points):
        port = free_port()
        server = Server(env, port)
        stop = threading.Event()
        threads = [
            threading.Thread(target=learner, args=(port, session, plan, log, stop))
            for session in plan["sessions"]
        ]
        for thread in threads:
            thread.start()
        log.await_more(FIRST_ANSWER_SECONDS)
        time.sleep(dice.uniform(0.0, 0.4))
        server.kill()
        stop.set()
        for thread in threads:
            thread.join(timeout=15)
    found = school("look", env)
    kept = set(found["receipts"])
    known = set(log.acknowledged) | {deed.operation for deed in log.unsure}
    return {
        "points": points,
        "acknowledged": len(log.acknowledged),
        "handed_in": sum(not deed.choice for deed in log.acknowledged.values()),
        "lost": len(set(log.acknowledged) - kept),
        "unasked": len(kept - known),
        "half": found["half"],
        "refused": log.refused[:5],
        "sound": found["sound"],
    }
