from __future__ import annotations

from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings as project
from pytest_django import Settings

from iceshop.infra import clock
from iceshop.infra.schedule import services
from iceshop.infra.schedule.models import Heartbeat
from iceshop.infra.schedule.table import jobs
from iceshop.infra.schedule.tasks import heartbeat


@pytest.mark.django_db
def test_sign_of_life_is_young_and_overwrites_the_last() -> None:
    assert services.age_seconds(services.WORKER) is None

    services.beat_heart(process=services.WORKER)
    Heartbeat.objects.update(at=clock.system_now() - timedelta(seconds=40, milliseconds=500))
    assert services.age_seconds(services.WORKER) == 40

    heartbeat()
    assert services.age_seconds(services.WORKER) == 0
    assert Heartbeat.objects.count() == 1
    assert services.age_seconds(services.BEAT) is None


@pytest.mark.django_db
def test_signs_of_life_before_a_start_are_taken_back() -> None:
    for process in (services.WORKER, services.BEAT):
        services.beat_heart(process=process)

    services.forget_hearts()

    assert not Heartbeat.objects.exists()


def test_every_job_is_a_task_and_appears_once() -> None:
    current_app.loader.import_default_modules()
    tasks = [job.task for job in jobs()]

    assert len(set(tasks)) == len(tasks)
    assert set(tasks) <= set(current_app.tasks)
    assert all(job.every_seconds > 0 and job.late for job in jobs())


def test_beat_runs_the_table_and_drops_what_is_stale() -> None:
    beat = current_app.conf.beat_schedule

    assert {name: entry["schedule"] for name, entry in beat.items()} == {
        job.task: job.every_seconds for job in jobs()
    }
    assert all(entry["task"] == name for name, entry in beat.items())
    assert all(entry["options"]["expires"] >= 2 for entry in beat.values())


def test_every_job_has_a_queue_that_workers_read() -> None:
    router = current_app.amqp.router
    queues = {router.route({}, job.task)["queue"].name for job in jobs()}

    assert queues <= {"interactive", "notify", "decide", "slow"}


def test_round_period_is_a_setting_and_the_simulator_adds_its_job(settings: Settings) -> None:
    periods = {job.task: job.every_seconds for job in jobs()}
    assert periods["windows.rounds.run"] == project.ROUND_EVERY_SECONDS
    assert "whatsapp.simulator.deliver" in periods

    settings.ROUND_EVERY_SECONDS = 30
    settings.SIMULATOR_ENABLED = False

    periods = {job.task: job.every_seconds for job in jobs()}
    assert periods["windows.rounds.run"] == 30
    assert "whatsapp.simulator.deliver" not in periods
