"""Are the stored bytes still there, and still those that came?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from files.models import Attachment


def findings() -> Iterator[str]:
    """A sentence for every file whose bytes are missing, cannot be read or are not what their hash
    says."""
    for attachment in Attachment.objects.order_by("pk").iterator(chunk_size=500):
        try:
            with attachment.content.open("rb") as content:
                found = hashlib.file_digest(content, "sha256").hexdigest()
        except FileNotFoundError:
            yield f"File {attachment.pk}: its bytes are missing"
        except OSError as error:
            yield f"File {attachment.pk}: its bytes cannot be read ({error.strerror})"
        else:
            if found != attachment.sha256:
                yield f"File {attachment.pk}: its bytes are not what its hash says"
