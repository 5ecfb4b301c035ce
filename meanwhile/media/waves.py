"""How loud a film is from moment to moment: what an editor draws to cut and to caption by."""

import json
from array import array
from sys import byteorder

RATE = 8000
"""Samples a second that are looked at."""
MOST_PEAKS = 12_000
FINEST = 20
"""Peaks a second of a film that is short enough."""


class Waves:
    """Takes in sound bit by bit (16 bits, little-endian, one channel) and keeps its peaks."""

    def __init__(self, seconds: float) -> None:
        self.a_second = max(1, min(FINEST, int(MOST_PEAKS / max(1.0, seconds))))
        self.peaks: list[int] = []
        self._step = RATE // self.a_second
        self._rest = b""

    def take(self, chunk: bytes) -> None:
        data = self._rest + chunk
        whole = len(data) // (2 * self._step) * 2 * self._step
        self._rest = data[whole:]
        samples = array("h", data[:whole])
        if byteorder == "big":
            samples.byteswap()
        for at in range(0, len(samples), self._step):
            if len(self.peaks) >= 2 * MOST_PEAKS:
                return
            part = samples[at : at + self._step]
            self.peaks.append(min(100, round(max(max(part), -min(part)) * 100 / 32767)))

    def written(self) -> str:
        """As JSON: `{"perSecond": 20, "peaks": [0, 57, 100, …]}`, in hundredths of the loudest."""
        return json.dumps({"perSecond": self.a_second, "peaks": self.peaks}, separators=(",", ":"))
