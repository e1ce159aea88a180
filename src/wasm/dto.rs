//! The shapes of `types.ts`, made from those of the core. Positions turn from bytes into UTF-16 here, and nowhere else.

use crate::codes;
use crate::diagnostic::{self, Severity};
use crate::explain;
use crate::json::quote;
use crate::text::{LineIndex, Span};
use crate::transform::{self, Setting, SettingProblem};
use serde::Serialize;

/// Converts the positions of one text.
pub(super) struct Places<'a>(LineIndex<'a>);

impl<'a> Places<'a> {
    pub(super) fn of(text: &'a str) -> Places<'a> {
        Places(LineIndex::new(text))
    }

    pub(super) fn span(&self, span: Span) -> TextSpan {
        let position = |at| {
            let position = self.0.position(at);
            Position { line: position.line, character: position.character }
        };
        TextSpan {
            from: self.0.utf16(span.start),
            to: self.0.utf16(span.end),
            range: Range { start: position(span.start), end: position(span.end) },
        }
    }
}

#[derive(Serialize)]
pub(super) struct Position {
    line: u32,
    character: u32,
}

#[derive(Serialize)]
pub(super) struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
pub(super) struct TextSpan {
    from: u32,
    to: u32,
    range: Range,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TextEdit {
    #[serde(flatten)]
    span: TextSpan,
    new_text: String,
}

#[derive(Serialize)]
pub(super) struct Fix {
    title: String,
    edits: Vec<TextEdit>,
}

impl Fix {
    fn new(of: &diagnostic::Fix, places: &Places<'_>) -> Fix {
        let edit = |edit: &diagnostic::Edit| TextEdit { span: places.span(edit.span), new_text: edit.text.clone() };
        Fix { title: of.title.clone(), edits: of.edits.iter().map(edit).collect() }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Diagnostic {
    #[serde(flatten)]
    span: TextSpan,
    severity: &'static str,
    code: &'static str,
    source: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    aws_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    setting: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
}

impl Diagnostic {
    pub(super) fn new(of: &diagnostic::Diagnostic, places: &Places<'_>) -> Diagnostic {
        Diagnostic {
            span: places.span(of.span),
            severity: severity(of.severity),
            code: of.code,
            source: "eventbridge-rules",
            message: of.message.clone(),
            aws_message: of.aws_message.clone(),
            setting: None,
            fixes: of.fixes.iter().map(|fix| Fix::new(fix, places)).collect(),
        }
    }

    pub(super) fn all(of: &[diagnostic::Diagnostic], text: &str) -> Vec<Diagnostic> {
        let places = Places::of(text);
        of.iter().map(|problem| Diagnostic::new(problem, &places)).collect()
    }
}

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

fn severity(of: Severity) -> &'static str {
    match of {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
        Severity::Hint => "hint",
    }
}

/// What is thrown. `api.ts` makes an `Error` of it.
#[derive(Serialize)]
pub(super) struct Failure {
    pub(super) kind: &'static str,
    pub(super) message: String,
    pub(super) diagnostics: Vec<Diagnostic>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) output: Option<String>,
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

/// The texts of the settings of a target, in which places are counted.
pub(super) struct SettingTexts {
    input: String,
    input_path: String,
    input_paths_map: String,
    input_template: String,
    /// The settings as a whole, as JSON.
    whole: String,
}

impl SettingTexts {
    pub(super) fn of(settings: &transform::Settings, whole: &str) -> SettingTexts {
        let transformer = settings.input_transformer.clone().unwrap_or_default();
        let entry = |(name, path): &(String, String)| format!("{}:{}", quote(name), quote(path));
        let entries: Vec<String> = transformer.input_paths_map.iter().map(entry).collect();
        SettingTexts {
            input: settings.input.clone().unwrap_or_default(),
            input_path: settings.input_path.clone().unwrap_or_default(),
            input_paths_map: format!("{{{}}}", entries.join(",")),
            input_template: transformer.input_template.unwrap_or_default(),
            whole: whole.to_string(),
        }
    }

    fn text(&self, setting: Setting) -> &str {
        match setting {
            Setting::Whole => &self.whole,
            Setting::Input => &self.input,
            Setting::InputPath => &self.input_path,
            Setting::InputPathsMap => &self.input_paths_map,
            Setting::InputTemplate => &self.input_template,
        }
    }

    pub(super) fn diagnostics(&self, problems: &[SettingProblem]) -> Vec<Diagnostic> {
        let diagnostic = |problem: &SettingProblem| {
            let places = Places::of(self.text(problem.setting));
            Diagnostic { setting: problem.setting.name(), ..Diagnostic::new(&problem.diagnostic, &places) }
        };
        problems.iter().map(diagnostic).collect()
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
