//! The shapes of `types.ts`, made from those of the core. Positions turn from bytes into UTF-16 here, and nowhere else.

use crate::diagnostic::{self, Severity};
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
    pub(super) fn new(of: &diagnostic::Fix, places: &Places<'_>) -> Fix {
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

pub(super) fn severity(of: Severity) -> &'static str {
    match of {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
        Severity::Hint => "hint",
    }
}

/// The texts of the settings of a target, in which places are counted.
pub(super) struct SettingTexts {
    input: String,
    input_path: String,
    input_paths_map: String,
    pub(super) input_template: String,
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
