//! The kinds: one file each, one line here.

pub mod build;
pub mod builder;
pub mod common;
pub mod config;
pub mod pipeline;
pub mod project;
pub mod registry;
pub mod repository_account;
pub mod task;
pub mod webhook;

use crate::model::{Decode, Decoder, Record};
use crate::source::Span;
use crate::tree::Node;

/// Lists the kinds: makes the enum of them, their table and the way from a document to its definition.
macro_rules! kinds {
    ({ $($kind:ident = $module:ident,)* } later { $($later:ident,)* }) => {
        /// A kind by name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Kind { $($kind,)* $($later,)* }

        /// A definition of any kind.
        #[derive(Clone, Debug)]
        pub enum Definition { $($kind(Box<$module::$kind>),)* }

        impl Kind {
            pub const ALL: &'static [Self] = &[$(Self::$kind,)* $(Self::$later,)*];

            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => stringify!($kind),)* $(Self::$later => stringify!($later),)* }
            }

            /// The table of its documents; none for a kind that is known and not yet compiled.
            pub fn record(self) -> Option<&'static Record> {
                match self { $(Self::$kind => Some(&$module::$kind::RECORD),)* $(Self::$later => None,)* }
            }

            /// Reads a document of this kind; `at` is the place that stands for the whole of it.
            pub(crate) fn decode(self, node: Node, at: Span, sink: &mut crate::diagnostics::Sink) -> Option<Definition> {
                self.decode_with(node, &mut Decoder::new(self.name(), at, sink))
            }

            /// Reads a document of this kind with a decoder.
            pub(crate) fn decode_with(self, node: Node, decoder: &mut Decoder) -> Option<Definition> {
                match self {
                    $(Self::$kind => $module::$kind::decode(node, decoder).map(|definition| Definition::$kind(Box::new(definition))),)*
                    $(Self::$later => None,)*
                }
            }
        }
    };
}

kinds! {
    {
    Config = config,
    Project = project,
    Registry = registry,
    RepositoryAccount = repository_account,
    Task = task,
    Builder = builder,
    Pipeline = pipeline,
    Build = build,
    Webhook = webhook,
    }
    later {
        Schedule,
    }
}

impl std::str::FromStr for Kind {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name).ok_or(())
    }
}
