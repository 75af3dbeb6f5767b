//! Tests of the form of values that attribute selectors compare: `_allowlists/attributes.py`.
//!
//! Values of a rare form are handed back.

use crate::css::syntax::names::sure;
use crate::css::tables::{ATTRIBUTES, KINDS};
use crate::forms::{self, is_white};
use crate::tables::kind;

/// Return the kind of an attribute; `TEXT` if it is not listed.
pub fn kind(name: &str) -> u32 {
    ATTRIBUTES
        .at(name.as_bytes())
        .map_or(kind::TEXT, |at| KINDS[at])
}

/// Return the same as `kind_of`, for a name in small letters.
pub fn kind_of_low(name: &str) -> u32 {
    match ATTRIBUTES.at(name.as_bytes()) {
        Some(at) => KINDS[at],
        None if name.starts_with("on") || name.starts_with("_on") => kind::CODE,
        None => kind::TEXT,
    }
}

/// Tell whether the value of an attribute is public because of its form.
pub fn is_structural(name: &str, value: &str) -> Option<bool> {
    sure(value)?;
    match kind(name) {
        kind::NAME => Some(true),
        kind::WORDS => forms::are_words(value),
        kind::PAINT if !value.contains("url") => forms::are_words(value),
        kind::NUMBER => is_number(value),
        kind::LANGUAGE => Some(forms::is_language(value)),
        kind::PART => Some(are_parts(value)),
        kind::SLOT => is_slot_name(value),
        kind::REFERENCE => forms::is_reference(value).then_some(true),
        kind::REFERENCES => forms::are_references(value).then_some(true),
        kind::NUMBERS => forms::are_numbers(value).then_some(true),
        kind::SHAPE => forms::is_shape(value).then_some(true),
        kind::PAINT => None,
        _ => Some(false),
    }
}

/// Tell whether a value is one short number, or empty.
fn is_number(value: &str) -> Option<bool> {
    let text = value.trim_matches(is_white::<char>);
    if text.is_empty() {
        return Some(true);
    }
    if !text.contains('*') && !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Some(false);
    }
    forms::is_number(value).then_some(true)
}

fn are_parts(value: &str) -> bool {
    let parts = |c: char| matches!(c, ',' | ':') || is_white(c);
    value
        .split(parts)
        .filter(|part| !part.is_empty())
        .all(is_part)
}

fn is_part(value: &str) -> bool {
    !value.is_empty() && forms::is_slot_name(value)
}

/// Tell whether a value has the form of the name of a slot.
pub fn is_slot_name(value: &str) -> Option<bool> {
    value.is_ascii().then(|| forms::is_slot_name(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_those_of_the_reference() {
        assert_eq!(is_structural("type", "checkbox"), Some(true));
        assert_eq!(is_structural("type", "Maya"), Some(false));
        assert_eq!(is_structural("title", "checkbox"), Some(false));
        assert_eq!(is_structural("d", "M0 0"), Some(true));
        assert_eq!(is_structural("d", "Jane"), None);
    }
}
