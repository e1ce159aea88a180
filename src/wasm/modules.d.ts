// What the build puts in the place of these names.
declare module "#core.wasm" {
  const base64: string;
  export default base64;
}
declare module "#core.module" {
  const module: WebAssembly.Module;
  export default module;
}
