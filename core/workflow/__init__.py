"""Life cycles as tables of actions: what an action asks for, and the one door through which it is taken."""
