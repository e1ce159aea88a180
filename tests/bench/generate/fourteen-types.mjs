// The rules of the fourteen types that event-ruler publishes (its Benchmarks.java, Apache-2.0), with the numbers of events
// of the city lots that match them there. The rules are facts; ours is only the way of writing them down.

const lot = (test) => ({ properties: { MAPBLKLOT: [test] } });
const street = (test) => ({ properties: { STREET: [test] } });
const streetType = (test) => ({ properties: { ST_TYPE: [test] } });
const from = (test) => ({ properties: { FROM_ST: [test] } });
const shape = (test) => ({ geometry: { type: [test] } });
const first = (axis, numeric, type) => ({ geometry: { ...(type && { type: [type] }), firstCoordinates: { [axis]: [{ numeric }] } } });
const some = (axis, numeric, type) => ({ geometry: { ...(type && { type: [type] }), coordinates: { [axis]: [{ numeric }] } } });
const but = (test) => ({ "anything-but": test });
const ignoring = (text) => ({ "equals-ignore-case": text });

/** The numbers that the numeric rules compare with. */
export const places = { exact: -122.42916360922355, middle: -122.41600944012424, west: -122.46471267081272, east: -122.4063085128395, north: 37.729900216217324 };
/** How many city lots there are. */
export const cityLotCount = 213_068;

const lots = ["1430022", "2607117", "2607218", "3745012", "VACSTWIL"];
const wildcards = ["143*", "2*0*1*7", "*218", "3*5*2", "VA*IL"];
const numeric = (coordinate, second) => [
  coordinate("x", ["=", places.exact], "Polygon"),
  second,
  coordinate("x", ["<", places.middle]),
  coordinate("x", [">", places.middle]),
  coordinate("x", [">", places.west, "<", places.east]),
];
const butFive = (test, [fulton, mason, st, polygon, number]) => [street(but(test(fulton))), street(but(test(mason))), streetType(but(test(st))), shape(but(test(polygon))), from(but(test(number)))];

const types = {
  exact: { rules: lots.map(lot), expected: [1, 101, 35, 655, 1] },
  wildcard: { rules: wildcards.map((wildcard) => lot({ wildcard })), expected: [490, 713, 43, 2540, 1] },
  prefix: { rules: ["AC", "BL", "DR", "FU", "RH"].map((prefix) => street({ prefix })), expected: [24, 442, 38, 2387, 328] },
  "prefix, ignore case": { rules: ["Ac", "bL", "dR", "Fu", "rH"].map((text) => street({ prefix: ignoring(text) })), expected: [24, 442, 38, 2387, 328] },
  suffix: { rules: ["ON", "KE", "MM", "ING", "GO"].map((suffix) => street({ suffix })), expected: [17921, 871, 13, 1963, 682] },
  "suffix, ignore case": { rules: ["oN", "Ke", "mM", "InG", "gO"].map((text) => street({ suffix: ignoring(text) })), expected: [17921, 871, 13, 1963, 682] },
  "equals-ignore-case": { rules: [...["jefferson", "bEaCh", "HyDe", "CHESTNUT"].map((text) => street(ignoring(text))), streetType(ignoring("st"))], expected: [131, 211, 1758, 825, 116386] },
  numeric: { rules: numeric(first, first("z", ["=", 0], "MultiPolygon")), expected: [2, 120, 148948, 64120, 127053] },
  "anything-but": { rules: butFive((text) => [text], ["FULTON", "MASON", "ST", "Polygon", "441"]), expected: [211158, 210411, 96682, 120, 210615] },
  "anything-but, ignore case": { rules: butFive((text) => ignoring([text]), ["Fulton", "Mason", "st", "polygon", "441"]), expected: [211158, 210411, 96682, 120, 210615] },
  "anything-but prefix": { rules: butFive((prefix) => ({ prefix }), ["FULTO", "MASO", "S", "Poly", "44"]), expected: [211158, 210118, 96667, 120, 209091] },
  "anything-but suffix": { rules: butFive((suffix) => ({ suffix }), ["ULTON", "ASON", "T", "olygon", "41"]), expected: [211136, 210411, 94908, 0, 209055] },
  "anything-but wildcard": { rules: wildcards.map((wildcard) => lot(but({ wildcard }))), expected: [212578, 212355, 213025, 210528, 213067] },
  "complex arrays": { rules: numeric(some, some("y", ["=", places.north], "MultiPolygon")), expected: [218, 1, 149446, 64368, 127485] },
};

const together = (names) => ({ rules: names.flatMap((name) => types[name].rules), expected: names.flatMap((name) => types[name].expected) });
const partial = ["numeric", "exact", "prefix", ...Object.keys(types).filter((name) => name.startsWith("anything-but"))];

/** Name → rules and how many of the city lots match each; the last two are many of the others at once. */
export const fourteenTypes = { ...types, "partial combo (40 rules)": together(partial), "combo (45 rules)": together([...partial, "complex arrays"]) };
/** The names of the last two. */
export const combos = ["partial combo (40 rules)", "combo (45 rules)"];
