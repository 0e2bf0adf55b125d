"""A mail server that behaves as badly as it is told to."""

import contextlib
import socket
import threading
import time
from email import message_from_bytes
from email.message import Message
from types import TracebackType
from typing import Self


class MailServer:
    """Listens on a free port of this machine; `texts` is what it was given, whole.

    `replies` answers a command (`RCPT`, `MAIL`, `DATA`, `TEXT` for the text itself) otherwise than
    well; an empty reply hangs up instead. `slow` waits that long before each answer.
    """

    def __init__(self, replies: dict[str, str] | None = None, slow: float = 0) -> None:
        self.replies = dict(replies or {})
        self.slow = slow
        self.texts: list[bytes] = []
        self.sessions = 0
        self.in_text = threading.Event()  # a text has arrived
        self.go_on = threading.Event()  # and may be answered
        self.go_on.set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.threads: list[threading.Thread] = []
        self.open = True

    def __enter__(self) -> Self:
        self.start(self.accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.open = False
        self.go_on.set()
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        for thread in self.threads:
            thread.join(timeout=10)
        self.listener.close()

    @property
    def messages(self) -> list[Message]:
        """What it was given, read."""
        return [message_from_bytes(text) for text in self.texts]

    def start(self, work, *arguments) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self.threads.append(thread)
        thread.start()

    def accept(self) -> None:
        while self.open:
            line, _address = self.listener.accept()
            if not self.open:
                line.close()
                return
            self.sessions += 1
            self.start(self.serve, line)

    def serve(self, line: socket.socket) -> None:
        """One conversation."""
        with line, line.makefile("rb") as heard, contextlib.suppress(OSError):
            if not self.say(line, "HELLO", "220 ready"):
                return
            for raw in heard:
                word = raw.split()[0].decode().upper() if raw.split() else ""
                well = "354 go on" if word == "DATA" else "221 bye" if word == "QUIT" else "250 ok"
                if not self.say(line, word, well) or word == "QUIT":
                    return
                if word == "DATA" and not self.replies.get("DATA") and not self.take(line, heard):
                    return

    def take(self, line: socket.socket, heard) -> bool:
        """Read a text to its end and answer."""
        rows = []
        for raw in heard:
            if raw == b".\r\n":
                break
            rows.append(raw)
        else:
            return False
        reply = self.replies.get("TEXT", "250 kept")
        if reply[:1] in ("2", ""):
            self.texts.append(b"".join(rows))
        self.in_text.set()
        self.go_on.wait(timeout=30)
        return self.say(line, "TEXT", "250 kept")

    def say(self, line: socket.socket, word: str, well: str) -> bool:
        """Answer as told; False when it hung up."""
        time.sleep(self.slow)
        reply = self.replies.get(word, well)
        if reply:
            line.sendall(f"{reply}\r\n".encode())
        return bool(reply)
