"""hands in an archive in an archive in an archive, as deep as somebody might unpack it."""

import io
import zipfile


def hand_in(mine: dict[str, bytes], _theirs: object, _folder: object) -> dict[str, bytes]:
    """Twenty layers around a megabyte of nothing."""
    content = bytes(1_000_000)
    for _ in range(20):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("inner.zip", content)
        content = stream.getvalue()
    return {**mine, "data.zip": content}
