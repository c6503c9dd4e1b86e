"""Rejections of files: a stable reason with its facts, and the English message made of them.

The store keeps reason and facts (`Rejection.encode`); messages are made where people read them and never read back, so
a message can be reworded without changing what the program does. A new reason needs an entry in `_MESSAGES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

from bot.newsroom.reason_codec import Fact, decode_reason, encode_reason

__all__ = ["RejectReason", "Rejection", "rejection_of_fault"]

_MAX_ERROR = 200
"""Characters of an unexpected error that a rejection keeps; the log has all of it."""


class RejectReason(StrEnum):
    """Reasons for which a file, folder or feed isn't taken; the values are kept in the database."""

    # Found by looking at the folder
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    UNSUPPORTED_EXTENSION = "unsupported-extension"
    MISSING = "missing"
    VANISHED = "vanished"
    PERMISSION_DENIED = "permission-denied"
    READ_ERROR = "read-error"
    NAME_TOO_LONG = "name-too-long"
    NAMED_PIPE = "named-pipe"
    SOCKET = "socket"
    DEVICE = "device"
    FOLDER = "folder"
    NOT_A_REGULAR_FILE = "not-a-regular-file"
    DANGLING_LINK = "dangling-link"
    LINK_LOOP = "link-loop"
    LINK_TO_FOLDER = "link-to-folder"
    LINK_OUTSIDE = "link-outside"
    LINK_TO_SPECIAL_FILE = "link-to-special-file"
    FOLDER_UNREADABLE = "folder-unreadable"
    CHANGING = "changing"
    # Found by reading
    UNSUPPORTED_DOCUMENT = "unsupported-document"
    ARCHIVE = "archive"
    NOT_TEXT = "not-text"
    BINARY = "binary"
    WRONG_ENCODING = "wrong-encoding"
    UNKNOWN_ENCODING = "unknown-encoding"
    NO_TEXT = "no-text"
    ONLY_MARKUP = "only-markup"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    UNPACKS_TOO_LARGE = "unpacks-too-large"
    NO_TEXT_LAYER = "no-text-layer"
    PACKAGE_MISSING = "package-missing"
    INVALID_JSON = "invalid-json"
    NO_JSON_TEXT = "no-json-text"
    NO_JSON_STORY = "no-json-story"
    NOT_A_FEED = "not-a-feed"
    NOT_A_JSON_FEED = "not-a-json-feed"
    EMPTY_FEED = "empty-feed"
    FEED_WITHOUT_TEXT = "feed-without-text"
    # Found by analysing
    NO_STORY = "no-story"
    NAVIGATION_PAGE = "navigation-page"
    TIMEOUT = "timeout"
    TOO_COMPLEX = "too-complex"
    WORKER_DIED = "worker-died"
    INTERNAL_ERROR = "internal-error"
    # Found by fetching a feed
    INVALID_URL = "invalid-url"
    HTTP_ERROR = "http-error"
    FETCH_FAILED = "fetch-failed"
    DOWNLOAD_TOO_LARGE = "download-too-large"
    PRIVATE_ADDRESS = "private-address"

    UNKNOWN = "unknown"
    """A row of another version of the program; its text is the fact `text`."""


_MESSAGES: Mapping[RejectReason, str] = {
    RejectReason.EMPTY: "is empty",
    RejectReason.TOO_LARGE: "is too large ({size:,} bytes; the limit is {max_bytes:,}): split it, or raise intake.max_bytes",
    RejectReason.UNSUPPORTED_EXTENSION: "has an unsupported file type ({extension}); supported are {supported}",
    RejectReason.MISSING: "not found: no such file or folder",
    RejectReason.VANISHED: "was deleted before it could be read",
    RejectReason.PERMISSION_DENIED: "can't be read: permission denied; allow it with chmod a+r",
    RejectReason.READ_ERROR: "can't be read: {error}; check the disk",
    RejectReason.NAME_TOO_LONG: "has too long a name",
    RejectReason.NAMED_PIPE: "is a named pipe, not a file",
    RejectReason.SOCKET: "is a socket, not a file",
    RejectReason.DEVICE: "is a device, not a file",
    RejectReason.FOLDER: "is a folder, not a file",
    RejectReason.NOT_A_REGULAR_FILE: "is not a regular file",
    RejectReason.DANGLING_LINK: "is a link to a file that doesn't exist",
    RejectReason.LINK_LOOP: "is a link to itself",
    RejectReason.LINK_TO_FOLDER: "is a link to a folder, which is not followed: move the folder itself here",
    RejectReason.LINK_OUTSIDE: "is a link to a file outside the folder: copy the file here",
    RejectReason.LINK_TO_SPECIAL_FILE: "is a link to something other than a regular file",
    RejectReason.FOLDER_UNREADABLE: "is a folder that can't be listed ({error}); its stories are kept",
    RejectReason.CHANGING: "changed while it was being read: try again once it is written",
    RejectReason.UNSUPPORTED_DOCUMENT: "is {format}: save it as text or HTML and put that here instead",
    RejectReason.ARCHIVE: "is {format}: unpack it, or save it as text, and put that here instead",
    RejectReason.NOT_TEXT: "is {format}, not text",
    RejectReason.BINARY: "is binary data, not text",
    RejectReason.WRONG_ENCODING: "is marked as {encoding} but is not valid {encoding} at byte {byte}: save it as UTF-8",
    RejectReason.UNKNOWN_ENCODING: "has an encoding that can't be recognised: save it as UTF-8",
    RejectReason.NO_TEXT: "has no text",
    RejectReason.ONLY_MARKUP: "has no text, only markup",
    RejectReason.DAMAGED: "is a damaged {document}: {error}",
    RejectReason.ENCRYPTED: "is protected by a password: save it without one",
    RejectReason.UNPACKS_TOO_LARGE: "unpacks to more than {max_bytes:,} bytes: split it",
    RejectReason.NO_TEXT_LAYER: "has pages but no text, as scans have: recognise its text first (OCR)",
    RejectReason.PACKAGE_MISSING: "is {format}, which needs the package {package}: pip install 'gazette[{extra}]'",
    RejectReason.INVALID_JSON: "is not valid JSON: {error}",
    RejectReason.NO_JSON_TEXT: 'has no text: an object, or each object of a list, needs a "text" that is not empty',
    RejectReason.NO_JSON_STORY: "has no story: {error}",
    RejectReason.NOT_A_FEED: "is not a feed: of XML files, only RSS and Atom are read ({error})",
    RejectReason.NOT_A_JSON_FEED: "is JSON but no JSON Feed: its version has to name jsonfeed.org, and it needs items",
    RejectReason.EMPTY_FEED: "is a feed without entries",
    RejectReason.FEED_WITHOUT_TEXT: "is a feed whose entries have no text",
    RejectReason.NO_STORY: "has no story: it has no words that could be one",
    RejectReason.NAVIGATION_PAGE: "looks like a navigation page: it has links and notices, but no story",
    RejectReason.TIMEOUT: "takes longer than {seconds:.3g} seconds to read: split it, or raise intake.parse_seconds_per_megabyte",
    RejectReason.TOO_COMPLEX: "is too much to read at once ({error}): split it",
    RejectReason.WORKER_DIED: "crashed the process that read it, twice: it may be damaged or too large",
    RejectReason.INTERNAL_ERROR: "can't be read because of a bug in Gazette ({error}): please report it, with the file",
    RejectReason.INVALID_URL: "is not a web address: feeds need http or https",
    RejectReason.HTTP_ERROR: "can't be fetched: the server answers {status}",
    RejectReason.FETCH_FAILED: "can't be fetched: {error}; check the address",
    RejectReason.PRIVATE_ADDRESS: (
        "is not fetched: it leads to a private address, on this computer or network; if that is right, name the host "
        "in intake.private_hosts"
    ),
    RejectReason.DOWNLOAD_TOO_LARGE: "is larger than {max_bytes:,} bytes: raise intake.max_bytes to read it",
    RejectReason.UNKNOWN: "{text}",
}


@dataclass(frozen=True, slots=True)
class Rejection:
    """A reason with the facts that fill its message."""

    reason: RejectReason
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """Return the English message, to follow the name of the file."""
        return _MESSAGES[self.reason].format_map(self.facts)

    def encode(self) -> str:
        """Return the text that the store keeps."""
        if self.reason is RejectReason.UNKNOWN:
            return str(self.facts["text"])
        return encode_reason(self.reason, self.facts)

    @classmethod
    def decode(cls, text: str) -> Rejection:
        """Read a stored text.

        One of another version, such as a sentence of version 0.1, becomes UNKNOWN.
        """
        found = decode_reason(text, RejectReason)
        if found is not None:
            rejection = cls(*found)
            with suppress(KeyError):
                rejection.message  # noqa: B018 - raises KeyError where the message needs a fact that is not stored
                return rejection
        return cls(RejectReason.UNKNOWN, {"text": text})


def rejection_of_fault(error: Exception) -> Rejection:
    """Return the rejection of a document that an unexpected error kept from being read."""
    if isinstance(error, MemoryError | RecursionError):
        return Rejection(RejectReason.TOO_COMPLEX, {"error": type(error).__name__})
    return Rejection(RejectReason.INTERNAL_ERROR, {"error": f"{type(error).__name__}: {str(error)[:_MAX_ERROR]}"})
