// A module in two parts: what production needs at first and for every event, and the rest, which the first part sends for
// when one of its functions is called. So a fresh process reads and compiles two thirds of it.
//
// The words below: *used* functions were seen running and are in the first part. All others are *missing* there: a stub
// stands for each, which calls one slot of a table that both parts have. *Wanted* are those used functions that missing
// ones call; their slots stand behind. *Given* is what else the rest imports from the first part.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { features } from "./trimmed.mjs";
import { installed, target } from "./places.mjs";
import { Failure, run, say } from "./run.mjs";

/** The import with which the first part sends for the rest, and where the rest finds what it needs of the first. */
const LOAD = ["rest", "load"];
const FIRST = "first";
/** The table through which the parts call each other. */
const TABLE = "calls";

/**
 * The bytes of the two parts. Which functions are in the first one is seen by running: `engine` is the package as a script
 * without a module, and first-uses.mjs is what is done with it.
 */
export async function split(name, wasm, engine) {
  const { default: binaryen } = await installed("binaryen");
  const folder = join(target, "split", name);
  mkdirSync(folder, { recursive: true });
  const open = () => opened(binaryen, wasm);
  const names = functionsOf(binaryen, open()).map(({ name }) => name);
  const watched = join(folder, "watched.wasm");
  writeFileSync(watched, emitted(watching(binaryen, open())));
  const uses = fileURLToPath(new URL("first-uses.mjs", import.meta.url));
  const { output } = await run(process.execPath, [uses, watched, engine], { quiet: true });
  const used = new Set(JSON.parse(output).map((at) => names[at]));
  // First with all used functions in the table, to see which of them the rest calls; then with those alone.
  const { wanted } = restOf(binaryen, open(), used, [...used]);
  const rest = restOf(binaryen, open(), used, wanted).bytes;
  const first = firstOf(binaryen, open(), used, wanted, WebAssembly.Module.imports(new WebAssembly.Module(rest)));
  say(`pack: ${used.size} of ${names.length} functions of ${name} are in its first part, ${first.length} of ${wasm.length} bytes`);
  for (const [part, bytes] of Object.entries({ first, rest })) writeFileSync(join(folder, `${part}.wasm`), bytes);
  return { first, rest };
}

function opened(binaryen, wasm) {
  const module = binaryen.readBinary(wasm);
  module.setFeatures(features(binaryen));
  return module;
}

function emitted(module) {
  const bytes = Buffer.from(module.emitBinary());
  module.dispose();
  if (!WebAssembly.validate(bytes)) throw new Failure("a part of a module is none");
  return bytes;
}

/** The functions with bodies. */
function functionsOf(binaryen, module) {
  const all = Array.from({ length: module.getNumFunctions() }, (_, at) => module.getFunctionByIndex(at));
  return all.map((ref) => ({ ref, ...binaryen.getFunctionInfo(ref) })).filter((found) => !found.module);
}

const globalsOf = (binaryen, module) =>
  Array.from({ length: module.getNumGlobals() }, (_, at) => binaryen.getGlobalInfo(module.getGlobalByIndex(at)));
const tablesOf = (binaryen, module) =>
  Array.from({ length: module.getNumTables() }, (_, at) => binaryen.getTableInfo(module.getTableByIndex(at)).name);

/** The module with functions that say their number when they are called. */
function watching(binaryen, module) {
  const functions = functionsOf(binaryen, module);
  module.addFunctionImport("watch", "watch", "called", binaryen.createType([binaryen.i32]), binaryen.none);
  functions.forEach(({ ref, body, results }, at) => {
    const said = module.call("watch", [module.i32.const(at)], binaryen.none);
    binaryen.Function.setBody(ref, module.block(null, [said, body], results));
  });
  return module;
}

/** Puts a call through the table in the place of a function. */
function callThrough(binaryen, module, { name, params, results }, slot, before = []) {
  const given = binaryen.expandType(params).map((type, at) => module.local.get(at, type));
  const call = module.call_indirect(TABLE, module.i32.const(slot), given, params, results);
  module.removeFunction(name);
  module.addFunction(name, params, results, [], module.block(null, [...before, call], results));
}

/** The first part: each missing function becomes a stub that sends for the rest, once, and calls it through the table. */
function firstOf(binaryen, module, used, wanted, given) {
  const { none, funcref } = binaryen;
  const missing = functionsOf(binaryen, module).filter(({ name }) => !used.has(name));
  const size = missing.length + wanted.length;
  module.addTable(TABLE, size, size);
  module.addActiveElementSegment(TABLE, "wanted", wanted, module.i32.const(missing.length));
  module.addFunctionImport("load", ...LOAD, none, none);
  // Slot 0 is empty until the rest has come. If it could not come it stays empty, and the next call sends for it again.
  const isMissing = module.ref.is_null(module.table.get(TABLE, module.i32.const(0), funcref));
  module.addFunction("ensure", none, none, [], module.if(isMissing, module.call("load", [], none)));
  missing.forEach((found, slot) => callThrough(binaryen, module, found, slot, [module.call("ensure", [], none)]));
  const add = { table: "addTableExport", global: "addGlobalExport", memory: "addMemoryExport" };
  for (const { module: from, name, kind } of given) if (from === FIRST) module[add[kind]](name.slice(1), name);
  // Above all it removes what only the rest calls.
  module.runPasses(["remove-unused-module-elements"]);
  return emitted(module);
}

/**
 * The rest: the missing functions, and stubs for those that they want. All else is given, under a letter and its name here.
 */
function restOf(binaryen, module, used, wanted) {
  const missing = functionsOf(binaryen, module).filter(({ name }) => !used.has(name)).map(({ name }) => name);
  const calledThrough = functionsOf(binaryen, module).filter(({ name }) => wanted.includes(name));
  const given = (kind, name) => [name, FIRST, kind + name];
  const memory = binaryen.getExportInfo(module.getExport("memory")).value;
  for (let at = module.getNumExports() - 1; at >= 0; at--) module.removeExport(binaryen.getExportInfo(module.getExportByIndex(at)).name);
  for (const table of tablesOf(binaryen, module)) {
    for (const segment of module.getTableSegments(table)) module.removeElementSegment(segment);
    module.addTableImport(...given("t", table));
  }
  module.addMemoryImport(...given("m", memory));
  for (const { name, type, mutable } of globalsOf(binaryen, module)) if (mutable) module.addGlobalImport(...given("g", name), type, true);
  const size = missing.length + wanted.length;
  module.addTable(TABLE, size, size);
  for (const found of calledThrough) callThrough(binaryen, module, found, missing.length + wanted.indexOf(found.name));
  module.addTableImport(...given("t", TABLE));
  module.addActiveElementSegment(TABLE, "missing", missing, module.i32.const(0));
  module.runPasses(["remove-unused-module-elements"]);
  const called = functionsOf(binaryen, module).map(({ name }) => name).filter((name) => used.has(name));
  return { bytes: withoutData(emitted(module)), wanted: called };
}

/** Without the contents of the memory, which the first part brings. */
function withoutData(wasm) {
  const DATA = [11, 12];
  const parts = [wasm.subarray(0, 8)];
  for (let at = 8; at < wasm.length; ) {
    const begin = at;
    const id = wasm[at++];
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      length |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    at += length;
    if (!DATA.includes(id)) parts.push(wasm.subarray(begin, at));
  }
  return Buffer.concat(parts);
}
