//! Reads the text of the table.

use std::sync::OnceLock;

use super::{Alternative, Bounds, FieldFacts, Form, Type, TypeFacts, TypeId, Version, Width};

/// Finds a type by name.
type Find<'f> = &'f dyn Fn(&str) -> Option<TypeId>;

/// The types of a table with their fields still as text: a line that is not indented begins one.
pub(super) fn index(text: &'static str) -> Vec<TypeFacts> {
    let mut types = Vec::new();
    let mut rest = text;
    while let Some(end) = rest.find('\n') {
        let (line, below) = (&rest[..end], &rest[end + 1..]);
        let fields = &below[..below_first(below)];
        rest = &below[fields.len()..];
        if !line.starts_with('#') {
            types.push(TypeFacts { name: line, text: fields, fields: OnceLock::new() });
        }
    }
    types
}

/// How many bytes of a text its leading indented lines have.
fn below_first(text: &str) -> usize {
    if !text.starts_with(' ') {
        return 0;
    }
    let bytes = text.as_bytes();
    let is_end = |pair: &[u8]| pair[0] == b'\n' && pair[1] != b' ';
    bytes.windows(2).position(is_end).map_or(bytes.len(), |at| at + 1)
}

/// Reads the fields of one type; the error says which line of them is wrong.
pub(super) fn fields(text: &'static str, find: Find) -> Result<Vec<FieldFacts>, String> {
    let read = |(at, line)| field(line, find).map_err(|reason| format!("line {at}: {reason}"));
    (1..).zip(text.lines()).map(read).collect()
}

fn field(line: &'static str, find: Find) -> Result<FieldFacts, String> {
    let mut words = line.split_ascii_whitespace();
    let (Some(name), Some(ty)) = (words.next(), words.next()) else {
        return Err("a field has a name and a type".to_owned());
    };
    let mut field = FieldFacts {
        name,
        ty: type_of(ty, find)?,
        required_since: None,
        enum_values: Vec::new(),
        since: Version::OLDEST,
        until: None,
        range: Bounds::default(),
        items: Bounds::default(),
        form: None,
        key_form: None,
        may_be_empty: false,
        is_part: false,
        alternative: None,
    };
    for word in words {
        flag(&mut field, word)?;
    }
    field.required_since = field.required_since.map(|required| required.max(field.since));
    Ok(field)
}

fn type_of(text: &str, find: Find) -> Result<Type, String> {
    if let Some(item) = text.strip_prefix("[]") {
        return Ok(Type::List(Box::new(type_of(item, find)?)));
    }
    if let Some(item) = text.strip_prefix("{}") {
        return Ok(Type::Map(Box::new(type_of(item, find)?)));
    }
    if let Some(name) = text.strip_prefix('@') {
        return find(name).map(Type::Object).ok_or_else(|| format!("unknown type {name}"));
    }
    Ok(match text {
        "str" => Type::Str,
        "int32" => Type::Int(Width::Int32),
        "int64" => Type::Int(Width::Int64),
        "uint64" => Type::Int(Width::Uint64),
        "num" => Type::Number,
        "bool" => Type::Bool,
        "scalar" => Type::Scalar,
        "any" => Type::Any,
        "intstr" => Type::IntOrString(Width::Int32),
        "int64str" => Type::IntOrString(Width::Int64),
        "quantity" => Type::Quantity,
        "object" => Type::Resource,
        _ => return Err(format!("unknown type {text}")),
    })
}

fn flag(field: &mut FieldFacts, flag: &'static str) -> Result<(), String> {
    if let Some(values) = flag.strip_prefix('=') {
        field.enum_values = values.split('|').collect();
    } else if let Some(version) = flag.strip_prefix('<') {
        field.until = Some(version.parse()?);
    } else if flag == "!" {
        field.required_since = Some(Version::OLDEST);
    } else if let Some(version) = flag.strip_prefix('!').and_then(|rest| rest.strip_suffix('+')) {
        field.required_since = Some(version.parse()?);
    } else if let Some(version) = flag.strip_suffix('+') {
        field.since = version.parse()?;
    } else {
        return value_flag(field, flag);
    }
    Ok(())
}

/// What is known of a field's values.
fn value_flag(field: &mut FieldFacts, flag: &str) -> Result<(), String> {
    let form = |name| Form::named(name).ok_or_else(|| format!("unknown form {name}"));
    if let Some(name) = flag.strip_prefix('~') {
        field.form = Some(form(name)?);
    } else if let Some(name) = flag.strip_prefix('^') {
        field.key_form = Some(form(name)?);
    } else if let Some(bounds) = flag.strip_prefix('#') {
        field.items = bounds.parse()?;
    } else if flag == "''" {
        field.may_be_empty = true;
    } else if flag == "|" || flag == "|!" {
        let is_needed = flag == "|!";
        field.alternative =
            Some(if is_needed { Alternative::ExactlyOne } else { Alternative::AtMostOne });
    } else if flag == "?" {
        field.is_part = true;
    } else if flag.contains("..") {
        field.range = flag.parse()?;
    } else {
        return Err(format!("unknown flag {flag}"));
    }
    Ok(())
}
