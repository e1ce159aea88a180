//! From a value to the conditions that it opens. Tests for one value are found by it; the others are asked in turn.

use super::ConditionId;
use crate::operators::Test;
use crate::operators::equals::Equals;
use crate::order::Map;
use crate::value::{Address, Value};

/// The doors of one path.
#[derive(Debug, Default)]
pub(super) struct Values {
    strings: Map<String, Vec<ConditionId>>,
    addresses: Map<Address, Vec<ConditionId>>,
    /// By the bits of the amount; amounts have no negative zero.
    amounts: Map<u64, Vec<ConditionId>>,
    /// Numbers that are compared by their spelling.
    spellings: Map<String, Vec<ConditionId>>,
    others: Vec<(Test, ConditionId)>,
}

impl Values {
    /// A value that passes `test` opens `door`.
    pub(super) fn add(&mut self, test: &Test, door: ConditionId) {
        let doors = match test {
            Test::Equals(Equals::String(text)) => self.strings.entry(text.clone()).or_default(),
            Test::Equals(Equals::Address { address, .. }) => self.addresses.entry(*address).or_default(),
            Test::Equals(Equals::Number(number)) => match number.amount() {
                Some(amount) => self.amounts.entry(amount.to_bits()).or_default(),
                None => self.spellings.entry(number.text().to_string()).or_default(),
            },
            _ => return self.others.push((test.clone(), door)),
        };
        doors.push(door);
    }

    pub(super) fn is_empty(&self) -> bool {
        let none = self.strings.is_empty() && self.addresses.is_empty() && self.amounts.is_empty();
        none && self.spellings.is_empty() && self.others.is_empty()
    }

    /// Tells each door that `value` opens, some more than once.
    pub(super) fn opened_by(&self, value: &Value<'_>, tell: &mut dyn FnMut(ConditionId)) {
        let found = match value {
            Value::String(text) => {
                let address = if self.addresses.is_empty() { None } else { Address::parse(text) };
                address.and_then(|address| self.addresses.get(&address)).into_iter().flatten().for_each(|d| tell(*d));
                self.strings.get(text.as_ref())
            }
            Value::Number(number) => match number.amount() {
                Some(amount) => self.amounts.get(&amount.to_bits()),
                None => self.spellings.get(number.text()),
            },
            Value::True | Value::False | Value::Null => None,
        };
        found.into_iter().flatten().for_each(|door| tell(*door));
        self.others.iter().filter(|(test, _)| test.passes(value)).for_each(|(_, door)| tell(*door));
    }
}
