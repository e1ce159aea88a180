// The parts of the benchmark, in the order in which they run.
import { arrays } from "./arrays.mjs";
import { aws } from "./aws.mjs";
import { cityLotsPart } from "./city-lots.mjs";
import { firstBytes } from "./first-bytes.mjs";
import { growth } from "./growth.mjs";
import { instructions } from "./instructions.mjs";
import { memory } from "./memory.mjs";
import { native } from "./native.mjs";
import { objects } from "./objects.mjs";
import { authoring, single } from "./single.mjs";
import { sizes } from "./sizes.mjs";
import { startUp } from "./start-up.mjs";

const usual = [aws, objects, cityLotsPart, growth, memory, arrays, firstBytes, single, authoring, native, startUp, sizes];
const onRequest = [instructions];

/** Those whose names were given, or all that run without being asked for. */
export function chosenParts(names, options) {
  const all = [...usual, ...onRequest];
  const unknown = names.filter((name) => all.every((part) => part.name !== name));
  if (unknown.length > 0) throw new Error(`there is no part ${unknown.join(", ")}; there are ${all.map(({ name }) => name).join(", ")}`);
  const chosen = all.filter(({ name }) => names.includes(name) || (onRequest.some((part) => part.name === name) && options.includes(name)));
  return chosen.length > 0 ? chosen : usual;
}
