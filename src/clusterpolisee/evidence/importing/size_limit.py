"""Uploads are kept up to the limit, while they arrive: nobody fills the disk with one long request."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

FAR_TOO_MUCH = 10  # times the limit


class SizeLimit(FileUploadHandler):
    """Stands before the handler that writes; counts, and drops what is too much. The view says so in a sentence.

    The rest is read and dropped: a browser whose sending is cut off shows a failure of its own, not our sentence.
    Behind granian StopUpload cuts it off, though Django means to read on.
    """

    _arrived = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self._arrived += len(raw_data)
        limit = settings.IMPORT_LIMIT_MB << 20
        if self._arrived <= limit:
            return raw_data
        self.request.upload_was_too_large = True  # type: ignore[union-attr]
        if self._arrived > limit * FAR_TOO_MUCH:
            raise StopUpload(connection_reset=True)
        return None

    def file_complete(self, file_size: int) -> Any:
        return None


def was_too_large(request: object) -> bool:
    return getattr(request, "upload_was_too_large", False)
