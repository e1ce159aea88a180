//! The settings of a target that say what it receives, as PutTargets has them; read from JSON with their problems.

use super::problem::Problem;
use crate::diagnostic::{Diagnostic, Problem as _};
use crate::json::{self, Member, Node, NodeKind};
use crate::text::Span;

/// What a target receives. At most one of the three; the whole event if none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// A constant.
    pub input: Option<String>,
    /// A part of the event.
    pub input_path: Option<String>,
    /// A template.
    pub input_transformer: Option<InputTransformer>,
}

/// A template and its variables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InputTransformer {
    /// Names and paths, in their order.
    pub input_paths_map: Vec<(String, String)>,
    /// The template.
    pub input_template: Option<String>,
}

/// Which text the place of a problem is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// None of the texts: the settings as a whole.
    Whole,
    /// `Input`
    Input,
    /// `InputPath`
    InputPath,
    /// `InputPathsMap`, as JSON without white space
    InputPathsMap,
    /// `InputTemplate`
    InputTemplate,
}

impl Setting {
    /// As AWS calls it; `None` for the whole.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Setting::Whole => None,
            Setting::Input => Some("Input"),
            Setting::InputPath => Some("InputPath"),
            Setting::InputPathsMap => Some("InputPathsMap"),
            Setting::InputTemplate => Some("InputTemplate"),
        }
    }
}

/// A problem, and the setting that it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingProblem {
    /// The setting.
    pub setting: Setting,
    /// The problem, with its place in the text of that setting.
    pub diagnostic: Diagnostic,
}

impl SettingProblem {
    pub(super) fn new(setting: Setting, problem: &Problem, span: Span) -> SettingProblem {
        SettingProblem { setting, diagnostic: problem.at(span) }
    }
}

/// The other settings of a target of PutTargets, which do not concern its input.
const OTHERS: [&str; 16] = [
    "Id",
    "Arn",
    "RoleArn",
    "KinesisParameters",
    "RunCommandParameters",
    "EcsParameters",
    "BatchParameters",
    "SqsParameters",
    "HttpParameters",
    "RedshiftDataParameters",
    "SageMakerPipelineParameters",
    "DeadLetterConfig",
    "RetryPolicy",
    "AppSyncParameters",
    "EventBusName",
    "Rule",
];

const KNOWN: [&str; 5] = ["Input", "InputPath", "InputTransformer", "InputPathsMap", "InputTemplate"];

impl Settings {
    /// Reads settings from JSON such as `{"InputPath": "$.detail"}`. The other settings of a target may be there too.
    /// What is of the wrong type is left out and named in the problems.
    ///
    /// ```
    /// use eventbridge_rules::transform::Settings;
    /// let (settings, problems) = Settings::from_json(r#"{"InputPath": "$.detail", "Arn": "…"}"#);
    /// assert!(problems.is_empty());
    /// assert_eq!(settings.input_path.as_deref(), Some("$.detail"));
    /// ```
    pub fn from_json(text: &str) -> (Settings, Vec<SettingProblem>) {
        let (node, broken) = json::parse(text);
        let whole = |diagnostic| SettingProblem { setting: Setting::Whole, diagnostic };
        let mut reader = Reader { problems: broken.into_iter().map(whole).collect() };
        let mut settings = Settings::default();
        for member in reader.members("a target", &node) {
            let key = member.key.utf8();
            match key.as_ref() {
                "Input" => settings.input = reader.string("Input", &member.value),
                "InputPath" => settings.input_path = reader.string("InputPath", &member.value),
                "InputTransformer" if matches!(member.value.kind, NodeKind::Null) => {}
                "InputTransformer" => settings.input_transformer = Some(reader.transformer(&member.value)),
                key if OTHERS.contains(&key) => {}
                _ => reader.unknown(member),
            }
        }
        (settings, reader.problems)
    }
}

struct Reader {
    problems: Vec<SettingProblem>,
}

impl Reader {
    fn report(&mut self, problem: &Problem, span: Span) {
        self.problems.push(SettingProblem::new(Setting::Whole, problem, span));
    }

    fn members<'a>(&mut self, name: &str, node: &'a Node) -> &'a [Member] {
        match &node.kind {
            NodeKind::Object(members) => members,
            NodeKind::Missing => &[],
            _ => {
                self.wrong_type(name, "an object", node);
                &[]
            }
        }
    }

    /// `null` is as good as nothing: it is what SDKs send for a setting that is not there.
    fn string(&mut self, name: &str, node: &Node) -> Option<String> {
        match &node.kind {
            NodeKind::String(text) => Some(text.utf8().into_owned()),
            NodeKind::Null | NodeKind::Missing => None,
            _ => {
                self.wrong_type(name, "a string", node);
                None
            }
        }
    }

    fn transformer(&mut self, node: &Node) -> InputTransformer {
        let mut transformer = InputTransformer::default();
        for member in self.members("InputTransformer", node) {
            let key = member.key.utf8();
            match key.as_ref() {
                "InputTemplate" => transformer.input_template = self.string("InputTemplate", &member.value),
                "InputPathsMap" if matches!(member.value.kind, NodeKind::Null) => {}
                "InputPathsMap" => {
                    for entry in self.members("InputPathsMap", &member.value) {
                        let name = entry.key.utf8().into_owned();
                        let path = self.string(&format!("InputPathsMap.{name}"), &entry.value);
                        transformer.input_paths_map.extend(path.map(|path| (name, path)));
                    }
                }
                _ => self.unknown(member),
            }
        }
        transformer
    }

    fn wrong_type(&mut self, name: &str, wants: &'static str, node: &Node) {
        let problem = Problem::WrongType { setting: name.to_string(), wants, got: node.what() };
        self.report(&problem, node.span);
    }

    fn unknown(&mut self, member: &Member) {
        let key = member.key.utf8().into_owned();
        let letters = |text: &str| text.bytes().filter(|b| !matches!(b, b'-' | b'_')).collect::<Vec<u8>>();
        let plain = |text: &str| letters(text).to_ascii_lowercase();
        let near = |name: &&&str| {
            let (a, b) = (plain(name), plain(&key));
            a == b || (a.len().abs_diff(b.len()) <= 2 && a.get(..6) == b.get(..6) && a.last() == b.last())
        };
        let meant = KNOWN.iter().find(near).copied();
        self.report(&Problem::UnknownSetting { key, meant }, member.key_span);
    }
}
