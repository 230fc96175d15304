"""A microphone and a loudspeaker made of software: PulseAudio null sinks, for demo and tests.

What is played into `vmic_in` is heard by the microphone `vmic`; what a program plays to `vspk` can
be recorded from `vspk.monitor`. Nothing of the system's own sound configuration is read or changed.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from voice_skill.errors import AudioError

PACKAGES = "pulseaudio pulseaudio-utils libasound2-plugins libportaudio2"
_ANY = "".join(f"{kind}.{name} {{ type pulse }}\n"
               for name in ("default", "pulse") for kind in ("pcm", "ctl"))  # fmt: skip
_GUARD = """
trap '' INT TERM HUP
folder=$1
shift
"$@" </dev/null >/dev/null & server=$!
echo $server
cat
kill -9 $server
rm -rf "$folder"
(sleep 2; rm -rf "$folder") >/dev/null 2>&1 &
"""
"""Outlives the program, also one that is killed, by as much as it takes to end the sound server and
to delete its folder; the recorders end with the server, and one that had only begun may still have
left a file there."""
_NAMES = {name: name for name in ("vmic", "vspk", "other")}


class VirtualSoundCard:
    """A sound server of our own. `environment` leads programs to it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="vs-", dir="/tmp"))
        socket = f"unix:{self.folder}/native"
        self.environment = {
            "PULSE_SERVER": socket,
            "PULSE_RUNTIME_PATH": str(self.folder / "run"),
            "PULSE_STATE_PATH": str(self.folder / "state"),
            "PULSE_COOKIE": str(self.folder / "cookie"),
            "ALSA_CONFIG_PATH": str(self.folder / "alsa.conf"),
        }
        self._guard: subprocess.Popen[bytes] | None = None
        self._server: int | None = None
        self._children: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> "VirtualSoundCard":
        try:
            self.up()
        except BaseException:
            self.down()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.down()

    def up(self) -> None:
        """Start the server and both devices. Raises AudioError naming what to install."""
        if not shutil.which("pulseaudio") or not shutil.which("pactl"):
            raise AudioError(f"no virtual sound card; install: sudo apt install {PACKAGES}")
        for name in ("run", "state"):
            (self.folder / name).mkdir(mode=0o700, exist_ok=True)
        self.list_devices(_NAMES)
        script = self.folder / "default.pa"
        # norewinds: 50 ms blocks instead of 2 s ones, in which a recorder hears nothing
        script.write_text(
            ".fail\nload-module module-native-protocol-unix "
            f"socket={self.folder}/native auth-anonymous=1 auth-cookie-enabled=0\n"
            "load-module module-null-sink sink_name=vspk norewinds=1 rate=48000 channels=1 "
            "format=s16le sink_properties=device.description=vspk\nset-default-sink vspk\n.nofail\n"
        )
        command = ["pulseaudio", "-n", "-F", str(script), "--daemonize=no", "--exit-idle-time=-1"]
        command += ["--realtime=no", "--high-priority=no", "--disable-shm=yes", "--log-level=error"]
        command = ["sh", "-c", _GUARD, "guard", str(self.folder), *command]
        self._guard = subprocess.Popen(
            command, env=self._env(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        assert self._guard.stdout is not None
        self._server = int(self._guard.stdout.readline())
        for _ in range(200):
            if self._pactl("info", check=False) == 0:
                self.plug_microphone()
                return
            time.sleep(0.05)
        raise AudioError("the virtual sound card did not start; is PulseAudio complete?")

    def list_devices(self, names: Mapping[str, str]) -> None:
        """What programs see: a name in the list of devices -> the device that it stands for."""
        own = "".join(f'pcm.{n} {{ type pulse device "{d}" }}\n' for n, d in names.items())
        part = self.folder / "alsa.part"
        part.write_text(_ANY + own)
        # another file by the same name: ALSA misses a change of contents within one second
        part.replace(self.folder / "alsa.conf")

    def activate(self) -> None:
        """Lead this process to the card; do it before sounddevice is loaded."""
        os.environ.update(self.environment)

    def _env(self) -> dict[str, str]:
        return {**os.environ, **self.environment}

    def _pactl(self, *arguments: str, check: bool = True) -> int:
        done = subprocess.run(
            ["pactl", *arguments], env=self._env(), capture_output=True, check=False
        )
        if check and done.returncode:
            raise AudioError(f"pactl {arguments[0]}: {done.stderr.decode(errors='replace')}")
        return done.returncode

    def plug_microphone(self) -> None:
        """Make the microphone appear."""
        self._pactl("load-module", "module-null-sink", "sink_name=vmic_in", "norewinds=1",
                    "rate=16000", "channels=1", "format=s16le",
                    "sink_properties=device.description=vmic_in")  # fmt: skip
        described = "source_properties=device.description=vmic"
        self._pactl("load-module", "module-remap-source", "source_name=vmic",
                    "master=vmic_in.monitor", described)  # fmt: skip
        self._pactl("set-default-source", "vmic")

    def unplug_microphone(self) -> None:
        """Take the microphone away; the sound server gives its listeners another source."""
        for module in self._modules("source_name=vmic ", "sink_name=vmic_in "):
            self._pactl("unload-module", module, check=False)  # the one takes the other along

    def plug_other_loudspeaker(self) -> None:
        """Make a second loudspeaker appear, `other`."""
        self._pactl("load-module", "module-null-sink", "sink_name=other", "norewinds=1",
                    "rate=48000", "channels=1", "format=s16le",
                    "sink_properties=device.description=other")  # fmt: skip

    def suspend_loudspeaker(self, suspended: bool) -> None:
        """Let the loudspeaker stall, as one that went out of reach, or come back."""
        self._pactl("suspend-sink", "vspk", "1" if suspended else "0")

    def _modules(self, *marks: str) -> list[str]:
        listed = subprocess.run(
            ["pactl", "list", "short", "modules"],
            env=self._env(), capture_output=True, check=True, text=True,
        ).stdout  # fmt: skip
        rows = [line for line in listed.splitlines() for mark in marks if mark in line]
        return [row.split()[0] for row in rows]

    def suspend_microphone(self, suspended: bool) -> None:
        """Let the microphone fall silent, as an unplugged one does, or come back."""
        self._pactl("suspend-source", "vmic", "1" if suspended else "0")

    def echo_on(self, attenuation_db: float, delay_ms: int) -> None:
        """Let the loudspeaker leak into the microphone."""
        self._pactl("load-module", "module-loopback", "source=vspk.monitor", "sink=vmic_in",
                    f"latency_msec={delay_ms}", "adjust_time=0")  # fmt: skip
        time.sleep(0.2)
        listed = subprocess.run(
            ["pactl", "list", "short", "sink-inputs"],
            env=self._env(),
            capture_output=True,
            check=True,
        ).stdout.decode()
        loop = [line.split()[0] for line in listed.splitlines() if "module-loopback" in line]
        self._pactl("set-sink-input-volume", loop[-1], f"{attenuation_db}dB")

    def echo_off(self) -> None:
        """Take the leak away."""
        self._pactl("unload-module", "module-loopback")

    def play_to_microphone(self, wav: Path) -> "subprocess.Popen[bytes]":
        """Let the microphone hear a file."""
        command = ["paplay", "--device=vmic_in", "--latency-msec=1000", str(wav)]
        return self._child(command, subprocess.DEVNULL)

    def record(self, source: str, raw: Path, rate_hz: int) -> "subprocess.Popen[bytes]":
        """Record `vspk` or `vmic_in` to 16-bit mono samples until the process is ended."""
        command = ["parec", f"--device={source}.monitor", f"--rate={rate_hz}", "--channels=1",
                   "--format=s16le", "--latency-msec=50"]  # fmt: skip
        with raw.open("wb") as file:
            return self._child(command, file.fileno())

    def _child(self, command: list[str], out: int) -> "subprocess.Popen[bytes]":
        child = subprocess.Popen(command, env=self._env(), stdout=out, stderr=subprocess.DEVNULL)
        self._children.append(child)
        return child

    def kill(self) -> None:
        """End the sound server at once, as a crash would."""
        if self._server:
            os.kill(self._server, signal.SIGKILL)

    def down(self) -> None:
        """End everything and leave nothing behind."""
        for child in self._children:
            if child.poll() is None:
                child.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(3)
                child.kill()
                child.wait()
        if self._guard:
            self._guard.communicate()  # it ends the server and goes
        shutil.rmtree(self.folder, ignore_errors=True)
