"""Files as the API shows them."""

from __future__ import annotations

from rest_framework import serializers

from files.models import Attachment


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    """A file that the reader may download at `url`."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = Attachment
        fields = ["name", "url", "size", "content_type", "sha256", "purpose", "added_at"]

    def get_url(self, attachment: Attachment) -> str:
        """Absolute."""
        return str(self.context["request"].build_absolute_uri(attachment.get_absolute_url()))
