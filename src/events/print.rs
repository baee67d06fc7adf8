//! Event expressions as the parameters of a Sensor's trigger. Templates are Go's, with sprig's
//! functions; the data is under `.Input`.

use super::field::quoted;
use super::sources::{Piece, Source, sources};
use super::{CONTROL, EventExpr, Field};
use crate::model::Text;
use crate::names::{EMPTY, MARK_DIGITS, Slug};
use crate::source::Span;
use crate::tree::{Map, Node};

/// How times are written in an event's envelope: RFC 3339.
const TIME: &str = "2006-01-02T15:04:05Z07:00";

/// The parameters that write an expression's value to one place of a trigger's resource, one after
/// the other; `span` is where the expression is written. A template that comes to nothing gives empty text, and no failure: `value` is what
/// Argo Events falls back to.
pub(crate) fn parameters(expr: &EventExpr, span: Span, dependency: &Text, dest: &str) -> Vec<Map> {
    let text = |text: String| Node::text(text, span);
    let parameter = |(at, source): (usize, &Source)| {
        let from = Map::new().with("dependencyName", dependency);
        let from = match source {
            Source::Data(pieces) => {
                from.with("dataTemplate", text(template(pieces))).with("value", "")
            }
            Source::Context(pieces) => from.with("contextTemplate", text(template(pieces))),
            Source::Constant(constant) => from.with("value", text(constant.clone())),
        };
        Map::new()
            .with("src", from)
            .with("dest", dest.to_owned())
            .with_some("operation", (at > 0).then_some("append"))
    };
    sources(expr).iter().enumerate().map(parameter).collect()
}

fn template(pieces: &[Piece]) -> String {
    pieces.iter().map(piece).collect()
}

fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Literal(text) => literal(text),
        Piece::Text(field) => text(field),
        Piece::Slug(field, slug) => self::slug(field, slug),
        Piece::Time => format!("{{{{ .Input.time | toDate {} | unixEpoch }}}}", quoted(TIME)),
        Piece::Date => format!(
            "{{{{ dateInZone \"20060102\" (.Input.time | toDate {}) \"UTC\" }}}}",
            quoted(TIME)
        ),
    }
}

/// Text for itself: braces that would open an action, by themselves or with those that follow, are
/// put into one.
fn literal(text: &str) -> String {
    let end = text.trim_end_matches('{').len();
    let (mut out, mut at) = (String::new(), 0);
    while let Some(offset) = text[at..].find('{') {
        let start = at + offset;
        let length = text[start..].len() - text[start..].trim_start_matches('{').len();
        let braces = &text[start..start + length];
        out.push_str(&text[at..start]);
        if length > 1 || start >= end {
            let action = format!("{{{{ {} }}}}", quoted(braces));
            out.push_str(&action);
        } else {
            out.push_str(braces);
        }
        at = start + length;
    }
    out + &text[at..]
}

/// As `super::harmless` does it.
fn harmless(operand: &str) -> String {
    let control = quoted(CONTROL);
    format!("regexReplaceAll {control} ({operand} | replace \"{{\" \"{{ \") \"?\"")
}

fn text(field: &Field) -> String {
    let operand = field.operand();
    if !field.is_any() {
        return format!("{{{{ {} }}}}", harmless(&operand));
    }
    let text = harmless("kindIs \"string\" $v | ternary $v (toJson $v)");
    format!(
        "{{{{ $v := {operand} }}}}{{{{ if not (kindIs \"invalid\" $v) }}}}{{{{ {text} }}}}{{{{ end }}}}"
    )
}

/// As [`Slug::of`] does it.
fn slug(field: &Field, slug: &Slug) -> String {
    let (operand, limit) = (field.operand(), slug.limit);
    let dashed = |text: &str| format!("regexReplaceAll \"[^A-Za-z0-9]+\" {text} \"-\"");
    let cut = format!("lower | trunc {limit} | trimAll \"-\" | default \"{EMPTY}\"");
    let Some(salt) = &slug.mark else {
        return format!("{{{{ {} | {cut} }}}}", dashed(&format!("({operand})")));
    };
    let hashed =
        if salt.is_empty() { "$t".to_owned() } else { format!("(print {} $t)", quoted(salt)) };
    let kept = format!("$s | trunc {} | trimAll \"-\"", slug.kept());
    format!(
        "{{{{ $t := {operand} }}}}{{{{ $s := {} | {cut} }}}}{{{{ if eq $s $t }}}}{{{{ $s }}}}{{{{ else }}}}\
         {{{{ {kept} }}}}-{{{{ sha1sum {hashed} | trunc {MARK_DIGITS} }}}}{{{{ end }}}}",
        dashed("$t")
    )
}
