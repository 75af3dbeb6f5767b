//! Tests of the form of values that attribute selectors compare: `_allowlists/attributes.py`.
//!
//! Values of a rare form are handed back.

use super::names::sure;
use super::tables::{ATTRIBUTES, KINDS, WORDS};

/// Return the word for the kind of an attribute; `text` if it is not listed.
pub fn kind(name: &str) -> &'static str {
    ATTRIBUTES.at(name.as_bytes()).map_or("text", |at| KINDS[at])
}

/// Return the same as `kind_of`, for a name in small letters.
pub fn kind_of_low(name: &str) -> &'static str {
    match ATTRIBUTES.at(name.as_bytes()) {
        Some(at) => KINDS[at],
        None if name.starts_with("on") || name.starts_with("_on") => "code",
        None => "text",
    }
}

/// Tell whether the value of an attribute is public because of its form.
pub fn is_structural(name: &str, value: &str) -> Option<bool> {
    sure(value)?;
    match kind(name) {
        "name" => Some(true),
        "words" | "paint" => are_words(value),
        "number" => is_short_number(value).then_some(true),
        "language" => Some(is_language(value)),
        "part" => is_part(value).then_some(true),
        "slot" => is_slot_name(value),
        "reference" => is_small_word(value).then_some(true),
        "references" => WORDS.has(value.as_bytes()).then_some(true),
        "numbers" | "shape" => None,
        _ => Some(false),
    }
}

fn are_words(value: &str) -> Option<bool> {
    is_word(value).then(|| WORDS.has_low(value.as_bytes()))
}

fn is_word(value: &str) -> bool {
    let is_start = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_';
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    value.as_bytes().first().is_some_and(is_start) && value.bytes().all(is_part)
}

fn is_part(value: &str) -> bool {
    value.len() <= 64 && is_word(value)
}

/// Tell whether a value has the form of the name of a slot.
pub fn is_slot_name(value: &str) -> Option<bool> {
    value
        .is_ascii()
        .then(|| value.is_empty() || is_part(value))
}

fn is_short_number(value: &str) -> bool {
    let digits = value.strip_prefix(['+', '-']).unwrap_or(value);
    (1..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_small_word(value: &str) -> bool {
    (1..=20).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Tell whether a value is a language tag: language, script and region, no more.
pub fn is_language(value: &str) -> bool {
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    if value == "x-default" {
        return true;
    }
    let mut parts = value.split('-').peekable();
    let first = parts.next().unwrap_or_default();
    if !matches!(first.len(), 2 | 3) || !letters(first) {
        return false;
    }
    parts.next_if(|part| part.len() == 4 && letters(part));
    parts.next_if(|part| {
        (part.len() == 2 && letters(part))
            || (part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
    });
    parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_those_of_the_reference() {
        assert_eq!(is_structural("type", "checkbox"), Some(true));
        assert_eq!(is_structural("type", "Maya"), Some(false));
        assert_eq!(is_structural("title", "checkbox"), Some(false));
        assert_eq!(is_structural("d", "M0 0"), None);
        assert!(is_language("pt-BR") && is_language("zh-Hant-TW") && !is_language("en-x-jane"));
    }
}
