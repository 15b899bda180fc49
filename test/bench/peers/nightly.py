"""A night as a data team would script it: events out of a CSV file, features in pandas, a prediction by XGBoost.

Started with a folder; one JSON line a question on stdin, one a line of answer on stdout:
{"do": "train", "columns", "trees", "depth", "seed"}: learns FOLDER/train.f32 with train.u8, saves FOLDER/model.json.
{"do": "night", "asOf": ms, "prepared": bool}: reads FOLDER/events.csv and customers.csv, writes FOLDER/probability.f32;
answers seconds. "prepared" reads prepared.csv, in which instants are numbers and customers lie together, instead.
{"do": "predict"}: predicts once more on the features of the last night; the predicting half of the SQL peer.
The features are those of features.py, kinds apart, its fastest way.
"""

import json
import os
import sys
import time

os.environ["OMP_WAIT_POLICY"] = "passive"
FOLDER = sys.argv[1]
PARTS = ("visit", "order", "login", "ticket_opened", "voice")

try:
    import numpy as np
    import pandas as pd
    import xgboost as xgb

    import features as peer
except ImportError as error:
    print(json.dumps({"missing": error.name}), flush=True)
    sys.exit(0)

path = lambda name: os.path.join(FOLDER, name)


def train(asked):
    values = np.fromfile(path("train.f32"), "f4").reshape(-1, asked["columns"])
    labels = np.fromfile(path("train.u8"), "u1")
    settings = {
        "objective": "binary:logistic", "tree_method": "hist", "max_depth": asked["depth"], "eta": 0.1,
        "base_score": 0.5, "seed": asked["seed"], "verbosity": 0,
    }
    xgb.train(settings, xgb.DMatrix(values, labels), asked["trees"]).save_model(path("model.json"))
    return {}


def read(prepared):
    kinds = {"customer": "i4", "kind": "i1", "value": "f8", "mood": "f8"}
    if prepared:
        events = pd.read_csv(path("prepared.csv"), dtype={**kinds, "at": "f8"})
    else:
        # ISO text takes pandas' own parser, which was no slower than any other way of reading it.
        events = pd.read_csv(path("events.csv"), dtype=kinds, parse_dates=["at"])
        events["at"] = events["at"].to_numpy().view("i8") / 1e6
    facts = pd.read_csv(path("customers.csv"), dtype="f8")
    kind = events["kind"].to_numpy()
    of = lambda *numbers: events[np.isin(kind, numbers)]
    frames = {
        "login": of(0), "visit": of(1, 2), "order": of(3).rename(columns={"value": "amount"}),
        "ticket_opened": of(4), "voice": of(5).rename(columns={"value": "rating", "mood": "sentiment"}),
    }
    if not prepared:
        # Days with a visit are counted customer by customer; everything else only needs each one's oldest first.
        frames["visit"] = frames["visit"].sort_values("customer", kind="stable")
    return {name: frames[name] for name in PARTS}, facts


def night(asked):
    model = xgb.Booster(model_file=path("model.json"))
    start = time.perf_counter()
    peer.FRAMES, peer.FACTS = read(asked["prepared"])
    peer.EVERYONE = pd.RangeIndex(len(peer.FACTS))
    loaded = time.perf_counter()
    global TABLE
    TABLE = peer.features(asked["asOf"], True)[asked["names"]].to_numpy(dtype="f4")
    made = time.perf_counter()
    model.predict(xgb.DMatrix(TABLE)).astype("f4").tofile(path("probability.f32"))
    return {"read": loaded - start, "features": made - loaded, "predict": time.perf_counter() - made}


def predict(_):
    model = xgb.Booster(model_file=path("model.json"))
    start = time.perf_counter()
    model.predict(xgb.DMatrix(TABLE))
    return {"predict": time.perf_counter() - start}


print(json.dumps({"pandas": pd.__version__, "xgboost": xgb.__version__}), flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    wall, cpu = time.perf_counter(), time.process_time()
    took = {"train": train, "night": night, "predict": predict}[asked["do"]](asked)
    print(json.dumps({**took, "wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}), flush=True)
