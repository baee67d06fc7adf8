//! When a Schedule starts something: crons and their time zone.

use super::decode::{Decode, Decoder, Hole};
use super::scalars::{Scalar, Text};
use super::shape::Shape;
use crate::argo::value_forms::{Form, cron, time};
use crate::rules::ap412_schedule;
use crate::tree::Node;

/// When something is started: five fields, or a word.
#[derive(Clone, Debug)]
pub(crate) struct Cron {
    pub text: Text,
    pub read: cron::Cron,
}

impl Decode for Cron {
    const SHAPE: Shape = Shape::Form("cron");

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        if node.is_null() {
            return decoder.wrong_type(&node, "a string");
        }
        // A number is as little a cron in quotes.
        let Scalar(text) = Scalar::decode(node, decoder)?;
        if text.is_empty() {
            return decoder.invalid(text.span, "", Form::Cron.wanted());
        }
        match cron::read_for_crd(&text) {
            Ok(read) => Some(Self { text, read }),
            Err(flaw) => {
                decoder.sink.report(ap412_schedule::cron(&text, &decoder.path(), &flaw));
                None
            }
        }
    }

    fn hole(hole: Hole) -> Self {
        Self { text: Text::hole(hole), read: cron::Cron::default() }
    }
}

/// A time zone, by its name in the time zone database.
#[derive(Clone, Debug)]
pub(crate) struct Timezone(pub Text);

impl Decode for Timezone {
    const SHAPE: Shape = Shape::Form("time zone");

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        let text = Text::decode(node, decoder)?;
        // Go reads `Local` as the zone of the machine that the controller runs on.
        if time::is_timezone(&text) && *text.value != *"Local" {
            return Some(Self(text));
        }
        decoder.sink.report(ap412_schedule::timezone(&text, &decoder.path()));
        None
    }

    fn hole(hole: Hole) -> Self {
        Self(Text::hole(hole))
    }
}
