"""Where things are, and the environment our own commands run in."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
REQUIREMENTS = ROOT / "requirements"
NODE_MODULES = ROOT / "node_modules"
ASSETS = ROOT / "meanwhile" / "ui" / "static" / "ui"


def data_folder() -> Path:
    """Where the database, the secret key and the files of people live."""
    return Path(os.environ.get("MEANWHILE_DATA") or ROOT / "var").expanduser().resolve()


def environment(**extra: str) -> dict[str, str]:
    """The environment for our own commands: the virtual environment first on the path."""
    env = {name: value for name, value in os.environ.items() if name not in _LEAKS}
    env["PATH"] = os.pathsep.join([str(BIN), env.get("PATH", os.defpath)])
    env["VIRTUAL_ENV"] = str(VENV)
    env["MEANWHILE_DATA"] = str(data_folder())
    env["PYTHONUNBUFFERED"] = "1"
    env["PYTHONUTF8"] = "1"
    return env | extra


_LEAKS = {"PYTHONHOME", "PYTHONPATH", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "__PYVENV_LAUNCHER__"}


def python_in_use() -> str:
    """The Python that runs us, as a sentence can name it."""
    return f"Python {sys.version_info[0]}.{sys.version_info[1]} ({sys.executable})"
