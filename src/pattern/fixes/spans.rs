//! The smallest text whose change would mend a problem in a string.

use super::Case;
use crate::json::{Node, place_in_string};
use crate::operators::wildcard;
use crate::text::Span;

impl Case<'_> {
    /// A smaller span than that of the operand.
    pub(super) fn narrow(&self, code: &str) -> Option<Span> {
        let range = match code {
            "wildcard-consecutive" | "wildcard-escape" => wildcard::fault(&self.string()?)?,
            "cidr-bits" | "cidr-too-many-bits" => {
                let text = self.string()?;
                text.find('/')? + 1..text.trim_end_matches('/').len()
            }
            "cidr-address" => address(&self.string()?)?,
            _ => return None,
        };
        Some(place_in_string(self.text, self.span, range.start, range.end)).filter(|span| span.start < span.end)
    }

    fn string(&self) -> Option<String> {
        self.node().and_then(Node::as_string).map(|text| text.utf8().into_owned())
    }
}

/// The part of an address that is too large, or all that should be one.
fn address(text: &str) -> Option<std::ops::Range<usize>> {
    let end = text.find('/')?;
    let mut at = 0;
    for part in text[..end].split('.') {
        let wrong = part.parse::<u8>().is_err();
        if wrong && !part.is_empty() && text[..end].split('.').count() == 4 {
            return Some(at..at + part.len());
        }
        at += part.len() + 1;
    }
    Some(0..end)
}
