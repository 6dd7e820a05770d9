"""Small talk: its phrases, courtesies around other words, and remarks that ask nothing."""
