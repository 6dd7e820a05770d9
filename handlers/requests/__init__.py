"""Requests: what people say about their own training, carried out; a module a family."""
