"""The client of T6: sends files bit by bit over connections that break and to a server that is
killed, and counts what it had to send again."""

import base64
import hashlib
import http.client
import random
from dataclasses import dataclass

from tests.crash.run import CSRF, Server, free_port, school

PART = 1 << 20
TUS = {"Tus-Resumable": "1.0.0"}


@dataclass
class Sent:
    """`extra`: bytes that travelled more than once; `cuts`: how often it was cut."""

    word: str
    sha256: str
    cuts: int
    extra: int


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
        """Promise a whole part, send `after` bytes of it and hang up."""
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
        line.send(part[:after])
        line.close()


def send_files(files: int, size: int, cuts: int, env: dict[str, str], seed: int = 1) -> dict:
    """Send `files` films of `size` bytes, each cut at `cuts` random points; at every tenth cut the
    server itself is killed in the middle of a part."""
    dice = random.Random(seed)
    plan = school("make", env)
    server = Server(env, free_port())
    sent: list[Sent] = []
    kills = 0
    try:
        for number in range(files):
            film = b"\0\0\0\x18ftypmp42" + dice.randbytes(size - 12)
            line = Line(server.port, plan["teacher"])
            address = line.begin(f"film-{number}.mp4", size)
            points = sorted(dice.randrange(size) for _ in range(cuts))
            at = travelled = 0
            for index, point in enumerate(points):
                while at + PART <= point:
                    part = film[at : at + PART]
                    travelled += len(part)
                    at = line.send(address, at, part)
                part = film[at : at + PART]
                if point <= at:
                    continue
                travelled += min(point - at, len(part))
                line.send_and_break(address, at, part, point - at)
                if index % 10 == 9:
                    server.kill()
                    server = Server(env, server.port)
                    kills += 1
                at = line.here(address)
            while at < size:
                part = film[at : at + PART]
                travelled += len(part)
                assert travelled < 2 * size + cuts * PART, "it does not get on"
                at = line.send(address, at, part)
            word = address.strip("/").rpartition("/")[2]
            sent.append(Sent(word, hashlib.sha256(film).hexdigest(), cuts, travelled - size))
    finally:
        server.kill()
    kept = school("keep", env)
    return {
        "files": len(sent),
        "cuts": sum(each.cuts for each in sent),
        "kills": kills,
        "unlike": [each.word for each in sent if kept[each.word] != each.sha256],
        "extra_per_cut": max(each.extra / each.cuts for each in sent),
    }
