//! Names as they stand in Argo's expressions: in `depends` of a step, and in `conditions` of a
//! Sensor's trigger.
//!
//! Argo writes `_` for every `-` and gives the text to expr-lang, to which some names are numbers,
//! operators or functions. The lists were made with the versions that Argo uses: expr-lang 1.17.0
//! (Argo Workflows 3.6) and 1.17.7 (3.7, 4.0) compile `NAME.Succeeded`, expr 1.15.5 and govaluate
//! (Argo Events 1.9) a dependency's name.

/// Operators and constants of expr-lang in every version.
const OPERATORS: &[&str] = &[
    "and",
    "contains",
    "endsWith",
    "false",
    "in",
    "let",
    "matches",
    "nil",
    "not",
    "or",
    "startsWith",
    "true",
];

/// Operators since 1.16.
const LATER_OPERATORS: &[&str] = &["else", "if"];

/// Functions of expr 1.15.5: there, a name by itself means the function.
const FUNCTIONS: &[&str] = &[
    "abs",
    "all",
    "any",
    "ceil",
    "count",
    "date",
    "duration",
    "filter",
    "find",
    "findIndex",
    "findLast",
    "findLastIndex",
    "first",
    "float",
    "floor",
    "fromBase64",
    "fromJSON",
    "fromPairs",
    "get",
    "groupBy",
    "hasPrefix",
    "hasSuffix",
    "indexOf",
    "int",
    "join",
    "keys",
    "last",
    "lastIndexOf",
    "len",
    "lower",
    "map",
    "max",
    "mean",
    "median",
    "min",
    "none",
    "now",
    "one",
    "reduce",
    "repeat",
    "replace",
    "round",
    "sort",
    "sortBy",
    "split",
    "splitAfter",
    "string",
    "sum",
    "take",
    "toBase64",
    "toJSON",
    "toPairs",
    "trim",
    "trimPrefix",
    "trimSuffix",
    "type",
    "upper",
    "values",
];

/// The expressions of Argo in which names stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Names of steps in `depends`.
    Depends,
    /// Names of dependencies in the `conditions` of a trigger.
    Conditions,
}

/// Whether Argo takes a name for a name there, and for no number, operator or function.
pub(crate) fn is_expression_name(name: &str, place: Place) -> bool {
    let name = expression_name(name);
    let is_word = |words: &[&str]| words.contains(&&*name);
    let starts_right = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let is_taken = match place {
        Place::Depends => is_word(LATER_OPERATORS),
        Place::Conditions => is_word(FUNCTIONS),
    };
    starts_right && !is_taken && !is_word(OPERATORS)
}

/// A name as expressions have it. Two names of one DAG or Sensor that have one form are one name to
/// Argo.
pub(crate) fn expression_name(name: &str) -> String {
    name.replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_name(name: &str, place: Place) -> bool {
        is_expression_name(name, place)
    }

    #[test]
    fn webhook_digit_names_that_begin_like_numbers() {
        for name in ["2048-game", "0x1f", "123", "1e5", "1-0"] {
            assert!(!is_name(name, Place::Conditions) && !is_name(name, Place::Depends), "{name}");
        }
    }

    #[test]
    fn webhook_word_names_of_dependencies() {
        for name in ["in", "not", "and", "or", "let", "matches", "true", "nil", "map", "first"] {
            assert!(!is_name(name, Place::Conditions), "{name}");
        }
        for name in ["goapp", "in-cart", "not-x", "map-1", "if", "else", "a1", "x--y"] {
            assert!(is_name(name, Place::Conditions), "{name}");
        }
    }

    #[test]
    fn step_words_names_of_steps() {
        for name in ["not", "in", "true", "false", "nil", "let", "if", "else", "startsWith", ""] {
            assert!(!is_name(name, Place::Depends), "{name}");
        }
        for name in ["map", "first", "not-now", "checkout", "release-prod"] {
            assert!(is_name(name, Place::Depends), "{name}");
        }
    }

    #[test]
    fn dashes_and_underscores_are_one() {
        assert_eq!(expression_name("a-b_c"), expression_name("a_b-c"));
    }
}
