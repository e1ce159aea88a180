//! Values of an event and numbers, compared as EventBridge compares them.

mod decimal;
mod exact;
mod long;

use std::borrow::Cow;

/// A leaf of an event. Objects and arrays are not values: only what is in them is.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// `"text"`, decoded; half a surrogate pair is `?`, as in the reference.
    String(Cow<'a, str>),
    /// A number.
    Number(Number<'a>),
    /// `true`
    True,
    /// `false`
    False,
    /// `null`
    Null,
}

impl<'a> Value<'a> {
    /// The text, if it is a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<&Number<'a>> {
        match self {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }
}

/// A JSON number: its spelling, and its amount if it can be compared by amount.
///
/// EventBridge compares numbers as doubles, but only those whose decimal amount is just the one that the shortest
/// spelling of their double has. All others (more than 17 digits, most integers over 2^53, `1e400`) are compared by
/// their spelling.
///
/// ```
/// use eventbridge_rules::value::Number;
/// assert!(Number::new("1").equals(&Number::new("10e-1")));
/// assert!(Number::new("9007199254740993").amount().is_none());
/// assert!(Number::new("1e400").equals(&Number::new("1e400")));
/// assert!(!Number::new("1e400").equals(&Number::new("1E400")));
/// ```
#[derive(Clone, Debug)]
pub struct Number<'a> {
    text: Cow<'a, str>,
    /// The nearest double; not a number if there is none that is finite. Zero is never negative.
    double: f64,
    comparable: Comparable,
}

/// Can a number be compared by amount? It takes ten times as long to say as to read the number, and most numbers of an
/// event differ from all of a pattern anyway.
#[derive(Clone, Copy, Debug)]
enum Comparable {
    Yes,
    No,
    NotAskedYet,
}

/// Numbers are the same if they are spelled the same.
impl PartialEq for Number<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Number<'_> {}

impl std::hash::Hash for Number<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<'a> Number<'a> {
    /// The number that JSON spells `text`.
    pub fn new(text: impl Into<Cow<'a, str>>) -> Number<'a> {
        let mut number = Number::read(text.into());
        number.comparable = if number.amount().is_some() { Comparable::Yes } else { Comparable::No };
        number
    }

    /// The same, for one who may not ask for the amount.
    #[inline]
    pub(crate) fn read(text: Cow<'a, str>) -> Number<'a> {
        if let Some((double, comparable)) = decimal::read(text.as_bytes()) {
            let comparable = if comparable { Comparable::Yes } else { Comparable::No };
            return Number { text, double, comparable };
        }
        let double = exact::nearest(&text);
        if !double.is_nan() {
            // Adding zero takes away its sign.
            return Number { text, double: double + 0.0, comparable: Comparable::NotAskedYet };
        }
        Number { text, double: f64::NAN, comparable: Comparable::No }
    }

    /// The number that a double is, without a spelling.
    pub(crate) fn of_double(double: f64) -> Number<'static> {
        Number { text: Cow::Borrowed(""), double: double + 0.0, comparable: Comparable::Yes }
    }

    /// The amount, if it is known already.
    #[inline]
    pub(crate) fn known_amount(&self) -> Option<f64> {
        matches!(self.comparable, Comparable::Yes).then_some(self.double)
    }

    /// As it is spelled.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The nearest double; not a number if there is none that is finite.
    #[inline]
    pub(crate) fn double(&self) -> f64 {
        self.double
    }

    /// The double that stands for it, if it is comparable; zero is never negative.
    pub fn amount(&self) -> Option<f64> {
        let comparable = match self.comparable {
            Comparable::Yes => true,
            Comparable::No => false,
            Comparable::NotAskedYet => exact::is_shortest(&self.text, self.double),
        };
        comparable.then_some(self.double)
    }

    /// Is the amount one of those that `fits` takes?
    #[inline]
    pub(crate) fn amount_is(&self, fits: impl Fn(f64) -> bool) -> bool {
        fits(self.double) && self.amount().is_some()
    }

    /// Equal amounts, or equal spellings where an amount cannot be compared.
    pub fn equals(&self, other: &Number<'_>) -> bool {
        if self.double == other.double {
            return match (self.amount(), other.amount()) {
                (None, None) => self.text == other.text,
                (a, b) => a == b,
            };
        }
        // Those that are too large for a double.
        self.double.is_nan() && other.double.is_nan() && self.text == other.text
    }
}

/// The shortest spelling of the double nearest to the number that `text` spells.
pub(crate) fn rounded(text: &str) -> Option<String> {
    exact::rounded(text)
}

/// The amount of the number that `text` spells, if it spells one that is comparable.
pub(crate) fn amount(text: &str) -> Option<f64> {
    Number::new(text).amount()
}

/// An IP address: 4 or 16 bytes. An IPv6 address in ::ffff:0:0/96 is the IPv4 address that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Address {
    /// IPv4
    V4(u32),
    /// IPv6
    V6(u128),
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Address::V4(bits) => std::net::Ipv4Addr::from(*bits).fmt(f),
            // Without the dotted tail that the standard library writes for some addresses: no reader here takes it.
            Address::V6(bits) => {
                let groups: Vec<String> = (0..8).rev().map(|at| format!("{:x}", bits >> (16 * at) & 0xffff)).collect();
                f.write_str(&groups.join(":"))
            }
        }
    }
}

impl Address {
    /// Reads an address as EventBridge does: IPv4 with leading zeros allowed (decimal, 15 characters at most), IPv6 with
    /// one `::`, without zones and without an IPv4 tail. `None` for anything else.
    ///
    /// ```
    /// use eventbridge_rules::value::Address;
    /// assert_eq!(Address::parse("010.0.0.01"), Address::parse("10.0.0.1"));
    /// assert_eq!(Address::parse("::ffff:a00:1"), Address::parse("10.0.0.1"));
    /// assert_eq!(Address::parse("12:30"), None);
    /// ```
    #[inline]
    pub fn parse(text: &str) -> Option<Address> {
        let may_be = text.bytes().any(|byte| byte == b':' || byte == b'.');
        if may_be { Address::parse_parts(text) } else { None }
    }

    #[inline(never)]
    fn parse_parts(text: &str) -> Option<Address> {
        if Address::looks_v4(text) {
            return parse_v4(text).map(Address::V4);
        }
        if !text.contains(':') || text.len() > 4096 {
            return None;
        }
        let bits = parse_v6(text)?;
        Some(if bits >> 32 == 0xffff { Address::V4(bits as u32) } else { Address::V6(bits) })
    }

    /// Digits and dots in the shape of an IPv4 address, or hexadecimal digits and colons.
    pub fn looks_like(text: &str) -> bool {
        Address::looks_v4(text) || (text.contains(':') && text.bytes().all(|b| b == b':' || b.is_ascii_hexdigit()))
    }

    fn looks_v4(text: &str) -> bool {
        let mut parts = 0;
        let digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
        pieces(text, b'.').inspect(|_| parts += 1).all(digits) && parts == 4
    }
}

fn pieces(text: &str, sign: u8) -> impl Iterator<Item = &[u8]> {
    text.as_bytes().split(move |byte| *byte == sign)
}

/// The number that digits of some base are, if it is not above `most`. Any number of leading zeros is fine.
fn number_of(digits: &[u8], base: u32, most: u32) -> Option<u32> {
    let next = |sum: u32, digit: &u8| Some(sum * base + char::from(*digit).to_digit(base)?).filter(|sum| *sum <= most);
    if digits.is_empty() { None } else { digits.iter().try_fold(0, next) }
}

fn parse_v4(text: &str) -> Option<u32> {
    if text.len() > 15 {
        return None;
    }
    pieces(text, b'.').try_fold(0, |sum: u32, part| Some(sum << 8 | number_of(part, 10, 255)?))
}

fn parse_v6(text: &str) -> Option<u128> {
    let Some(gap) = text.as_bytes().windows(2).position(|pair| pair == b"::") else {
        let all = groups(text)?;
        return (all.len() == 8).then(|| join(&all));
    };
    let (left, right) = (groups(text.get(..gap)?)?, groups(text.get(gap + 2..)?)?);
    if left.len() + right.len() > 7 {
        return None;
    }
    let high = join(&left);
    let shift = 16 * (8 - left.len() as u32);
    Some(if shift == 128 { 0 } else { high << shift } | join(&right))
}

/// Hexadecimal groups between single colons; no groups for empty text.
fn groups(text: &str) -> Option<Vec<u16>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let mut groups = Vec::new();
    for part in pieces(text, b':') {
        groups.push(number_of(part, 16, 0xffff)? as u16);
    }
    Some(groups)
}

fn join(groups: &[u16]) -> u128 {
    groups.iter().fold(0, |bits, group| bits << 16 | u128::from(*group))
}
