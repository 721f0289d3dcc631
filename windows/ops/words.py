"""What the operator reads of models, reasons and drift."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from windows.learning.domain.judgement import Drift, Reason
from windows.learning.domain.parameters import Kind, Model

MODELS: dict[Model, Promise] = {
    Model.SHOW: _("Who comes"),
    Model.SHOCK: _("How much people fail together"),
    Model.ACCEPT: _("Who says yes"),
    Model.PRICE: _("Who says yes at which price"),
    Model.LIMIT: _("Which discount shops still allow"),
}
KINDS: dict[Kind, Promise] = {
    Kind.RULE: _("fixed rule"),
    Kind.PRIOR: _("built-in belief"),
    Kind.LOGISTIC: _("logistic regression"),
    Kind.TREES: _("boosted trees"),
    Kind.SPREAD: _("shared spread"),
    Kind.SHARE: _("share of yes"),
    Kind.POOLED: _("pooled by kind"),
}
REASONS: dict[Reason, Promise] = {
    Reason.BETTER: _("Taken: says later outcomes better."),
    Reason.NOT_BETTER: _("Kept the old one: the new one says later outcomes no better."),
    Reason.WORSE_CALIBRATED: _("Kept the old one: chances of the new one are further off."),
    Reason.TOO_FEW: _("Nothing learned: too few outcomes yet."),
    Reason.TOO_FEW_NEW: _("Nothing learned: too few outcomes since the last version."),
    Reason.CANNOT_LEARN: _("Learning failed; the old one stays in force."),
}
DRIFTS: dict[Drift, Promise] = {
    Drift.NONE: _("Ranges hold."),
    Drift.TOO_MANY: _("More people come than was said."),
    Drift.TOO_FEW: _("Fewer people come than was said."),
    Drift.TOO_NARROW: _("Ranges are too narrow: they hold less often than was said."),
    Drift.UNKNOWN: _("Too few windows to judge."),
}
