"""The trained ranker: encoder, n-grams, kernel ridge regression and its cached weights."""
