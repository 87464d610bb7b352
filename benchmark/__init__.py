"""Measures speed as ratios: each operation of the real web server beside what it could not do
without, in one run.

`installation` builds and starts what is measured, `readers` says who asks, `operations` what they
ask and what hand-written SQL for the same answer is, `measuring` asks, `results` judges and prints.
"""
