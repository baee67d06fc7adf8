//! The kinds: one file each, one line here.

pub(crate) mod build;
pub(crate) mod builder;
pub(crate) mod common;
pub(crate) mod config;
pub(crate) mod pipeline;
pub(crate) mod project;
pub(crate) mod registry;
pub(crate) mod repository_account;
pub(crate) mod schedule;
pub(crate) mod task;
pub(crate) mod webhook;

use crate::model::{Decode, Decoder, Record, Text};
use crate::source::Span;
use crate::tree::Node;

/// Lists the kinds: makes the enum of them, their table and the way from a document to its
/// definition.
macro_rules! kinds {
    ({ $($kind:ident = $module:ident,)* } later { $($later:ident,)* }) => {
        /// A kind by name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Kind { $($kind,)* $($later,)* }

        /// A definition of any kind.
        #[derive(Clone, Debug)]
        pub(crate) enum Definition { $($kind(Box<$module::$kind>),)* }

        impl Definition {
            pub(crate) fn kind(&self) -> Kind {
                match self { $(Self::$kind(_) => Kind::$kind,)* }
            }

            /// Whether all that the document says could be read: nothing misspelt, missing or
            /// unreadable in it. The holes of others stand for no value that anyone wrote.
            pub(crate) fn is_whole(&self) -> bool {
                match self { $(Self::$kind(definition) => definition.is_whole(),)* }
            }

            /// Marks it as incomplete for a reason that its fields do not show.
            pub(crate) fn set_incomplete(&mut self) {
                match self { $(Self::$kind(definition) => definition.whole = false,)* }
            }
        }

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
    Schedule = schedule,
    }
    later {
    }
}

impl Definition {
    /// The name that others refer to it by, if it has one that could be read.
    pub(crate) fn name(&self) -> Option<&Text> {
        let name = match self {
            Self::Config(_) | Self::Build(_) => return None,
            Self::Project(definition) => &definition.metadata.name,
            Self::Registry(definition) => &definition.metadata.name,
            Self::RepositoryAccount(definition) => &definition.metadata.name,
            Self::Task(definition) => &definition.metadata.name,
            Self::Builder(definition) => &definition.metadata.name,
            Self::Pipeline(definition) => &definition.metadata.name,
            Self::Webhook(definition) => &definition.metadata.name,
            Self::Schedule(definition) => &definition.metadata.name,
        };
        Some(name).filter(|name| !name.is_hole())
    }
}

impl std::str::FromStr for Kind {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name).ok_or(())
    }
}
