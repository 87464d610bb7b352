"""What strangers read: pages without account, through a connection that reaches nothing else."""
