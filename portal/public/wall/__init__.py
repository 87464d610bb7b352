"""The fourth wall: strangers are served through a login role of their own, which reads views made
for it, calls a function for each thing that it may write, and nothing else.

It is a member of no role, so that no injected statement can become another; its transactions are
read only unless they say otherwise. Rows and columns are chosen by the views, which run with their
owner's rights. Source: the law of public pages, points 7 to 12.
"""
