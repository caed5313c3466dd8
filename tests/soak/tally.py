"""What shoppers met, counted by many threads."""

from __future__ import annotations

from collections import Counter
from threading import Lock

FAILED = ("unavailable", "no answer")


class Tally:
    def __init__(self) -> None:
        self._lock = Lock()
        self._words = Counter[str]()
        self.kept = list[str]()
        """Paths of orders that somebody was led to: each must be there in the end."""
        self.wrong = list[str]()
        """Answers that nobody may get."""

    def count(self, word: str) -> None:
        with self._lock:
            self._words[word] += 1

    def keep(self, path: str) -> None:
        with self._lock:
            self.kept.append(path)

    def blame(self, sentence: str) -> None:
        with self._lock:
            self.wrong.append(sentence)

    def words(self) -> dict[str, int]:
        with self._lock:
            return dict(self._words)

    def failed(self) -> int:
        """Requests that were answered 503, or not at all."""
        words = self.words()
        return sum(words.get(word, 0) for word in FAILED)

    def asked(self) -> int:
        return self.words().get("asked", 0)
