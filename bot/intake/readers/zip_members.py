"""Members of a zip archive, read in bounded memory.

Word documents and e-books are archives. What an archive says of its members is not believed: a member is read to its
limit and no further, and declarations of entities are refused before any XML is parsed.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any, Final

from lxml import etree

from bot.intake.types import Unreadable
from bot.newsroom.rejections import RejectReason

__all__ = ["ZIP_ARCHIVE", "ZipMembers"]

ZIP_ARCHIVE: Final = "a zip archive or Office document"
"""Name of the format of archives that are not read."""

_DOCUMENT: Final = "Word document or e-book"
"""What a damaged archive should have been."""

_MAX_MEMBER_BYTES: Final = 20_000_000
"""Bytes of one member: the text of a long book has some two million."""

_MAX_BYTES: Final = 60_000_000
"""Bytes of all members that are read of one archive: three times the largest file that is read."""

_ENCRYPTED: Final = 0x1
"""The flag of a member that needs a password."""

_MAX_ERROR: Final = 120
"""Characters of a library's error that a rejection keeps."""


class ZipMembers:
    """The members of an archive by name.

    Raises Unreadable for what is no archive, and for one without `main`, the member that makes it a document.
    """

    def __init__(self, data: bytes, main: str) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
            raise _damaged(error) from error
        if main not in self:
            raise Unreadable(RejectReason.ARCHIVE, format=ZIP_ARCHIVE)
        self._left = _MAX_BYTES

    def __contains__(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def read(self, name: str) -> bytes:
        """Return a member's bytes.

        Raises Unreadable where there are too many, none, or a password is needed.
        """
        info = self._archive.NameToInfo.get(name)
        if info is None:
            raise Unreadable(RejectReason.DAMAGED, document=_DOCUMENT, error=f"{name[:_MAX_ERROR]} is missing")
        if info.flag_bits & _ENCRYPTED:
            raise Unreadable(RejectReason.ENCRYPTED)
        limit = min(_MAX_MEMBER_BYTES, self._left)
        try:
            with self._archive.open(info) as member:
                data = member.read(limit + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise _damaged(error) from error
        if len(data) > limit:
            raise Unreadable(RejectReason.UNPACKS_TOO_LARGE, max_bytes=limit)
        self._left -= len(data)
        return data

    def read_xml(self, name: str) -> Any:
        """Return the root of a member's XML. Raises Unreadable."""
        data = self.read(name)
        if b"<!ENTITY" in data:
            raise Unreadable(RejectReason.DAMAGED, document=_DOCUMENT, error="it declares entities")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise _damaged(error) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise Unreadable(RejectReason.DAMAGED, document=_DOCUMENT, error="it declares a document type")
        return root


def _damaged(error: Exception) -> Unreadable:
    return Unreadable(RejectReason.DAMAGED, document=_DOCUMENT, error=str(error)[:_MAX_ERROR] or type(error).__name__)
