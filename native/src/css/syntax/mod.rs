//! Tokens, names and numbers of CSS, of whatever they are part of.

pub mod escapes;
pub mod names;
pub mod numbers;
pub mod tokens;
