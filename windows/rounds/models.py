"""Tables of rounds and their decisions."""

from django.db import models
from django.db.models import Q

from iceshop.kernel.ids import new_id


class Round(models.Model):
    """One run of the engine that decided something new."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    seed = models.BigIntegerField()
    parameters_version = models.CharField(max_length=40)
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
