//! The filters and tests of expressions: minijinja's own, but for those whose result can be far
//! larger than what they are given.

use std::sync::LazyLock;

use minijinja::value::Kwargs;
use minijinja::{Environment, Error, UndefinedBehavior, Value};

/// Filters whose result is no larger than their input, or whose growth [`growth`] knows.
const FILTERS: &[&str] = &[
    "abs",
    "attr",
    "bool",
    "capitalize",
    "count",
    "d",
    "default",
    "dictsort",
    "first",
    "float",
    "int",
    "items",
    "join",
    "last",
    "length",
    "lines",
    "list",
    "lower",
    "max",
    "min",
    "replace",
    "reverse",
    "round",
    "sort",
    "split",
    "string",
    "title",
    "trim",
    "unique",
    "upper",
];

/// Tests that can be asked with `is`: all of minijinja's that need no list of filters or tests.
const TESTS: &[&str] = &[
    "boolean",
    "defined",
    "divisibleby",
    "endingwith",
    "eq",
    "equalto",
    "even",
    "false",
    "float",
    "ge",
    "greaterthan",
    "gt",
    "in",
    "int",
    "integer",
    "iterable",
    "le",
    "lessthan",
    "lower",
    "lt",
    "mapping",
    "ne",
    "none",
    "number",
    "odd",
    "sequence",
    "startingwith",
    "string",
    "true",
    "undefined",
    "upper",
];

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment
});

/// The names of all filters.
pub(super) fn filters() -> &'static [&'static str] {
    FILTERS
}

/// The names of all tests.
pub(super) fn tests() -> &'static [&'static str] {
    TESTS
}

/// Whether a filter or test is for values that may not be there.
pub(super) fn takes_undefined(name: &str) -> bool {
    matches!(name, "d" | "default" | "defined" | "undefined")
}

/// Arguments as a filter takes them: those by position, the value first, then those by name.
pub(super) fn arguments(mut all: Vec<Value>, named: Vec<(&str, Value)>) -> Vec<Value> {
    if !named.is_empty() {
        all.push(named.into_iter().collect::<Kwargs>().into());
    }
    all
}

/// How many bytes a filter gives out beyond what it is given.
pub(super) fn growth(filter: &str, arguments: &[Value]) -> usize {
    let text = |at: usize| arguments.get(at).and_then(Value::as_str).unwrap_or_default();
    match filter {
        "replace" => {
            let places = text(0).len() / text(1).len().max(1) + 1;
            places.saturating_mul(text(2).len())
        }
        "join" => {
            let items = arguments.first().and_then(|list| list.try_iter().ok());
            let longest = arguments.iter().skip(1).map(|value| value.to_string().len()).max();
            items.map_or(0, Iterator::count).saturating_mul(longest.unwrap_or_default())
        }
        _ => 0,
    }
}

/// Applies a filter of [`filters`].
pub(super) fn filter(name: &str, arguments: &[Value]) -> Result<Value, Error> {
    ENVIRONMENT.empty_state().apply_filter(name, arguments)
}

/// Asks a test of [`tests`].
pub(super) fn test(name: &str, arguments: &[Value]) -> Result<bool, Error> {
    ENVIRONMENT.empty_state().perform_test(name, arguments)
}

/// Does what an operator does: `operation` is an expression over `a`, `b`, `c` and `d`, which stand
/// for the operands in order.
pub(super) fn operate(operation: &str, operands: &[&Value]) -> Result<Value, Error> {
    let named = ["a", "b", "c", "d"].into_iter().zip(operands.iter().map(|value| (*value).clone()));
    ENVIRONMENT.compile_expression(operation)?.eval(Value::from_pairs(named))
}
