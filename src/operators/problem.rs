//! What can be wrong with an operator, and the words for it.

use crate::diagnostic;
use std::fmt;

/// A way in which an element of a list of tests is refused. The example of each is an element that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// `["x"]`
    NestedArray,
    /// `{}`
    NoOperator,
    /// `{"regex": "a+"}`
    UnknownOperator(String),
    /// `{"prefix": "a", "suffix": "b"}`
    SecondKey {
        /// The first key.
        operator: &'static str,
        /// The second one.
        key: String,
    },
    /// `{"prefix": 5}`
    NeedsString {
        /// The operator.
        operator: &'static str,
        /// What it got.
        got: &'static str,
    },
    /// `{"prefix": {}}`
    NoAffixOperator(&'static str),
    /// `{"prefix": {"wildcard": "a*"}}`
    UnknownAffixOperator {
        /// `prefix` or `suffix`.
        operator: &'static str,
        /// The key inside.
        key: String,
    },
    /// `{"wildcard": "a**"}`
    Wildcard {
        /// What is wrong.
        fault: WildcardFault,
        /// The text.
        text: String,
    },
    /// `{"exists": "true"}`
    ExistsNeedsBoolean(&'static str),
    /// `{"cidr": "10.0.0.0"}`
    Cidr(CidrFault),
    /// `{"numeric": 5}`
    NumericNeedsArray(&'static str),
    /// `{"numeric": [5]}`
    NumericNeedsOperator(String),
    /// `{"numeric": ["!=", 5]}`
    NumericUnknownOperator(String),
    /// `{"numeric": ["=", "5"]}`
    NumericNeedsNumber(String),
    /// `{"numeric": ["=", 5, 6]}`
    NumericTooMany(&'static str),
    /// `{"numeric": ["<", 5, ">", 0]}`
    NumericUpperFirst,
    /// `{"numeric": [">", 0, 5]}`
    NumericNeedsUpperOperator(String),
    /// `{"numeric": [">", 0, "=", 5]}`
    NumericUnknownUpperOperator(String),
    /// `{"numeric": [">", 0, "<", 5, 6]}`
    NumericTooManyTerms,
    /// `{"numeric": [">", 5, "<", 0]}`
    NumericEmptyRange,
    /// `{"numeric": ["=", 9007199254740993]}`
    NumberNotComparable(String),
    /// `{"anything-but": {}}`
    NoAnythingButOperator,
    /// `{"anything-but": {"cidr": "10.0.0.0/8"}}`
    UnknownAnythingButOperator(String),
    /// `{"anything-but": null}`
    AnythingButNeedsValues {
        /// `anything-but` or the operator under it.
        operator: &'static str,
        /// What it got.
        got: &'static str,
    },
    /// `{"anything-but": [null]}`
    AnythingButMember(&'static str),
    /// `{"anything-but": ["a", 5]}`
    AnythingButMixed,
    /// `{"anything-but": []}`
    AnythingButEmpty,
    /// `{"anything-but": {"prefix": [5]}}`
    AnythingButNeedsString {
        /// The operator under `anything-but`.
        operator: &'static str,
        /// What it got.
        got: &'static str,
    },
    /// `{"anything-but": {"prefix": ""}}`
    AnythingButEmptyAffix(&'static str),
}

/// What is wrong with a wildcard; the position is the reference's: bytes, the opening quote counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WildcardFault {
    /// A backslash before something other than a star or a backslash.
    Escape(usize),
    /// Two stars side by side.
    Consecutive(usize),
}

/// What is wrong with a range of addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CidrFault {
    /// Not one slash.
    Slash,
    /// The part behind the slash is no integer.
    Bits(String),
    /// `/-1`
    Negative,
    /// `/32` behind an IPv4 address.
    V4Bits,
    /// `/128` behind an IPv6 address.
    V6Bits,
    /// The part before the slash is no address.
    Address {
        /// The part.
        text: String,
        /// Has it the characters of one?
        looks: bool,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::NestedArray => write!(f, "a list of tests holds values and operators, not another array"),
            Problem::NoOperator => write!(f, "an operator is missing here; there are {}", names()),
            Problem::UnknownOperator(name) => write!(f, "there is no operator `{name}`; there are {}", names()),
            Problem::SecondKey { operator, key } => {
                write!(f, "`{operator}` stands alone in its object; put `{key}` into another element of the list")
            }
            Problem::NeedsString { operator, got } => write!(f, "`{operator}` takes a string, not {got}"),
            Problem::NoAffixOperator(operator) => {
                write!(f, "`{operator}` takes a string or `{{\"equals-ignore-case\": \"…\"}}`, not an empty object")
            }
            Problem::UnknownAffixOperator { operator, key } => {
                write!(f, "`{operator}` takes a string or `{{\"equals-ignore-case\": \"…\"}}`, not `{key}`")
            }
            Problem::Wildcard { fault: WildcardFault::Consecutive(_), .. } => {
                write!(f, "two stars side by side are refused; one stands for any number of characters")
            }
            Problem::Wildcard { fault: WildcardFault::Escape(_), .. } => {
                write!(
                    f,
                    "a backslash in a wildcard escapes `*` or `\\` only; write `\\\\\\\\` in JSON for a backslash itself"
                )
            }
            Problem::ExistsNeedsBoolean(got) => write!(f, "`exists` takes `true` or `false`, not {got}"),
            Problem::Cidr(fault) => fault.fmt(f),
            Problem::NumericNeedsArray(got) => write!(f, "`numeric` takes a list such as `[\">\", 0]`, not {got}"),
            Problem::NumericNeedsOperator(_) => {
                write!(f, "`numeric` begins with `\"=\"`, `\"<\"`, `\"<=\"`, `\">\"` or `\">=\"`")
            }
            Problem::NumericUnknownOperator(name) => {
                write!(f, "`numeric` knows no `{name}`; it takes `=`, `<`, `<=`, `>` and `>=`")
            }
            Problem::NumericNeedsNumber(operator) => {
                let sign = if operator == "equals" { "=" } else { operator };
                write!(f, "`{sign}` needs a number behind it, without quotes")
            }
            Problem::NumericTooMany(operator) => write!(f, "nothing can follow the number behind `{operator}`"),
            Problem::NumericUpperFirst => {
                write!(f, "a range begins with its lower bound; write `[\">\", low, \"<\", high]`")
            }
            Problem::NumericNeedsUpperOperator(_) => {
                write!(f, "the second half of a range begins with `\"<\"` or `\"<=\"`")
            }
            Problem::NumericUnknownUpperOperator(name) => {
                write!(f, "the second half of a range begins with `<` or `<=`, not with `{name}`")
            }
            Problem::NumericTooManyTerms => write!(f, "a range has two bounds; nothing can follow them"),
            Problem::NumericEmptyRange => {
                write!(f, "the lower bound must be less than the upper one; use `[\"=\", n]` for one number")
            }
            Problem::NumberNotComparable(number) => {
                write!(
                    f,
                    "`{number}` has more digits than EventBridge can compare, or is too large; 15 significant digits always work"
                )
            }
            Problem::NoAnythingButOperator => write!(f, "`anything-but` takes values, or one of {UNDER_ANYTHING_BUT}"),
            Problem::UnknownAnythingButOperator(name) => {
                write!(f, "`anything-but` knows no `{name}` inside; it takes values, or one of {UNDER_ANYTHING_BUT}")
            }
            Problem::AnythingButNeedsValues { operator, got } => {
                write!(f, "`{operator}` takes a string, a number or a list of either here, not {got}")
            }
            Problem::AnythingButMember(got) => write!(f, "`anything-but` lists strings or numbers, not {got}"),
            Problem::AnythingButMixed => write!(f, "`anything-but` lists either strings or numbers, not both"),
            Problem::AnythingButEmpty => write!(f, "`anything-but` needs at least one value"),
            Problem::AnythingButNeedsString { operator, got } => {
                write!(f, "`{operator}` inside of `anything-but` takes strings, not {got}")
            }
            Problem::AnythingButEmptyAffix(operator) => {
                write!(f, "an empty `{operator}` inside of `anything-but` would let no string pass and is refused")
            }
        }
    }
}

/// The operators.
fn names() -> String {
    let mut list = String::new();
    for name in super::names() {
        list.push_str(if list.is_empty() { "`" } else { ", `" });
        list.push_str(name);
        list.push('`');
    }
    list
}

const UNDER_ANYTHING_BUT: &str = "`prefix`, `suffix`, `equals-ignore-case`, `wildcard`";

impl fmt::Display for CidrFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CidrFault::Slash => {
                write!(f, "`cidr` takes `address/bits`; write a single address as a plain string in the list")
            }
            CidrFault::Bits(bits) => write!(f, "the part behind the slash is a number of bits, not `{bits}`"),
            CidrFault::Negative => write!(f, "a range of addresses cannot have less than 0 bits"),
            CidrFault::V4Bits => {
                write!(f, "an IPv4 range has at most 31 bits; write a single address as a plain string in the list")
            }
            CidrFault::V6Bits => {
                write!(f, "an IPv6 range has at most 127 bits; write a single address as a plain string in the list")
            }
            CidrFault::Address { text, .. } => write!(f, "`{text}` is no IP address"),
        }
    }
}

impl diagnostic::Problem for Problem {
    fn code(&self) -> &'static str {
        match self {
            Problem::NestedArray => "pattern-nested-array",
            Problem::NoOperator => "operator-missing",
            Problem::UnknownOperator(_) => "operator-unknown",
            Problem::SecondKey { .. } => "operator-second-key",
            Problem::NeedsString { operator, .. } => match *operator {
                "prefix" => "prefix-needs-string",
                "suffix" => "suffix-needs-string",
                "wildcard" => "wildcard-needs-string",
                "cidr" => "cidr-needs-string",
                "exactly" => "exactly-needs-string",
                _ => "equals-ignore-case-needs-string",
            },
            Problem::NoAffixOperator("prefix") => "prefix-empty-object",
            Problem::NoAffixOperator(_) => "suffix-empty-object",
            Problem::UnknownAffixOperator { operator: "prefix", .. } => "prefix-unknown-operator",
            Problem::UnknownAffixOperator { .. } => "suffix-unknown-operator",
            Problem::Wildcard { fault: WildcardFault::Consecutive(_), .. } => "wildcard-consecutive",
            Problem::Wildcard { fault: WildcardFault::Escape(_), .. } => "wildcard-escape",
            Problem::ExistsNeedsBoolean(_) => "exists-needs-boolean",
            Problem::Cidr(CidrFault::Slash) => "cidr-slash",
            Problem::Cidr(CidrFault::Bits(_) | CidrFault::Negative) => "cidr-bits",
            Problem::Cidr(CidrFault::V4Bits | CidrFault::V6Bits) => "cidr-too-many-bits",
            Problem::Cidr(CidrFault::Address { .. }) => "cidr-address",
            Problem::NumericNeedsArray(_) => "numeric-needs-array",
            Problem::NumericNeedsOperator(_) => "numeric-needs-operator",
            Problem::NumericUnknownOperator(_) => "numeric-unknown-operator",
            Problem::NumericNeedsNumber(_) => "numeric-needs-number",
            Problem::NumericTooMany(_) | Problem::NumericTooManyTerms => "numeric-too-many",
            Problem::NumericUpperFirst => "numeric-upper-first",
            Problem::NumericNeedsUpperOperator(_) | Problem::NumericUnknownUpperOperator(_) => "numeric-upper-operator",
            Problem::NumericEmptyRange => "numeric-empty-range",
            Problem::NumberNotComparable(_) => "number-not-comparable",
            Problem::NoAnythingButOperator => "anything-but-empty-object",
            Problem::UnknownAnythingButOperator(_) => "anything-but-unknown-operator",
            Problem::AnythingButNeedsValues { .. } => "anything-but-needs-values",
            Problem::AnythingButMember(_) => "anything-but-member",
            Problem::AnythingButMixed => "anything-but-mixed",
            Problem::AnythingButEmpty => "anything-but-empty",
            Problem::AnythingButNeedsString { .. } => "anything-but-needs-string",
            Problem::AnythingButEmptyAffix(_) => "anything-but-empty-affix",
        }
    }

    fn aws_message(&self) -> Option<String> {
        Some(match self {
            Problem::NestedArray => "Match value must be String, number, true, false, or null".into(),
            Problem::NoOperator => "Match expression name not found".into(),
            Problem::UnknownOperator(name) => format!("Unrecognized match type {name}"),
            Problem::SecondKey { operator: "numeric" | "anything-but", .. } => {
                "Too many elements in numeric expression".into()
            }
            Problem::SecondKey { .. } => "Only one key allowed in match expression".into(),
            // The reference says "prefix" for `cidr` too.
            Problem::NeedsString { operator: "cidr", .. } => "prefix match pattern must be a string".into(),
            Problem::NeedsString { operator: "exactly", .. } => "exact match pattern must be a string".into(),
            Problem::NeedsString { operator, .. } => format!("{operator} match pattern must be a string"),
            Problem::NoAffixOperator("prefix") => "Prefix expression name not found".into(),
            Problem::NoAffixOperator(_) => "Suffix expression name not found".into(),
            Problem::UnknownAffixOperator { operator, key } => format!("Unsupported {operator} pattern: {key}"),
            Problem::Wildcard { fault: WildcardFault::Consecutive(at), .. } => {
                format!("Consecutive wildcard characters at pos {at}")
            }
            Problem::Wildcard { fault: WildcardFault::Escape(at), .. } => {
                format!("Invalid escape character at pos {at}")
            }
            Problem::ExistsNeedsBoolean(_) => "exists match pattern must be either true or false.".into(),
            Problem::Cidr(fault) => fault.aws_message(),
            Problem::NumericNeedsArray(_) => "Value of numeric must be an array.".into(),
            Problem::NumericNeedsOperator(token) => format!("Invalid member in numeric match: {token}"),
            Problem::NumericUnknownOperator(name) => format!("Unrecognized numeric range operator: {name}"),
            Problem::NumericNeedsNumber(operator) => format!("Value of {operator} must be numeric"),
            Problem::NumericTooMany(_) | Problem::NumericUpperFirst => "Too many elements in numeric expression".into(),
            Problem::NumericNeedsUpperOperator(token) => format!("Bad value in numeric range: {token}"),
            Problem::NumericUnknownUpperOperator(name) => format!("Bad numeric range operator: {name}"),
            Problem::NumericTooManyTerms => "Too many terms in numeric range expression".into(),
            Problem::NumericEmptyRange => "Bottom must be less than top".into(),
            Problem::NumberNotComparable(number) => not_comparable(number),
            Problem::NoAnythingButOperator => "Anything-But expression name not found".into(),
            Problem::UnknownAnythingButOperator(name) => format!("Unsupported anything-but pattern: {name}"),
            Problem::AnythingButNeedsValues { .. } => {
                "Value of anything-but must be an array or single string/number value.".into()
            }
            Problem::AnythingButMember(_) => "Inside anything but list, start|null|boolean is not supported.".into(),
            Problem::AnythingButMixed | Problem::AnythingButEmpty => {
                "Inside anything but list, either all values are number or string, mixed type is not supported".into()
            }
            Problem::AnythingButNeedsString { operator: "equals-ignore-case", .. } => {
                "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.".into()
            }
            Problem::AnythingButNeedsString { operator: "wildcard", .. } => {
                "wildcard match pattern must be a string".into()
            }
            Problem::AnythingButNeedsString { .. } => "prefix/suffix match pattern must be a string".into(),
            Problem::AnythingButEmptyAffix(_) => "Null prefix/suffix not allowed".into(),
        })
    }
}

impl CidrFault {
    fn aws_message(&self) -> String {
        match self {
            CidrFault::Slash => "Malformed CIDR, one '/' required".into(),
            CidrFault::Bits(_) => "Malformed CIDR, mask bits must be an integer".into(),
            CidrFault::Negative => "Malformed CIDR, mask bits must not be negative".into(),
            CidrFault::V4Bits => "IPv4 mask bits must be < 32".into(),
            CidrFault::V6Bits => "IPv6 mask bits must be < 128".into(),
            CidrFault::Address { text, looks: true } => format!("Invalid IP address: {text}"),
            CidrFault::Address { text, looks: false } => format!("Nonstandard IP address: {text}"),
        }
    }
}

fn not_comparable(number: &str) -> String {
    let exponent = number.split_once(['e', 'E']).map_or("0", |(_, exponent)| exponent);
    match exponent.parse::<i64>() {
        Ok(exponent) if exponent.abs() <= 2_147_483_000 => format!("Cannot compare number : {number}"),
        _ => "value exceeds limits".into(),
    }
}
