//! Random trees of nasty texts.

use crate::source::Span;
use crate::tree::{Map, Node};
use proptest::prelude::*;
use proptest::sample::select;

use super::assert_reads_back;

const FRAGMENTS: &[&str] = &[
    "\n",
    "\n\n",
    "\t",
    " ",
    "  ",
    "- ",
    "-",
    ": ",
    ":",
    " #",
    "#",
    "{{",
    "}}",
    "'",
    "\"",
    "|",
    ">",
    "\\",
    "%",
    "&",
    "*",
    "!",
    "?",
    ",",
    "[",
    "]",
    "{",
    "\r",
    "\r\n",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\0",
    "\u{7}",
    "\u{1b}",
    "\u{7f}",
    "\u{9f}",
    "\u{a0}",
    "\u{fffe}",
    "\u{10ffff}",
    "\u{202e}",
    "😀",
    "é",
    "---",
    "...",
    "=",
    "<<",
    "~",
    "a",
    "word",
    "0",
    "1",
    "9",
    ".",
    "_",
    "+",
    "e",
    "0x",
    "0b",
    "y",
    "no",
];

/// Texts made of fragments, and now and then of anything.
pub(super) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::collection::vec(select(FRAGMENTS), 0..8).prop_map(|parts| parts.concat()),
        1 => any::<String>(),
        1 => "[0-9a-fxob._:eE+-]{1,6}",
    ]
}

fn leaf() -> impl Strategy<Value = Node> {
    prop_oneof![
        6 => text().prop_map(Node::from),
        1 => any::<i64>().prop_map(Node::from),
        1 => any::<bool>().prop_map(Node::from),
        1 => Just(Node::null()),
        1 => Just(Node::plain("0.5", Span::GENERATED)),
    ]
}

fn tree() -> impl Strategy<Value = Node> {
    leaf().prop_recursive(5, 30, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Node::from),
            prop::collection::btree_map(text(), inner, 0..5)
                .prop_map(|map| Node::from(map.into_iter().collect::<Map>())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn trees_read_back(value in tree()) {
        assert_reads_back(&value);
    }

    #[test]
    fn texts_read_back(text in text()) {
        assert_reads_back(&Map::new().with(text.clone(), vec![text.clone()]).with("last", text).into());
    }
}
