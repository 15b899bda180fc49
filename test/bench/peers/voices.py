"""The peer of `npm run bench -- voices`: jieba's words, scikit-learn's TF-IDF and logistic regression, topics by sets of words.

One JSON line a question on stdin, one a line of answer on stdout. {"do": "prepare", "file"}: learns moods from the file's
texts and labels and takes its topics' words; {"do": "read"}: reads all texts; answers milliseconds.
"""

import json
import sys
import time

try:
    import jieba
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
except ImportError as error:
    for _ in sys.stdin:
        print(json.dumps({"missing": error.name}), flush=True)
    sys.exit(0)

jieba.setLogLevel(60)
held = {}


def same(tokens):
    return tokens


def prepare(asked):
    with open(asked["file"], encoding="utf-8") as file:
        given = json.load(file)
    topic_of = {}
    for topic, words in given["topics"].items():
        for word in words:
            topic_of[word.lower()] = topic
            jieba.add_word(word)
    tokens = [jieba.lcut(text.lower()) for text in given["texts"]]
    vectorizer = TfidfVectorizer(tokenizer=same, preprocessor=same, token_pattern=None, ngram_range=(1, 2))
    model = LogisticRegression(max_iter=200).fit(vectorizer.fit_transform(tokens), given["labels"])
    held.update(texts=given["texts"], topic_of=topic_of, vectorizer=vectorizer, model=model)
    return {}


def read(_asked):
    cpu, wall = time.process_time(), time.perf_counter()
    topic_of = held["topic_of"]
    tokens = [jieba.lcut(text.lower()) for text in held["texts"]]
    chances = held["model"].predict_proba(held["vectorizer"].transform(tokens))
    topics = [{topic_of[word] for word in words if word in topic_of} for words in tokens]
    assert len(chances) == len(topics)
    return {"cpu": (time.process_time() - cpu) * 1e3, "wall": (time.perf_counter() - wall) * 1e3}


for line in sys.stdin:
    asked = json.loads(line)
    print(json.dumps({"prepare": prepare, "read": read}[asked["do"]](asked)), flush=True)
