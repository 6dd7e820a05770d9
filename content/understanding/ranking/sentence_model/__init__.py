"""The sentence model: the packaged weights with our adapter, as a graph of our own, and the vectors that it gives."""
