"""The features of test/bench/feature-profile.ts in pandas, on the kernel's arrays.

Started with a folder of arrays; answers each line {"asOf": ms, "apart": bool, "save": path or null} with
{"wall": s, "cpu": s}. With "apart" the kinds lie apart beforehand, as the kernel has them; else they are one table of
events, as pandas has them once they are read, customer by customer and oldest first. Loading, sorting, and writing what
was asked to be saved, are not in the times.
"""

import json
import os
import sys
import time

import numpy as np
import pandas as pd

DAY = 86_400_000
# nightly.py brings its own frames.
FOLDER = sys.argv[1] if __name__ == "__main__" else None


def load():
    with open(os.path.join(FOLDER, "meta.json")) as file:
        meta = json.load(file)
    read = lambda name, kind: np.fromfile(os.path.join(FOLDER, name), dtype=kind)
    frames = {}
    for kind, measures in meta["kinds"].items():
        counts = np.diff(read(f"{kind}.offsets", "i4"))
        columns = {"customer": np.repeat(np.arange(meta["size"], dtype="i4"), counts), "at": read(f"{kind}.at", "f8")}
        for measure in measures:
            columns[measure] = read(f"{kind}.{measure}", "f8")
        frames[kind] = pd.DataFrame(columns)
    facts = pd.DataFrame({name: read(name, "f8") for name in ("first_purchase", "ltv", "warranty_day")})
    return meta, frames, facts


def one_table(frames):
    parts = [frame.assign(kind=np.int8(number)) for number, frame in enumerate(frames.values())]
    events = pd.concat(parts, ignore_index=True)
    return events.iloc[np.lexsort((events["at"], events["customer"]))].reset_index(drop=True)


if __name__ == "__main__":
    META, FRAMES, FACTS = load()
    EVENTS = one_table(FRAMES)
    EVERYONE = pd.RangeIndex(META["size"])


def of_each_kind(as_of, apart):
    if apart:
        return {kind: frame[frame["at"] < as_of] for kind, frame in FRAMES.items()}
    columns = {kind: list(frame.columns) for kind, frame in FRAMES.items()}
    before = EVENTS["at"].to_numpy() < as_of
    kinds = EVENTS["kind"].to_numpy()
    return {kind: EVENTS.loc[before & (kinds == number), columns[kind]] for number, kind in enumerate(FRAMES)}


def features(as_of, apart):
    seen = of_each_kind(as_of, apart)
    f = {}
    within = lambda frame, days: frame[frame["at"] >= as_of - days * DAY]
    before = lambda frame, days: frame[frame["at"] < as_of - days * DAY]
    by = lambda frame: frame.groupby("customer", sort=False)
    count = lambda frame: by(frame).size().reindex(EVERYONE, fill_value=0)
    recency = lambda frame: (as_of - by(frame)["at"].last().reindex(EVERYONE)) / DAY

    f["tenure_days"] = ((as_of - FACTS["first_purchase"]) / DAY).where(FACTS["first_purchase"] < as_of)
    f["ltv"] = FACTS["ltv"]
    f["usual_days"] = pd.Series(60.0, index=EVERYONE)
    f["attr_warranty_end"] = FACTS["warranty_day"] - as_of // DAY

    visits = seen["visit"]
    year, half = within(visits, 365), within(visits, 180)
    quarter = within(half, 90)
    f["visits_30"] = count(within(quarter, 30))
    f["visits_90"] = count(quarter)
    f["visits_before_90"] = count(before(half, 90))
    f["visits_365"] = count(year)
    day = np.ceil((as_of - year["at"].to_numpy()) / DAY)
    who = year["customer"].to_numpy()
    new = np.ones(len(year), dtype=bool)
    new[1:] = (day[1:] != day[:-1]) | (who[1:] != who[:-1])
    f["visit_days"] = count(year[new])
    f["quiet_days"] = recency(visits)
    f["first_visit_days"] = (as_of - by(visits)["at"].first().reindex(EVERYONE)) / DAY

    orders = seen["order"]
    year, half = within(orders, 365), within(orders, 180)
    quarter = within(half, 90)
    f["orders_90"] = count(quarter)
    f["orders_365"] = count(year)

    def spend(frame):
        sums = by(frame)["amount"].sum(min_count=1)
        return sums.reindex(EVERYONE).where(EVERYONE.isin(sums.index), 0)

    f["spend_90"] = spend(quarter)
    f["spend_before_90"] = spend(before(half, 90))
    f["spend_365"] = spend(year)
    f["spend_mean"] = by(orders)["amount"].mean().reindex(EVERYONE)
    f["order_quiet_days"] = recency(orders)

    logins = within(seen["login"], 60)
    f["logins_30"] = count(within(logins, 30))
    f["logins_before_30"] = count(before(logins, 30))
    f["login_quiet_days"] = recency(seen["login"])

    tickets = within(seen["ticket_opened"], 180)
    f["tickets_90"] = count(within(tickets, 90))
    f["tickets_before_90"] = count(before(tickets, 90))

    voices = seen["voice"]
    rated = voices[["customer", "rating"]].dropna()
    place = by(rated).cumcount(ascending=False)
    f["rating_newest_3"] = by(rated[place < 3])["rating"].mean().reindex(EVERYONE)
    f["rating_previous_5"] = by(rated[(place >= 3) & (place < 8)])["rating"].mean().reindex(EVERYONE)
    moods = within(voices, 180)[["customer", "sentiment"]].dropna()
    mood = by(moods)["sentiment"]
    f["mood_mean"] = mood.mean().reindex(EVERYONE)
    f["mood_spread"] = mood.std().reindex(EVERYONE)
    f["mood_good"] = by(moods.assign(good=moods["sentiment"] > 0))["good"].mean().reindex(EVERYONE)

    change = lambda now, then: ((now - then) / np.maximum(now.abs(), then.abs())).where(now != then, 0.0)
    f["gap_days"] = (f["first_visit_days"] - f["quiet_days"]) / (f["visits_365"] - 1)
    f["gap_days"] = f["gap_days"].where(np.isfinite(f["gap_days"]))
    f["visits_change"] = change(f["visits_90"], f["visits_before_90"])
    f["spend_change"] = change(f["spend_90"], f["spend_before_90"])
    f["logins_change"] = change(f["logins_30"], f["logins_before_30"])
    f["rating_change"] = f["rating_newest_3"] - f["rating_previous_5"]

    f["r"] = fifths((-f["order_quiet_days"]).fillna(-np.inf))
    f["f"] = fifths(f["orders_365"])
    f["m"] = fifths(f["spend_365"])
    return pd.DataFrame(f)


def fifths(values):
    ranks = values.rank(method="first")
    edges = [-(-int(ranks.count()) * fifth // 5) for fifth in (1, 2, 3, 4)]
    found = pd.Series(np.searchsorted(edges, ranks.to_numpy() - 1, side="right") + 1, index=values.index)
    return found.where(ranks.notna(), 0)


if __name__ == "__main__":
    print(json.dumps({"pandas": pd.__version__}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        wall, cpu = time.perf_counter(), time.process_time()
        found = features(asked["asOf"], asked["apart"])
        took = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
        if asked["save"] is not None:
            found[META["names"]].to_numpy(dtype="f8").tofile(asked["save"])
        print(json.dumps(took), flush=True)
