//! Numbers that limit what is accepted, each with its source.

/// Levels of nesting of a JSON text, arrays and objects alike. The reference's JSON parser has the same limit.
pub const JSON_DEPTH: usize = 1000;

/// Characters of a number in JSON. The reference's JSON parser has the same limit.
pub const JSON_NUMBER_LENGTH: usize = 1000;

/// Largest wildcard complexity of a rule that EventBridge takes. AWS, observed: 7 is accepted and 11 refused; 10 is the
/// limit that the reference's documentation shows.
pub const WILDCARD_COMPLEXITY: usize = 10;

/// Characters of an event pattern in PutRule and TestEventPattern (the service model of the API).
pub const PATTERN_LENGTH: usize = 4096;

/// Bytes of all paths of a pattern together. Our own limit: every level repeats the keys above it, so that a megabyte can
/// come to gigabytes.
pub const PATH_BYTES: usize = 16 << 20;

/// Fields written into combinations of `$or` alternatives while a pattern is read. Our own limit: every `$or` multiplies
/// the number of combinations, the reference has no limit and runs out of memory.
pub const OR_COMBINATIONS: usize = 100_000;

/// Elements that are looked at in search of array elements that belong together, for one rule and one event. Our own
/// limit, so that no event stops the process: with repeated keys the question can be as hard as any in NP. Other events
/// need a few for each of their elements.
pub const CONSISTENCY_STEPS: usize = 5_000_000;

/// Characters of `Input` and `InputTemplate` (the service model of the API).
pub const INPUT_LENGTH: usize = 8192;

/// Bytes of what a target receives. Our own limit, far beyond EventBridge's: a template can name a large value thousands of
/// times, and a text must fit into the memory of WebAssembly.
pub const OUTPUT_LENGTH: usize = 64 << 20;

/// Characters of `InputPath` and of each value of `InputPathsMap` (the service model of the API).
pub const INPUT_PATH_LENGTH: usize = 256;

/// Entries of `InputPathsMap` (the service model of the API).
pub const INPUT_PATHS: usize = 100;

/// Characters of a variable name in `InputPathsMap` (the service model of the API).
pub const VARIABLE_NAME_LENGTH: usize = 256;
