"""Celery: one queue, one beat.

Beat only ticks; what is due is read from the database by the task it starts.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from celery import Celery
from celery.schedules import crontab
from celery.signals import after_task_publish, beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("meridian", task_cls="audit.context:RecordedTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    ["accounts", "notifications", "files", "assistance", "reports", "portal", "config"]
)
PULSE = timedelta(seconds=10)
app.conf.beat_schedule = {
    "pulse": {"task": "config.tasks.pulse", "schedule": PULSE, "options": {"expires": 30}},
    "tick": {"task": "reports.tasks.tick", "schedule": crontab(), "options": {"expires": 300}},
    "clock": {
        "task": "assistance.tasks.close_unconfirmed",
        "schedule": crontab(minute="7"),
        "options": {"expires": 3600},
    },
    "next steps": {
        "task": "assistance.tasks.remind_of_next_steps",
        "schedule": crontab(minute="11"),
        "options": {"expires": 3600},
    },
    "follow-up of engagements": {
        "task": "assistance.tasks.ask_after_engagements",
        "schedule": crontab(minute="19"),
        "options": {"expires": 3600},
    },
    "names": {
        "task": "assistance.tasks.erase_expired_names",
        "schedule": crontab(minute="23"),
        "options": {"expires": 3600},
    },
    "sessions": {
        "task": "accounts.tasks.clear_sessions",
        "schedule": crontab(minute="41", hour="2"),
        "options": {"expires": 3600},
    },
    "idempotency keys": {
        "task": "accounts.tasks.clear_idempotency_keys",
        "schedule": crontab(minute="47", hour="2"),
        "options": {"expires": 3600},
    },
    "drafts": {
        "task": "accounts.tasks.clear_drafts",
        "schedule": crontab(minute="17"),
        "options": {"expires": 3600},
    },
    "parked files": {
        "task": "files.tasks.clear_parked_files",
        "schedule": crontab(minute="37"),
        "options": {"expires": 3600},
    },
    "orphans": {
        "task": "files.tasks.remove_orphans",
        "schedule": crontab(minute="53", hour="2"),
        "options": {"expires": 3600},
    },
    "messages of the public": {
        "task": "portal.tasks.tell_of_public_messages",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 300},
    },
    "news by mail": {
        "task": "portal.tasks.send_news_mails",
        "schedule": crontab(minute="*/2"),
        "options": {"expires": 120},
    },
    "public changes": {
        "task": "portal.tasks.fold_public_changes",
        "schedule": crontab(minute="29"),
        "options": {"expires": 3600},
    },
    "old messages of the public": {
        "task": "portal.tasks.erase_public_messages",
        "schedule": crontab(minute="43"),
        "options": {"expires": 3600},
    },
    "links of tools": {
        "task": "assistance.tasks.check_tool_links",
        "schedule": crontab(minute="23", hour="3", day_of_week="sunday"),
        "options": {"expires": 3600},
    },
    "webhooks": {
        "task": "reports.tasks.send_webhooks",
        "schedule": timedelta(seconds=20),
        "options": {"expires": 60},
    },
    "notifications": {
        "task": "notifications.tasks.send_notifications",
        "schedule": timedelta(seconds=20),
        "options": {"expires": 60},
    },
}
app.conf.beat_schedule_filename = os.environ.get("BEAT_STATE", "celerybeat-schedule")


@beat_init.connect
def start_at_once(sender: object, **kwargs: object) -> None:
    """A fresh beat need not wait for the first full minute: what is due is due now."""
    app.send_task("config.tasks.pulse", expires=30)
    app.send_task("reports.tasks.tick", expires=300)


@after_task_publish.connect
def leave_mark(**kwargs: object) -> None:
    """Renews the file BEAT_MARK, where one is named: the broker has taken a task.

    Beat's health check looks at its age.
    """
    mark = os.environ.get("BEAT_MARK")
    if mark:
        Path(mark).touch()
