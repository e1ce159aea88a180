//! Tokens to yes or no, each asked for when the reference asks for it, and judged in its order.

use super::Read;
use super::reader::{Reader, Token};
use crate::json::{Node, NodeKind, Text};
use crate::operators::{Operator, anything_but, cidr, wildcard};
use crate::pattern::parse::RESERVED;
use crate::text::Span;
use crate::value::Number;

/// What the reader is inside of. A row of these stands for calls inside of calls, so that no nesting is too deep.
enum Level {
    Object {
        empty: bool,
        in_or: InOr,
    },
    /// The array of `$or`: how many objects it has.
    Alternatives(usize),
}

/// Is this object an alternative of `$or`, or inside of one?
#[derive(Clone, Copy, PartialEq)]
enum InOr {
    Yes,
    No,
}

/// Reads a pattern to its last brace; what follows is not looked at.
pub(super) fn check(reader: &mut Reader<'_>) -> Read<()> {
    if reader.next()? != Token::StartObject {
        return reader.refuse("Filter is not an object");
    }
    let mut levels = vec![Level::Object { empty: true, in_or: InOr::No }];
    while let Some(level) = levels.last_mut() {
        let inner = match level {
            Level::Object { empty, in_or } => member(reader, empty, *in_or)?,
            Level::Alternatives(count) => alternative(reader, count)?,
        };
        match inner {
            Step::Into(level) => levels.push(level),
            Step::On => {}
            Step::Out => {
                levels.pop();
            }
        }
    }
    Ok(())
}

enum Step {
    Into(Level),
    On,
    Out,
}

fn member(reader: &mut Reader<'_>, empty: &mut bool, in_or: InOr) -> Read<Step> {
    if reader.next()? == Token::EndObject {
        return if *empty { reader.refuse("Empty objects are not allowed") } else { Ok(Step::Out) };
    }
    *empty = false;
    let key = reader.words()?;
    if key == "$or" {
        if reader.next()? != Token::StartArray {
            return reader.refuse("It must be an Array followed with $or.");
        }
        return Ok(Step::Into(Level::Alternatives(0)));
    }
    if in_or == InOr::Yes && RESERVED.contains(&key.as_str()) {
        return reader.refuse(format!("{key} is Ruler reserved fieldName which cannot be used inside $or."));
    }
    match reader.next()? {
        Token::StartObject => Ok(Step::Into(Level::Object { empty: true, in_or })),
        Token::StartArray => tests(reader).map(|()| Step::On),
        _ => reader.refuse(format!("\"{key}\" must be an object or an array")),
    }
}

fn alternative(reader: &mut Reader<'_>, count: &mut usize) -> Read<Step> {
    match reader.next()? {
        Token::StartObject => {
            *count += 1;
            Ok(Step::Into(Level::Object { empty: true, in_or: InOr::Yes }))
        }
        Token::EndArray if *count < 2 => reader.refuse("There must have at least 2 Objects in $or relationship."),
        Token::EndArray => Ok(Step::Out),
        _ => reader.refuse("Only JSON object is allowed in array of $or relationship."),
    }
}

fn tests(reader: &mut Reader<'_>) -> Read<()> {
    let mut empty = true;
    loop {
        match reader.next()? {
            Token::EndArray if empty => return reader.refuse("Empty arrays are not allowed"),
            Token::EndArray => return Ok(()),
            Token::StartObject => operator(reader)?,
            Token::StartArray => return reader.refuse("Match value must be String, number, true, false, or null"),
            _ => {}
        }
        empty = false;
    }
}

const ONE_KEY: &str = "Only one key allowed in match expression";
const TOO_MANY: &str = "Too many elements in numeric expression";

fn operator(reader: &mut Reader<'_>) -> Read<()> {
    if reader.next()? != Token::Name {
        return reader.refuse("Match expression name not found");
    }
    let name = reader.words()?;
    match name.as_str() {
        "exactly" => drop(string(reader, "exact")?),
        "equals-ignore-case" => drop(string(reader, "equals-ignore-case")?),
        "prefix" => affix(reader, "prefix", "Prefix")?,
        "suffix" => affix(reader, "suffix", "Suffix")?,
        "wildcard" => {
            let shape = string(reader, "wildcard")?;
            has_shape(reader, &shape)?;
        }
        "cidr" => range_of_addresses(reader)?,
        "exists" => exists(reader)?,
        "numeric" => numeric(reader)?,
        "anything-but" => anything_but(reader)?,
        _ => return reader.refuse(format!("Unrecognized match type {name}")),
    }
    last(reader, if matches!(name.as_str(), "numeric" | "anything-but") { TOO_MANY } else { ONE_KEY })
}

/// The object ends here.
fn last(reader: &mut Reader<'_>, otherwise: &str) -> Read<()> {
    if reader.next()? == Token::EndObject { Ok(()) } else { reader.refuse(otherwise) }
}

/// The next token is a string: what it says.
fn string(reader: &mut Reader<'_>, name: &str) -> Read<String> {
    reader.next()?;
    this_string(reader, name)
}

/// The token is a string: what it says.
fn this_string(reader: &mut Reader<'_>, name: &str) -> Read<String> {
    if reader.token() == Token::String {
        reader.words()
    } else {
        reader.refuse(format!("{name} match pattern must be a string"))
    }
}

fn exists(reader: &mut Reader<'_>) -> Read<()> {
    match reader.next()? {
        Token::True | Token::False => Ok(()),
        _ => reader.refuse("exists match pattern must be either true or false."),
    }
}

/// The reference says `prefix` here too, and of what is no range it does not say where it is.
fn range_of_addresses(reader: &mut Reader<'_>) -> Read<()> {
    let range = string(reader, "prefix")?;
    match fault(&cidr::OPERATOR, NodeKind::String(Text::from(range.as_str()))) {
        Some(fault) => reader.refuse_bare(fault),
        None => Ok(()),
    }
}

fn affix(reader: &mut Reader<'_>, name: &str, capital: &str) -> Read<()> {
    if reader.next()? != Token::StartObject {
        return this_string(reader, name).map(drop);
    }
    if reader.next()? != Token::Name {
        return reader.refuse(format!("{capital} expression name not found"));
    }
    let inner = reader.words()?;
    if inner != "equals-ignore-case" {
        return reader.refuse(format!("Unsupported {name} pattern: {inner}"));
    }
    string(reader, "equals-ignore-case")?;
    last(reader, ONE_KEY)
}

fn has_shape(reader: &Reader<'_>, shape: &str) -> Read<()> {
    match fault(&wildcard::OPERATOR, NodeKind::String(Text::from(shape))) {
        Some(fault) => reader.refuse(fault),
        None => Ok(()),
    }
}

/// What our own operator has against a value, in the words of the reference.
fn fault(operator: &Operator, value: NodeKind) -> Option<String> {
    let mut problems = Vec::new();
    (operator.parse)(&Node { span: Span::default(), kind: value }, &mut problems);
    problems.into_iter().next()?.aws_message
}

fn numeric(reader: &mut Reader<'_>) -> Read<()> {
    if reader.next()? != Token::StartArray {
        return reader.refuse("Value of numeric must be an array.");
    }
    let first = reader.next()?;
    let sign = reader.words()?;
    if first != Token::String {
        return reader.refuse(format!("Invalid member in numeric match: {sign}"));
    }
    reader.next()?;
    match sign.as_str() {
        "=" => upper(reader, "equals"),
        "<" | "<=" => upper(reader, &sign),
        ">" | ">=" => lower(reader, &sign),
        _ => reader.refuse(format!("Unrecognized numeric range operator: {sign}")),
    }
}

/// The token is a number: its text.
fn number(reader: &mut Reader<'_>, sign: &str) -> Read<String> {
    if reader.token() == Token::Number {
        reader.words()
    } else {
        reader.refuse(format!("Value of {sign} must be numeric"))
    }
}

/// One number and the end.
fn upper(reader: &mut Reader<'_>, sign: &str) -> Read<()> {
    let bound = number(reader, sign)?;
    if reader.next()? != Token::EndArray {
        return reader.refuse(TOO_MANY);
    }
    amount(reader, bound).map(drop)
}

/// A lower bound, and the end or an upper bound.
fn lower(reader: &mut Reader<'_>, sign: &str) -> Read<()> {
    let low = number(reader, sign)?;
    let next = reader.next()?;
    if next == Token::EndArray {
        return amount(reader, low).map(drop);
    }
    let sign = reader.words()?;
    if next != Token::String {
        return reader.refuse(format!("Bad value in numeric range: {sign}"));
    }
    if !matches!(sign.as_str(), "<" | "<=") {
        return reader.refuse(format!("Bad numeric range operator: {sign}"));
    }
    reader.next()?;
    let high = number(reader, &sign)?;
    if reader.next()? != Token::EndArray {
        return reader.refuse("Too many terms in numeric range expression");
    }
    if amount(reader, low)? >= amount(reader, high)? {
        return reader.refuse("Bottom must be less than top");
    }
    Ok(())
}

fn amount(reader: &Reader<'_>, number: String) -> Read<f64> {
    comparable(reader, number).map_err(|answer| reader.placed(answer))
}

/// The amount of a number; the answer is without a place.
fn comparable(reader: &Reader<'_>, number: String) -> Read<f64> {
    match Number::new(number.as_str()).amount() {
        Some(amount) => Ok(amount),
        None => reader.refuse_bare(fault(&anything_but::OPERATOR, NodeKind::Number(number)).unwrap_or_default()),
    }
}

/// What stands under `anything-but`, between it and its values.
#[derive(Clone, Copy, PartialEq)]
enum Under {
    Nothing,
    Affix,
    IgnoreCase,
    Wildcard,
}

fn anything_but(reader: &mut Reader<'_>) -> Read<()> {
    if reader.next()? != Token::StartObject {
        return values(reader, Under::Nothing);
    }
    if reader.next()? != Token::Name {
        return reader.refuse("Anything-But expression name not found");
    }
    let name = reader.words()?;
    let under = match name.as_str() {
        "prefix" | "suffix" => Under::Affix,
        "equals-ignore-case" => Under::IgnoreCase,
        "wildcard" => Under::Wildcard,
        _ => return reader.refuse(format!("Unsupported anything-but pattern: {name}")),
    };
    reader.next()?;
    values(reader, under)?;
    last(reader, TOO_MANY)
}

/// The token is a value, or the start of a list of values.
fn values(reader: &mut Reader<'_>, under: Under) -> Read<()> {
    let members = match reader.token() {
        // Whatever ends the reading of a list has the place added to it, which it mostly has already.
        Token::StartArray => list(reader, under).map_err(|answer| reader.placed(answer))?,
        Token::String | Token::Number => vec![value(reader, under)?],
        _ => return reader.refuse("Value of anything-but must be an array or single string/number value."),
    };
    let strings = members.iter().flatten().count();
    if under == Under::Nothing && (members.is_empty() || (1..members.len()).contains(&strings)) {
        return reader
            .refuse("Inside anything but list, either all values are number or string, mixed type is not supported");
    }
    if under == Under::Wildcard {
        members.into_iter().flatten().try_for_each(|shape| has_shape(reader, &shape))?;
    }
    Ok(())
}

fn list(reader: &mut Reader<'_>, under: Under) -> Read<Vec<Option<String>>> {
    let mut members = Vec::new();
    while reader.next()? != Token::EndArray {
        members.push(value(reader, under)?);
    }
    Ok(members)
}

/// The token is one of the values: what it says if it is a string, `None` for a number.
fn value(reader: &mut Reader<'_>, under: Under) -> Read<Option<String>> {
    let token = reader.token();
    match (token, under) {
        (Token::String, _) => {
            let text = reader.words()?;
            if under == Under::Affix && text.is_empty() {
                return reader.refuse("Null prefix/suffix not allowed");
            }
            Ok(Some(text))
        }
        (Token::Number, Under::Nothing) => {
            let number = reader.words()?;
            comparable(reader, number).map(|_| None)
        }
        (_, Under::Nothing) => reader.refuse("Inside anything but list, start|null|boolean is not supported."),
        (_, Under::Affix) => reader.refuse("prefix/suffix match pattern must be a string"),
        (_, Under::IgnoreCase) => {
            reader.refuse("Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.")
        }
        (_, Under::Wildcard) => reader.refuse("wildcard match pattern must be a string"),
    }
}
