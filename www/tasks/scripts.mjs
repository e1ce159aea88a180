// The entries, made quick to read and still good to look at. What imports them has often just been started itself, and
// reads every character.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { installed } from "./places.mjs";
import { Failure, run } from "./run.mjs";

/** A text as long as this is a module. */
const LONG = 5000;

/**
 * Mends a script in which esbuild has made all names short, in its place:
 * - What it exports is called again as it is exported, and so are the classes that exported ones extend: people see them in
 *   the console.
 * - Functions of which `called` knows the begin are in parentheses. V8 takes that for a sign that they are called soon, and
 *   compiles them as it reads them instead of reading them twice.
 * - The texts of modules get lines of their own: Node shows people the whole line from which an error comes.
 */
export async function mend(path, called) {
  const { parse } = await installed("acorn");
  const script = readFileSync(path, "utf8");
  const { body } = parse(script, { ecmaVersion: 2022, sourceType: "module" });
  const names = namesIn(body);
  const unnamed = new Set(names.keys());
  const edits = [];
  const insert = (at, text) => edits.push({ at, text });
  let wrapped = 0;
  const wrap = ({ start, end }) => {
    if (!called?.has(start)) return;
    wrapped++;
    insert(start, "(");
    insert(end, ")");
  };
  const nameOf = ({ name }) => (unnamed.delete(name), names.get(name));
  for (const statement of body) {
    if (statement.type === "FunctionDeclaration") {
      const { id, start, end } = statement;
      const name = nameOf(id);
      if (name === undefined && !called?.has(start)) continue;
      insert(start, `var ${id.name}=`);
      wrap(statement);
      edits.push({ at: id.start, to: id.end, text: name ?? "" });
      insert(end, ";");
    }
    for (const { id, init } of statement.type === "VariableDeclaration" ? statement.declarations : []) {
      if (init?.type === "ClassExpression" && init.id === null && names.has(id.name)) insert(init.start + "class".length, ` ${nameOf(id)}`);
      if (init?.type === "ArrowFunctionExpression") wrap(init);
      if (init?.type === "Literal" && init.end - init.start > LONG) {
        insert(init.start, "\n");
        insert(init.end, "\n");
      }
    }
  }
  if (names.size === 0 || unnamed.size > 0) throw new Failure(`${path}: no function and no class for ${[...unnamed].map((local) => names.get(local)).join(", ") || "any export"}`);
  if (called && wrapped === 0) throw new Failure(`${path}: nothing that runs at first was found in it`);
  writeFileSync(path, edited(script, edits));
}

/** The names in the script of what it exports, with those outside; classes that exported ones extend have theirs. */
function namesIn(body) {
  const names = new Map(body.flatMap(exportsIn));
  const variables = body.flatMap(({ declarations = [] }) => declarations);
  const classes = new Map(variables.filter(({ init }) => init?.type === "ClassExpression").map(({ id, init }) => [id.name, init]));
  for (const [local, name] of [...names]) {
    const extended = classes.get(local)?.superClass?.name;
    if (classes.has(extended) && !names.has(extended)) names.set(extended, name);
  }
  return names;
}

/** What a statement exports: names in the script, and outside. */
function exportsIn(statement) {
  if (statement.type === "ExportNamedDeclaration") return statement.specifiers.map(({ local, exported }) => [local.name, exported.name]);
  // CommonJS: `all(exports, { name: () => local })`.
  const [, all] = statement.expression?.arguments ?? [];
  const isGetter = ({ value }) => value?.type === "ArrowFunctionExpression" && value.body.type === "Identifier";
  if (all?.type !== "ObjectExpression" || !all.properties.every(isGetter)) return [];
  return all.properties.map(({ key, value }) => [value.body.name, key.name]);
}

/** Edits at the same place stand in the order in which they came. */
function edited(script, edits) {
  let [text, done] = ["", 0];
  for (const { at, to = at, text: more } of edits.toSorted((a, b) => a.at - b.at)) {
    text += script.slice(done, at) + more;
    done = to;
  }
  return text + script.slice(done);
}

/** Where those functions of an entry begin that run until it has its first answer. Fails if that answer is wrong. */
export async function firstCalls(entry) {
  const { output } = await run(process.execPath, [fileURLToPath(new URL("first-calls.mjs", import.meta.url)), entry], { quiet: true });
  return new Set(JSON.parse(output));
}
