//! AP407: a tag `{{ … }}` that Argo cannot resolve.

use crate::argo::expr::FlawKind;
use crate::diagnostics::{Diagnostic, all_of, nearest};
use crate::source::Span;

rule!("AP407", "unresolved-tag", Error, "a tag that Argo cannot resolve");

/// How a name is written: what to write instead has the same form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `{{name}}`.
    Simple,
    /// Within `{{= … }}`, or in a field that is an expression.
    Expression,
}

impl Form {
    /// A name, as it is to be written.
    pub(crate) fn show(self, name: &str) -> String {
        match self {
            Self::Simple => format!("{{{{{name}}}}}"),
            Self::Expression => crate::argo::expr::indexed(name),
        }
    }

    /// What comes of a name that is not there.
    fn outcome(self) -> &'static str {
        match self {
            Self::Simple => "Argo refuses the template, since it cannot resolve the tag",
            Self::Expression => {
                "Argo does not check expressions: the run would fail, or keep the tag as text"
            }
        }
    }
}

/// A name that no site knows; `instead` is the nearest that this one does.
pub(crate) fn variable(span: Span, name: &str, form: Form, instead: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("Argo has no variable `{name}`"))
        .label("not a variable")
        .note(form.outcome());
    match instead {
        Some(guess) => diagnostic.help(format!("write `{}`", form.show(guess))),
        None => diagnostic.help("see Argo's documentation of workflow variables"),
    }
}

/// A variable in the expression of a retry, which knows how the last try ended and no more.
pub(crate) fn in_retry(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{name}` has no value in the expression of a retry"))
        .label("only `lastRetry` and `retries` are known here")
        .note("Argo does not check expressions: the step would fail instead of being tried again")
        .help(format!("write a tag in quotes, which is put in before: `'{{{{{name}}}}}'`"))
}

/// A simple tag of a variable that is no text, in the condition of a `CronWorkflow`.
pub(crate) fn no_text(span: Span, name: &str) -> Diagnostic {
    let instead = format!("{{{{={}}}}}", Form::Expression.show(name));
    Diagnostic::new(&RULE, span, format!("Argo puts no value in for `{{{{{name}}}}}`"))
        .label("not a text")
        .note("of a CronWorkflow, simple tags know `cronworkflow.name` and `cronworkflow.namespace`, expressions the rest")
        .help(format!("write `{instead}`"))
        .fix(span, instead)
}

/// A variable that exists elsewhere; `place` says where: "in metrics".
pub(crate) fn misplaced(span: Span, name: &str, form: Form, place: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{name}` does not exist here"))
        .label("not known here")
        .note(form.outcome())
        .help(format!("it exists only {place}"))
}

/// The steps of a DAG are `tasks`, those of a steps template `steps`; `is_step` if there is one of
/// the name.
pub(crate) fn wrong_root(
    root: Span,
    name: &str,
    form: Form,
    right: &str,
    is_step: bool,
) -> Diagnostic {
    let (_, rest) = name.split_once('.').unwrap_or_default();
    let instead = format!("{right}.{rest}");
    let diagnostic = Diagnostic::new(
        &RULE,
        root,
        format!("the outputs of steps begin with `{right}.` here, not as in `{name}`"),
    )
    .label(format!("`{right}` here"))
    .note(form.outcome())
    .help(format!("write `{}`", form.show(&instead)));
    if is_step { diagnostic.fix(root, right) } else { diagnostic }
}

/// A step's outputs, read in a template that a step calls.
pub(crate) fn outside(span: Span, name: &str, form: Form) -> Diagnostic {
    let param = name.rsplit('.').next().filter(|last| *last != "result").unwrap_or("value");
    Diagnostic::new(&RULE, span, format!("`{name}` is not known inside a template"))
        .label("not known here")
        .note(form.outcome())
        .note("what other steps give is known where steps are listed, and comes into a template as a param")
        .help(format!("write `{}`, and give the param `{param}` in the step's arguments", form.show(&format!("inputs.parameters.{param}"))))
}

/// A step's state, asked for at the end of a run.
pub(crate) fn at_the_end(span: Span, name: &str, form: Form) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{name}` is not known at the end of a run"))
        .label("not known here")
        .note(form.outcome())
        .help("use the param `failures`, which says what failed and why, or a first exit step that runs the pack `run-steps`")
}

pub(crate) fn item(span: Span, step: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("step `{step}` uses `item` and runs once"))
        .label("no items here")
        .help("give the step `withItems`, `withParam` or `withSequence`")
}

/// `{{item}}` where no step is.
pub(crate) fn item_outside(span: Span, form: Form) -> Diagnostic {
    Diagnostic::new(&RULE, span, "`item` is not known inside a template")
        .label("no items here")
        .note(form.outcome())
        .help(format!(
            "hand the item over in the step's arguments, `value: '{{{{item}}}}'`, and write `{}`",
            form.show("inputs.parameters.NAME")
        ))
}

/// `{{item.x}}` of items that have no key x; `keys` is empty where they are no maps.
pub(crate) fn key(span: Span, key: &str, form: Form, keys: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("the items have no key `{key}`"))
        .label("no such key")
        .note(form.outcome());
    match nearest(key, keys.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{}`", form.show(&format!("item.{guess}")))),
        None if keys.is_empty() => {
            diagnostic.help(format!("they are no maps: write `{}`", form.show("item")))
        }
        None => diagnostic.help(format!("all of them have {}", all_of(keys.iter().copied()))),
    }
}

/// `{{workflow.parameters}}` of a run without any, `{{inputs.parameters}}` of a template without
/// any.
pub(crate) fn no_params(span: Span, name: &str, form: Form) -> Diagnostic {
    let who = if name.starts_with("inputs") {
        "the template has no params"
    } else {
        "the run has no parameters"
    };
    Diagnostic::new(&RULE, span, format!("{who}, so there is no `{name}`"))
        .label("not known here")
        .note(form.outcome())
        .help("take it out")
}

/// A label or annotation that Argo does not know of when it checks a template.
pub(crate) fn label(span: Span, name: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("Argo does not know `{name}` in this template"))
        .label("not known here")
        .note("Argo refuses the template: of a run's labels and annotations it takes for known those that the template's own object has");
    let key = name.splitn(3, '.').nth(2).unwrap_or_default();
    match nearest(key, known.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{}`", name.replace(key, guess))),
        None => diagnostic.help("hand the value over as a param"),
    }
}

/// `workflow.creationTimestamp.x`.
pub(crate) fn time(span: Span, format: &str, form: Form, formats: &[&str]) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{format}` is no format of a time"))
        .label("not a format")
        .note(form.outcome())
        .help(format!("the formats are {}", all_of(formats.iter().copied())))
}

/// `{{inputs.artifacts.x}}` in a program's text.
pub(crate) fn artifact_path(span: Span, name: &str, form: Form) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{name}` is no text: the artifact is a file"))
        .label("not text")
        .note("Argo would leave the tag as it is")
        .help(format!("write `{}` for the file's path", form.show(&format!("{name}.path"))))
}

/// `{{inputs.parameters.{{item}}}}`.
pub(crate) fn nested(span: Span, outer: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, "a tag in a tag")
        .label("Argo looks this up before the inner tag has its value")
        .note("Argo refuses the template, since it cannot resolve the tag")
        .help(format!("write an expression: `{{{{={outer}[NAME]}}}}`"))
}

pub(crate) fn unclosed(span: Span) -> Diagnostic {
    Diagnostic::new(&RULE, span, "`{{` has no `}}`")
        .label("the tag starts here")
        .note("Argo refuses the template")
        .help("end the tag with `}}`")
}

/// An expression that cannot be read.
pub(crate) fn syntax(span: Span, flaw: &FlawKind) -> Diagnostic {
    let (reason, help) = reason(flaw);
    Diagnostic::new(&RULE, span, format!("this expression cannot be read: {reason}"))
        .label("here")
        .note("Argo does not check expressions: the run would fail, or keep the tag as text")
        .help(help)
}

const QUOTES: &str = "strings stand in `'` or `\"` and end on their line";
const BRACKETS: &str =
    "close every bracket; a tag ends at the first `}}`, so put a blank between two `}`";

fn reason(flaw: &FlawKind) -> (String, String) {
    let (reason, help) = match flaw {
        FlawKind::Empty => {
            ("there is nothing in it", "write a value, as in `{{=inputs.parameters.name}}`")
        }
        FlawKind::Detached => (
            "there is a blank before the `=`",
            "write `{{=`, which begins an expression; `{{ =` is a name",
        ),
        FlawKind::OpenString => ("a string has no end", QUOTES),
        FlawKind::OpenComment => ("a comment has no end", "end it with `*/`"),
        FlawKind::Escape => {
            ("a string has an escape that does not exist", "write `\\\\` for a backslash")
        }
        FlawKind::Number => ("a number goes on in letters", "put text in quotes"),
        FlawKind::SingleEquals => ("`=` compares nothing", "write `==`"),
        FlawKind::NoOperator => (
            "an operator is missing before this",
            "join values with `&&`, `||`, `==`, `+` and the like; text stands in quotes",
        ),
        FlawKind::NoOperand => ("a value is missing beside this", "write a value on both sides"),
        FlawKind::Character(c) => {
            return (format!("it cannot have `{c}` in it"), "put text in quotes".to_owned());
        }
        FlawKind::Bracket(c) => return (format!("`{c}` has no counterpart"), BRACKETS.to_owned()),
        FlawKind::Hyphen { instead } => {
            return ("`-` is a minus sign in it".to_owned(), format!("write `{instead}`"));
        }
    };
    (reason.to_owned(), help.to_owned())
}

/// A tag in the text that a Webhook gives to a param.
pub(crate) fn in_event(span: Span, help: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, "an event gives no tags a value")
        .label("Argo would evaluate this in the run")
        .help(help)
}
