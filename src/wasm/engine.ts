/**
 * The one instance of the module behind everything, and the way events go into it. Knows nothing of EventBridge.
 *
 * A call that does not come back leaves the instance in an unknown state: a caller who is about to run out of stack
 * meets this, and no check can foresee it. So an instance with an unfinished call is never used again. The next use
 * starts a new one, and whatever lived in the old one is made again when it is next needed.
 */

import { Inbox, type InitOutput, initSync } from "#core";
import { errorFrom, EventError, isThrown, problem } from "./errors.js";
import { jsonText, loneSurrogateIn, loneSurrogateProblem } from "./input.js";
import type { EventInput } from "./types.js";

/** How something is found when it is needed; it may throw to say why it cannot. */
type Find = () => BufferSource | WebAssembly.Module;

/** How an entry of the package finds the module, or its first part. */
let findModule: Find | undefined;
// Not `module`: in a bundle for CommonJS that is a variable of Node.
let firstModule: WebAssembly.Module | undefined;

/** How it finds the other part, if there is one (www/tasks/split.mjs). */
let findRest: Find | undefined;
let restModule: WebAssembly.Module | undefined;

/** As the build changes it (www/tasks/pack.mjs): the first part asks for the rest when it needs it. */
const startInstance = initSync as (first: { module: WebAssembly.Module }, rest: () => WebAssembly.Module) => InitOutput;

export let memory: WebAssembly.Memory;

/** The place in the module's memory where it reads an event. */
export let inbox: Inbox;

/** No instance runs yet, or a call into it has begun and not ended. */
let unfinished = true;

/** Counts the instances. */
export let generation = 0;

/** The inbox as bytes. When the module's memory grows this view loses them: its length becomes 0, so it looks full. */
let room = new Uint8Array(0);

/** The module's memory as words, with the same reaction to growth. */
export let words = new Uint32Array(0);

/** More than EventBridge takes by far. It keeps the module within the 4 GiB that it can address. */
const longestEvent = 64 * 1024 * 1024;

export const encoder = new TextEncoder();

/** Says where the module comes from, or its two parts. Every entry calls this once; nothing is compiled yet. */
export function setModuleSource(find: Find, ofRest?: Find): void {
  findModule = find;
  findRest = ofRest;
}

/** Is the module compiled, or its first part? */
export const isCompiled = (): boolean => firstModule !== undefined;

/** Takes a compiled module, or its first part, unless there is one already. */
export function useModule(compiled: WebAssembly.Module): void {
  firstModule ??= compiled;
}

/** Is the other part compiled? */
export const isRestCompiled = (): boolean => restModule !== undefined;

/** Takes the other part, compiled, unless there is one already. */
export function useRest(compiled: WebAssembly.Module): void {
  restModule ??= compiled;
}

/** Makes sure that a sound instance runs; compiles the module, synchronously, on first use. */
function ensureRunning(): void {
  if (unfinished) start();
}

function start(): void {
  firstModule ??= compile((findModule as Find)());
  generation++;
  room = new Uint8Array(0);
  words = new Uint32Array(0);
  memory = startInstance({ module: firstModule }, () => (restModule ??= compile((findRest as Find)()))).memory;
  inbox = new Inbox();
  unfinished = false;
}

/** To be called before a call into the module that `finish` does not see begin. */
export function begin(): void {
  ensureRunning();
  unfinished = true;
}

/** Hands on what a call into the module has returned. */
export function finish<T>(result: T): T {
  unfinished = false;
  return result;
}

/** Hands on the answer of a call: a number, or less than 0 if it failed. */
export function finishAnswer(answer: number): number {
  if (answer < 0) throw inbox.failure();
  unfinished = false;
  return answer;
}

/** Hands on what a call has made; it is nothing if the call failed. */
export function made<T>(result: T | undefined): T {
  if (result === undefined) throw inbox.failure();
  return finish(result);
}

/** A call that has left an error in the inbox has come back, and its instance is as sound as after an answer. */
export function settle(thrown: unknown): void {
  if (isThrown(thrown)) unfinished = false;
}

/** What a method throws, whose body threw `thrown`; the stack begins at the caller of the method. */
export function failure(thrown: unknown, method: Function, prefix?: string): unknown {
  settle(thrown);
  return errorFrom(thrown, method, prefix);
}

interface Freeable {
  free(): void;
}

/** Frees what nobody can reach any more, unless its instance is gone. */
const registry: Pick<FinalizationRegistry<{ raw: Freeable; born: number }>, "register" | "unregister"> =
  typeof FinalizationRegistry === "undefined"
    ? { register() {}, unregister: () => false }
    : new FinalizationRegistry(({ raw, born }) => {
        if (born !== generation || unfinished) return;
        unfinished = true;
        finish(raw.free());
      });

/** Something that lives in the module's memory, and how to make it again in another instance. */
export class Handle<Raw extends Freeable> {
  #make: () => Raw;
  #raw!: Raw;
  /** The instance in which `#raw` lives; -1 after `free`. */
  #born = 0;

  constructor(make: () => Raw) {
    this.#make = make;
    this.#renew();
  }

  /** Begins a call into the module. */
  begin(): Raw {
    if (this.#born !== generation || unfinished) this.#renew();
    unfinished = true;
    return this.#raw;
  }

  /** Makes the thing afresh, because its instance is gone or because `make` has changed its mind. */
  #renew(): void {
    this.ensureAlive();
    begin();
    const raw = this.#make();
    unfinished = false;
    registry.unregister(this);
    registry.register(this, { raw, born: generation }, this);
    this.#raw = raw;
    this.#born = generation;
  }

  ensureAlive(): void {
    if (this.#born === -1) throw new Error("this object was freed: `free` or `using` has ended its life");
  }

  free(): void {
    const alive = this.#born === generation && !unfinished;
    this.#born = -1;
    registry.unregister(this);
    if (!alive) return;
    unfinished = true;
    finish(this.#raw.free());
  }
}

/** Compiles a module here and now. */
export function compile(source: BufferSource | WebAssembly.Module): WebAssembly.Module {
  if (isModule(source)) return source as WebAssembly.Module;
  if (typeof WebAssembly === "undefined") throw new Error("eventbridge-rules needs WebAssembly, which is missing here");
  try {
    return new WebAssembly.Module(source as BufferSource);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `eventbridge-rules could not compile its WebAssembly synchronously here: call \`await init()\` before using it (${reason})`,
      { cause } as ErrorOptions,
    );
  }
}

/** Also true for a module of another realm. */
export const isModule = (value: unknown): boolean =>
  Object.prototype.toString.call(value) === "[object WebAssembly.Module]";

/**
 * Puts an event into the inbox and returns its length in bytes. User code (`toJSON`, getters) has run before the first
 * byte is written, so it may use the API itself.
 */
export function receive(event: EventInput): number {
  if (typeof event === "string") return receiveText(event);
  if (ArrayBuffer.isView(event)) return receiveBytes(event);
  return receiveText(jsonText(event, "event"));
}

/** The bytes of an event, until the next one comes in. */
export function received(event: EventInput): Uint8Array {
  const length = receive(event);
  return room.subarray(0, length);
}

/** Puts the text of an event into the inbox and returns its length in bytes. */
export function receiveText(text: string): number {
  if (unfinished) start();
  if (text.length >= room.length) makeRoom(text.length);
  const { read, written } = encoder.encodeInto(text, room);
  // As many bytes as UTF-16 units: ASCII, and all of it.
  return read === text.length && written === read ? written : receiveMore(text, read, written);
}

/** Can U+FFFD stand in the inbox? */
function mayHoldReplacement(bytes: number): boolean {
  unfinished = true;
  return finish(inbox.mayHoldReplacement(bytes));
}

/** The rest of a text that is not ASCII. Half of a surrogate pair would silently become U+FFFD. */
function receiveMore(text: string, read: number, written: number): number {
  if (read === text.length && !mayHoldReplacement(written)) return written;
  const lone = loneSurrogateIn(text);
  if (lone >= 0) {
    const found = loneSurrogateProblem(text, lone);
    throw new EventError(found.message, [found]);
  }
  if (read === text.length) return written;
  const rest = text.slice(read);
  makeRoom(Math.min(written + rest.length * 3, longestEvent));
  const more = encoder.encodeInto(rest, room.subarray(written));
  if (more.read < rest.length) throw tooLong();
  return written + more.written;
}

function receiveBytes(view: ArrayBufferView): number {
  if (unfinished) start();
  try {
    // `instanceof` and `length` are a third faster than `BYTES_PER_ELEMENT` and `byteLength` of any view.
    const ofBytes = view instanceof Uint8Array || (view as Uint8Array).BYTES_PER_ELEMENT === 1;
    const bytes = ofBytes ? (view as Uint8Array) : new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    const { length } = bytes;
    if (length >= room.length) makeRoom(length);
    room.set(bytes);
    return length;
  } catch (cause) {
    if (cause instanceof EventError) throw cause;
    const message = "the bytes of the event are gone: their ArrayBuffer was transferred or has shrunk";
    throw new EventError(message, [problem("bytes-gone", message)], { cause });
  }
}

function tooLong(): EventError {
  const message = `the event is too long: at most ${longestEvent} bytes, while EventBridge itself takes 1 MB`;
  return new EventError(message, [problem("event-too-long", message)]);
}

/** Makes the inbox longer than `bytes` where it may be, keeping what it holds, and views it afresh. */
function makeRoom(bytes: number): void {
  if (bytes > longestEvent) throw tooLong();
  let length = 4096;
  while (length <= bytes && length < longestEvent) length *= 2;
  unfinished = true;
  const address = finish(inbox.reserve(length));
  room = new Uint8Array(memory.buffer, address, length);
}

/** Where in `words` stands what the module has at an address. */
export function wordsAt(address: number): number {
  if (words.length === 0) words = new Uint32Array(memory.buffer);
  return address >>> 2;
}
