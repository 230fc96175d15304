#!/bin/sh
# Sets up everything once: system packages, virtual environment, Python packages. Sourced by run and
# test. Each step says what it does, runs once, and fails with what to do.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"
venv=${VOICE_SKILL_VENV:-$root/.venv}
packages="python3 python3-venv libportaudio2 libatomic1 espeak-ng libespeak-ng1 alsa-utils pulseaudio pulseaudio-utils libasound2-plugins"

say() { printf 'voice_skill: %s\n' "$*" >&2; }
fail() { say "$*"; exit 3; }

have_system() {
    command -v python3 >/dev/null && command -v espeak-ng >/dev/null &&
        command -v pulseaudio >/dev/null && command -v pactl >/dev/null &&
        python3 -c 'import venv, ensurepip, ctypes.util, platform, sys
names = ["portaudio"] + ["atomic"] * (platform.machine() == "aarch64")  # vosk for it needs that
sys.exit(0 if all(map(ctypes.util.find_library, names)) else 1)' 2>/dev/null
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else fail "root is needed for: $*  (run it as root, then start me again)"; fi
}

install_system() {
    have_system && return 0
    if [ "$(uname -s)" = Darwin ]; then
        fail "install first: brew install python portaudio espeak-ng  (then start me again)"
    fi
    if ! command -v apt-get >/dev/null; then
        fail "install first, by your package manager: Python 3.10 or newer with venv, PortAudio, libatomic (aarch64), espeak-ng, PulseAudio with pactl and the ALSA plugin"
    fi
    say "installing system packages: $packages"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq ||
        fail "apt-get update failed; check the network, then start me again"
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null ||
        fail "apt-get install failed; run it by hand: apt-get install $packages"
}

# Programs that only some commands use; without them their tests are skipped.
install_extras() {
    command -v fstcompile >/dev/null && command -v dot >/dev/null && command -v flite >/dev/null && return 0
    command -v apt-get >/dev/null || return 0
    extras="libfst-tools libfst22-plugins-base graphviz flite"
    say "installing for the tests: $extras"
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $extras >/dev/null ||
        say "could not install all of them: some tests will be skipped"
}

# $1: what to install (. or .[test]); a stamp holds what the packages were installed from
install_python() {
    stamp="$venv/installed-$(printf %s "$1" | tr -c 'a-z\n' '-')"
    if [ -f "$stamp" ] && cmp -s "$stamp" pyproject.toml; then return 0; fi
    if [ ! -x "$venv/bin/python" ]; then
        say "making a virtual environment in $venv"
        python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
            fail "Python 3.10 or newer is needed; this is $(python3 --version)"
        python3 -m venv "$venv" || fail "no virtual environment; install python3-venv"
    fi
    say "installing Python packages (some minutes the first time)"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -e "$1" ||
        fail "pip failed; check the network and the disk, then start me again"
    cp pyproject.toml "$stamp"
}

larger_model=vosk-model-small-en-us-0.15
OFFER_SECONDS=${VOICE_SKILL_OFFER_SECONDS:-20}

# Asks once whether to fetch the larger speech model. Nothing is fetched without a yes, and nothing
# hangs on it: no answer, no network or no terminal means the starter model.
offer_model() {
    asked="$venv/asked-for-model"
    if [ -f "$asked" ] || [ ! -t 0 ]; then return 0; fi
    : > "$asked" || return 0
    question="A larger speech model can be fetched, 40 megabytes. Fetch it now? Type y, or wait $OFFER_SECONDS seconds to go on with the small one."
    espeak-ng "$question" >/dev/null 2>&1 &
    printf '%s\n' "$question" >&2
    answer=$(timeout --foreground "$OFFER_SECONDS" sh -c 'read -r line && printf %s "$line"' || true)
    case $answer in
        y | Y | yes | Yes)
            "$venv/bin/voice-skill" model install "$larger_model" &&
                "$venv/bin/voice-skill" model use "$larger_model" ||
                say "going on with the starter model; later: voice-skill model install $larger_model" ;;
        *) say "going on with the starter model; later: voice-skill model install $larger_model" ;;
    esac
}
