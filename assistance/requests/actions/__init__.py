"""The actions of a request, stage by stage."""
