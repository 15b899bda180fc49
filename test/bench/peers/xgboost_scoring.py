"""XGBoost as a peer of the benches `score` and `explain`.

    xgboost_scoring.py FOLDER TRAIN_ROWS TEST_ROWS TREES DEPTH COLUMNS SEED

Learns a model, writes FOLDER/{model.json,rows.f32,margin.f32,contribs.f32} and then answers lines on standard input
(one N, one-in-place N, bulk, contribs) with "wall cpu" in seconds, so that runs can be alternated in one process tree.
"""
import sys
import time

try:
    import numpy as np
    import xgboost as xgb
except ImportError as error:
    print(f"missing {error.name}", flush=True)
    sys.exit(0)

folder = sys.argv[1]
train_rows, test_rows, trees, depth, columns, seed = (int(word) for word in sys.argv[2:8])

rng = np.random.default_rng(seed)
total = train_rows + test_rows
values = rng.normal(size=(total, columns)).astype(np.float32)
values[:, ::3] = np.round(np.exp(values[:, ::3]) * 4)
# As hard to foresee as leaving is: an AUC of about 0.8.
odds = np.log1p(values[:, 0]) / 2 - values[:, 1] / 2 + values[:, 2] * values[:, 4] / 3 + np.sin(values[:, 5] * 2) / 2 - 2
labels = (rng.random(total) < 1 / (1 + np.exp(-odds))).astype(np.uint8)
values[rng.random(values.shape) < 0.05] = np.nan

settings = dict(
    objective="binary:logistic", tree_method="hist", max_depth=depth, eta=0.1, nthread=1, seed=seed, verbosity=0
)
booster = xgb.train(settings, xgb.DMatrix(values[:train_rows], labels[:train_rows], nthread=1), trees)
booster.save_model(f"{folder}/model.json")
rows = np.ascontiguousarray(values[train_rows:])
matrix = xgb.DMatrix(rows, nthread=1)
rows.tofile(f"{folder}/rows.f32")
booster.predict(matrix, output_margin=True).astype(np.float32).tofile(f"{folder}/margin.f32")
booster.predict(matrix, pred_contribs=True).astype(np.float32).tofile(f"{folder}/contribs.f32")


def one(count, predict):
    single = [rows[index % test_rows : index % test_rows + 1] for index in range(count)]
    return timed(lambda: [predict(row) for row in single])


# As a service would load it: with XGBoost's own settings, threads included.
served = xgb.Booster(model_file=f"{folder}/model.json")


def by_matrix(row):
    return served.predict(xgb.DMatrix(row))


def in_place(row):
    return booster.inplace_predict(row, validate_features=False)


def timed(work):
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


print(f"ready {xgb.__version__}", flush=True)
for line in sys.stdin:
    verb, *rest = line.split()
    if verb == "one":
        wall, cpu = one(int(rest[0]), by_matrix)
    elif verb == "one-in-place":
        wall, cpu = one(int(rest[0]), in_place)
    elif verb == "bulk":
        wall, cpu = timed(lambda: booster.inplace_predict(rows, validate_features=False))
    else:
        wall, cpu = timed(lambda: booster.predict(matrix, pred_contribs=True))
    print(wall, cpu, flush=True)
