// The npm package `sift`: the matcher that people take for plain objects when they have no EventBridge. It speaks the
// query language of MongoDB, into which the rules of the benchmark are translated; each rule is a filter of its own.

import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "../workload.mjs";

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const comparisons = { "=": "$eq", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte" };

function numeric(list) {
  const condition = {};
  for (let at = 0; at < list.length; at += 2) condition[comparisons[list[at]]] = list[at + 1];
  return condition;
}

const operators = {
  prefix: (text) => ({ $regex: new RegExp(`^${escaped(text)}`) }),
  suffix: (text) => ({ $regex: new RegExp(`${escaped(text)}$`) }),
  wildcard: (text) => ({ $regex: new RegExp(`^${text.split("*").map(escaped).join("[^]*")}$`) }),
  numeric,
  "anything-but": (list) => ({ $exists: true, $nin: [list].flat() }),
};

function condition(list) {
  if (list.every((test) => typeof test !== "object")) return list.length === 1 ? list[0] : { $in: list };
  const [[name, wanted], ...others] = Object.entries(list[0]);
  if (list.length > 1 || others.length > 0 || !operators[name]) throw new Error(`not translated for sift: ${JSON.stringify(list)}`);
  return operators[name](wanted);
}

function query(pattern, path = "") {
  return Object.assign({}, ...Object.entries(pattern).map(([name, inner]) => (Array.isArray(inner) ? { [path + name]: condition(inner) } : query(inner, `${path}${name}.`))));
}

/** Makes rules of patterns; undefined if the package is not installed. */
export function loadSift() {
  const sift = installed();
  return sift && ((patterns) => {
    const rules = patterns.map((pattern) => sift(query(pattern)));
    return (event) => rules.flatMap((rule, at) => (rule(event) ? [at] : []));
  });
}

/** The packages of this project are in www, where Node does not look from here. */
function installed() {
  try {
    return createRequire(join(root, "www", "package.json"))("sift").default;
  } catch {
    return undefined;
  }
}
