//! What a target receives. In: the settings of a target, then events. Out: the exact text that the target gets, or why it
//! gets nothing. It knows no patterns.
//!
//! The rules of substitution are those that explain everything that was recorded from AWS; where AWS is not known the
//! choice is named at the place.

mod fill;
pub mod path;
pub mod problem;
pub mod render;
pub mod settings;
pub mod template;

pub use problem::Problem;
pub use settings::{InputTransformer, Setting, SettingProblem, Settings};

use crate::event::{self, EventError};
use crate::json::{self, Node};
use crate::limits;
use crate::text::Span;
use path::Path;
use std::fmt;
use template::Template;

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
            Form::Template { variables, template } => fill::filled(template, variables, &event, context),
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
