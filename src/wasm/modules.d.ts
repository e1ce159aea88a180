// What the build puts in the place of these names.
declare module "#core.first.wasm" {
  /** The bytes in letters. */
  export const letters: string;
  /** The module that reads them, as base64. */
  export const reader: string;
}
declare module "#core.rest.wasm" {
  const base64: string;
  export default base64;
}
declare module "#core.module" {
  const module: WebAssembly.Module;
  export default module;
}
declare module "#authoring.wasm" {
  /** Its base64, read when it is asked for where the module system can wait. */
  const base64: () => string;
  export default base64;
}
declare module "#authoring.module" {
  const module: WebAssembly.Module;
  export default module;
}
