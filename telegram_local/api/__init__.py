"""Methods of the Bot API: sending, editing, updates, webhooks, files, and faults made on purpose."""
