// City lots of San Francisco, made up: lines like those of event-ruler's `citylots2` (875 bytes, full of numbers), of
// which the same number matches each of the published rules (fourteen-types.mjs). Every column has as many of the values
// that a rule asks for as the published counts demand, and is filled up with values that no rule asks for.
import { cityLotCount, places } from "./fourteen-types.mjs";
import { randomness, seedOfPart } from "./random.mjs";

const times = (count, value) => Array(count).fill(value);

/** Fills a column up with values made by chance of which `fits` is true. */
function fill(column, length, make, fits) {
  while (column.length < length) {
    const value = make();
    if (fits(value)) column.push(value);
  }
  return column;
}

const lotTests = [/^143/, /^2.*0.*1.*7$/, /218$/, /^3.*5.*2$/, /^VA.*IL$/];
const lotsAsked = ["1430022", "2607117", "2607218", "3745012"];

const lotColumns = new Map();

/** MAPBLKLOT: number of a block and of a lot in it; sorted, as in the original. Made once: rule sets are made of it, too. */
export function lotColumn(seed) {
  if (!lotColumns.has(seed)) lotColumns.set(seed, makeLotColumn(seed));
  return lotColumns.get(seed);
}

function makeLotColumn(seed) {
  const { chance, digits, int, pick, small } = randomness(seedOfPart(seed, 1));
  const only = (test) => (value) => lotTests.every((other, at) => other.test(value) === (at === test)) && !lotsAsked.includes(value);
  const column = [
    ...fill(["1430022"], 490, () => `143${digits(4)}`, only(0)),
    ...fill(times(101, "2607117"), 713, () => (chance(0.4) ? `2${digits(6)}` : `26071${digits(1)}7`), only(1)),
    ...fill(times(35, "2607218"), 43, () => `${digits(4)}218`, only(2)),
    ...fill(times(655, "3745012"), 2540, () => `3${digits(5)}2`, only(3)),
    "VACSTWIL",
  ];
  while (column.length < cityLotCount) {
    const block = String(int(1, 9500)).padStart(4, "0") + (chance(0.04) ? pick("ABCD") : "");
    let lot = int(1, 40);
    for (let left = small(18); left >= 0; left--) {
      const value = block + String(lot).padStart(3, "0") + (chance(0.01) ? pick("AB") : "");
      lot += chance(0.75) ? 1 : 2;
      // The flats of a house share the number of its lot.
      if (only(-1)(value)) column.push(...times(chance(0.93) ? 1 : small(6) + 2, value));
    }
  }
  return column.slice(0, cityLotCount).sort();
}

const streetsAsked = {
  FULTON: 1910, FUNSTON: 477, MASON: 2657, MASONIC: 293, JEFFERSON: 131, MOULTON: 22, BEACH: 211, HYDE: 1758, CHESTNUT: 825,
  "RHODE ISLAND": 328, ACORN: 10, ACEVEDO: 14, BLAKE: 120, BLANKEN: 322, DRUMM: 13, DRAKE: 25, LAKE: 726, IRVING: 1400,
  FLEMING: 563, SANTIAGO: 602, "SAN DIEGO": 80, MISSION: 5200, WASHINGTON: 2200, JACKSON: 1800, UNION: 1500, HARRISON: 1400,
  CLAYTON: 624,
};
const streetTests = /^(AC|BL|DR|FU|RH|MASO)|(ON|KE|MM|ING|GO)$/;
const syllables = "AL BAR CAL DOR EL FER GEA HAR IN JUD KIR LAN MON NOR OAK PAC QUIN RIV SAN TAR UL VAL WIL YOR ZOE A E I O TA RA NA LLA NDA RO TO VER WOOD LAND TER BERT FORD MAN VIEW HILL DALE PARK BURY RIDGE".split(" ");

function streetColumn(seed) {
  const { chance, fraction, list, pick, shuffle } = randomness(seedOfPart(seed, 2));
  const column = Object.entries(streetsAsked).flatMap(([name, count]) => times(count, name));
  const name = () => (chance(0.05) ? pick(["SANTA ", "EL ", "LA ", "MT ", "OLD "]) : "") + list(2, 4, () => pick(syllables)).join("");
  const names = [...Array(40).keys()].map((number) => `${number + 8}TH`);
  fill(names, 1700, name, (name) => !streetTests.test(name) && !(name in streetsAsked) && !names.includes(name));
  // Few streets have many lots: the square of a fraction is most often small.
  fill(column, cityLotCount, () => (chance(0.03) ? "UNKNOWN" : names[Math.floor(fraction() * fraction() * names.length)]), () => true);
  return shuffle(column);
}

function typeColumn(seed) {
  const { pick, shuffle } = randomness(seedOfPart(seed, 3));
  const others = ["AVE", "AVE", "AVE", "AVE", "AVE", "AVE", "DR", "WAY", "BLVD", "TER", "LN", null];
  return shuffle(fill([...times(116386, "ST"), ...times(15, "SQ"), ...times(1774, "CT")], cityLotCount, () => pick(others), () => true));
}

function fromColumn(seed) {
  const { chance, digits, int, shuffle, small } = randomness(seedOfPart(seed, 4));
  const column = times(2453, "441");
  fill(column, 3977, () => `44${digits(int(0, 2))}`, (text) => !text.endsWith("41"));
  fill(column, 3977 + 4013 - 2453, () => `${int(1, 9)}${digits(int(0, 1))}41`, (text) => !text.startsWith("44"));
  const number = () => (chance(0.03) ? "0" : String(1 + small(90) * 10 + int(0, 9)));
  return shuffle(fill(column, cityLotCount, number, (text) => !text.startsWith("44") && !text.endsWith("41")));
}

/** From west to east; how many lots begin there, and between which degrees they lie. */
const bands = [
  { count: 48895, from: -122.5136, to: places.west },
  { count: 100053, from: places.west, to: places.middle },
  { count: 27000, from: places.middle, to: places.east },
  { count: 37120, from: places.east, to: -122.37 },
];

/** Lots that are not like the others of their band. */
const oddities = [
  { band: 1, count: 2, first: places.exact },
  { band: 1, count: 216, second: places.exact },
  { band: 2, count: 498, second: places.middle - 0.00001 },
  { band: 1, count: 248, second: places.middle + 0.00001 },
  { band: 0, count: 232, second: places.west + 0.00001 },
  { band: 3, count: 200, second: places.east - 0.00001 },
  { band: 1, count: 119, multi: true },
  { band: 1, count: 1, multi: true, north: places.north },
];

/** For each lot its band and, for few, its oddity. */
function placeColumn(seed) {
  const { shuffle } = randomness(seedOfPart(seed, 5));
  const column = bands.flatMap(({ count }, band) => {
    const odd = oddities.filter((oddity) => oddity.band === band).flatMap((oddity) => times(oddity.count, { band, ...oddity }));
    return [...odd, ...times(count - odd.length, { band })];
  });
  return shuffle(column);
}

/** How many corners a lot has: most often the five of a closed rectangle, ten on average. */
function corners({ fraction, small }) {
  const share = fraction();
  return share < 0.44 ? 5 : share < 0.925 ? 6 + small(4.5) : 18 + small(24);
}

function between(fraction, from, to) {
  for (;;) {
    const value = from + (to - from) * fraction();
    if (value > from && value < to) return value;
  }
}

function outline(random, { band, first, second, north }) {
  const { fraction } = random;
  const { from, to } = bands[band];
  const x = between(fraction, from, to);
  const y = 37.708 + 0.1 * fraction();
  const points = Array.from({ length: corners(random) - 1 }, () => {
    const near = x + (fraction() - 0.5) * 0.0004;
    return { x: near > from && near < to ? near : x, y: y + (fraction() - 0.5) * 0.0004, z: 0 };
  });
  points[0].x = first ?? x;
  if (second !== undefined) points[1].x = second;
  if (north !== undefined) points[1].y = north;
  return [...points, points[0]];
}

/** The line of a lot. */
function line(random, { lot, street, type, from, place }) {
  const { chance, int, pick } = random;
  const block = /^....[A-D]?/.exec(lot)[0];
  const points = outline(random, place);
  return JSON.stringify({
    type: "Feature",
    properties: {
      MAPBLKLOT: lot,
      BLKLOT: chance(0.8) ? lot : block + String(int(1, 150)).padStart(3, "0"),
      BLOCK_NUM: block,
      LOT_NUM: lot.slice(block.length),
      FROM_ST: from,
      TO_ST: chance(0.8) ? from : String(Number(from) + pick([2, 4, 10, 20])),
      STREET: street,
      ST_TYPE: type,
      ODD_EVEN: pick("EO"),
    },
    geometry: {
      type: place.multi ? "MultiPolygon" : "Polygon",
      coordinates: place.multi ? [[points]] : [points],
      firstCoordinates: points[0],
    },
  });
}

/** All city lots; each line is made when it is asked for, and does not depend on the others. */
export function cityLots(seed = 42) {
  const [lots, streets, types, froms, placed] = [lotColumn, streetColumn, typeColumn, fromColumn, placeColumn].map((column) => column(seed));
  const lineAt = (at) => line(randomness(seedOfPart(seed, 1000 + at)), { lot: lots[at], street: streets[at], type: types[at], from: froms[at], place: placed[at] });
  return {
    line: lineAt,
    /** So many lines, evenly from the whole. */
    some: (count) => Array.from({ length: count }, (_, at) => lineAt(Math.floor((at * cityLotCount) / count))),
  };
}
