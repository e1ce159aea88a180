//! The shapes of `types.ts` that only authors ask for.

use super::dto::{Json, Places, SettingTexts, severity};
use crate::text::Span;
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

/// Why a pattern matches an event, or why not.
pub(super) fn pattern(of: &explain::Explanation, pattern: &str, event: &str) -> Json {
    let (pattern, event) = (Places::of(pattern), Places::of(event));
    let mut json = Json::default();
    json.open('{'); // Explanation
    json.key("matches").flag(of.matches);
    json.key("summary").text(&of.summary);
    node(json.key("root"), &of.root, &pattern, &event);
    if let Some(nearest) = &of.nearest {
        json.key("nearest").open('{'); // NearestMiss
        json.key("paths").list(&nearest.paths, |json, path| json.text(path));
        json.key("message").text(&nearest.message);
        if let Some(fix) = &nearest.in_event {
            json.key("inEvent").fix(fix, &event);
        }
        if let Some(fix) = &nearest.in_pattern {
            json.key("inPattern").fix(fix, &pattern);
        }
        json.close('}');
    }
    json.close('}');
    json
}

fn node(json: &mut Json, of: &explain::Node, pattern: &Places<'_>, event: &Places<'_>) {
    json.open('{'); // ExplanationNode
    json.span(of.span, pattern);
    json.key("kind").text(match of.kind {
        explain::Kind::And => "and",
        explain::Kind::Or => "or",
        explain::Kind::Field => "field",
        explain::Kind::Test => "test",
    });
    json.key("matches").flag(of.matches);
    json.key("code").text(of.code);
    json.key("message").text(&of.message);
    json.optional("path", of.path.as_deref());
    if !of.values.is_empty() {
        json.key("values").list(&of.values, |json, seen| {
            json.open('{'); // ValueSeen
            json.span(seen.span, event);
            json.key("text").text(&seen.text);
            json.key("accepted").flag(seen.accepted);
            json.close('}');
        });
    }
    if !of.hints.is_empty() {
        json.key("hints").list(&of.hints, |json, hint| {
            json.open('{'); // Hint
            json.key("code").text(hint.code);
            json.key("message").text(&hint.message);
            json.close('}');
        });
    }
    if !of.children.is_empty() {
        json.key("children").list(&of.children, |json, child| node(json, child, pattern, event));
    }
    json.close('}');
}

/// What the placeholders of a template became.
pub(super) fn target(of: &transform::Outcome, texts: &SettingTexts, event: &str) -> Json {
    let (template, event) = (Places::of(&texts.input_template), Places::of(event));
    let output = Places::of(of.output.as_deref().unwrap_or_default());
    let mut json = Json::default();
    json.open('{'); // TransformExplanation
    json.key("delivered").flag(of.output.is_some() && of.problems.is_empty());
    json.optional("output", of.output.as_deref());
    json.key("problems").raw(texts.diagnostics(&of.problems).as_str());
    json.key("variables").list(&of.variables, |json, variable| {
        json.open('{'); // VariableUse
        json.key("name").text(&variable.name);
        json.optional("path", variable.path.as_deref());
        place(json, "template", variable.template, &template);
        place(json, "output", variable.output, &output);
        if let Some(span) = variable.event {
            place(json, "event", span, &event);
        }
        json.key("missing").flag(variable.missing);
        json.close('}');
    });
    json.close('}');
    json
}

fn place(json: &mut Json, name: &str, span: Span, places: &Places<'_>) {
    json.key(name).open('{'); // a TextSpan
    json.span(span, places);
    json.close('}');
}
