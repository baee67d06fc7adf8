//! The table of field facts: which fields Argo Workflows 3.6 to 4.1 and Argo Events 1.9 accept, of
//! which type, in which versions.
//!
//! The table is `facts.txt`, written by `scripts/field-facts.py` from the JSON Schemas that Argo
//! publishes and from corrections of what these are known to get wrong. The script's docstring
//! describes the format.
//!
//! The text is indexed by type when it is first asked for; the fields of a type are read when that
//! type is first met, since most runs meet a tenth of them.

mod bounds;
mod read;
mod version;

use std::sync::{LazyLock, OnceLock};

pub(crate) use bounds::{Bounds, Width};
pub use version::Version;

use super::value_forms::Form;
use crate::tree::Entry;

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Type {
    /// Text.
    Str,
    /// A whole number.
    Int(Width),
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// Text, a number or a boolean, which Argo reads as text.
    Scalar,
    /// Anything.
    Any,
    /// A whole number, or text: a percentage, the name of a port, or an expression.
    IntOrString(Width),
    /// A Kubernetes quantity: a number, or text such as `100m` or `2Gi`.
    Quantity,
    /// A list of one type.
    List(Box<Type>),
    /// A map from any key to one type.
    Map(Box<Type>),
    /// An object with known fields.
    Object(TypeId),
    /// A whole object of any kind, which it names itself.
    Resource,
}

/// A type of the table, by its place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TypeId(u16);

impl TypeId {
    /// The facts of the type.
    pub(crate) fn facts(self) -> &'static TypeFacts {
        // Ids are made by the table itself, for the types that it has.
        &types()[usize::from(self.0)]
    }
}

/// What is known of one field of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldFacts {
    /// The field's name, as it is written in a manifest.
    pub name: &'static str,
    /// What the field holds.
    pub ty: Type,
    /// The first version from which the field may not be left out; none if it always may.
    pub required_since: Option<Version>,
    /// The values accepted, of the items if it is a list; empty if any are. An empty string, which
    /// stands for absent, is not listed.
    pub enum_values: Vec<&'static str>,
    /// The first version that has the field: [`Version::OLDEST`] if all have it, as for what only
    /// Argo Events has.
    pub since: Version,
    /// The first version that no longer has the field; none if the newest has it.
    pub until: Option<Version>,
    /// The numbers accepted, within those that the type can hold.
    pub range: Bounds,
    /// How many items a list may have.
    pub items: Bounds,
    /// The form of the text, of the items if it is a list, of the values if it is a map.
    pub form: Option<Form>,
    /// The form of the keys of a map.
    pub key_form: Option<Form>,
    /// Whether the empty string counts as a value where one is required.
    pub may_be_empty: bool,
    /// Whether it holds a part of its type only, so that nothing is required in it.
    pub is_part: bool,
    /// Whether it excludes the other fields of its type that are alternatives.
    pub alternative: Option<Alternative>,
}

/// What a type wants of those of its fields that exclude each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alternative {
    AtMostOne,
    ExactlyOne,
}

impl FieldFacts {
    /// Whether `version` has the field.
    pub(crate) fn exists_in(&self, version: Version) -> bool {
        self.since <= version && self.until.is_none_or(|until| version < until)
    }

    /// Whether `version` has the field and wants it present.
    pub(crate) fn required_in(&self, version: Version) -> bool {
        self.exists_in(version) && self.required_since.is_some_and(|since| since <= version)
    }
}

/// What is known of one type of object.
#[derive(Debug)]
pub(crate) struct TypeFacts {
    /// The type's name in the table: that of a kind, or the last part of the schema's, with
    /// `events.` or `k8s.` before it where it would clash.
    pub name: &'static str,
    /// The lines of the table with its fields.
    text: &'static str,
    fields: OnceLock<Fields>,
}

/// The fields of a type, read.
#[derive(Debug, Default)]
struct Fields {
    /// Sorted by name.
    all: Vec<FieldFacts>,
    /// The head of each one's name, in the same order: see [`head`].
    heads: Vec<u64>,
    /// The places of those that some version requires.
    required: Vec<u16>,
    /// The names of those of which exactly one must be there.
    alternatives: Vec<&'static str>,
}

impl TypeFacts {
    /// Whether a map could be meant as one of this type: it knows most of the keys.
    pub(crate) fn resembles(&self, entries: &[Entry]) -> bool {
        let known = entries.iter().filter(|entry| self.field(&entry.key.text).is_some()).count();
        entries.is_empty() || known * 2 > entries.len()
    }

    /// The fields of all versions, sorted by name.
    pub(crate) fn fields(&self) -> &[FieldFacts] {
        &self.read().all
    }

    /// The field of this name, in whichever version.
    pub(crate) fn field(&self, name: &str) -> Option<&FieldFacts> {
        self.find(name).map(|(_, field)| field)
    }

    /// The field of this name and its place among all.
    pub(crate) fn find(&self, name: &str) -> Option<(usize, &FieldFacts)> {
        let Fields { all, heads, .. } = self.read();
        let wanted = head(name);
        let mut at = heads.partition_point(|head| *head < wanted);
        while *heads.get(at)? == wanted {
            let field = all.get(at)?;
            // Names of equal heads differ in what follows, if anything does.
            let (known, asked) = (field.name.as_bytes(), name.as_bytes());
            if known.len() == asked.len() && (asked.len() <= 8 || known[8..] == asked[8..]) {
                return Some((at, field));
            }
            at += 1;
        }
        None
    }

    /// The fields that `version` requires, each with its place among all.
    pub(crate) fn required_in(
        &self,
        version: Version,
    ) -> impl Iterator<Item = (usize, &FieldFacts)> {
        let Fields { all, required, .. } = self.read();
        let fields = required.iter().map(|at| usize::from(*at)).map(|at| (at, &all[at]));
        fields.filter(move |(_, field)| field.required_in(version))
    }

    /// The names of the fields of which exactly one must be there; empty if there are none such.
    pub(crate) fn alternatives(&self) -> &[&'static str] {
        &self.read().alternatives
    }

    fn read(&self) -> &Fields {
        self.fields.get_or_init(|| {
            // The embedded table can be read: a test holds it to that.
            let all = read::fields(self.text, &|name| find(types(), name)).unwrap_or_default();
            let heads = all.iter().map(|field| head(field.name)).collect();
            let places = (0u16..).zip(&all).filter(|(_, field)| field.required_since.is_some());
            let required = places.map(|(at, _)| at).collect();
            let is_needed =
                |field: &&FieldFacts| field.alternative == Some(Alternative::ExactlyOne);
            let alternatives = all.iter().filter(is_needed).map(|field| field.name).collect();
            Fields { all, heads, required, alternatives }
        })
    }
}

/// The first eight bytes of a name as a number, which is compared faster than text is. Heads are in
/// the order of their names.
fn head(name: &str) -> u64 {
    let bytes = name.bytes().chain(std::iter::repeat(0)).take(8);
    match name.as_bytes().first_chunk() {
        Some(bytes) => u64::from_be_bytes(*bytes),
        None => bytes.fold(0, |packed, byte| packed << 8 | u64::from(byte)),
    }
}

/// All types, sorted by name.
pub(crate) fn types() -> &'static [TypeFacts] {
    static TABLE: LazyLock<Vec<TypeFacts>> = LazyLock::new(|| read::index(TEXT));
    &TABLE
}

/// The facts of the type of this name, which may be a kind: `Workflow`, `Template`,
/// `events.Template`.
pub(crate) fn type_named(name: &str) -> Option<&'static TypeFacts> {
    find(types(), name).map(TypeId::facts)
}

const TEXT: &str = include_str!("facts.txt");

fn find(types: &[TypeFacts], name: &str) -> Option<TypeId> {
    let at = types.binary_search_by(|known| known.name.cmp(name)).ok()?;
    u16::try_from(at).ok().map(TypeId)
}

#[cfg(test)]
mod tests;
