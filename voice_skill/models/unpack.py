"""Unpacking a model archive from a stranger: no path escapes, no bombs, no links."""

import errno
import stat
import zipfile
from pathlib import Path, PurePosixPath

from voice_skill.errors import ModelError
from voice_skill.files import is_plain, reason, shortened

MAX_FILES = 2000
_BLOCK_BYTES = 1 << 20


def unpack(archive: Path, folder: Path, most_bytes: int) -> None:
    """Write a zip's files into `folder`.

    Sizes are counted as they come out, whatever the archive says of itself. Raises ModelError.
    """
    if not is_plain(archive):
        raise ModelError(f"{archive}: not a file; give a zip archive")
    try:
        with zipfile.ZipFile(archive) as opened:
            names = [info for info in opened.infolist() if not info.is_dir()]
            if len(names) > MAX_FILES:
                raise ModelError(f"{archive}: {len(names)} files are too many for a model")
            left = most_bytes
            for info in names:
                target = folder / _safe(archive, info)
                target.parent.mkdir(parents=True, exist_ok=True)
                left -= _extract(opened, info, target, left)
    except ModelError:
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES):
            raise
        raise ModelError(f"{archive}: cannot be unpacked ({reason(error)})") from None
    except Exception as error:  # zipfile and its decompressors raise many kinds
        text = shortened(error) or type(error).__name__
        raise ModelError(f"{archive}: not a zip archive that can be read ({text})") from None


def _safe(archive: Path, info: zipfile.ZipInfo) -> Path:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    mode = info.external_attr >> 16
    link = mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode) != 0
    plain = path.parts and ".." not in path.parts and ":" not in path.parts[0]
    if path.is_absolute() or not plain or link:
        raise ModelError(
            f"{archive}: refused, {shortened(ascii(info.filename))} would leave its folder"
        )
    return Path(path)


def _extract(opened: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, most: int) -> int:
    size = 0
    with opened.open(info) as source, target.open("wb") as stream:
        while block := source.read(_BLOCK_BYTES):
            size += len(block)
            if size > most:
                raise ModelError(f"{opened.filename}: refused, it unpacks to more than a model is")
            stream.write(block)
    return size
