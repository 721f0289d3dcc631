"""The Celery app. Its periodic table comes from ``iceshop.infra.schedule.table``."""

import os

from celery import Celery
from celery.signals import worker_ready
from celery.worker.consumer import Consumer

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iceshop.settings")

app = Celery("iceshop", set_as_current=True)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_finalize.connect
def _fill_beat_table(sender: Celery, **_: object) -> None:
    from iceshop.infra.schedule.table import jobs

    sender.conf.beat_schedule = {
        job.task: {
            "task": job.task,
            "schedule": job.every_seconds,
            # A tick that a busy worker has not taken in time is dropped: the next one does its
            # work.
            "options": {"expires": max(job.every_seconds, 2)},
        }
        for job in jobs()
    }


@worker_ready.connect
def _show_sign_of_life(sender: Consumer, **_: object) -> None:
    """Take the first heartbeat through the queue at once, not at beat's first tick."""
    sender.app.send_task("infra.heartbeat")
