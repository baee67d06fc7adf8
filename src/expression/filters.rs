//! The filters and tests of expressions: minijinja's own, but for those whose result can be far
//! larger than what they are given.

use std::sync::LazyLock;

use minijinja::value::Kwargs;
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, Value};

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
    environment.add_test("divisibleby", is_divisible);
    environment
});

/// As minijinja's, which panics at 0, and at the least number by -1 (minijinja 3.0.5, `tests.rs`).
fn is_divisible(value: &Value, by: &Value) -> Result<bool, Error> {
    let error = || Error::new(ErrorKind::InvalidOperation, "nothing is divisible by 0");
    match i128::try_from(by.clone()) {
        Ok(0) => Err(error()),
        Ok(-1) => Ok(minijinja::tests::is_divisibleby(value, &Value::from(1))),
        _ => Ok(minijinja::tests::is_divisibleby(value, by)),
    }
}

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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_divisible_by_all_but_nothing() {
        let ask = |value: i128, by: Value| test("divisibleby", &[value.into(), by]);
        assert!(ask(42, 7.into()).unwrap() && !ask(42, 5.into()).unwrap());
        assert!(ask(i128::MIN, (-1).into()).unwrap() && ask(3, Value::from(1.5)).unwrap());
        for nothing in [Value::from(0), Value::from(0.0), Value::from(false)] {
            assert!(ask(42, nothing).is_err());
        }
    }
}
