"""Log of training: reports that a session is done, and what is told right behind one."""
