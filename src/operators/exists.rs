//! `{"exists": true}`, `{"exists": false}`

use super::{Check, Manual, Operator, Problem, Test};
use crate::diagnostic::Problem as _;
use crate::json::NodeKind;
use crate::value::Value;

/// The operator and its manual.
pub static OPERATOR: Operator = Operator {
    manual: Manual {
        name: "exists",
        summary: "There is a value at this path (`true`), or there is none (`false`).",
        forms: &[r#"{"exists": true}"#, r#"{"exists": false}"#],
        example: r#"[{"exists": true}]"#,
        passes: "null",
        fails: "{}",
        notes: &[
            "Only leaves exist: an object, `{}` and `[]` are no values, `null` and `\"\"` are.",
            "Inside of an array of objects, `{\"exists\": false}` looks only at the element that the tests on paths sorting earlier have chosen; at the whole event if there are none.",
        ],
    },
    parse: |node, problems| match node.kind {
        NodeKind::Bool(exists) => Some(Test::Exists(Exists { exists })),
        NodeKind::Missing => None,
        _ => {
            problems.push(Problem::ExistsNeedsBoolean(node.what()).at(node.span));
            None
        }
    },
};

/// There is a value, or there is none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Exists {
    /// Which of both.
    pub exists: bool,
}

impl Check for Exists {
    fn passes(&self, _: &Value<'_>) -> bool {
        self.exists
    }

    fn words(&self, _: bool) -> String {
        if self.exists { "exists".to_string() } else { "should be absent".to_string() }
    }
}
