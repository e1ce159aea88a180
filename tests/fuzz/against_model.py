#!/usr/bin/env python3
"""Asks the Rust evaluators and the model of ../shared/oracle the same questions and reports where they differ.

    tests/fuzz/against_model.py [--seeds 1,2,3] [--count 20000] [single multi invalid badevent]

Invents questions with gen_cases.py, lets refmodel.py answer them without the reference's defects (ideal=True), and hands
both to `cargo test --test it model::`. EVENTBRIDGE_RULES_SHARED names another folder than ../shared.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("EVENTBRIDGE_RULES_SHARED", ROOT.parent / "shared"))
sys.dont_write_bytecode = True
sys.setrecursionlimit(20000)

# What the reference accepts and then crashes on: accepting it is the sane answer.
CRASHES = ("*internal error*", "Index 10 out of bounds")


def answer(model, pattern, event):
    """The model's verdict, or None if the event is none."""
    rules = model.compile_rule(pattern)
    try:
        fields = model.flatten(event, model.used_steps(rules))
    except model.EventError:
        return None
    return model.match_rules(rules, fields, ideal=True)


def error_of(model, pattern):
    """Why the model refuses a pattern, or None."""
    try:
        model.compile_rule(pattern)
    except model.PatternError as error:
        return None if str(error).startswith(CRASHES) else str(error)
    return None


def questions(model, cases, kind, seed, count):
    if kind == "single":
        for case in cases.gen_single(seed, count):
            verdict = answer(model, case["pattern"], case["event"])
            yield {"kind": "event", "pattern": case["pattern"], "event": case["event"], "match": verdict}
    elif kind == "badevent":
        for case in cases.gen_badevent(seed, count):
            verdict = answer(model, case["pattern"], case["event"])
            yield {"kind": "event", "pattern": case["pattern"], "event": case["event"], "match": verdict}
    elif kind == "invalid":
        for case in cases.gen_invalid(seed, count):
            yield {"kind": "pattern", "pattern": case["pattern"], "error": error_of(model, case["pattern"])}
    elif kind == "multi":
        # One set of rules and its twenty events count as much as a hundred single questions.
        for case in cases.gen_multi(seed, max(1, count // 100)):
            rules, events = case["rules"], case["events"]
            matches = [[name for name in rules if answer(model, rules[name], event)] for event in events]
            yield {"kind": "rules", "rules": rules, "events": events, "matches": matches}
    else:
        sys.exit(f"there are no questions of kind {kind}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("kinds", nargs="*", default=["single", "multi", "invalid", "badevent"])
    arguments.add_argument("--seeds", default="1")
    arguments.add_argument("--count", type=int, default=20000)
    options = arguments.parse_args()
    if not (SHARED / "oracle" / "refmodel.py").exists():
        sys.exit(f"there is no model in {SHARED / 'oracle'}: nothing to compare with")
    sys.path.insert(0, str(SHARED / "oracle"))
    import gen_cases
    import refmodel

    failed = False
    for seed in options.seeds.split(","):
        for kind in options.kinds:
            with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False) as file:
                for question in questions(refmodel, gen_cases, kind, int(seed), options.count):
                    file.write(json.dumps(question) + "\n")
            command = ["cargo", "test", "--quiet", "--test", "it", "model::", "--", "--nocapture"]
            environment = {**os.environ, "EVENTBRIDGE_RULES_QUESTIONS": file.name}
            run = subprocess.run(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
            lines = run.stderr.decode(errors="replace").splitlines()
            summary = next((line for line in lines if " questions, " in line), "no answer")
            print(f"{kind}, seed {seed}: {summary}", flush=True)
            if run.returncode != 0:
                failed = True
                print("\n".join(lines[:60]), f"\nthe questions are in {file.name}", sep="")
            else:
                os.unlink(file.name)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
