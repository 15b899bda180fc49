"""Trains the peers of `npm run bench -- train`, one JSON line a question on stdin, one JSON line an answer on stdout.

Asked: {"peer": "xgboost" | "hist" | "forest", "train": PATH, "test": PATH, "rows", "testRows", "columns", "seed", "rounds", "threads", "scores": PATH}
where PATH.f32 holds float32 values row by row and PATH.u8 the labels. Answers: {"cpu": seconds, "wall": seconds}; the
scores of the test rows go to the file "scores" as float64. Making bins counts: the clock starts with the plain array.
"""

import json
import os
import resource
import sys
import time

os.environ["OMP_WAIT_POLICY"] = "passive"

import numpy as np


def read(path, columns):
    values = np.fromfile(path + ".f32", np.float32).reshape(-1, columns)
    return values, np.fromfile(path + ".u8", np.uint8)


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def xgboost(asked, values, labels, test):
    import xgboost as xgb

    settings = {
        "objective": "binary:logistic", "tree_method": "hist", "max_bin": 256, "max_depth": 6, "eta": 0.1,
        "lambda": 1.0, "min_child_weight": 1, "subsample": 0.8, "colsample_bytree": 0.8,
        "nthread": asked["threads"], "seed": asked["seed"], "verbosity": 0,
    }

    def train():
        table = xgb.DMatrix(values, labels, nthread=asked["threads"])
        return xgb.train(settings, table, asked["rounds"])

    return train, lambda model: model.predict(xgb.DMatrix(test), output_margin=True)


def hist(asked, values, labels, test):
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=asked["rounds"], learning_rate=0.1, max_depth=6, max_leaf_nodes=64, l2_regularization=1.0,
        min_samples_leaf=20, early_stopping=False, random_state=asked["seed"],
    )
    return (lambda: model.fit(values, labels)), (lambda model: model.decision_function(test))


def forest(asked, values, labels, test):
    from sklearn.ensemble import RandomForestClassifier

    # This version knows no missing values: the median stands in, as people do.
    middle = np.nanmedian(values, axis=0)
    filled, filled_test = (np.where(np.isnan(table), middle, table) for table in (values, test))
    model = RandomForestClassifier(
        n_estimators=asked["rounds"], min_samples_leaf=5, max_features="sqrt", n_jobs=asked["threads"],
        random_state=asked["seed"],
    )
    return (lambda: model.fit(filled, labels)), (lambda model: model.predict_proba(filled_test)[:, 1])


PEERS = {"xgboost": xgboost, "hist": hist, "forest": forest}

for line in sys.stdin:
    asked = json.loads(line)
    values, labels = read(asked["train"], asked["columns"])
    test, _ = read(asked["test"], asked["columns"])
    train, score = PEERS[asked["peer"]](asked, values, labels, test)
    cpu_before, wall_before = cpu(), time.perf_counter()
    model = train()
    answer = {"cpu": cpu() - cpu_before, "wall": time.perf_counter() - wall_before}
    np.asarray(score(model), np.float64).tofile(asked["scores"])
    print(json.dumps(answer), flush=True)
