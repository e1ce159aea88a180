//! What a target receives. In: the settings of a target, then events. Out: the exact text that the target gets, or why it
//! gets nothing. It knows no patterns.
//!
//! The rules of substitution are those that explain everything that was recorded from AWS; where AWS is not known the
//! choice is named at the place.

pub mod path;
pub mod problem;
pub mod render;
pub mod settings;
pub mod template;

pub use problem::Problem;
pub use settings::{InputTransformer, Setting, SettingProblem, Settings};

use crate::event::{self, EventError};
use crate::json::{self, Node, NodeKind};
use crate::limits;
use crate::text::Span;
use path::Path;
use std::fmt;
use template::{Kind, Placeholder, Template};

/// The input of a target, ready to be applied to events.
///
/// ```
/// use eventbridge_rules::transform::{Context, InputTransformer, Settings, TargetInput};
/// let settings = Settings {
///     input_transformer: Some(InputTransformer {
///         input_paths_map: vec![("who".into(), "$.detail.name".into())],
///         input_template: Some(r#"{"hello": <who>}"#.into()),
///     }),
///     ..Settings::default()
/// };
/// let target = TargetInput::new(settings)?;
/// assert_eq!(target.apply(r#"{"detail": {"name": "Ada"}}"#, &Context::default())?, r#"{"hello": "Ada"}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct TargetInput(Form);

#[derive(Clone, Debug)]
enum Form {
    Event,
    Constant(String),
    Part { path: Path, text: String },
    Template { variables: Vec<Variable>, template: Template },
}

/// A variable of `InputPathsMap`.
#[derive(Clone, Debug)]
struct Variable {
    name: String,
    path: Path,
    text: String,
}

/// What the reserved variables become.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// `<aws.events.rule-name>`
    pub rule_name: String,
    /// `<aws.events.rule-arn>`
    pub rule_arn: String,
    /// `<aws.events.event.ingestion-time>`; the event's `time` if there is none.
    pub ingestion_time: Option<String>,
}

/// Why PutTargets would refuse settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransformError {
    /// All problems.
    pub problems: Vec<SettingProblem>,
}

impl fmt::Display for TransformError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "target input is not valid: {}", first(&self.problems))
    }
}

impl std::error::Error for TransformError {}

fn first(problems: &[SettingProblem]) -> String {
    let place = |p: &SettingProblem| p.setting.name().map_or(String::new(), |name| format!(" (in `{name}`)"));
    problems.first().map_or(String::new(), |p| format!("{}{}", p.diagnostic.message, place(p)))
}

/// Why nothing was delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApplyError {
    /// The event is none.
    Event(EventError),
    /// EventBridge would accept the settings and drop the event without a word.
    Undeliverable {
        /// Why.
        problems: Vec<SettingProblem>,
        /// What would have come out.
        output: Option<String>,
    },
}

impl fmt::Display for ApplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ApplyError::Event(error) => error.fmt(f),
            ApplyError::Undeliverable { problems, .. } => write!(f, "nothing would be delivered: {}", first(problems)),
        }
    }
}

impl std::error::Error for ApplyError {}

/// A placeholder of a template and what it became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableUse {
    /// The name.
    pub name: String,
    /// Its path; none for a reserved variable.
    pub path: Option<String>,
    /// The placeholder in the template.
    pub template: Span,
    /// The value in the output.
    pub output: Span,
    /// The value in the event, if it is one value of it.
    pub event: Option<Span>,
    /// Did its path select nothing?
    pub missing: bool,
}

/// What comes out of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The text; none if there is nothing to deliver.
    pub output: Option<String>,
    /// Why it would not be delivered.
    pub problems: Vec<SettingProblem>,
    /// What the placeholders became.
    pub variables: Vec<VariableUse>,
}

/// Every problem of settings. Never fails.
pub fn lint(settings: &Settings) -> Vec<SettingProblem> {
    read(settings).1
}

impl TargetInput {
    /// Reads settings that PutTargets would accept.
    ///
    /// # Errors
    /// If PutTargets would refuse them.
    pub fn new(settings: Settings) -> Result<TargetInput, TransformError> {
        match read(&settings) {
            (Some(form), problems) if problems.is_empty() => Ok(TargetInput(form)),
            (_, problems) => Err(TransformError { problems }),
        }
    }

    /// The exact text that the target receives for an event.
    ///
    /// # Errors
    /// If the event is none, or if EventBridge would drop it.
    pub fn apply(&self, event: impl AsRef<[u8]>, context: &Context) -> Result<String, ApplyError> {
        let outcome = self.explain(event, context).map_err(ApplyError::Event)?;
        match outcome.output {
            Some(output) if outcome.problems.is_empty() => Ok(output),
            output => Err(ApplyError::Undeliverable { problems: outcome.problems, output }),
        }
    }

    /// The same with what every placeholder became, and why nothing would be delivered.
    ///
    /// # Errors
    /// If the event is none.
    pub fn explain(&self, event: impl AsRef<[u8]>, context: &Context) -> Result<Outcome, EventError> {
        let text = event::text(event.as_ref())?;
        let event = event::tree(text)?;
        Ok(match &self.0 {
            Form::Event => Outcome { output: Some(render::compact(&event)), ..Outcome::default() },
            Form::Constant(input) => Outcome { output: Some(input.clone()), ..Outcome::default() },
            Form::Part { path, text } => part(path, text, &event),
            Form::Template { variables, template } => Filling::of(template, variables, &event, context),
        })
    }
}

fn part(path: &Path, text: &str, event: &Node) -> Outcome {
    let Some(selected) = path.select(event) else {
        let problem = Problem::SelectsNothing(text.to_string());
        let problems = vec![SettingProblem::new(Setting::InputPath, &problem, Span::new(0, text.len()))];
        return Outcome { problems, ..Outcome::default() };
    };
    Outcome { output: Some(render::compact(&selected)), ..Outcome::default() }
}

/// The settings in their one form, and all their problems.
fn read(settings: &Settings) -> (Option<Form>, Vec<SettingProblem>) {
    let mut problems = Vec::new();
    let given = [settings.input.is_some(), settings.input_path.is_some(), settings.input_transformer.is_some()];
    if given.iter().filter(|given| **given).count() > 1 {
        problems.push(SettingProblem::new(Setting::Whole, &Problem::MoreThanOne, Span::default()));
    }
    let mut form = Some(Form::Event);
    if let Some(input) = &settings.input {
        form = Some(Form::Constant(input.clone()));
        problems.extend(input_problems(input));
    }
    if let Some(text) = &settings.input_path {
        let (path, found) = read_path(text);
        problems.extend(found.into_iter().map(|(p, span)| SettingProblem::new(Setting::InputPath, &p, span)));
        form = path.map(|path| Form::Part { path, text: text.clone() });
    }
    if let Some(transformer) = &settings.input_transformer {
        form = read_transformer(transformer, &mut problems);
    }
    (form, problems)
}

fn input_problems(input: &str) -> Vec<SettingProblem> {
    let mut problems = Vec::new();
    if let Some(first) = template::whole_json(input).into_iter().next() {
        let problem = Problem::InputNotJson(first.message);
        problems.push(SettingProblem::new(Setting::Input, &problem, first.span));
    }
    problems.extend(too_long("Input", Setting::Input, input));
    problems
}

fn too_long(name: &'static str, setting: Setting, text: &str) -> Option<SettingProblem> {
    let (at, _) = text.char_indices().nth(limits::INPUT_LENGTH)?;
    Some(SettingProblem::new(setting, &Problem::TooLong(name), Span::new(at, text.len())))
}

fn read_path(text: &str) -> (Option<Path>, Vec<(Problem, Span)>) {
    let mut problems = Vec::new();
    if let Some((at, _)) = text.char_indices().nth(limits::INPUT_PATH_LENGTH) {
        problems.push((Problem::PathTooLong, Span::new(at, text.len())));
    }
    match Path::parse(text) {
        Ok(path) => (Some(path), problems),
        Err((fault, span)) => {
            problems.push((Problem::PathSyntax(fault), span));
            (None, problems)
        }
    }
}

fn read_transformer(transformer: &InputTransformer, problems: &mut Vec<SettingProblem>) -> Option<Form> {
    let mut variables = Vec::new();
    let entries = &transformer.input_paths_map;
    if entries.len() > limits::INPUT_PATHS {
        let problem = Problem::TooManyPaths(entries.len());
        problems.push(SettingProblem::new(Setting::InputPathsMap, &problem, Span::default()));
    }
    // Where each entry stands when the map is written as JSON.
    let mut at = 1;
    for (name, text) in entries {
        let (key, value) = (json::quote(name), json::quote(text));
        let key_span = Span::new(at, at + key.len());
        at += key.len() + 1;
        if !variable_name(name) {
            let problem = Problem::VariableName(name.clone());
            problems.push(SettingProblem::new(Setting::InputPathsMap, &problem, key_span));
        }
        let (path, found) = read_path(text);
        for (problem, span) in found {
            // Inside of the quotes; paths that need escapes are refused anyway, as a whole if they have any.
            let inside = Span { start: at as u32 + 1 + span.start, end: at as u32 + 1 + span.end };
            let span = if value.len() == text.len() + 2 { inside } else { Span::new(at, at + value.len()) };
            problems.push(SettingProblem::new(Setting::InputPathsMap, &problem, span));
        }
        at += value.len() + 1;
        variables.extend(path.map(|path| Variable { name: name.clone(), path, text: text.clone() }));
    }
    let Some(text) = transformer.input_template.as_ref().filter(|text| !text.is_empty()) else {
        problems.push(SettingProblem::new(Setting::InputTemplate, &Problem::TemplateMissing, Span::default()));
        return None;
    };
    let template = Template::parse(text);
    let found = template.problems(|name| entries.iter().any(|(known, _)| known == name));
    problems.extend(found.into_iter().map(|diagnostic| SettingProblem { setting: Setting::InputTemplate, diagnostic }));
    problems.extend(too_long("InputTemplate", Setting::InputTemplate, text));
    Some(Form::Template { variables, template })
}

fn variable_name(name: &str) -> bool {
    let characters = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    characters && (1..=limits::VARIABLE_NAME_LENGTH).contains(&name.len())
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
    fn of(template: &Template, variables: &[Variable], event: &Node, context: &Context) -> Outcome {
        let mut filling = Filling { variables, event, context, outcome: Outcome::default() };
        let mut output = String::new();
        let mut at = 0;
        for placeholder in &template.placeholders {
            output.push_str(&template.text[at..placeholder.span.start as usize]);
            filling.put(placeholder, template.kind, &mut output);
            at = placeholder.span.end as usize;
        }
        output.push_str(&template.text[at..]);
        if template.kind == Kind::Json && filling.outcome.problems.is_empty() {
            filling.outcome.problems.extend(not_json(template, &output));
        } else if template.kind == Kind::Json && template::whole_json(&output).is_empty() {
            // What looked dangerous came out as JSON all the same, and JSON is delivered.
            filling.outcome.problems.clear();
        }
        filling.outcome.output = Some(output);
        filling.outcome
    }

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
