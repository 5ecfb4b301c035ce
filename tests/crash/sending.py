"""The client of T6: sends files bit by bit over connections that break and to a server that is
killed, and counts what it had to send again."""

import base64
import hashlib
import http.client
import random
from contextlib import suppress
from dataclasses import dataclass, field

from tests.crash.run import CSRF, Server, free_port, school

PART = 1 << 20
TUS = {"Tus-Resumable": "1.0.0"}


class Line:
    """Requests of one signed-in teacher; each over a connection of its own."""

    def __init__(self, port: int, session: str) -> None:
        self.port = port
        self.headers = {
            "Cookie": f"sessionid={session}; csrftoken={CSRF}",
            "X-CSRFToken": CSRF,
            "Origin": f"http://127.0.0.1:{port}",
        } | TUS

    def ask(
        self, method: str, address: str, body: bytes = b"", **headers: str
    ) -> http.client.HTTPResponse:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            line.request(method, address, body, self.headers | sent)
            answer = line.getresponse()
            answer.read()
            return answer
        finally:
            line.close()

    def begin(self, name: str, size: int) -> str:
        word = base64.b64encode(name.encode()).decode()
        answer = self.ask(
            "POST", "/uploads/", Upload_Length=str(size), Upload_Metadata=f"filename {word}"
        )
        assert answer.status == 201, answer.status
        return answer.headers["Location"]

    def here(self, address: str) -> int:
        return int(self.ask("HEAD", address).headers["Upload-Offset"])

    def send(self, address: str, offset: int, part: bytes) -> int:
        """Where the file ends now. What was left of a broken line may have arrived since it was
        asked about; then the server hangs up on the part, and the client asks again."""
        try:
            answer = self.ask(
                "PATCH", address, part,
                Upload_Offset=str(offset), Content_Type="application/offset+octet-stream",
            )  # fmt: skip
        except OSError:
            return self.here(address)
        assert answer.status in (204, 409), answer.status
        return int(answer.headers["Upload-Offset"])

    def send_and_break(self, address: str, offset: int, part: bytes, after: int) -> None:
        """Promise a whole part, send `after` bytes of it and hang up. The server may hang up first:
        what was left of an older line can have arrived after it was asked about."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        line.putrequest("PATCH", address)
        sent = {
            "Upload-Offset": str(offset),
            "Content-Type": "application/offset+octet-stream",
            "Content-Length": str(len(part)),
        }
        for name, value in (self.headers | sent).items():
            line.putheader(name, value)
        line.endheaders()
        with suppress(OSError):
            line.send(part[:after])
        line.close()


@dataclass
class Sending:
    """One file on its way. `extra`: for each cut, the bytes that had to travel again after it."""

    line: Line
    film: bytes
    address: str
    at: int = 0
    travelled: int = 0
    extra: list[int] = field(default_factory=list)

    def go_on(self, until: int) -> None:
        """Whole parts, as long as they end before `until`."""
        most = 2 * len(self.film) + PART
        while self.at < len(self.film) and (self.at + PART <= until or until == len(self.film)):
            part = self.film[self.at : self.at + PART]
            self.travelled += len(part)
            assert self.travelled < most, "it does not get on"
            self.at = self.line.send(self.address, self.at, part)

    def cut(self, point: int) -> None:
        """Hang up in the middle of a part, where the file has come to `point`."""
        part = self.film[self.at : self.at + PART]
        self.travelled += point - self.at
        self.line.send_and_break(self.address, self.at, part, point - self.at)

    def ask(self, cut_at: int) -> None:
        """Where to go on after the cut."""
        self.at = self.line.here(self.address)
        self.extra.append(max(0, cut_at - self.at))

    @property
    def word(self) -> str:
        return self.address.strip("/").rpartition("/")[2]


def send_files(files: int, size: int, cuts: int, env: dict[str, str], seed: int = 1) -> dict:
    """Send `files` films of `size` bytes, each cut at `cuts` random points; at every tenth cut the
    server itself is killed in the middle of a part. Each is kept, compared and cleared away before
    the next begins, so that many of them need no more room than one. One more is given up half way."""
    dice = random.Random(seed)
    plan = school("make", env)
    server = Server(env, free_port())
    found: dict = {"files": 0, "cuts": 0, "kills": 0, "unlike": [], "extra": 0, "travelled": 0}
    try:
        for number in range(files):
            film = b"\0\0\0\x18ftypmp42" + dice.randbytes(size - 12)
            line = Line(server.port, plan["teacher"])
            sending = Sending(line, film, line.begin(f"film-{number}.mp4", size))
            for index, point in enumerate(sorted(dice.randrange(size) for _ in range(cuts))):
                sending.go_on(point)
                if point <= sending.at:
                    continue
                sending.cut(point)
                if index % 10 == 9:
                    server.kill()
                    server = Server(env, server.port)
                    found["kills"] += 1
                sending.ask(point)
            sending.go_on(size)
            kept = school("keep", env)
            found["files"] += 1
            found["cuts"] += len(sending.extra)
            found["extra"] = max(found["extra"], *sending.extra)
            found["travelled"] += sending.travelled
            if kept != {sending.word: hashlib.sha256(film).hexdigest()}:
                found["unlike"].append(sending.word)
        line = Line(server.port, plan["teacher"])
        given_up = Sending(line, film, line.begin("given-up.mp4", size))
        given_up.go_on(size // 2)
    finally:
        server.kill()
    return found | school("forget", env)
