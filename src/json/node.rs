//! JSON as a tree with places.

use super::Text;
use crate::text::Span;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// From its first to its last character.
    pub span: Span,
    /// What it is.
    pub kind: NodeKind,
}

/// The kinds of values. Spelling of numbers is kept by the span.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number: its text.
    Number(String),
    /// A string, decoded.
    String(Text),
    /// An array.
    Array(Vec<Node>),
    /// An object: members in their order, repeated keys too.
    Object(Vec<Member>),
    /// Where a value should be and none is, or one that could not be read; a problem says why.
    Missing,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The key, decoded.
    pub key: Text,
    /// The key with its quotes.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The string, if it is one.
    pub fn as_string(&self) -> Option<&Text> {
        match &self.kind {
            NodeKind::String(text) => Some(text),
            _ => None,
        }
    }

    /// What it is, in the words of messages: "a string".
    pub fn what(&self) -> &'static str {
        match self.kind {
            NodeKind::Null => "`null`",
            NodeKind::Bool(true) => "`true`",
            NodeKind::Bool(false) => "`false`",
            NodeKind::Number(_) => "a number",
            NodeKind::String(_) => "a string",
            NodeKind::Array(_) => "an array",
            NodeKind::Object(_) => "an object",
            NodeKind::Missing => "nothing",
        }
    }
}
