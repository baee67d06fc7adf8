//! The table of field facts: which fields Argo Workflows 3.6 to 4.1 and Argo Events 1.9 accept, of which type, in which versions.
//!
//! The table is `facts.txt`, written by `scripts/field-facts.py` from the JSON Schemas that Argo publishes and from corrections of what
//! these are known to get wrong. The script's docstring describes the format.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// A minor version of Argo Workflows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    major: u16,
    minor: u16,
}

impl Version {
    /// The versions that the table tells apart, oldest first.
    pub const ALL: [Self; 4] = [Self::new(3, 6), Self::new(3, 7), Self::new(4, 0), Self::new(4, 1)];
    /// The oldest version that the table covers.
    pub const OLDEST: Self = Self::ALL[0];

    /// The version `major.minor`.
    pub const fn new(major: u16, minor: u16) -> Self {
        Self { major, minor }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

impl FromStr for Version {
    type Err = String;

    /// Reads `major.minor`; whether the table covers it is not asked.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |part: &str| part.parse::<u16>().ok();
        text.split_once('.')
            .and_then(|(major, minor)| Some(Self::new(number(major)?, number(minor)?)))
            .ok_or_else(|| format!("{text:?} is not a version like 4.1"))
    }
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Text.
    Str,
    /// A whole number.
    Int,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// Text, a number or a boolean, which Argo reads as text.
    Scalar,
    /// Anything.
    Any,
    /// A whole number, or text: a percentage, the name of a port, or an expression.
    IntOrString,
    /// A Kubernetes quantity: a number, or text such as `100m` or `2Gi`.
    Quantity,
    /// A list of one type.
    List(Box<Type>),
    /// A mapping from any key to one type.
    Map(Box<Type>),
    /// An object with known fields; the name is for [`type_named`].
    Object(&'static str),
}

impl Type {
    /// The facts of the objects that this type holds, directly or in lists and maps.
    pub fn object(&self) -> Option<&'static TypeFacts> {
        match self {
            Self::List(item) | Self::Map(item) => item.object(),
            Self::Object(name) => type_named(name),
            _ => None,
        }
    }

    fn referred(&self) -> Option<&'static str> {
        match self {
            Self::List(item) | Self::Map(item) => item.referred(),
            Self::Object(name) => Some(name),
            _ => None,
        }
    }

    fn parse(text: &'static str) -> Option<Self> {
        if let Some(item) = text.strip_prefix("[]") {
            return Some(Self::List(Box::new(Self::parse(item)?)));
        }
        if let Some(item) = text.strip_prefix("{}") {
            return Some(Self::Map(Box::new(Self::parse(item)?)));
        }
        if let Some(name) = text.strip_prefix('@') {
            return Some(Self::Object(name));
        }
        Some(match text {
            "str" => Self::Str,
            "int" => Self::Int,
            "num" => Self::Number,
            "bool" => Self::Bool,
            "scalar" => Self::Scalar,
            "any" => Self::Any,
            "intstr" => Self::IntOrString,
            "quantity" => Self::Quantity,
            _ => return None,
        })
    }
}

/// What is known of one field of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFacts {
    /// The field's name, as it is written in a manifest.
    pub name: &'static str,
    /// What the field holds.
    pub ty: Type,
    /// The first version from which the field may not be left out; none if it always may.
    pub required_since: Option<Version>,
    /// The values accepted, of the items if it is a list; empty if any are. An empty string, which stands for absent, is not listed.
    pub enum_values: Vec<&'static str>,
    /// The first version that has the field: [`Version::OLDEST`] if all have it, as for what only Argo Events has.
    pub since: Version,
    /// The first version that no longer has the field; none if the newest has it.
    pub until: Option<Version>,
}

impl FieldFacts {
    /// Whether `version` has the field.
    pub fn exists_in(&self, version: Version) -> bool {
        self.since <= version && self.until.is_none_or(|until| version < until)
    }

    /// Whether `version` has the field and wants it present.
    pub fn required_in(&self, version: Version) -> bool {
        self.exists_in(version) && self.required_since.is_some_and(|since| since <= version)
    }

    fn parse(line: &'static str) -> Result<Self, String> {
        let mut words = line.split_ascii_whitespace();
        let (Some(name), Some(ty)) = (words.next(), words.next()) else {
            return Err("a field has a name and a type".to_owned());
        };
        let ty = Type::parse(ty).ok_or_else(|| format!("unknown type {ty}"))?;
        let mut field = Self {
            name,
            ty,
            required_since: None,
            enum_values: Vec::new(),
            since: Version::OLDEST,
            until: None,
        };
        for flag in words {
            field.flag(flag)?;
        }
        field.required_since = field.required_since.map(|required| required.max(field.since));
        Ok(field)
    }

    fn flag(&mut self, flag: &'static str) -> Result<(), String> {
        if let Some(values) = flag.strip_prefix('=') {
            self.enum_values = values.split('|').collect();
        } else if let Some(version) = flag.strip_prefix('<') {
            self.until = Some(version.parse()?);
        } else if flag == "!" {
            self.required_since = Some(Version::OLDEST);
        } else if let Some(version) = flag.strip_prefix('!').and_then(|rest| rest.strip_suffix('+'))
        {
            self.required_since = Some(version.parse()?);
        } else if let Some(version) = flag.strip_suffix('+') {
            self.since = version.parse()?;
        } else {
            return Err(format!("unknown flag {flag}"));
        }
        Ok(())
    }
}

/// What is known of one type of object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeFacts {
    /// The type's name in the table: that of a kind, or the last part of the schema's, with `events.` or `k8s.` before it where it would
    /// clash.
    pub name: &'static str,
    fields: Vec<FieldFacts>,
}

impl TypeFacts {
    /// The fields of all versions, sorted by name.
    pub fn fields(&self) -> &[FieldFacts] {
        &self.fields
    }

    /// The field of this name, in whichever version.
    pub fn field(&self, name: &str) -> Option<&FieldFacts> {
        let index = self.fields.binary_search_by(|field| field.name.cmp(name)).ok()?;
        self.fields.get(index)
    }
}

/// All types, sorted by name.
pub fn types() -> &'static [TypeFacts] {
    // The embedded table parses: a test holds it to that.
    static TABLE: LazyLock<Vec<TypeFacts>> = LazyLock::new(|| parse(TEXT).unwrap_or_default());
    &TABLE
}

/// The facts of the type of this name, which may be a kind: `Workflow`, `Template`, `events.Template`.
pub fn type_named(name: &str) -> Option<&'static TypeFacts> {
    find(types(), name)
}

const TEXT: &str = include_str!("facts.txt");

fn find<'a>(types: &'a [TypeFacts], name: &str) -> Option<&'a TypeFacts> {
    let index = types.binary_search_by(|known| known.name.cmp(name)).ok()?;
    types.get(index)
}

/// Reads a table; the error says which line is wrong, or which type.
fn parse(text: &'static str) -> Result<Vec<TypeFacts>, String> {
    let mut types: Vec<TypeFacts> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        read_line(line, &mut types).map_err(|reason| format!("line {}: {reason}", index + 1))?;
    }
    check_references(&types)?;
    Ok(types)
}

fn read_line(line: &'static str, types: &mut Vec<TypeFacts>) -> Result<(), String> {
    if line.starts_with('#') {
        return Ok(());
    }
    let last = types.last_mut();
    if !line.starts_with(' ') {
        check_name(last.map(|known| known.name), line)?;
        types.push(TypeFacts { name: line, fields: Vec::new() });
        return Ok(());
    }
    let owner = last.ok_or("a field before the first type")?;
    let field = FieldFacts::parse(line)?;
    check_name(owner.fields.last().map(|known| known.name), field.name)?;
    owner.fields.push(field);
    Ok(())
}

/// Lookup halves a sorted list, so the order is part of the format.
fn check_name(before: Option<&str>, name: &str) -> Result<(), String> {
    if name.is_empty() || name.contains(char::is_whitespace) {
        return Err(format!("{name:?} is not a name"));
    }
    match before {
        Some(before) if before >= name => Err(format!("{name} after {before}")),
        _ => Ok(()),
    }
}

fn check_references(types: &[TypeFacts]) -> Result<(), String> {
    for (owner, field) in
        types.iter().flat_map(|owner| owner.fields.iter().map(move |field| (owner, field)))
    {
        if let Some(name) = field.ty.referred().filter(|name| find(types, name).is_none()) {
            return Err(format!("{}.{}: unknown type {name}", owner.name, field.name));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
