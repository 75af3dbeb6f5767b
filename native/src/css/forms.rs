//! Tests of the form of values that attribute selectors compare: `_allowlists/attributes.py`.
//!
//! Values of a rare form are handed back.

use crate::css::syntax::names::{is_space, sure};
use crate::forms;

use crate::css::tables::{ATTRIBUTES, KINDS, NAMESPACES, WORDS};

/// Return the word for the kind of an attribute; `text` if it is not listed.
pub fn kind(name: &str) -> &'static str {
    ATTRIBUTES
        .at(name.as_bytes())
        .map_or("text", |at| KINDS[at])
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
        "words" => are_words(value),
        "paint" if !value.contains("url") => are_words(value),
        "number" => is_number(value),
        "language" => Some(is_language(value)),
        "part" => Some(are_parts(value)),
        "slot" => is_slot_name(value),
        "reference" => forms::is_reference(value).then_some(true),
        "references" => forms::are_references(value).then_some(true),
        "numbers" => forms::are_numbers(value).then_some(true),
        "shape" => forms::is_shape(value).then_some(true),
        "paint" => None,
        _ => Some(false),
    }
}

/// Tell whether a value has only published words, colors, few digits and punctuation.
pub fn are_words(value: &str) -> Option<bool> {
    if NAMESPACES.has(value.as_bytes()) {
        return Some(true);
    }
    let mut rest = value.as_bytes();
    let (mut digits, mut run) = (0, 0);
    while let Some(&byte) = rest.first() {
        let length = match byte {
            b'#' => match color_length(rest) {
                Some(length) => length,
                None => return Some(false),
            },
            _ if starts_word(byte) => word_length(rest),
            _ if byte.is_ascii_digit() || is_glue(byte) => 1,
            _ => return Some(false),
        };
        let (piece, behind) = rest.split_at(length);
        rest = behind;
        if byte == b'#' {
            run = 0; // two colors in a row would join what stands around them
            if behind.first().is_some_and(|next| goes_on(*next)) {
                return None;
            }
            continue;
        }
        if starts_word(byte) && !WORDS.has_low(piece) {
            return Some(false);
        }
        for byte in piece {
            run = if byte.is_ascii_digit() { run + 1 } else { 0 };
            digits += usize::from(byte.is_ascii_digit());
            if run > MOST_DIGITS {
                return Some(false);
            }
        }
    }
    // more digits may stand in measures and colors
    (digits <= MOST_DIGITS).then_some(true)
}

const MOST_DIGITS: usize = 6;

fn starts_word(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

fn goes_on(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

fn is_glue(byte: u8) -> bool {
    is_space(byte) || b".,:;()%/*+=<>'-".contains(&byte)
}

fn word_length(text: &[u8]) -> usize {
    text.iter().take_while(|byte| goes_on(**byte)).count()
}

fn color_length(text: &[u8]) -> Option<usize> {
    let digits = text[1..].iter().take_while(|byte| byte.is_ascii_hexdigit());
    let length = 1 + digits.count();
    let ends = !text
        .get(length)
        .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    (matches!(length, 4 | 5 | 7 | 9) && ends).then_some(length)
}

/// Tell whether a value is one short number, or empty.
fn is_number(value: &str) -> Option<bool> {
    let text = value.trim_matches(|c: char| c.is_ascii() && is_space(c as u8));
    if text.is_empty() {
        return Some(true);
    }
    if !text.contains('*') && !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Some(false);
    }
    forms::is_number(value).then_some(true)
}

fn are_parts(value: &str) -> bool {
    let parts = |c: char| matches!(c, ',' | ':') || (c.is_ascii() && is_space(c as u8));
    value
        .split(parts)
        .filter(|part| !part.is_empty())
        .all(is_part)
}

fn is_word(value: &str) -> bool {
    value
        .as_bytes()
        .first()
        .is_some_and(|byte| starts_word(*byte))
        && value.bytes().all(goes_on)
}

fn is_part(value: &str) -> bool {
    value.len() <= 64 && is_word(value)
}

/// Tell whether a value has the form of the name of a slot.
pub fn is_slot_name(value: &str) -> Option<bool> {
    value.is_ascii().then(|| value.is_empty() || is_part(value))
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
        assert_eq!(is_structural("d", "M0 0"), Some(true));
        assert_eq!(is_structural("d", "Jane"), None);
        assert!(is_language("pt-BR") && is_language("zh-Hant-TW") && !is_language("en-x-jane"));
    }
}
