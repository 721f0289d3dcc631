#!/usr/bin/env python3
# The scorer of the shared corpora, unchanged but for these lines.
# ruff: noqa: BLE001, C901, D101, D102, D103, D400, E501, PLR0911, PLR0912, PLR0915, PTH123, RUF010, RUF059, T201
# fmt: off
"""Score predictions against the Iceshop NLU corpora (stdlib only).

    score.py GOLD.jsonl PRED.jsonl [--by lang|role|act|tag|ask] [--errors N]
             [--json] [--require METRIC=VALUE ...]

GOLD is an utterance corpus (dev.jsonl), a dialogue corpus (dialogues_dev.jsonl)
or an external one (recognizers_*.jsonl: dates and times; snips_book_en.jsonl);
which one is seen from its first line.

PRED for utterances, one line each:
    {"id": "...", "expect": {"lang": "tr", "act": "...", <slots>},
     "confidence": 0.0-1.0 (optional), "ms": 1.2 (optional)}
PRED for dialogues:
    {"id": "...", "turns": [{"act", "lang", "status", "state": {<slots>}, "ask"}, ...]}
PRED for recognizers_*.jsonl:
    {"id": "...", "intervals": [{"start", "end"}, ...]}
PRED for snips_book_en.jsonl as for utterances (group_size and intervals are read).

The comparison rules are in README.md beside this file.
"""
import argparse
import json
import sys
import unicodedata
from collections import Counter, defaultdict
from datetime import datetime, timedelta

SLOTS = ["product", "variant", "quantity", "also", "group_size", "intervals", "place",
         "radius_m", "budget", "items", "discounts", "hours"]
ALL_ACTS = ["declare", "inform", "confirm", "decline", "cancel", "change_time", "ask_status",
            "ask_help", "opt_out", "opt_in", "greeting", "offer_stock", "accept_discount",
            "counter_discount", "refuse_discount", "set_hours", "complaint", "delete_data",
            "out_of_scope"]


# ---------------------------------------------------------------- normalising
def fold(value):
    """Casefold, drop diacritics, apostrophes and punctuation, squeeze blanks."""
    s = str(value).replace("İ", "i").replace("I", "i").replace("ı", "i").casefold()
    s = "".join(c for c in unicodedata.normalize("NFKD", s) if not unicodedata.combining(c))
    s = s.replace("'", "").replace("’", "")
    keep = "@+/%."
    s = "".join(c if c.isalnum() or c in keep else " " for c in s)
    return " ".join(s.split())


def alternatives(gold):
    """A gold leaf 'a|b|c' accepts a, b or c."""
    return {fold(x) for x in str(gold).split("|")}


def leaf_equal(gold, pred):
    return pred is not None and fold(pred) in alternatives(gold)


def number(value):
    try:
        return round(float(value), 4)
    except (TypeError, ValueError):
        return None


def as_list(value):
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def set_equal(gold, pred, same=leaf_equal):
    """Order-free one-to-one match of two lists (small, so backtracking)."""
    gold, pred = list(gold), list(pred)
    if len(gold) != len(pred):
        return False
    if not gold:
        return True
    first, rest = gold[0], gold[1:]
    for k, p in enumerate(pred):
        if same(first, p) and set_equal(rest, pred[:k] + pred[k + 1:], same):
            return True
    return False


def minutes(stamp):
    return int(datetime.fromisoformat(stamp).timestamp() // 60)


def merged(intervals):
    """Sorted, touching or overlapping ones joined; [] when malformed."""
    if not isinstance(intervals, (list, tuple)):
        return []
    spans = []
    try:
        for i in intervals:
            a, b = minutes(i["start"]), minutes(i["end"])
            if b > a:
                spans.append((a, b))
    except (KeyError, TypeError, ValueError):
        return []
    out = []
    for a, b in sorted(spans):
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return out


def interval_iou(gold, pred):
    if gold == "any" or pred == "any":
        return 1.0 if gold == pred else 0.0
    g, p = merged(gold), merged(pred)
    inter = sum(max(0, min(b, d) - max(a, c)) for a, b in g for c, d in p)
    union = sum(b - a for a, b in g) + sum(b - a for a, b in p) - inter
    return inter / union if union else 0.0


# ---------------------------------------------------------------- per-slot equality
def money_equal(g, p):
    if g == "any" or p == "any":
        return g == p
    if not isinstance(p, dict):
        return False
    return (number(g.get("amount")) == number(p.get("amount"))
            and g.get("currency", "TRY") == p.get("currency", "TRY")
            and g.get("per", "total") == p.get("per", "total")
            and number(g.get("min")) == number(p.get("min")))


def also_equal(g, p):
    if not isinstance(p, dict):
        return False
    return (leaf_equal(g.get("product", ""), p.get("product"))
            and number(g.get("quantity", 1)) == number(p.get("quantity", 1))
            and g.get("unit") == p.get("unit"))


def item_equal(g, p):
    if not isinstance(p, dict):
        return False
    if "product" in g:
        if not leaf_equal(g["product"], p.get("product")):
            return False
    elif p.get("product"):
        return False
    if not set_equal(as_list(g.get("variant")), as_list(p.get("variant"))):
        return False
    if number(g.get("stock")) != number(p.get("stock")) or g.get("unit") != p.get("unit"):
        return False
    if ("price" in g) != (p.get("price") is not None):
        return False
    return "price" not in g or money_equal({"per": "each", **g["price"]}, {"per": "each", **p["price"]})


def tier_equal(g, p):
    keys = ("percent", "amount_off", "unit_price", "min_people", "min_quantity")
    return isinstance(p, dict) and all(number(g.get(k)) == number(p.get(k)) for k in keys)


def week(hours):
    """Hours as {day: 'open-close' | 'closed'}."""
    out = {}
    for h in as_list(hours):
        if not isinstance(h, dict):
            continue
        for d in as_list(h.get("days")):
            out[d] = "closed" if h.get("closed") else f"{h.get('open')}-{h.get('close')}"
    return {d: v for d, v in out.items() if v != "closed"}


def slot_values(expect, slot):
    """The value of a slot, or None when it is absent."""
    if not isinstance(expect, dict):
        return None
    if slot == "quantity":
        q, u = expect.get("quantity"), expect.get("unit")
        if q is None or (number(q) == 1 and not u):
            return None                      # one piece is the default
        return {"quantity": q, "unit": u}
    v = expect.get(slot)
    if slot == "discounts" and v == []:
        return []                            # said: no discount
    return None if v in (None, "", [], {}) else v


def slot_equal(slot, g, p):
    if slot == "product":
        return leaf_equal(g, p)
    if slot == "place":
        return set_equal(as_list(g), as_list(p))
    if slot == "variant":
        return set_equal(as_list(g), as_list(p))
    if slot == "quantity":
        return number(g["quantity"]) == number(p["quantity"]) and g["unit"] == p["unit"]
    if slot in ("group_size", "radius_m"):
        return number(g) == number(p)
    if slot == "budget":
        return money_equal(g, p)
    if slot == "intervals":
        if g == "any" or p == "any":
            return g == p
        return merged(g) == merged(p)
    if slot == "also":
        return set_equal(as_list(g), as_list(p), also_equal)
    if slot == "items":
        return set_equal(as_list(g), as_list(p), item_equal)
    if slot == "discounts":
        return set_equal(as_list(g), as_list(p), tier_equal)
    if slot == "hours":
        return week(g) == week(p)
    raise KeyError(slot)


# ---------------------------------------------------------------- tallies
class Tally:
    def __init__(self):
        self.n = 0
        self.act_ok = self.lang_ok = self.slots_ok = self.joint_ok = 0
        self.tp, self.fp, self.fn, self.exact = Counter(), Counter(), Counter(), Counter()
        self.iou, self.iou_n = 0.0, 0
        self.acts = []

    def add(self, gold, pred, gold_lang):
        self.n += 1
        act_ok = gold.get("act") == pred.get("act")
        self.act_ok += act_ok
        self.lang_ok += gold_lang == pred.get("lang")
        self.acts.append((gold.get("act"), pred.get("act")))
        wrong = self.slots(gold, pred)
        self.slots_ok += not wrong
        self.joint_ok += act_ok and not wrong
        return act_ok, wrong

    def slots(self, gold, pred):
        wrong = []
        for s in SLOTS:
            g, p = slot_values(gold, s), slot_values(pred, s)
            if s == "intervals" and g is not None:
                self.iou_n += 1
                self.iou += interval_iou(g, p) if p is not None else 0.0
            if g is None and p is None:
                self.exact[s] += 1
                continue
            if g is not None and p is not None:
                try:
                    ok = slot_equal(s, g, p)
                except Exception:            # a malformed prediction is a wrong one
                    ok = False
                if ok:
                    self.tp[s] += 1
                    self.exact[s] += 1
                    continue
            if p is not None:
                self.fp[s] += 1
            if g is not None:
                self.fn[s] += 1
            wrong.append(s)
        return wrong

    def prf(self, s):
        tp, fp, fn = self.tp[s], self.fp[s], self.fn[s]
        p = tp / (tp + fp) if tp + fp else 0.0
        r = tp / (tp + fn) if tp + fn else 0.0
        return p, r, (2 * p * r / (p + r) if p + r else 0.0), tp + fn

    def micro(self):
        tp, fp, fn = (sum(c[s] for s in SLOTS) for c in (self.tp, self.fp, self.fn))
        return 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 0.0

    def act_f1(self):
        out = {}
        for a in sorted({g for g, _ in self.acts if g}):
            tp = sum(g == a and p == a for g, p in self.acts)
            fp = sum(g != a and p == a for g, p in self.acts)
            fn = sum(g == a and p != a for g, p in self.acts)
            out[a] = (tp / (tp + fp) if tp + fp else 0.0, tp / (tp + fn) if tp + fn else 0.0,
                      2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 0.0, tp + fn)
        return out

    def metrics(self):
        n = max(1, self.n)
        f1 = self.act_f1()
        m = {"n": self.n, "act": self.act_ok / n,
             "act.macro_f1": sum(v[2] for v in f1.values()) / max(1, len(f1)),
             "lang": self.lang_ok / n, "slots.micro_f1": self.micro(),
             "slots.joint": self.slots_ok / n, "joint": self.joint_ok / n,
             "intervals.iou": self.iou / max(1, self.iou_n)}
        for s in SLOTS:
            p, r, f, k = self.prf(s)
            if k or self.fp[s]:
                m[f"{s}.p"], m[f"{s}.r"], m[f"{s}.f1"] = p, r, f
                m[f"{s}.exact"] = self.exact[s] / n
        for a, (p, r, f, _) in f1.items():
            m[f"act.{a}.p"], m[f"act.{a}.r"], m[f"act.{a}.f1"] = p, r, f
        return m


def read(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def table(t):
    print(f"{'slot':<12}{'gold':>6}{'P':>8}{'R':>8}{'F1':>8}{'exact':>8}")
    for s in SLOTS:
        p, r, f, k = t.prf(s)
        if k or t.fp[s]:
            print(f"{s:<12}{k:>6}{p:>8.3f}{r:>8.3f}{f:>8.3f}{t.exact[s] / max(1, t.n):>8.3f}")


def groups(row, by):
    if by == "tag":
        return row.get("tags") or ["-"]
    if by == "act":
        return [row["expect"].get("act")]
    if by == "ask":
        return [(row.get("context") or {}).get("ask", "-")]
    return [row.get(by, "-")]


# ---------------------------------------------------------------- utterances
def score_utterances(gold, pred, args):
    total, parts, errors, conf, times = Tally(), defaultdict(Tally), [], [], []
    missing = 0
    for row in gold:
        p = pred.get(row["id"])
        if p is None:
            missing += 1
            p = {}
        e = p.get("expect") or p.get("pred") or {}
        act_ok, wrong = total.add(row["expect"], e, row["lang"])
        if args.by:
            for k in groups(row, args.by):
                parts[k].add(row["expect"], e, row["lang"])
        if not act_ok or wrong:
            errors.append((row, e, act_ok, wrong))
        if isinstance(p.get("confidence"), (int, float)):
            conf.append((float(p["confidence"]), act_ok and not wrong))
        if isinstance(p.get("ms"), (int, float)):
            times.append(float(p["ms"]))
    m = total.metrics()
    m["missing"] = missing
    if conf:
        conf.sort(key=lambda x: -x[0])
        for share in (0.5, 0.7, 0.8, 0.9, 1.0):
            k = max(1, round(len(conf) * share))
            m[f"joint.at{int(share * 100)}"] = sum(ok for _, ok in conf[:k]) / k
    if times:
        times.sort()
        m["ms.p50"], m["ms.p95"] = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * .95))]
    if args.json:
        print(json.dumps(m, ensure_ascii=False, indent=1))
        return m
    print(f"lines {total.n}   without a prediction {missing}\n")
    table(total)
    print(f"\nintervals mean IoU   {m['intervals.iou']:.3f}")
    print(f"slots micro F1       {m['slots.micro_f1']:.3f}")
    print(f"language accuracy    {m['lang']:.3f}")
    print(f"act accuracy         {m['act']:.3f}   macro F1 {m['act.macro_f1']:.3f}")
    print(f"all slots right      {m['slots.joint']:.3f}")
    print(f"joint (act + slots)  {m['joint']:.3f}")
    if conf:
        print("joint among the most confident: " + "  ".join(
            f"{s}% {m[f'joint.at{s}']:.3f}" for s in (50, 70, 80, 90, 100)))
    if times:
        print(f"latency p50 {m['ms.p50']:.1f} ms  p95 {m['ms.p95']:.1f} ms")
    print(f"\n{'act':<18}{'gold':>6}{'P':>8}{'R':>8}{'F1':>8}")
    for a, (p, r, f, k) in total.act_f1().items():
        print(f"{a:<18}{k:>6}{p:>8.3f}{r:>8.3f}{f:>8.3f}")
    if args.by:
        print(f"\nby {args.by:<14}{'n':>6}{'act':>8}{'slotF1':>8}{'ivF1':>8}{'slots':>8}{'joint':>8}")
        for k in sorted(parts, key=str):
            q = parts[k].metrics()
            print(f"{str(k):<17}{q['n']:>6}{q['act']:>8.3f}{q['slots.micro_f1']:>8.3f}"
                  f"{parts[k].prf('intervals')[2]:>8.3f}{q['slots.joint']:>8.3f}{q['joint']:>8.3f}")
    for row, e, act_ok, wrong in errors[:args.errors]:
        print(f"\n{row['id']} [{row['now'][:16]}] {row['text']}")
        if not act_ok:
            print(f"   act: gold {row['expect'].get('act')}  got {e.get('act')}")
        for s in wrong:
            print(f"   {s}: gold {json.dumps(slot_values(row['expect'], s), ensure_ascii=False)}"
                  f"  got {json.dumps(slot_values(e, s), ensure_ascii=False)}")
    return m


# ---------------------------------------------------------------- dialogues
def score_dialogues(gold, pred, args):
    total = Tally()
    turns = ask_ok = status_ok = state_ok = turn_ok = done = over = 0
    errors = []
    for row in gold:
        p = pred.get(row["id"], {}).get("turns") or []
        whole = True
        for k, turn in enumerate(row["turns"]):
            g = turn["expect"]
            q = p[k] if k < len(p) and isinstance(p[k], dict) else {}
            state = q.get("state") if isinstance(q.get("state"), dict) else {}
            turns += 1
            gold_view = {**g["state"], "act": g["act"]}
            act_ok, wrong = total.add(gold_view, {**state, "act": q.get("act"), "lang": q.get("lang")}, g["lang"])
            a_ok, s_ok = q.get("ask") == g["ask"], q.get("status") == g["status"]
            ask_ok += a_ok
            status_ok += s_ok
            state_ok += not wrong
            # asked for something that the user has already given
            filled = {"product": "product", "time": "intervals", "place": "place", "budget": "budget"}.get(q.get("ask"))
            over += bool(filled and slot_values(g["state"], filled) is not None and q.get("ask") != g["ask"])
            ok = a_ok and s_ok and not wrong
            turn_ok += ok
            whole &= ok
            if not ok:
                errors.append((row["id"], k, turn["user"], g, q, wrong, a_ok, s_ok))
        done += whole
    m = {"dialogues": len(gold), "turns": turns, "act": total.act_ok / turns, "lang": total.lang_ok / turns,
         "state": state_ok / turns, "status": status_ok / turns, "ask": ask_ok / turns,
         "turn": turn_ok / turns, "dialogue": done / max(1, len(gold)), "asked_again": over,
         "slots.micro_f1": total.micro()}
    if args.json:
        print(json.dumps(m, indent=1))
        return m
    print(f"dialogues {m['dialogues']}   turns {turns}\n")
    table(total)
    for k, label in (("act", "act accuracy"), ("lang", "language accuracy"), ("state", "state exact per turn"),
                     ("status", "status accuracy"), ("ask", "next question right"),
                     ("turn", "turn right (state+status+ask)"), ("dialogue", "dialogue right throughout")):
        print(f"{label:<32}{m[k]:.3f}")
    print(f"{'asked for what was given':<32}{over}")
    for did, k, text, g, q, wrong, a_ok, s_ok in errors[:args.errors]:
        print(f"\n{did} turn {k + 1}: {text}")
        for s in wrong:
            print(f"   {s}: gold {json.dumps(slot_values(g['state'], s), ensure_ascii=False)}"
                  f"  got {json.dumps(slot_values(q.get('state') or {}, s), ensure_ascii=False)}")
        if not a_ok:
            print(f"   ask: gold {g['ask']}  got {q.get('ask')}")
        if not s_ok:
            print(f"   status: gold {g['status']}  got {q.get('status')}")
    return m


# ---------------------------------------------------------------- external date and time cases
def recognizer_match(accept, intervals, now):
    """Does the first interval fit one of the accepted readings (README.md)?"""
    if not isinstance(intervals, list) or not intervals:
        return False
    try:
        a, b = (datetime.fromisoformat(intervals[0][k]).replace(tzinfo=None) for k in ("start", "end"))
    except (KeyError, TypeError, ValueError):
        return False
    spans = merged(intervals)
    if spans:                                 # whole, where the parts touch (a weekend day by day)
        a = datetime.fromisoformat(min(i["start"] for i in intervals)).replace(tzinfo=None)
        if len(spans) == 1:
            b = datetime.fromisoformat(max(i["end"] for i in intervals)).replace(tzinfo=None)
    for v in accept:
        t = {k: datetime.fromisoformat(v[k]) for k in ("start", "end", "at") if k in v}
        clock = v.get("time_only")
        same = (lambda x, y: (x.hour, x.minute) == (y.hour, y.minute)) if clock else (
            lambda x, y: abs((x - y).total_seconds()) < 60)
        if "at" in t:
            at = t["at"]
            if clock:
                at = a.replace(hour=at.hour, minute=at.minute, second=0) if a.date() == b.date() else at
            if a <= at.replace(second=0) <= b and (b - a).total_seconds() <= 3660:
                return True
            continue
        ends = [t["end"]] if "end" in t else []
        if v.get("end_day_named"):
            ends.append(t["end"] + timedelta(days=1))
        begun = a == now and (clock or t.get("start", now) <= now)     # clipped at now
        if ("start" not in t or begun or same(a, t["start"])) and (not ends or any(same(b, e) for e in ends)):
            return True
    return False


def score_recognizers(gold, pred, args):
    kinds = defaultdict(lambda: [0, 0])
    wrong = []
    for row in gold:
        got = pred.get(row["id"], {}).get("intervals")
        ok = recognizer_match(row["accept"], got, datetime.fromisoformat(row["now"]))
        for k in (row["kind"], "all"):
            kinds[k][0] += ok
            kinds[k][1] += 1
        if not ok:
            wrong.append((row, got))
    m = {k: a / n for k, (a, n) in kinds.items()}
    if args.json:
        print(json.dumps(m, indent=1))
        return m
    for k in sorted(kinds):
        print(f"{k:<15}{kinds[k][0]:>5} /{kinds[k][1]:>5}  {m[k]:.3f}")
    for row, got in wrong[:args.errors]:
        print(f"\n{row['id']} [{row['now']}] {row['text']}\n   accepts {json.dumps(row['accept'])}\n   got {json.dumps(got)}")
    return m


def score_spans(gold, pred, args):
    """Party size, and whether a time is found where one is said (no resolution known)."""
    tally = {"group_size": [0, 0, 0], "time_found": [0, 0, 0]}
    for row in gold:
        e = pred.get(row["id"], {}).get("expect") or {}
        g, p = row["expect"].get("group_size"), e.get("group_size")
        if "party" not in row["spans"]:       # "my mom and I": left to the product
            t = tally["group_size"]
            t[0] += g is not None and number(g) == number(p)
            t[1] += p is not None
            t[2] += g is not None
        t = tally["time_found"]
        t[0] += "time" in row["spans"] and bool(e.get("intervals"))
        t[1] += bool(e.get("intervals"))
        t[2] += "time" in row["spans"]
    m = {}
    for k, (tp, n_pred, n_gold) in tally.items():
        p, r = tp / max(1, n_pred), tp / max(1, n_gold)
        m[f"{k}.p"], m[f"{k}.r"], m[f"{k}.f1"] = p, r, 2 * p * r / (p + r) if p + r else 0.0
    print(json.dumps(m, indent=1) if args.json else "\n".join(f"{k:<16}{v:.3f}" for k, v in m.items()))
    return m


def main():
    ap = argparse.ArgumentParser(description="score NLU predictions")
    ap.add_argument("gold")
    ap.add_argument("pred")
    ap.add_argument("--by", choices=["lang", "role", "act", "tag", "ask"])
    ap.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N wrong lines")
    ap.add_argument("--json", action="store_true", help="print every metric as JSON")
    ap.add_argument("--require", action="append", default=[], metavar="METRIC=VALUE",
                    help="exit 1 when a metric (as named in --json) is below VALUE")
    args = ap.parse_args()
    gold = read(args.gold)
    pred = {p["id"]: p for p in read(args.pred)}
    run = (score_recognizers if gold and "accept" in gold[0]
           else score_spans if gold and "spans" in gold[0]
           else score_dialogues if gold and "turns" in gold[0] else score_utterances)
    m = run(gold, pred, args)
    bad = 0
    for req in args.require:
        k, v = req.split("=", 1)
        if m.get(k, 0.0) < float(v):
            print(f"below: {k} {m.get(k, 0.0):.3f} < {v}", file=sys.stderr)
            bad = 1
    return bad


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:                  # e.g. piped into head
        sys.exit(0)
