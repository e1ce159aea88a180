//! The shapes of `types.ts` that only authors ask for.

use super::dto::{Diagnostic, Fix, Places, SettingTexts, TextSpan, severity};
use crate::{codes, explain, transform};
use serde::Serialize;

/// A code and what it means.
#[derive(Serialize)]
pub(super) struct CodeDescription {
    code: &'static str,
    severity: &'static str,
    subject: &'static str,
    what: &'static str,
    why: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    example: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    fixed: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    event: &'static str,
}

impl CodeDescription {
    pub(super) fn new(of: &codes::Code) -> CodeDescription {
        CodeDescription {
            code: of.name,
            severity: severity(of.severity),
            subject: of.subject.name(),
            what: of.what,
            why: of.why,
            example: of.example,
            fixed: of.fixed,
            event: of.event,
        }
    }
}

#[derive(Serialize)]
pub(super) struct ValueSeen {
    #[serde(flatten)]
    span: TextSpan,
    text: String,
    accepted: bool,
}

#[derive(Serialize)]
pub(super) struct Hint {
    code: &'static str,
    message: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NearestMiss {
    paths: Vec<String>,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_event: Option<Fix>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_pattern: Option<Fix>,
}

#[derive(Serialize)]
pub(super) struct ExplanationNode {
    #[serde(flatten)]
    span: TextSpan,
    kind: &'static str,
    matches: bool,
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<ValueSeen>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hints: Vec<Hint>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    children: Vec<ExplanationNode>,
}

impl ExplanationNode {
    fn new(of: &explain::Node, pattern: &Places<'_>, event: &Places<'_>) -> ExplanationNode {
        let seen = |seen: &explain::Seen| ValueSeen {
            span: event.span(seen.span),
            text: seen.text.clone(),
            accepted: seen.accepted,
        };
        ExplanationNode {
            span: pattern.span(of.span),
            kind: match of.kind {
                explain::Kind::And => "and",
                explain::Kind::Or => "or",
                explain::Kind::Field => "field",
                explain::Kind::Test => "test",
            },
            matches: of.matches,
            code: of.code,
            message: of.message.clone(),
            path: of.path.clone(),
            values: of.values.iter().map(seen).collect(),
            hints: of.hints.iter().map(|hint| Hint { code: hint.code, message: hint.message.clone() }).collect(),
            children: of.children.iter().map(|child| ExplanationNode::new(child, pattern, event)).collect(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Explanation {
    matches: bool,
    summary: String,
    root: ExplanationNode,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<NearestMiss>,
}

impl Explanation {
    pub(super) fn new(of: &explain::Explanation, pattern: &str, event: &str) -> Explanation {
        let (pattern, event) = (Places::of(pattern), Places::of(event));
        let nearest = |nearest: &explain::NearestMiss| NearestMiss {
            paths: nearest.paths.clone(),
            message: nearest.message.clone(),
            in_event: nearest.in_event.as_ref().map(|fix| Fix::new(fix, &event)),
            in_pattern: nearest.in_pattern.as_ref().map(|fix| Fix::new(fix, &pattern)),
        };
        Explanation {
            matches: of.matches,
            summary: of.summary.clone(),
            root: ExplanationNode::new(&of.root, &pattern, &event),
            nearest: of.nearest.as_ref().map(nearest),
        }
    }
}

#[derive(Serialize)]
pub(super) struct VariableUse {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    template: TextSpan,
    output: TextSpan,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<TextSpan>,
    missing: bool,
}

#[derive(Serialize)]
pub(super) struct TransformExplanation {
    delivered: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<String>,
    problems: Vec<Diagnostic>,
    variables: Vec<VariableUse>,
}

impl TransformExplanation {
    pub(super) fn new(of: transform::Outcome, texts: &SettingTexts, event: &str) -> TransformExplanation {
        let (template, event) = (Places::of(&texts.input_template), Places::of(event));
        let text = of.output.clone().unwrap_or_default();
        let output = Places::of(&text);
        let variable = |variable: &transform::VariableUse| VariableUse {
            name: variable.name.clone(),
            path: variable.path.clone(),
            template: template.span(variable.template),
            output: output.span(variable.output),
            event: variable.event.map(|span| event.span(span)),
            missing: variable.missing,
        };
        TransformExplanation {
            delivered: of.output.is_some() && of.problems.is_empty(),
            problems: texts.diagnostics(&of.problems),
            variables: of.variables.iter().map(variable).collect(),
            output: of.output,
        }
    }
}
