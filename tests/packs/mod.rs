//! The bundled packs: what they promise, and what their scripts do when they are run.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod checkout;
mod checkout_credentials;
mod conventions;
mod harness;
mod release;
mod repository;
mod slack;
mod toolchain;
mod web;
