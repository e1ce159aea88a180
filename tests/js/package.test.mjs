// What is in the package, and that it works where little is given: no Buffer, no TextDecoder, no synchronous compiling.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { builtinModules, createRequire } from "node:module";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { createContext, runInContext } from "node:vm";
import { Worker } from "node:worker_threads";
import { gzipSync } from "node:zlib";
import { esm, freshCopy, pkg, root } from "./package-under-test.mjs";

const { EventPattern, RuleSet, testEventPattern } = esm;

const read = (name) => readFileSync(join(pkg, name), "utf8");
const scripts = ["index.mjs", "index.cjs", "match.mjs", "match.cjs", "slim.mjs", "slim.cjs", "workerd.mjs"];
const core = readFileSync(join(pkg, "core.wasm"));
const authoring = readFileSync(join(pkg, "authoring.wasm"));
/** The two parts in which the core travels. */
const parts = ["first", "rest"].map((name) => readFileSync(join(root, "target", "split", "core", `${name}.wasm`)));
/** What entries take from the package beside them. */
const beside = { "index.mjs": ["./authoring.mjs"], "index.cjs": ["./authoring.cjs"], "workerd.mjs": ["./authoring.wasm", "./core.wasm"] };

/** The modules that an entry carries, each packed in another one, as base64, or in letters that another one reads. */
function carriedBy(name) {
  const script = read(name);
  const [, letters] = /"([^"]{100000,})",?[^"]*"AGFzbQ/.exec(script) ?? [];
  return [...script.matchAll(/"(AGFzbQ[\w+/=]{500,})"/g)].map(([, carrier]) => {
    const { memory, text, unpack, length } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(carrier, "base64"))).exports;
    if (text) Buffer.from(memory.buffer).write(letters, text());
    return Buffer.from(memory.buffer, unpack(), length());
  });
}

const works = ({ EventPattern, RuleSet }) => {
  assert.equal(new EventPattern({ a: ["é😀"] }).matches('{"a":"é😀"}'), true);
  assert.equal(String(new RuleSet({ "é": { a: [1] } }).match({ a: 1 })), "é");
};

/** Reads the main entry in a context that has a `module`, and takes texts out of it. */
function readsAndWrites(context) {
  const { module } = context;
  const require = () => runInContext(`(function (module) {${read("authoring.cjs")} return module.exports; })({})`, context);
  runInContext(`(function (module, exports, require) {${read("index.cjs")}})`, context)(module, module.exports, require);
  works(module.exports);
  const { lintPattern, TargetInput } = module.exports;
  assert.ok(lintPattern("{").length > 0);
  const value = new TargetInput({ InputPath: "$.v" });
  for (const text of ["", "a", "\u007f\u0080\u07ff\u0800\uffff", "é✓😀\u{10000}\u{10ffff}", "é".repeat(9000), "😀".repeat(5000)]) {
    assert.equal(value.apply(JSON.stringify({ v: text })), JSON.stringify(text));
  }
}

describe("files", () => {
  test("the manifest names files that exist, and all of them", () => {
    const manifest = JSON.parse(read("package.json"));
    assert.equal(manifest.name, "eventbridge-rules");
    assert.equal(manifest.version, /^version = "(.*)"/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"))[1]);
    const files = readdirSync(pkg);
    const named = JSON.stringify([manifest.main, manifest.module, manifest.types, manifest.exports]).match(/\.\/[\w-]+\.[\w.-]+/g);
    for (const name of named) assert.ok(files.includes(name.slice(2)), name);
    for (const name of files.filter((name) => !/\.md$|^LICENSE|^authoring\.[cm]js$/.test(name))) assert.ok(named.includes(`./${name}`), `${name} is not reachable`);
    for (const branch of Object.values(manifest.exports["."])) assert.equal(Object.keys(branch)[0], "types");
  });

  test("no entry needs Node, import.meta, top-level await or a folder", () => {
    for (const name of scripts) {
      const script = read(name);
      assert.doesNotMatch(script, /import\.meta|__dirname|__filename|\bprocess\./, name);
      const imports = [...script.matchAll(/\bimport\b[^"';(]*?from["']([^"']*)["']|\brequire\(["']([^"']*)["']\)/g)].map(([, from, required]) => from ?? required);
      assert.deepEqual(imports.sort(), beside[name] ?? [], name);
      for (const builtin of builtinModules) assert.ok(!script.includes(`"${builtin}"`) || !/^\s*import/m.test(script), `${name}: ${builtin}`);
    }
    for (const name of ["slim.mjs", "slim.cjs", "workerd.mjs"]) assert.deepEqual(carriedBy(name), [], `${name} carries no module`);
    for (const name of ["index.mjs", "index.cjs", "match.mjs", "match.cjs"]) assert.deepEqual(carriedBy(name), parts, `${name} carries core.wasm in two parts`);
    for (const name of ["authoring.mjs", "authoring.cjs"]) assert.deepEqual(carriedBy(name), [authoring], `${name} is authoring.wasm`);
  });

  test("the declarations have no any, and an example for every export", () => {
    const declarations = read("index.d.mts") + read("match.d.mts");
    assert.equal((read("index.d.cts") + read("match.d.cts")).replaceAll(".cjs", ".mjs"), declarations);
    assert.doesNotMatch(declarations, /\bany\b(?=[;,)\]>|])/);
    assert.doesNotMatch(declarations, /#core|@internal|wasm-bindgen/);
    const blocks = [...declarations.matchAll(/(\/\*\*(?:(?!\*\/)[^])*\*\/)?\n\s*(?:export declare (?:class|function) (\w+)|(?<=\n    )(?!private|readonly|\[)(?:get )?(\w+)\()/g)];
    assert.ok(blocks.length > 20, String(blocks.length));
    for (const [, comment, name, method] of blocks) {
      if (method === "constructor" && !comment) continue; // of the error classes
      assert.ok(comment, `${name ?? method} has no doc comment`);
      assert.ok(name ? comment.includes("@example") : true, `${name} has no example`);
    }
  });

  test("the modules stay within their budgets", () => {
    const gzipped = (bytes) => gzipSync(bytes, { level: 9 }).length;
    assert.ok(core.length < 226_000, `core.wasm has ${core.length} bytes`);
    assert.ok(gzipped(core) <= 100_000, `core.wasm has ${gzipped(core)} bytes after gzip`);
    assert.ok(parts[0].length < 149_000, `its first part has ${parts[0].length} bytes`);
    assert.ok(authoring.length < 422_000, `authoring.wasm has ${authoring.length} bytes`);
    for (const name of ["index.mjs", "index.cjs", "match.mjs", "match.cjs"]) {
      assert.ok(gzipped(read(name)) < 122_000, `${name} has ${gzipped(read(name))} bytes after gzip`);
    }
  });
});

/** How many results the types of functions in a module have. */
function resultsOf(wasm) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const TYPES = 1;
  for (;;) {
    const section = wasm[at++];
    const length = number();
    if (section === TYPES) break;
    at += length;
  }
  return Array.from({ length: number() }, () => {
    assert.equal(wasm[at++], 0x60, "the type of a function");
    const parameters = number();
    at += parameters;
    const results = number();
    at += results;
    return results;
  });
}

describe("scripts", () => {
  test("what runs until the first answer is in parentheses, where V8 compiles it as it reads it", () => {
    const soon = (name) => read(name).match(/=\(function\b/g)?.length ?? 0;
    for (const name of ["index.mjs", "index.cjs", "match.mjs", "match.cjs"]) assert.ok(soon(name) > 20, `${name}: ${soon(name)}`);
    assert.equal(soon("slim.mjs"), 0, "slim.mjs, of which nothing is known");
  });

  test("of the module for authors V8 makes no string until it is asked for", () => {
    for (const name of ["authoring.mjs", "authoring.cjs"]) assert.match(read(name), /^(?:export default|module\.exports =) function authoring\(\) \{\n {2}return "[^"]+";\n\}\n$/, name);
  });
});

describe("modules", () => {
  test("no function of the core has several results, for which V8 would compile wrappers first", () => {
    for (const wasm of [core, ...parts]) assert.equal(Math.max(...resultsOf(wasm)), 1);
    assert.equal(Math.max(...resultsOf(authoring)), 3, "what this looks for");
  });

  test("the module for authors is without what the core does", () => {
    const names = WebAssembly.Module.exports(new WebAssembly.Module(authoring)).map(({ name }) => name);
    assert.ok(names.includes("explainPattern"));
    assert.deepEqual(names.filter((name) => /basket|inbox|raw|testEvent/.test(name)), []);
  });
});

/** What is compiled meanwhile, synchronously. */
async function compiledDuring(work) {
  const { Module } = WebAssembly;
  let compiled = 0;
  WebAssembly.Module = class extends Module {
    constructor(...args) {
      compiled++;
      super(...args);
    }
  };
  try {
    await work(() => compiled);
  } finally {
    WebAssembly.Module = Module;
  }
}

describe("loading", () => {
  test("what is exported has the name under which it is exported", async () => {
    for (const name of ["index.mjs", "index.cjs", "match.mjs", "match.cjs", "slim.mjs", "slim.cjs"]) {
      const entry = name.endsWith(".cjs") ? (await freshCopy(name)).default : await freshCopy(name);
      for (const [exported, value] of Object.entries(entry)) assert.equal(value.name, exported, name);
      const { EventPattern } = entry;
      const extended = Object.getPrototypeOf(EventPattern);
      if (extended !== Function.prototype) assert.equal(extended.name, "EventPattern", `${name}: what it extends`);
      assert.throws(() => EventPattern(), /^TypeError: Class constructor EventPattern cannot be invoked without 'new'/);
    }
    assert.match(read("workerd.mjs"), /class EventPattern extends .*class TargetInput extends /, "workerd.mjs, which runs only there");
  });

  test("nothing is compiled on import", () =>
    compiledDuring(async (compiled) => {
      const api = await freshCopy("index.mjs");
      assert.equal(compiled(), 0);
      works(api);
      assert.equal(compiled(), 2, "what reads the letters, and what they spell");
      works(api);
      assert.equal(compiled(), 2);
    }));

  test("a third of the core is not compiled until something seldom is asked for", () =>
    compiledDuring(async (compiled) => {
      const { EventPattern, RuleSet, TargetInput } = await freshCopy("match.mjs");
      const event = { source: "aws.s3", "detail-type": "Object Created", detail: { bucket: { name: "images" }, object: { key: "a/b.png", size: 2048 }, tags: ["x", "y"] } };
      const patterns = [
        { source: ["aws.s3", "aws.ec2"], detail: { bucket: { name: ["images"] } } },
        { detail: { object: { size: [{ numeric: [">", 1000, "<=", 5e6] }], key: [{ suffix: ".png" }] }, error: [{ exists: false }] } },
        { source: [{ prefix: "aws." }], detail: { tags: [{ "anything-but": ["z"] }] } },
      ];
      const rules = new RuleSet(Object.entries(patterns));
      for (const given of [event, JSON.stringify(event), JSON.stringify(event, null, 2), Buffer.from(JSON.stringify(event))]) {
        for (const pattern of patterns) assert.equal(new EventPattern(pattern).matches(given), true);
        assert.deepEqual(rules.match(given), ["0", "1", "2"]);
      }
      assert.equal(compiled(), 2);
      assert.equal(new TargetInput({ InputPath: "$.detail.object.size" }).apply(event), "2048");
      assert.throws(() => rules.set("bad", "{"), { name: "PatternError", message: /never closed/ });
      assert.equal(compiled(), 4);
      assert.deepEqual(rules.match(event), ["0", "1", "2"]);
    }));

  test("what README says brings the rest of the core does, each by itself", async () => {
    const uses = {
      wildcard: ({ EventPattern }) => new EventPattern({ a: [{ wildcard: "1*4" }] }).matches({ a: "1.2.3.4" }),
      cidr: ({ EventPattern }) => new EventPattern({ a: [{ cidr: "1.2.0.0/16" }] }).matches({ a: "1.2.3.4" }),
      "equals-ignore-case": ({ EventPattern }) => new EventPattern({ a: [{ "equals-ignore-case": "X" }] }).matches({ a: "x" }),
      $or: ({ EventPattern }) => new EventPattern({ $or: [{ a: [1] }, { b: [1] }] }).matches({ b: 1 }),
      target: ({ TargetInput }) => new TargetInput({ InputPath: "$.a" }).apply({ a: 1 }) === "1",
      error: ({ EventPattern, EventError }) => {
        assert.throws(() => new EventPattern({ a: [1] }).matches("nope"), EventError);
        return true;
      },
      deleted: ({ RuleSet }) => new RuleSet({ one: { a: [1] }, two: { a: [1] } }).delete("one"),
      replaced: ({ RuleSet }) => new RuleSet({ one: { a: [1] } }).set("one", { a: [2] }).match({ a: 2 }).length === 1,
    };
    for (const [name, use] of Object.entries(uses)) {
      await compiledDuring(async (compiled) => {
        const api = await freshCopy("match.mjs");
        assert.equal(new api.EventPattern({ a: [1] }).matches({ a: 1 }), true);
        assert.equal(compiled(), 2);
        assert.equal(use(api), true, name);
        assert.equal(compiled(), 4, name);
      });
    }
  });

  test("where compiling synchronously is refused, the error names init, and init helps", async () => {
    const { Module } = WebAssembly;
    const api = await freshCopy("index.mjs");
    WebAssembly.Module = function () {
      throw new RangeError("WebAssembly.Compile is disallowed on the main thread, if the buffer size is larger than 4KB");
    };
    WebAssembly.Module.prototype = Module.prototype;
    try {
      assert.throws(() => new api.EventPattern({ a: [1] }), /await init\(\)/);
      assert.throws(() => api.lintPattern("{}"), /await init\(\)/);
      await api.init();
      works(api);
      assert.equal(new api.TargetInput({ InputPath: "$.a" }).apply({ a: 1 }), "1");
    } finally {
      WebAssembly.Module = Module;
    }
  });

  test("where there is no WebAssembly, the error says so", () => {
    const module = { exports: {} };
    const context = createContext({ module, exports: module.exports, atob });
    runInContext("delete globalThis.WebAssembly", context);
    runInContext(`(function (module, exports) {${read("match.cjs")}})`, context)(module, module.exports);
    assert.throws(() => new context.module.exports.EventPattern({ a: [1] }), /^Error: eventbridge-rules needs WebAssembly, which is missing here/);
  });

  test("CommonJS in a bare context: no Buffer, no TextDecoder, no Uint8Array.fromBase64", () => {
    const module = { exports: {} };
    const context = createContext({ module, exports: module.exports, atob, WebAssembly, console, TextDecoder: undefined, TextEncoder: undefined });
    readsAndWrites(context);
    assert.equal(runInContext("typeof TextDecoder + typeof TextEncoder + typeof Buffer", context), "undefined".repeat(3));
  });

  test("CommonJS where `TextDecoder` refuses `fatal`, as in Node without ICU and in polyfills", () => {
    let refusals = 0;
    class Decoder extends TextDecoder {
      constructor(label, options) {
        if (options?.fatal && ++refusals) throw new TypeError('"fatal" option is not supported on Node.js compiled without ICU');
        super(label, options);
      }
    }
    const module = { exports: {} };
    const context = createContext({ module, exports: module.exports, atob, WebAssembly, console, TextDecoder: Decoder, TextEncoder });
    readsAndWrites(context);
    assert.ok(refusals > 0);
    const pattern = new context.module.exports.EventPattern({ a: ["é"] });
    for (let round = 0; round < 5; round++) assert.equal(pattern.matches({ a: "é" }), true);
    assert.throws(() => pattern.matches("nope"), /^EventError: event is not valid: `nope` is not JSON/);
  });

  test("in a worker thread", async () => {
    const code = `
      import { parentPort } from "node:worker_threads";
      import { EventPattern } from ${JSON.stringify(pathToFileURL(join(pkg, "index.mjs")).href)};
      parentPort.postMessage(new EventPattern({ a: [1] }).matches({ a: 1 }));`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
    assert.equal(await new Promise((done, failed) => worker.once("message", done).once("error", failed)), true);
    await worker.terminate();
  });

  test("match: the same verdicts and errors, from one module, without explanations", async () => {
    for (const api of [await freshCopy("match.mjs"), createRequire(import.meta.url)(join(pkg, "match.cjs"))]) {
      works(api);
      assert.deepEqual(Object.keys(api).sort(), ["EventError", "EventPattern", "PatternError", "RuleSet", "TargetInput", "TransformError", "UndeliverableError", "init", "testEventPattern"]);
      assert.equal("explain" in api.EventPattern.prototype, false);
      assert.equal(new api.TargetInput({ InputPath: "$.detail" }).apply({ detail: [1] }), "[1]");
      assert.throws(
        () => new api.EventPattern('{\n "source": "aws.s3" }'),
        (error) => {
          assert.ok(error instanceof api.PatternError);
          const [{ code, range, message, awsMessage }] = error.diagnostics;
          assert.deepEqual([code, range.start, awsMessage], ["pattern-value-not-a-list", { line: 1, character: 11 }, undefined]);
          assert.match(message, /needs a list of values/);
          return true;
        },
      );
      assert.throws(() => new api.EventPattern({ a: [1] }).matches("{"), api.EventError);
      assert.throws(() => new api.TargetInput({ InputPath: "detail" }), api.TransformError);
      await api.init();
    }
  });

  test("the main entry says all about what the core refuses", () => {
    for (const refused of [() => new EventPattern('{"source": "aws.s3"}'), () => new RuleSet({ a: '{"source": "aws.s3"}' }), () => testEventPattern({ EventPattern: '{"source": "aws.s3"}', Event: "{}" })]) {
      assert.throws(refused, ({ diagnostics: [{ awsMessage, fixes }] }) => awsMessage.includes("must be an object or an array\n at [Source") && fixes.length === 1);
    }
    assert.throws(() => new EventPattern({ a: [1] }).matches('{"a": 1,}'), ({ diagnostics }) => diagnostics[0].fixes[0].title === "remove the comma");
  });

  test("slim: from an address, a response, bytes or a module", async () => {
    const server = createServer((request, response) => {
      if (request.url === "/none") return response.writeHead(404).end();
      const module = request.url === "/authoring" ? authoring : core;
      response.writeHead(200, { "content-type": request.url === "/untyped" ? "application/octet-stream" : "application/wasm" }).end(module);
    });
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    const address = `http://127.0.0.1:${server.address().port}/`;
    const sources = {
      address: () => address,
      URL: () => new URL(address),
      response: () => fetch(address),
      "awaited response": async () => await fetch(address),
      "response of no type": () => fetch(`${address}untyped`),
      bytes: () => core,
      "array buffer": () => new Uint8Array(core).buffer,
      module: () => new WebAssembly.Module(core),
      "promise of a module": () => WebAssembly.compile(core),
      "module of another realm": () => new (runInContext("WebAssembly.Module", createContext()))(core),
    };
    try {
      for (const [name, source] of Object.entries(sources)) {
        const api = await freshCopy("slim.mjs");
        assert.throws(() => new api.EventPattern({ a: [1] }), /await init\(core\)/, name);
        await api.init(source());
        works(api);
        assert.throws(() => api.lintPattern("{}"), /await init\(core, authoring\)/, name);
        assert.throws(() => new api.EventPattern("{"), { name: "PatternError" }, name);
        await api.init(source(), `${address}authoring`);
        works(api);
        assert.equal(api.lintPattern('{"source": 1}')[0].code, "pattern-value-not-a-list", name);
      }
      const api = await freshCopy("slim.mjs");
      await assert.rejects(() => api.init(`${address}none`), /404/);
      await assert.rejects(() => api.init(undefined));
      await assert.rejects(() => api.init(new Uint8Array(8)), WebAssembly.CompileError);
      await api.init(address);
      works(api);
    } finally {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  });

  test("workerd: with the module that the platform compiled", async () => {
    globalThis.modulesForWorkerd = { core: new WebAssembly.Module(core), authoring: new WebAssembly.Module(authoring) };
    const script = read("workerd.mjs").replace(/import (\w+) from"\.\/(\w+)\.wasm";/g, "const $1 = globalThis.modulesForWorkerd.$2;");
    const { Module } = WebAssembly;
    WebAssembly.Module = function () {
      throw new WebAssembly.CompileError("Wasm code generation disallowed by embedder");
    };
    WebAssembly.Module.prototype = Module.prototype;
    try {
      const api = await import(`data:text/javascript,${encodeURIComponent(script)}`);
      works(api);
      await api.init();
    } finally {
      WebAssembly.Module = Module;
    }
  });
});

/** Ends when the finalizers of what is garbage now have run, however long a busy machine takes for it. */
const finalized = () =>
  new Promise((done) => {
    const registry = new FinalizationRegistry(() => (clearInterval(collect), setTimeout(done)));
    registry.register({}, undefined);
    // Holds the registry: one that is garbage calls nobody.
    const collect = setInterval(() => (gc(), registry), 1);
    gc();
  });

describe("memory", () => {
  test("what is garbage or freed is given back", { skip: typeof gc === "undefined" && "needs node --expose-gc" }, async () => {
    const { Instance } = WebAssembly;
    let memory;
    WebAssembly.Instance = class extends Instance {
      constructor(...args) {
        super(...args);
        if (this.exports.inbox_new) ({ memory } = this.exports); // and not that of a module that unpacks another one
      }
    };
    const { EventPattern, RuleSet } = await freshCopy("index.mjs");
    const pattern = JSON.stringify({ a: Array.from({ length: 2000 }, (_, i) => `value ${i}`) });
    new EventPattern(pattern);
    WebAssembly.Instance = Instance;
    const use = async (times) => {
      for (let i = 0; i < times; i++) {
        new EventPattern(pattern);
        new RuleSet({ pattern }).free();
        if (i % 20 !== 0) continue;
        await finalized();
      }
      return memory.buffer.byteLength;
    };
    // A leak would make it five times as much; when finalizers run is the engine's affair.
    const early = await use(200);
    const late = await use(800);
    assert.ok(late <= early * 2.5, `${early} bytes became ${late}`);
  });
});
