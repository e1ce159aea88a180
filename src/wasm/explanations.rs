//! The shapes of `types.ts` that only authors ask for.

use super::dto::{Json, Places, SettingTexts, severity};
use crate::text::Span;
use crate::{codes, explain, transform};

/// A code and what it means.
pub(super) fn code(of: &codes::Code) -> Json {
    let mut json = Json::default();
    json.open('{'); // CodeDescription
    json.key("code").text(of.name);
    json.key("severity").text(severity(of.severity));
    json.key("subject").text(of.subject.name());
    json.key("what").text(of.what);
    json.key("why").text(of.why);
    let filled = |text: &'static str| Some(text).filter(|text| !text.is_empty());
    json.optional("example", filled(of.example));
    json.optional("fixed", filled(of.fixed));
    json.optional("event", filled(of.event));
    json.close('}');
    json
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
