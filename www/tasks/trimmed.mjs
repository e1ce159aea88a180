// What is made of the authoring module, which has everything: that of the page, and that of the package. Each is without
// what is never called in it.
import { installed } from "./places.mjs";
import { Failure } from "./run.mjs";

/** It has events as texts (src/wasm/texts-only.ts), and of a target it wants the explanation. */
const notOfPage = /^(__wbg_)?basket_|_(plan|wanted|matchReading|apply)$|^testEventPattern$/;

/** In the package the core does what it can. */
const notOfPackage = /^(__wbg_)?(basket|inbox|raw[a-z]+)_|^testEventPattern$/;

/** Those of Cargo.toml, of which the module itself says nothing any more. */
const featureNames = ["MutableGlobals", "SignExt", "NontrappingFPToInt", "BulkMemory", "BulkMemoryOpt", "SIMD128", "ReferenceTypes", "Multivalue"];

/** What a module of ours may use. */
export const features = ({ Features }) => featureNames.reduce((all, name) => all | Features[name], 0);

export const moduleOfPage = (authoring) => without(notOfPage, authoring);

export const moduleOfPackage = (authoring) => without(notOfPackage, authoring);

/** The authoring module without all that only leads to such exports, optimised as it was itself. */
async function without(unwanted, authoring) {
  const { default: binaryen } = await installed("binaryen");
  const module = binaryen.readBinary(authoring);
  module.setFeatures(features(binaryen));
  const names = Array.from({ length: module.getNumExports() }, (_, at) => binaryen.getExportInfo(module.getExportByIndex(at)).name);
  for (const name of names) if (unwanted.test(name)) module.removeExport(name);
  // `-Oz`, and the limit of Cargo.toml on inlining.
  binaryen.setOptimizeLevel(2);
  binaryen.setShrinkLevel(2);
  binaryen.setOneCallerInlineMaxSize(100);
  module.optimize();
  const bytes = module.emitBinary();
  module.dispose();
  if (!WebAssembly.validate(bytes)) throw new Failure("what was made of the authoring module is no module");
  return bytes;
}
