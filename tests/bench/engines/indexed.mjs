// The best that we know how to write in JavaScript alone for many rules. Each rule is filed under its most selective field
// (the value, or the beginning of one, that the fewest rules ask for) and is only looked at when the event has that value.
// Its other fields are conditions that many rules share: each is judged at most once an event, and the verdict kept in
// small arrays, so that a rule that fails costs no walk through closures that are strewn over the memory. Where an event
// has an array on the way, the closures of the whole rule decide.
import { compile, compileList } from "./closures.mjs";

const unasked = 0;
const fails = 1;
const holds = 2;
const hasArray = 3;

/** The fields of a pattern, with the keys under which each could be filed: values and prefixes, if it has nothing else. */
function fieldsOf(pattern, path = []) {
  return Object.entries(pattern).flatMap(([name, inner]) => {
    const here = [...path, name];
    if (!Array.isArray(inner)) return fieldsOf(inner, here);
    const keys = inner.map((test) => (typeof test === "string" ? `=${test}` : typeof test?.prefix === "string" ? `^${test.prefix}` : undefined));
    return [{ path: here, name: here.join("\0"), list: inner, keys: keys.includes(undefined) ? undefined : keys }];
  });
}

function countUses(rules) {
  const uses = new Map();
  const count = (key) => uses.set(key, (uses.get(key) ?? 0) + 1);
  for (const { fields } of rules) for (const { name, keys = [] } of fields) for (const key of keys) count(name + key);
  return uses;
}

/** All different conditions of all rules: number, path, test. */
function conditionsOf() {
  const numbers = new Map();
  const all = [];
  const numberOf = ({ path, name, list }) => {
    const key = `${name}\0${JSON.stringify(list)}`;
    if (!numbers.has(key)) {
      numbers.set(key, all.length);
      all.push({ path, test: compileList(list), uses: 0 });
    }
    const number = numbers.get(key);
    all[number].uses++;
    return number;
  };
  return { all, numberOf };
}

/** A tree of the fields that are looked at; a leaf knows which rules a value or a beginning leads to. */
const node = () => ({ children: [], leaf: undefined });
const leaf = () => ({ exact: new Map(), prefixes: new Map(), lengths: [] });

function file(tree, { path, keys }, rule) {
  let at = tree;
  for (const name of path) {
    let child = at.children.find((child) => child.name === name);
    if (!child) at.children.push((child = { name, ...node() }));
    at = child;
  }
  at.leaf ??= leaf();
  for (const key of keys) {
    const [map, text] = [key[0] === "=" ? at.leaf.exact : at.leaf.prefixes, key.slice(1)];
    if (!map.has(text)) map.set(text, []);
    map.get(text).push(rule);
    if (map === at.leaf.prefixes && !at.leaf.lengths.includes(text.length)) at.leaf.lengths.push(text.length);
  }
}

/** Files every rule: what is asked for by the values of an event, and what must be asked each time. */
function filed(patterns) {
  const rules = patterns.map((pattern, number) => ({ number, whole: compile(pattern), several: false, conditions: [], fields: fieldsOf(pattern) }));
  const uses = countUses(rules);
  const crowd = ({ name, keys }) => (keys ? keys.reduce((sum, key) => sum + uses.get(name + key), 0) : Number.MAX_SAFE_INTEGER);
  const { all, numberOf } = conditionsOf();
  const tree = node();
  const always = [];
  for (const rule of rules) {
    const [best, ...others] = rule.fields.toSorted((a, b) => crowd(a) - crowd(b));
    rule.conditions = (best.keys ? others : rule.fields).map(numberOf);
    rule.several = best.keys?.length > 1;
    if (best.keys) file(tree, best, rule);
    else always.push(rule);
    rule.fields = undefined;
  }
  // What many rules share has most likely been judged already: first.
  for (const rule of rules) rule.conditions.sort((a, b) => all[b].uses - all[a].uses);
  return { tree, always, conditions: all };
}

/** Rules, found by their most selective field: the numbers of those that match. */
export function indexed(patterns) {
  const { tree, always, conditions } = filed(patterns);
  const verdicts = new Uint8Array(conditions.length);
  let judged = [];
  let event;
  let matching;

  function judge(number) {
    const { path, test } = conditions[number];
    let value = event;
    for (let at = 0; at < path.length && value !== undefined && value !== null; at++) value = Array.isArray(value) ? value : value[path[at]];
    judged.push(number);
    return (verdicts[number] = Array.isArray(value) ? hasArray : value !== undefined && test(value) ? holds : fails);
  }

  function passes({ conditions, whole }) {
    for (let at = 0; at < conditions.length; at++) {
      const verdict = verdicts[conditions[at]] || judge(conditions[at]);
      if (verdict === fails) return false;
      if (verdict === hasArray) return whole(event);
    }
    return true;
  }

  function ask(rules, inArray) {
    for (let at = 0; at < rules.length; at++) {
      const rule = rules[at];
      if (inArray ? rule.whole(event) : passes(rule)) found(rule, inArray);
    }
  }

  /** Only where the event or the rule has several values for a field can a rule turn up twice. */
  function found({ number, several }, inArray) {
    if ((inArray || several) && matching.includes(number)) return;
    matching.push(number);
  }

  function lookUp(leaf, value, inArray) {
    if (typeof value === "string") {
      const rules = leaf.exact.get(value);
      if (rules !== undefined) ask(rules, inArray);
      for (let at = 0; at < leaf.lengths.length; at++) {
        const length = leaf.lengths[at];
        const rules = value.length >= length ? leaf.prefixes.get(value.slice(0, length)) : undefined;
        if (rules !== undefined) ask(rules, inArray);
      }
    } else if (Array.isArray(value)) {
      for (const element of value) lookUp(leaf, element, true);
    }
  }

  function visit({ children, leaf }, value, inArray) {
    if (leaf !== undefined) lookUp(leaf, value, inArray);
    if (value === null || typeof value !== "object") return;
    if (Array.isArray(value)) {
      for (const element of value) visit({ children, leaf: undefined }, element, true);
      return;
    }
    for (let at = 0; at < children.length; at++) {
      const inner = value[children[at].name];
      if (inner !== undefined) visit(children[at], inner, inArray);
    }
  }

  return (asked) => {
    event = asked;
    matching = [];
    ask(always, false);
    visit(tree, event, false);
    for (let at = 0; at < judged.length; at++) verdicts[judged[at]] = unasked;
    judged.length = 0;
    if (matching.length > 1) matching.sort((a, b) => a - b);
    return matching;
  };
}
