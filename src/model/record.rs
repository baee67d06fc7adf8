//! The notation in which the tables are written: one `record!` makes the struct, its table and its
//! decoder.

/// A map with known keys. Each line is a key, the struct's field and its type; the doc comment is
/// the reference text. A field is required unless its type can be absent (`Option`, `Vec`,
/// `Entries`). A map is always a record: holes stand for what it lacks. Under `later` stand the
/// keys that are known and not yet compiled.
macro_rules! record {
    (
        $(#[doc = $doc:literal])+
        pub struct $name:ident {
            $( $(#[doc = $field_doc:literal])+ $key:literal $field:ident: $type:ty, )*
        }
        $( later { $( $(#[doc = $later_doc:literal])+ $later:literal, )+ } )?
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug)]
        pub(crate) struct $name {
            /// Where the map stands.
            #[allow(dead_code, reason = "not every record is reported as a whole")]
            pub span: $crate::source::Span,
            /// Where the key that holds it stands.
            #[allow(dead_code, reason = "not every record is reported as a whole")]
            pub held_at: $crate::source::Span,
            /// Whether the map says all that it says: no key of it is a field misspelt, no field is
            /// missing, and no value was left out since it could not be read, in lists and maps
            /// below it as well. Records below have a `whole` of their own.
            pub whole: bool,
            $( $(#[doc = $field_doc])+ pub $field: $type, )*
        }

        impl $name {
            /// The table of this map's keys.
            pub(crate) const RECORD: $crate::model::Record = $crate::model::Record {
                doc: concat!($($doc),+),
                fields: &[
                    $( $crate::model::Field {
                        key: $key,
                        doc: concat!($($field_doc),+),
                        shape: <$type as $crate::model::Decode>::SHAPE,
                        required: <$type as $crate::model::Decode>::REQUIRED,
                        later: false,
                    }, )*
                    $( $( $crate::model::Field {
                        key: $later,
                        doc: concat!($($later_doc),+),
                        shape: $crate::model::Shape::Any,
                        required: false,
                        later: true,
                    }, )+ )?
                ],
            };
        }

        impl $crate::model::Decode for $name {
            const SHAPE: $crate::model::Shape = $crate::model::Shape::Record(&Self::RECORD);

            fn decode(node: $crate::tree::Node, decoder: &mut $crate::model::Decoder) -> Option<Self> {
                let mut fields = decoder.open(node, &Self::RECORD)?;
                $( let $field = fields.take::<$type>($key, decoder); )*
                let (span, held_at) = (fields.span, fields.holder);
                Some(Self { span, held_at, whole: fields.close(decoder), $( $field, )* })
            }

            fn hole(hole: $crate::model::Hole) -> Self {
                Self {
                    span: hole.span,
                    held_at: hole.span,
                    whole: hole.is_awaited,
                    $( $field: <$type as $crate::model::Decode>::hole(hole), )*
                }
            }

            fn is_whole(&self) -> bool {
                self.whole $( && $crate::model::Decode::is_whole(&self.$field) )*
            }
        }
    };
}

/// One of some words, each a variant.
macro_rules! choice {
    ($(#[$meta:meta])+ pub enum $name:ident {
            $(#[$first_meta:meta])* $first:ident = $first_word:literal,
            $( $(#[$variant_meta:meta])* $variant:ident = $word:literal, )*
        }) => {
        $(#[$meta])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $name { $(#[$first_meta])* $first, $( $(#[$variant_meta])* $variant, )* }

        impl $name {
            pub(crate) const WORDS: &'static [&'static str] = &[$first_word, $($word),*];

            #[allow(dead_code, reason = "some are matched only")]
            pub(crate) fn word(self) -> &'static str {
                match self { Self::$first => $first_word, $( Self::$variant => $word, )* }
            }
        }

        impl $crate::model::Decode for $name {
            const SHAPE: $crate::model::Shape = $crate::model::Shape::Choice(Self::WORDS);

            fn decode(node: $crate::tree::Node, decoder: &mut $crate::model::Decoder) -> Option<Self> {
                // A bare `off` is one of the words, whatever else YAML takes it for, and a bare `false`
                // is a wrong word.
                let is_word = node.as_text().is_some() && !node.is_null();
                let text = if is_word { $crate::model::Text::of(&node) } else { $crate::model::Decode::decode(node, decoder) }?;
                match &*text.value {
                    $first_word => Some(Self::$first),
                    $( $word => Some(Self::$variant), )*
                    _ => decoder.not_one_of(&text, Self::WORDS),
                }
            }

            fn hole(_: $crate::model::Hole) -> Self {
                Self::$first
            }
        }

        impl $crate::model::Decode for $crate::model::Spanned<$name> {
            const SHAPE: $crate::model::Shape = <$name as $crate::model::Decode>::SHAPE;

            fn decode(
                node: $crate::tree::Node,
                decoder: &mut $crate::model::Decoder,
            ) -> Option<Self> {
                let span = node.span;
                let value = <$name as $crate::model::Decode>::decode(node, decoder)?;
                Some(Self { value, span })
            }

            fn hole(hole: $crate::model::Hole) -> Self {
                Self { value: $name::$first, span: hole.span }
            }
        }
    };
}

/// Strings that must pass a test: the type of each, its shape in a word, the test, and what a right
/// one would be.
macro_rules! text_forms {
    ($($(#[doc = $doc:literal])+ $name:ident = $shape:literal, $test:expr, $wanted:expr;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Debug)]
        pub(crate) struct $name($crate::model::Text);

        impl std::ops::Deref for $name {
            type Target = $crate::model::Text;
            fn deref(&self) -> &$crate::model::Text {
                &self.0
            }
        }

        impl $crate::model::Decode for $name {
            const SHAPE: $crate::model::Shape = $crate::model::Shape::Form($shape);

            fn decode(node: $crate::tree::Node, decoder: &mut $crate::model::Decoder) -> Option<Self> {
                let text = $crate::model::Text::decode(node, decoder)?;
                let test: fn(&str) -> bool = $test;
                if test(&text) { Some(Self(text)) } else { decoder.invalid(text.span, &text, $wanted) }
            }

            fn hole(hole: $crate::model::Hole) -> Self {
                Self($crate::model::Text::hole(hole))
            }
        }
    )+};
}
