"""scikit-learn's usual reader of sentiment: TF-IDF of character 1-3-grams and logistic regression.

Asked, one JSON line a question on stdin: {"train": FILE, "test": FILE}, where a file holds one {"text", "label"} a line.
Answers: {"right": share of right labels, "macroF1": number}, or {"missing": MODULE}.
"""

import json
import sys


def read(path):
    with open(path, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [row["text"] for row in rows], [row["label"] for row in rows]


def answer(asked):
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.metrics import accuracy_score, f1_score
    except ImportError as error:
        return {"missing": error.name}
    texts, labels = read(asked["train"])
    unseen, truth = read(asked["test"])
    pieces = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2)
    model = LogisticRegression(C=10, max_iter=200)
    model.fit(pieces.fit_transform(texts), labels)
    said = model.predict(pieces.transform(unseen))
    return {"right": accuracy_score(truth, said), "macroF1": f1_score(truth, said, average="macro")}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
