"""Tables of rounds and their decisions."""

from django.db import models
from django.db.models import Q

from iceshop.kernel.ids import new_id
from windows.rounds.domain import Mode


class Round(models.Model):
    """One run of the engine over a part of the market that decided something new."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    seed = models.BigIntegerField()
    parameters_version = models.CharField(max_length=40)
    part_key = models.CharField(max_length=80, blank=True)
    intents = models.PositiveIntegerField()
    offers = models.PositiveIntegerField()
    milliseconds = models.PositiveIntegerField()

    class Meta:
        db_table = "windows_round"
        indexes = [models.Index(fields=("at",), name="round_by_time")]

    def __str__(self) -> str:
        return f"round {self.id}"


class RoundRecord(models.Model):
    """All that a round knew and decided, for ``python -m windows.engine replay``.

    ``content`` is packed JSON, see ``windows/engine/record.py``: ids, coordinates and times of
    those who took part, no name, number or text. It is deleted before the round is.
    """

    round = models.OneToOneField(
        Round, on_delete=models.CASCADE, primary_key=True, related_name="record"
    )
    content = models.BinaryField()

    class Meta:
        db_table = "windows_round_record"

    def __str__(self) -> str:
        return f"record of round {self.round_id}"


class DecisionRecord(models.Model):
    """One decision with its reasons, and what became of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="decisions")
    decision_key = models.CharField(max_length=60)
    action = models.CharField(max_length=20)
    offering = models.ForeignKey(
        "commerce.Offering", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    starts_at = models.DateTimeField(null=True, blank=True)
    price_minor = models.PositiveIntegerField(null=True, blank=True)
    people = models.PositiveSmallIntegerField()
    score_permille = models.PositiveSmallIntegerField()
    intents = models.JSONField()
    reasons = models.JSONField()
    result = models.CharField(max_length=40)

    class Meta:
        db_table = "windows_decision"
        constraints = [
            models.UniqueConstraint(fields=("round", "decision_key"), name="decision_once_a_round"),
            models.CheckConstraint(condition=Q(score_permille__lte=1000), name="decision_score"),
        ]
        indexes = [models.Index(fields=("action", "result"), name="decision_by_action")]

    def __str__(self) -> str:
        return f"{self.action} {self.id}"


class RoundPart(models.Model):
    """A part of the market as it was when it was decided last; it rests until something changes."""

    key = models.CharField(primary_key=True, max_length=80)
    content = models.CharField(max_length=32)
    decided_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        db_table = "windows_round_part"
        indexes = [models.Index(fields=("decided_at",), name="round_part_by_time")]

    def __str__(self) -> str:
        return self.key


class RoundSeed(models.Model):
    """What all lots of one day (UTC) are drawn from; stored before the first of them."""

    day = models.DateField(primary_key=True)
    secret = models.CharField(max_length=64)
    stored_at = models.DateTimeField()

    class Meta:
        db_table = "windows_round_seed"

    def __str__(self) -> str:
        return f"seed of {self.day}"


class EngineMode(models.Model):
    """A change of how rounds are decided, append-only; the last one holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mode = models.CharField(max_length=10)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_key = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200)

    class Meta:
        db_table = "windows_engine_mode"
        constraints = [
            models.CheckConstraint(
                condition=Q(mode__in=[mode.value for mode in Mode]), name="engine_mode_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.mode} {self.at:%Y-%m-%d %H:%M}"
