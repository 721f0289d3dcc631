"""Tables of passes and scans."""

from django.db import models

from iceshop.kernel.ids import new_id


class Pass(models.Model):
    """The right to a seat, shown at the till. It dies with its seat."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    window = models.ForeignKey("windows.Window", on_delete=models.PROTECT, related_name="+")
    seat = models.OneToOneField("windows.Seat", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=8)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "windows_pass"
        constraints = [models.UniqueConstraint(fields=("code",), name="pass_code_once")]

    def __str__(self) -> str:
        return f"pass {self.id}"


class PassScan(models.Model):
    """One attempt to check in; the same nonce of a store's device gets the same answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    store = models.ForeignKey("commerce.Store", on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey("windows.Seat", on_delete=models.PROTECT, related_name="+", null=True)
    device = models.CharField(max_length=60)
    nonce = models.CharField(max_length=60)
    is_admitted = models.BooleanField()
    code = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_key = models.CharField(max_length=80, blank=True)

    class Meta:
        db_table = "windows_pass_scan"
        constraints = [
            models.UniqueConstraint(fields=("store", "device", "nonce"), name="pass_scan_once"),
        ]
        indexes = [models.Index(fields=("store", "at"), name="pass_scan_by_store")]

    def __str__(self) -> str:
        return f"{self.code} {self.id}"
