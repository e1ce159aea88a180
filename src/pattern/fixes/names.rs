//! Operators that EventBridge does not have, as it would say them.

use super::Rewrite;
use crate::json::{Node, NodeKind, quote};
use crate::operators;
use crate::operators::case::lower;

/// The nearest legal rewrites of `{"name": operand}`.
pub(super) fn rewrites(text: &str, name: &str, operand: &Node) -> Vec<Rewrite> {
    let plain = lower(&name.chars().filter(|c| c.is_alphanumeric()).collect::<String>());
    let written = Written { text, operand };
    if let Some(rewrite) = written.meant(&plain).or_else(|| written.sign(name)) {
        return vec![rewrite];
    }
    near(&plain).map(|name| written.renamed(name)).into_iter().collect()
}

/// The operator whose name is a letter or two away.
fn near(plain: &str) -> Option<&'static str> {
    let distance = |name: &&str| crate::text::distance(&name.replace('-', ""), plain);
    let name = operators::names().min_by_key(distance)?;
    let far = if name.len() < 6 { 1 } else { 2 };
    (distance(&name) <= far).then_some(name)
}

struct Written<'a> {
    text: &'a str,
    operand: &'a Node,
}

impl Written<'_> {
    fn meant(&self, plain: &str) -> Option<Rewrite> {
        match plain {
            "startswith" | "beginswith" | "starts" | "begins" | "startwith" => Some(self.each("prefix")),
            "endswith" | "ends" | "endwith" | "postfix" => Some(self.each("suffix")),
            "contains" | "includes" | "substring" | "contain" => {
                self.wildcard("contains", |text| format!("*{}*", escape(text)))
            }
            "glob" => self.wildcard("glob", str::to_string),
            "like" => self.wildcard("like", |text| escape(text).replace("\\*", "*").replace('%', "*")),
            "regex" | "regexp" | "matches" | "match" | "pattern" => self.regex(),
            "ignorecase" | "iequals" | "equalignorecase" | "caseinsensitive" | "equalscaseinsensitive" => {
                Some(self.each("equals-ignore-case"))
            }
            "equals" | "equal" | "eq" | "is" | "in" | "oneof" | "anyof" | "any" | "value" | "values" => {
                Some(("write the values into the list".to_string(), self.items().join(", ")))
            }
            "exact" | "stringequals" => Some(self.each("exactly")),
            "not" | "notequals" | "notequal" | "ne" | "neq" | "notin" | "nin" | "noneof" | "except" | "isnot" => {
                Some(self.renamed("anything-but"))
            }
            "notprefix" | "notstartswith" => Some(self.under_anything_but("prefix")),
            "notsuffix" | "notendswith" => Some(self.under_anything_but("suffix")),
            "notwildcard" => Some(self.under_anything_but("wildcard")),
            "notequalsignorecase" => Some(self.under_anything_but("equals-ignore-case")),
            "ip" | "iprange" | "ipaddress" | "cidrblock" | "subnet" | "inrange" | "ipaddressinrange" => {
                Some(self.each("cidr"))
            }
            "present" | "defined" | "exist" => Some(self.renamed("exists")),
            "notexists" | "absent" | "missing" | "notexist" => {
                Some(("use `exists`".to_string(), r#"{"exists": false}"#.to_string()))
            }
            "number" | "num" | "range" | "between" => Some(self.renamed("numeric")),
            "gt" | "greaterthan" | "above" => self.compare(">"),
            "gte" | "ge" | "greaterthanorequal" | "min" => self.compare(">="),
            "lt" | "lessthan" | "below" => self.compare("<"),
            "lte" | "le" | "lessthanorequal" | "max" => self.compare("<="),
            _ => None,
        }
    }

    /// A name that is a sign.
    fn sign(&self, name: &str) -> Option<Rewrite> {
        match name {
            ">" | ">=" | "<" | "<=" => self.compare(name),
            "=" | "==" => self.meant("equals"),
            "!=" | "<>" | "!" => self.meant("not"),
            _ => None,
        }
    }

    fn raw(&self, node: &Node) -> String {
        node.span.of(self.text).to_string()
    }

    /// The members of a list, or the one value.
    fn items(&self) -> Vec<String> {
        match &self.operand.kind {
            NodeKind::Array(items) => items.iter().map(|item| self.raw(item)).collect(),
            _ => vec![self.raw(self.operand)],
        }
    }

    fn renamed(&self, name: &str) -> Rewrite {
        (format!("use `{name}`"), format!("{{\"{name}\": {}}}", self.raw(self.operand)))
    }

    /// One element for each member of a list.
    fn each(&self, name: &str) -> Rewrite {
        let elements: Vec<String> = self.items().iter().map(|item| format!("{{\"{name}\": {item}}}")).collect();
        (format!("use `{name}`"), elements.join(", "))
    }

    fn under_anything_but(&self, name: &str) -> Rewrite {
        let operand = self.raw(self.operand);
        (format!("use `anything-but` with `{name}` in it"), format!("{{\"anything-but\": {{\"{name}\": {operand}}}}}"))
    }

    fn compare(&self, sign: &str) -> Option<Rewrite> {
        let number = self.raw(self.operand);
        let number = number.trim_matches('"');
        Some((format!("use `numeric` with `{sign}`"), format!("{{\"numeric\": [\"{sign}\", {number}]}}")))
    }

    fn wildcard(&self, name: &str, shape: impl Fn(&str) -> String) -> Option<Rewrite> {
        let texts = match &self.operand.kind {
            NodeKind::Array(items) => items.iter().map(Node::as_string).collect::<Option<Vec<_>>>()?,
            _ => vec![self.operand.as_string()?],
        };
        let element = |text: &&crate::json::Text| format!("{{\"wildcard\": {}}}", quote(&single(&shape(&text.utf8()))));
        let elements: Vec<String> = texts.iter().map(element).collect();
        Some((format!("say `{name}` with `wildcard`"), elements.join(", ")))
    }

    /// Only what a wildcard can say: text, and `.*` in it.
    fn regex(&self) -> Option<Rewrite> {
        let regex = self.operand.as_string()?.utf8().into_owned();
        let (begin, rest) = regex.strip_prefix('^').map_or(("*", regex.as_str()), |rest| ("", rest));
        let (rest, end) = rest.strip_suffix('$').map_or((rest, "*"), |rest| (rest, ""));
        let mut shape = String::from(begin);
        let mut characters = rest.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '.' if characters.next_if_eq(&'*').is_some() => shape.push('*'),
                '\\' => shape.push_str(&escape(&characters.next().filter(|c| !c.is_alphanumeric())?.to_string())),
                '.' | '[' | ']' | '(' | ')' | '{' | '}' | '|' | '+' | '*' | '?' | '^' | '$' => return None,
                _ => shape.push(character),
            }
        }
        shape.push_str(end);
        Some(("say it with `wildcard`".to_string(), format!("{{\"wildcard\": {}}}", quote(&single(&shape)))))
    }
}

/// As `wildcard` writes text that stands for itself.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('*', "\\*")
}

/// Without two stars side by side.
pub(crate) fn single(shape: &str) -> String {
    let mut out = String::with_capacity(shape.len());
    let mut star = false;
    let mut characters = shape.chars();
    while let Some(character) = characters.next() {
        if character == '*' && star {
            continue;
        }
        star = character == '*';
        out.push(character);
        if character == '\\' {
            out.extend(characters.next());
        }
    }
    out
}
