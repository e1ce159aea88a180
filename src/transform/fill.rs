//! Values into templates: what each placeholder becomes, and whether JSON comes out.

use super::path::Path;
use super::problem::Problem;
use super::render;
use super::settings::{Setting, SettingProblem};
use super::template::{self, Kind, Placeholder, Template};
use super::{Context, Outcome, Variable, VariableUse};
use crate::json::{self, Node, NodeKind};
use crate::limits::OUTPUT_LENGTH;
use crate::text::{Span, part};

/// Fills a template with values of an event.
pub(super) fn filled(template: &Template, variables: &[Variable], event: &Node, context: &Context) -> Outcome {
    let mut filling = Filling { variables, event, context, outcome: Outcome::default() };
    let mut output = String::new();
    let mut at = 0;
    for placeholder in &template.placeholders {
        output.push_str(part(&template.text, at..placeholder.span.start as usize));
        filling.put(placeholder, template.kind, &mut output);
        at = placeholder.span.end as usize;
        if output.len() > OUTPUT_LENGTH {
            let problem = SettingProblem::new(Setting::InputTemplate, &Problem::OutputTooLong, placeholder.span);
            return Outcome { problems: vec![problem], ..Outcome::default() };
        }
    }
    output.push_str(part(&template.text, at..));
    if template.kind == Kind::Json && filling.outcome.problems.is_empty() {
        filling.outcome.problems.extend(not_json(template, &output));
    } else if template.kind == Kind::Json && template::whole_json(&output).is_empty() {
        // What looked dangerous came out as JSON all the same, and JSON is delivered.
        filling.outcome.problems.clear();
    }
    filling.outcome.output = Some(output);
    filling.outcome
}

/// A template being filled.
struct Filling<'a> {
    variables: &'a [Variable],
    event: &'a Node,
    context: &'a Context,
    outcome: Outcome,
}

/// A value on its way into a template.
enum Filler {
    /// A string: its characters, and itself as JSON.
    Text { characters: String, json: String },
    /// Anything else: its JSON, and what it is.
    Json(String, &'static str),
    /// Nothing.
    Missing,
}

impl Filling<'_> {
    fn put(&mut self, placeholder: &Placeholder, kind: Kind, output: &mut String) {
        let (filler, event, path) = self.filler(&placeholder.name);
        let start = output.len();
        let missing = matches!(filler, Filler::Missing);
        match (kind, placeholder.quoted, filler) {
            (Kind::Json, false, Filler::Missing) => output.push_str("\"\""),
            (_, _, Filler::Missing) => {}
            (Kind::Json, false, Filler::Text { json, .. } | Filler::Json(json, _)) => output.push_str(&json),
            (Kind::Text, _, Filler::Text { characters, .. }) => output.push_str(&characters),
            // AWS-validated: all double quotes go, those of keys and of values.
            (Kind::Text, _, Filler::Json(json, _)) => output.push_str(&json.replace('"', "")),
            (Kind::Json, true, Filler::Text { characters, .. }) => {
                if characters.contains(|c: char| c == '"' || c == '\\' || c < ' ') {
                    self.lost(&Problem::QuotedNeedsEscape(placeholder.name.clone()), placeholder);
                }
                output.push_str(&characters);
            }
            (Kind::Json, true, Filler::Json(json, what)) => {
                if json.contains('"') {
                    self.lost(&Problem::QuotedBreaksJson { name: placeholder.name.clone(), what }, placeholder);
                }
                output.push_str(&json);
            }
        }
        let output = Span::new(start, output.len());
        let name = placeholder.name.clone();
        self.outcome.variables.push(VariableUse { name, path, template: placeholder.span, output, event, missing });
    }

    fn lost(&mut self, problem: &Problem, placeholder: &Placeholder) {
        self.outcome.problems.push(SettingProblem::new(Setting::InputTemplate, problem, placeholder.span));
    }

    /// The value, where it stands in the event, and its path.
    fn filler(&self, name: &str) -> (Filler, Option<Span>, Option<String>) {
        if let Some(variable) = self.variables.iter().rev().find(|variable| variable.name == name) {
            let path = Some(variable.text.clone());
            return match variable.path.select(self.event) {
                None => (Filler::Missing, None, path),
                Some(node) => {
                    let span = Some(node.span).filter(|span| *span != Span::default());
                    (filler(&node), span, path)
                }
            };
        }
        let text = |text: &str| Filler::Text { characters: text.to_string(), json: json::quote(text) };
        let filler = match name {
            "aws.events.rule-name" => text(&self.context.rule_name),
            "aws.events.rule-arn" => text(&self.context.rule_arn),
            "aws.events.event.ingestion-time" => self.ingestion_time(),
            "aws.events.event" => Filler::Json(render::without_detail(self.event), "an object"),
            _ => Filler::Json(render::whole_event(self.event), "an object"),
        };
        (filler, None, None)
    }

    fn ingestion_time(&self) -> Filler {
        if let Some(time) = &self.context.ingestion_time {
            return Filler::Text { characters: time.clone(), json: json::quote(time) };
        }
        let time = Path::parse("$.time").ok().and_then(|path| path.select(self.event).map(|node| filler(&node)));
        time.unwrap_or_else(|| Filler::Text { characters: String::new(), json: json::quote("") })
    }
}

fn filler(node: &Node) -> Filler {
    let json = render::compact(node);
    match &node.kind {
        NodeKind::String(text) => Filler::Text { characters: text.utf8().into_owned(), json },
        _ => Filler::Json(json, node.what()),
    }
}

/// The whole output is no JSON although no variable is to blame by itself.
fn not_json(template: &Template, output: &str) -> Option<SettingProblem> {
    let first = template::whole_json(output).into_iter().next()?;
    let problem = Problem::OutputNotJson(first.message);
    Some(SettingProblem::new(Setting::InputTemplate, &problem, Span::new(0, template.text.len())))
}
