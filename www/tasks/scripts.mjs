// The entries, made quick to read and still good to look at. What imports them has often just been started itself, and
// reads every character.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { installed } from "./places.mjs";
import { run } from "./run.mjs";

/**
 * Mends a script in which esbuild has made all names short, in its place:
 * - What it exports is called again as it is exported: people see that in the console.
 * - Functions of which `called` knows the begin are in parentheses. V8 takes that for a sign that they are called soon, and
 *   compiles them as it reads them instead of reading them twice.
 * - The texts of modules get lines of their own: Node shows people the whole line from which an error comes.
 */
export async function mend(path, called = new Set()) {
  const { parse } = await installed("acorn");
  const script = readFileSync(path, "utf8");
  const { body } = parse(script, { ecmaVersion: 2022, sourceType: "module" });
  const names = new Map(body.flatMap(exportsIn));
  const edits = [];
  const insert = (at, text) => edits.push({ at, text });
  const wrap = ({ start, end }) => called.has(start) && (insert(start, "("), insert(end, ")"));
  for (const statement of body) {
    if (statement.type === "FunctionDeclaration") {
      const { id, start, end } = statement;
      const name = names.get(id.name);
      if (name === undefined && !called.has(start)) continue;
      insert(start, `var ${id.name}=`);
      wrap(statement);
      edits.push({ at: id.start, to: id.end, text: name ?? "" });
      insert(end, ";");
    }
    for (const { id, init } of statement.type === "VariableDeclaration" ? statement.declarations : []) {
      if (init?.type === "ClassExpression" && init.id === null && names.has(id.name)) insert(init.start + "class".length, ` ${names.get(id.name)}`);
      if (init?.type === "ArrowFunctionExpression") wrap(init);
    }
  }
  writeFileSync(path, edited(script, edits).replaceAll(/"[^"]{5000,}"/g, "\n$&\n"));
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

/** Where those functions of an entry begin that run until it has its first answer. */
export async function firstCalls(entry) {
  const { output } = await run(process.execPath, [fileURLToPath(new URL("first-calls.mjs", import.meta.url)), entry], { quiet: true });
  return new Set(JSON.parse(output));
}
