"""The way back after a strain or a break: its page, and the question after each of its sessions."""
