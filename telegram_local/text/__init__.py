"""Texts as Telegram reads them: HTML, entities, links, and how it cleans them."""
