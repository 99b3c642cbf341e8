"""What can go wrong with a store, as one small tree over the built-in that a caller would catch.

::

    OSError
    └── StoreError            .location  .code  .detail  .message("vi" | "en")
        ├── StoreLocked       another process writes (also BlockingIOError)
        ├── NotAStore         the folder is missing, foreign, damaged, or of a newer version
        ├── StoreUnreachable  the endpoint does not answer (also ConnectionError)
        └── QueryError        the query is wrong or refused (also ValueError)
            └── TooManyRows   more rows than the cap allows

``str(error)`` is the Vietnamese sentence, as with the loaders' errors; :meth:`StoreError.message` gives either.
"""

from __future__ import annotations

from typing import Literal

_SENTENCES: dict[str, tuple[str, str]] = {
    "locked": (
        "Kho đang được một tiến trình khác ghi hoặc đọc; hãy đợi tiến trình ấy xong rồi chạy lại",
        "another process is using the store; wait until it has finished and run this again",
    ),
    "missing": (
        "Chưa có kho ở đây; hãy chạy `lineage build` trước",
        "there is no store here yet; run `lineage build` first",
    ),
    "foreign": (
        "Thư mục này không phải kho của lineage và không trống; không ghi gì vào đây",
        "this folder is not a lineage store and is not empty; nothing was written to it",
    ),
    "version": (
        "Kho được tạo bởi một phiên bản khác của chương trình; hãy dựng lại bằng `lineage build` vào thư mục mới",
        "the store was made by another version of this program; build it again into a new folder",
    ),
    "damaged": (
        "Không mở hoặc không đọc được kho; hãy đổi tên thư mục (đừng xóa: trong đó có các quyết định) và chạy lại "
        "`lineage build`",
        "the store cannot be opened or read; rename the folder (do not delete it: it holds the decisions) and run "
        "`lineage build` again",
    ),
    "denied": (
        "Không có quyền đọc, ghi kho hoặc hết chỗ trên đĩa; kho không hỏng, đừng xóa",
        "no permission to read or write the store, or no space left; it is not damaged: do not delete it",
    ),
    "read-only": ("Kho được mở chỉ để đọc", "the store was opened for reading only"),
    "closed": ("Kho đã đóng", "the store is closed"),
    "unreachable": ("Không kết nối được tới máy chủ SPARQL", "the SPARQL endpoint does not answer"),
    "rejected": ("Máy chủ SPARQL từ chối yêu cầu", "the SPARQL endpoint rejected the request"),
    "address": (
        "Địa chỉ máy chủ SPARQL không dùng được (cần http:// hoặc https://, không kèm tên và mật khẩu)",
        "not a usable endpoint address (http:// or https:// without name and password)",
    ),
    "no-union": (
        "Máy chủ SPARQL không hỏi trên hợp của các đồ thị có tên (Oxigraph: --union-default-graph)",
        "the endpoint does not query the union of its named graphs (Oxigraph: --union-default-graph)",
    ),
    "syntax": ("Câu truy vấn sai cú pháp", "the query is not valid SPARQL"),
    "refused": ("Câu truy vấn dùng thứ không được phép", "the query uses what is not allowed here"),
    "unbound": ("Không có giá trị hợp lệ cho biến", "no such variable, or no value that can be bound to it"),
    "rows": ("Kết quả vượt quá số dòng cho phép", "the answer has more rows than the cap allows"),
    "blank": ("Đồ thị không được chứa nút trống", "blank nodes are refused: every node has a name of its own"),
}


class StoreError(OSError):
    """A store cannot do what was asked. ``code`` is a stable word, ``detail`` what the engine said (may be empty)."""

    def __init__(self, location: str, code: str, detail: str = "") -> None:
        """Make the error for ``location`` (a folder or an address); ``code`` is a key of the sentence table."""
        self.location = location
        self.code = code
        self.detail = detail
        super().__init__(self.message())

    def message(self, lang: Literal["vi", "en"] = "vi") -> str:
        """One sentence for people: where, what, and what to do next."""
        sentence = _SENTENCES[self.code][lang == "en"]
        return f"{self.location}: {sentence}" + (f": {self.detail}" if self.detail else "")


class StoreLocked(StoreError, BlockingIOError):
    """Another process holds the store."""


class NotAStore(StoreError):
    """The folder is missing, holds something else, is damaged, or was written by another version."""


class StoreUnreachable(StoreError, ConnectionError):
    """The endpoint does not answer in time, or answers with a server error."""


class QueryError(StoreError, ValueError):
    """The query is not SPARQL, or uses what is refused (SERVICE, FROM, another form than SELECT)."""


class TooManyRows(QueryError):
    """The row cap was reached; the rows already given are right, more exist."""
