"""Counts of what the sender has sent, tried again and given up."""

from collections import Counter
from dataclasses import dataclass, field

from gateway.ops.metrics import Histogram


@dataclass
class SenderMetrics:
    """Counts of the sender since it started."""

    sent: int = 0
    replies: int = 0
    bulk: int = 0
    late: int = 0
    skipped: int = 0
    retried: int = 0
    retry_after: int = 0  # 429 seen
    failed: Counter[str] = field(default_factory=Counter)
    reply_seconds: Histogram = field(default_factory=Histogram)  # from the start of its transaction to sent

    def count_sent(self, *, bulk: bool, seconds: float | None) -> None:
        """Count one message; `seconds` is how long a reply took, None for what has no hurry."""
        self.sent += 1
        self.bulk += bulk
        self.replies += not bulk
        if seconds is not None:
            self.reply_seconds.observe(max(0.0, seconds))
