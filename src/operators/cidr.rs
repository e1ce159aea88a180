//! `{"cidr": "10.0.0.0/8"}`

use super::problem::CidrFault;
use super::{Check, Manual, Operator, Problem, Test, string};
use crate::diagnostic::Problem as _;
use crate::json::quote;
use crate::value::{Address, Value};

/// The operator and its manual.
pub static OPERATOR: Operator = Operator {
    manual: Manual {
        name: "cidr",
        summary: "The value is a string with an IP address in this range.",
        forms: &[r#"{"cidr": "address/bits"}"#],
        example: r#"[{"cidr": "10.0.0.0/24"}]"#,
        passes: r#""10.0.0.255""#,
        fails: r#""10.0.1.0""#,
        notes: &[
            "IPv4 with 0 to 31 bits, IPv6 with 0 to 127; a single address is written as a plain string in the list.",
            "Bits of the address behind the mask do not matter.",
            "An IPv6 address in ::ffff:0:0/96 is the IPv4 address that it holds.",
        ],
    },
    parse: |node, problems| {
        let text = string("cidr", node, problems)?;
        match Cidr::new(&text) {
            Ok(cidr) => Some(Test::Cidr(cidr)),
            Err(fault) => {
                problems.push(Problem::Cidr(fault).at(node.span));
                None
            }
        }
    },
};

/// A range of addresses.
#[derive(Clone, Debug)]
pub struct Cidr {
    text: String,
    low: Address,
    high: Address,
}

equal_by_text!(Cidr);

impl Cidr {
    pub(super) fn new(text: &str) -> Result<Cidr, CidrFault> {
        let parts: Vec<&str> = text.trim_end_matches('/').split('/').collect();
        let [address, bits] = parts[..] else {
            return Err(CidrFault::Slash);
        };
        let digits = bits.strip_prefix(['+', '-']).unwrap_or(bits);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(CidrFault::Bits(bits.to_string()));
        }
        let bits: i32 = bits.parse().map_err(|_| CidrFault::Bits(bits.to_string()))?;
        if bits < 0 {
            return Err(CidrFault::Negative);
        }
        let (low, high) = match Address::parse(address) {
            Some(Address::V4(_)) if bits > 31 => return Err(CidrFault::V4Bits),
            Some(Address::V6(_)) if bits > 127 => return Err(CidrFault::V6Bits),
            Some(Address::V4(n)) => (Address::V4(n & !(u32::MAX >> bits)), Address::V4(n | u32::MAX >> bits)),
            Some(Address::V6(n)) => (Address::V6(n & !(u128::MAX >> bits)), Address::V6(n | u128::MAX >> bits)),
            None => return Err(CidrFault::Address { text: address.to_string(), looks: Address::looks_like(address) }),
        };
        Ok(Cidr { text: text.to_string(), low, high })
    }

    /// The lowest address of the range.
    pub fn first(&self) -> Address {
        self.low
    }

    /// The highest address of the range.
    pub fn last(&self) -> Address {
        self.high
    }

    /// Is this address in the range? Only one of the same family can be.
    pub fn contains(&self, address: Address) -> bool {
        match (self.low, self.high, address) {
            (Address::V4(low), Address::V4(high), Address::V4(n)) => (low..=high).contains(&n),
            (Address::V6(low), Address::V6(high), Address::V6(n)) => (low..=high).contains(&n),
            _ => false,
        }
    }
}

impl Check for Cidr {
    fn passes(&self, value: &Value<'_>) -> bool {
        value.as_str().and_then(Address::parse).is_some_and(|address| self.contains(address))
    }

    fn words(&self, passes: bool) -> String {
        format!("is {} the range {}", if passes { "an address in" } else { "no address in" }, quote(&self.text))
    }
}
