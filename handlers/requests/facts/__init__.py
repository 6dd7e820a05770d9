"""The one fact of their own session, week or history that somebody asks for, told from what is stored."""
