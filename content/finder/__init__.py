"""The parts of finding: words, encoders, the fitted ranker, red flags."""
