// What a JavaScript developer would write by hand: every rule compiled once into closures, one rule asked after another.
// Correct for the operators that the benchmark's rules use; a nested pattern is asked of one object of an array at a time,
// so fields of one object belong together, as in EventBridge.

const both = (parts) => {
  const [a, b, c] = parts;
  if (parts.length === 1) return a;
  if (parts.length === 2) return (object) => a(object) && b(object);
  if (parts.length === 3) return (object) => a(object) && b(object) && c(object);
  return (object) => parts.every((part) => part(object));
};

const lower = (text) => text.toLowerCase();
const isText = (value) => typeof value === "string";
const isPlain = (value) => value === null || typeof value !== "object";

const comparisons = {
  "=": (limit) => (value) => value === limit,
  "<": (limit) => (value) => value < limit,
  "<=": (limit) => (value) => value <= limit,
  ">": (limit) => (value) => value > limit,
  ">=": (limit) => (value) => value >= limit,
};

function numeric(list) {
  const parts = [];
  for (let at = 0; at < list.length; at += 2) parts.push(comparisons[list[at]](list[at + 1]));
  const all = both(parts);
  return (value) => typeof value === "number" && all(value);
}

/** Text with stars: the pieces between them, each found as early as possible. */
function wildcard(text) {
  const [head, ...rest] = text.split("*");
  if (rest.length === 0) return (value) => value === text;
  const tail = rest.pop();
  return (value) => {
    if (!isText(value) || value.length < head.length + tail.length || !value.startsWith(head) || !value.endsWith(tail)) return false;
    let from = head.length;
    const end = value.length - tail.length;
    for (const piece of rest) {
      const found = value.indexOf(piece, from);
      if (found < 0) return false;
      from = found + piece.length;
    }
    return from <= end;
  };
}

const folded = (wanted, of) => (typeof wanted === "string" ? of(wanted) : of(wanted["equals-ignore-case"], lower));

const operators = {
  prefix: (wanted) => folded(wanted, (text, fold) => (fold ? ((text = fold(text)), (value) => isText(value) && fold(value.slice(0, text.length)) === text) : (value) => isText(value) && value.startsWith(text))),
  suffix: (wanted) => folded(wanted, (text, fold) => (fold ? ((text = fold(text)), (value) => isText(value) && fold(value).endsWith(text)) : (value) => isText(value) && value.endsWith(text))),
  "equals-ignore-case": (text) => ((text = lower(text)), (value) => isText(value) && value.length === text.length && lower(value) === text),
  wildcard,
  numeric,
  "anything-but": anythingBut,
};

function anythingBut(wanted) {
  if (typeof wanted !== "object" || Array.isArray(wanted)) {
    const list = [wanted].flat();
    return list.length === 1 ? (value) => value !== list[0] : (value) => !list.includes(value);
  }
  const [[name, texts]] = Object.entries(wanted);
  const tests = [texts].flat().map(operators[name]);
  return tests.length === 1 ? (value) => !tests[0](value) : (value) => !tests.some((test) => test(value));
}

/** The elements of a pattern's list as a function: does one of them pass for a value, or for an element of an array? */
export function compileList(list) {
  const exact = list.filter(isPlain);
  const tests = list.filter((element) => !isPlain(element)).map((element) => {
    const [[name, wanted]] = Object.entries(element);
    if (!operators[name]) throw new Error(`the closures do not know \`${name}\``);
    return operators[name](wanted);
  });
  if (exact.length === 1) tests.unshift((value) => value === exact[0]);
  if (exact.length > 1) tests.unshift((value) => exact.includes(value));
  const one = tests.length === 1 ? tests[0] : (value) => tests.some((test) => test(value));
  const any = (value) => (isPlain(value) ? one(value) : Array.isArray(value) && value.some(any));
  return any;
}

/** All fields of a pattern, in one object, or in one of the objects of an array. */
function fields(pattern) {
  const all = both(Object.entries(pattern).map(([name, inner]) => field(name, Array.isArray(inner) ? compileList(inner) : fields(inner))));
  const object = (value) => (Array.isArray(value) ? value.some(object) : !isPlain(value) && all(value));
  return object;
}

const field = (name, test) => (object) => {
  const value = object[name];
  return value !== undefined && test(value);
};

/** A pattern as a function: does an event, parsed, match? */
export const compile = (pattern) => fields(pattern);

/** Rules, asked one after another: the numbers of those that match. */
export function linear(patterns) {
  const rules = patterns.map(compile);
  return (event) => {
    const matching = [];
    for (let at = 0; at < rules.length; at++) if (rules[at](event)) matching.push(at);
    return matching;
  };
}
