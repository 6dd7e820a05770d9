"""Updates on their way in: long polling, webhook, intake."""
