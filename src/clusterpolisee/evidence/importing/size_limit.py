"""Uploads end where the limit is, while they arrive: nobody fills the disk with one long request."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class SizeLimit(FileUploadHandler):
    """Stands before the handler that writes; counts, and drops what is too much. The view says so in a sentence."""

    _arrived = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._arrived += len(raw_data)
        if self._arrived > settings.IMPORT_LIMIT_MB << 20:
            self.request.upload_was_too_large = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> Any:
        return None


def was_too_large(request: object) -> bool:
    return getattr(request, "upload_was_too_large", False)
