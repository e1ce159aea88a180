/** What a rule says, as one English sentence. */

import { type Condition, type Test, type Value, conditionsOf } from "./conditions.js";

/** Plain words, or a piece of the pattern to be set as code. */
type Piece = string | { code: string };

/** Pieces that stand for one condition. `compound` ones hold an "and", an "or" or a comma of their own. */
interface Clause {
  pieces: Piece[];
  compound: boolean;
}

/** More than these values of one kind, or conditions side by side, are counted instead of named. */
const MOST_VALUES = 5;
const NAMED_VALUES = 3;
const MOST_CONDITIONS = 9;
const NAMED_CONDITIONS = 7;
const LONGEST_VALUE = 60;
const LONGEST_PATH = 120;

/** The sentence for a valid pattern. */
export function describePattern(pattern: string): Piece[] {
  const conditions = conditionsOf(pattern);
  const pieces: Piece[] = ["Events"];
  for (const [path, words] of Object.entries(SUBJECT)) {
    const about = conditions.find((condition) => isPlain(condition, path));
    if (about && "tests" in about) pieces.push(words, ...names(about.tests.flatMap(valuesOf)).pieces);
  }
  const rest = conditions.filter((condition) => !Object.keys(SUBJECT).some((path) => isPlain(condition, path)));
  const absent = rest.filter(isAbsence);
  const clauses = rest.filter((condition) => !isAbsence(condition));
  if (clauses.length) pieces.push(" where ", ...allOf(clauses).pieces);
  if (absent.length) pieces.push(clauses.length ? ", unless " : " unless ", ...presence(absent));
  return merged([...pieces, "."]);
}

/** What is said of an event before its fields: its origin and its kind. */
const SUBJECT: Record<string, string> = { source: " from ", "detail-type": " of type ", account: " in account ", region: " in region " };

/** A list of nothing but strings on this path. */
function isPlain(condition: Condition, path: string): boolean {
  return "path" in condition && condition.path === path && condition.tests.every((test) => test.kind === "equals" && test.values.every((value) => "string" in value));
}

/** A field that must not be there, and nothing else. */
function isAbsence(condition: Condition): boolean {
  return "path" in condition && condition.tests.length === 1 && condition.tests.every((test) => test.kind === "exists" && !test.exists);
}

function presence(absent: Condition[]): Piece[] {
  const paths = absent.flatMap((condition): Clause[] => ("path" in condition ? [{ pieces: subject(condition.path), compound: false }] : []));
  return [...joined(cut(paths, "other fields"), "or").pieces, " is present"];
}

function valuesOf(test: Test): Value[] {
  return "values" in test ? test.values : [];
}

/** Conditions all of which must hold. Alternatives come last: what followed them would seem to belong to the last of them. */
function allOf(conditions: Condition[]): Clause {
  const sorted = [...conditions].sort((a, b) => Number("alternatives" in a) - Number("alternatives" in b));
  return joined(cut(sorted.map(clauseOf), "more conditions"), "and");
}

function clauseOf(condition: Condition): Clause {
  return "path" in condition ? fieldClause(condition.path, condition.tests) : orClause(condition.alternatives);
}

function orClause(alternatives: Condition[][]): Clause {
  const clauses = alternatives.map((conditions): Clause => {
    const clause = allOf(conditions);
    const nested = conditions.length > 1 && conditions.some((condition) => "alternatives" in condition);
    return nested ? { pieces: ["(", ...clause.pieces, ")"], compound: true } : clause;
  });
  return { pieces: ["either ", ...joined(cut(clauses, "more alternatives"), "or").pieces], compound: true };
}

function fieldClause(path: string, tests: Test[]): Clause {
  const said = joined(cut(predicates(tests), "more tests"), "or");
  return { pieces: [...subject(path), " ", ...said.pieces], compound: said.compound };
}

/** `resources` is the one list that every event has. */
function subject(path: string): Piece[] {
  const named = { code: path === "" ? '""' : shortened(path, LONGEST_PATH) };
  return path === "resources" ? ["one of ", named] : [named];
}

/** One predicate for all tests of a kind: "is `a` or `b`". */
function predicates(tests: Test[]): Clause[] {
  const kinds = new Map<string, Value[]>();
  const found: Clause[] = [];
  const late: (() => void)[] = [];
  for (const test of tests) {
    if (test.kind === "exists") found.push({ pieces: [test.exists ? "is present" : "is absent"], compound: false });
    else if (test.kind === "numeric") found.push(numericClause(test.bounds));
    else if (test.kind === "not") found.push(notClause(test.operator, test.values));
    else {
      const kind = kindOf(test);
      const values = kinds.get(kind);
      if (values) values.push(...test.values);
      else {
        const all = [...test.values];
        const place = found.push({ pieces: [], compound: false }) - 1;
        kinds.set(kind, all);
        late.push(() => void (found[place] = valueClause(kind, all)));
      }
    }
  }
  for (const say of late) say();
  return found;
}

function kindOf(test: Extract<Test, { values: Value[] }>): string {
  const isAnyText = (test.kind === "prefix" || test.kind === "suffix") && test.values.every((value) => "string" in value && value.string === "");
  if (isAnyText) return "any text";
  return "anyCase" in test && test.anyCase ? `${test.kind} in any case` : test.kind;
}

/** Before and behind the values of each kind. */
const SAID: Record<string, [before: string, behind: string] | undefined> = Object.assign(Object.create(null), {
  equals: ["is ", ""],
  exactly: ["is exactly ", ""],
  prefix: ["starts with ", ""],
  suffix: ["ends with ", ""],
  "prefix in any case": ["starts with ", " in any case"],
  "suffix in any case": ["ends with ", " in any case"],
  "equals-ignore-case": ["is ", " in any case"],
  wildcard: ["matches ", ""],
  cidr: ["is an address in ", ""],
  "not ": ["has a value other than ", ""],
  "not prefix": ["has a value that does not start with ", ""],
  "not suffix": ["has a value that does not end with ", ""],
  "not equals-ignore-case": ["has a value other than ", " in any case"],
  "not wildcard": ["has a value that does not match ", ""],
});

function valueClause(kind: string, values: Value[]): Clause {
  if (kind === "any text") return { pieces: ["is any text"], compound: false };
  const [before, behind] = SAID[kind] ?? ["is ", ""];
  const list = listOf(values);
  return { pieces: [before, ...list.pieces, behind], compound: list.compound };
}

/** An empty list under an operator passes nothing. */
function notClause(operator: string, values: Value[]): Clause {
  return values.length ? valueClause(`not ${operator}`, values) : { pieces: ["passes no test"], compound: false };
}

const COMPARED: Record<string, string | undefined> = Object.assign(Object.create(null), { "=": "", "<": "below ", "<=": "at most ", ">": "above ", ">=": "at least " });

function numericClause(bounds: [string, string][]): Clause {
  const words = bounds.map(([operator, number]) => `${COMPARED[operator] ?? `${operator} `}${shortened(number, LONGEST_VALUE)}`);
  const [low, high] = bounds;
  const closed = low?.[0] === ">=" && high?.[0] === "<=" ? `from ${shortened(low[1], LONGEST_VALUE)} to ${shortened(high[1], LONGEST_VALUE)}` : undefined;
  return { pieces: [`is ${closed ?? words.join(" and ")}`], compound: !closed && words.length > 1 };
}

/** Where only strings can stand, `111122223333` needs no quotes. */
function names(values: Value[]): Clause {
  return listOf(values, (value) => ("string" in value && value.string.trim() ? { code: shortened(value.string, LONGEST_VALUE) } : pieceOf(value)));
}

function listOf(values: Value[], piece = pieceOf): Clause {
  const shown = values.length > MOST_VALUES ? values.slice(0, NAMED_VALUES) : values;
  const clauses = shown.map((value): Clause => ({ pieces: [piece(value)], compound: false }));
  if (values.length > shown.length) clauses.push({ pieces: [`${values.length - shown.length} others`], compound: false });
  return joined(clauses, "or");
}

/** Strings are code, all else is not: `"5"` and 5 must not look alike. */
function pieceOf(value: Value): Piece {
  if ("word" in value) return shortened(value.word, LONGEST_VALUE);
  const { string } = value;
  const odd = string === "" || string !== string.trim() || /[\0-\x1f\x7f]/.test(string) || /^(-?\d+(\.\d+)?([eE][+-]?\d+)?|true|false|null)$/.test(string);
  return { code: shortened(odd ? JSON.stringify(string) : string, LONGEST_VALUE) };
}

/** Cuts between characters, not through one. */
function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(length - 2)) ? length - 2 : length - 1;
  return `${text.slice(0, end)}…`;
}

function cut(clauses: Clause[], rest: string): Clause[] {
  if (clauses.length <= MOST_CONDITIONS) return clauses;
  return [...clauses.slice(0, NAMED_CONDITIONS), { pieces: [`${clauses.length - NAMED_CONDITIONS} ${rest}`], compound: false }];
}

/** `a, b and c`; where a part holds such words of its own, a comma stands before the last word too. */
function joined(clauses: Clause[], word: string): Clause {
  const compound = clauses.some((clause) => clause.compound);
  const pieces = clauses.flatMap((clause, index) => {
    if (index === 0) return clause.pieces;
    const last = index === clauses.length - 1;
    return [last ? `${compound ? "," : ""} ${word} ` : ", ", ...clause.pieces];
  });
  return { pieces, compound: compound || clauses.length > 1 };
}

function merged(pieces: Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    if (typeof piece === "string" && typeof last === "string") out[out.length - 1] = last + piece;
    else if (piece !== "") out.push(piece);
  }
  return out;
}
