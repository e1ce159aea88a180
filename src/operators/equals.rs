//! `"x"`, `5`, `true`, `false`, `null`: an element that is no object stands for itself.

use super::Check;
use crate::json::{Node, NodeKind, quote};
use crate::value::{Address, Number, Value};
use std::borrow::Cow;

/// Equal to a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Equals {
    /// A string.
    String(String),
    /// A string that is an IP address: any spelling of the address.
    Address {
        /// The address.
        address: Address,
        /// As the pattern spells it.
        text: String,
    },
    /// A number, by amount or by spelling.
    Number(Number<'static>),
    /// `true`, `false`
    Bool(bool),
    /// `null`
    Null,
}

/// Reads an element that stands for itself; `None` for objects, arrays and what could not be read.
pub fn parse(node: &Node) -> Option<Equals> {
    match &node.kind {
        NodeKind::String(text) => Some(of(text.utf8())),
        NodeKind::Number(text) => Some(Equals::Number(Number::new(text.clone()))),
        NodeKind::Bool(value) => Some(Equals::Bool(*value)),
        NodeKind::Null => Some(Equals::Null),
        NodeKind::Array(_) | NodeKind::Object(_) | NodeKind::Missing => None,
    }
}

fn of(text: Cow<'_, str>) -> Equals {
    // Most strings show in their first bytes that they are no address.
    let perhaps = text.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b'.' | b':'));
    if perhaps && let Some(address) = Address::parse(&text) {
        return Equals::Address { address, text: text.into_owned() };
    }
    Equals::String(text.into_owned())
}

impl Check for Equals {
    fn passes(&self, value: &Value<'_>) -> bool {
        match (self, value) {
            (Equals::String(text), Value::String(value)) => text == value,
            (Equals::Address { address, .. }, Value::String(value)) => Address::parse(value).as_ref() == Some(address),
            (Equals::Number(number), Value::Number(value)) => number.equals(value),
            (Equals::Bool(expected), value) => *value == if *expected { Value::True } else { Value::False },
            (Equals::Null, value) => *value == Value::Null,
            _ => false,
        }
    }

    fn words(&self, passes: bool) -> String {
        let this = match self {
            Equals::String(text) => quote(text),
            Equals::Address { text, .. } => format!("the address {}", quote(text)),
            Equals::Number(number) => number.text().to_string(),
            Equals::Bool(value) => value.to_string(),
            Equals::Null => "null".to_string(),
        };
        format!("is {}{this}", if passes { "" } else { "not " })
    }
}
