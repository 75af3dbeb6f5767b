//! Values that are public because of their form: `_allowlists/forms.py` and its neighbours.
//!
//! A function says yes only if Python says yes, too. It says no to every value that is not simple,
//! and then Python judges the value.

#![forbid(unsafe_code)]

use crate::tables::{NAMESPACES, WORDS, WRITTEN};

/// White space to Python, in ASCII: of a character, or of a byte.
pub fn is_white<Sign: Into<u32>>(sign: Sign) -> bool {
    matches!(sign.into(), 9..=13 | 28..=32)
}

fn starts_word(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

fn goes_on(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// Tell whether a value has only published words, colors, few digits and punctuation; `None` if
/// Python has to count the digits.
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

fn is_glue(byte: u8) -> bool {
    is_white(byte) || b".,:;()%/*+=<>'-".contains(&byte)
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

/// The rest of a value that is being read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn next_is(&self, wanted: impl Fn(u8) -> bool) -> bool {
        self.0.first().is_some_and(|&byte| wanted(byte))
    }

    fn skip(&mut self, wanted: impl Fn(u8) -> bool) -> usize {
        let count = self.0.iter().take_while(|&&byte| wanted(byte)).count();
        self.0 = &self.0[count..];
        count
    }

    fn take(&mut self, wanted: impl Fn(u8) -> bool) -> bool {
        let found = self.next_is(wanted);
        if found {
            self.0 = &self.0[1..];
        }
        found
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = self.0.starts_with(word.as_bytes());
        if found {
            self.0 = &self.0[word.len()..];
        }
        found
    }

    /// Read a number without an exponent: six digits before the point, 17 behind it.
    fn number(&mut self) -> bool {
        self.take(|byte| byte == b'-' || byte == b'+');
        let whole = self.skip(|byte| byte.is_ascii_digit());
        let parts = if self.take(|byte| byte == b'.') {
            let parts = self.skip(|byte| byte.is_ascii_digit());
            if whole == 0 && parts == 0 {
                return false;
            }
            parts
        } else {
            whole.min(1)
        };
        (whole > 0 || parts > 0) && whole <= 6 && parts <= 17
    }

    fn measure(&mut self) -> bool {
        let found = self.number();
        if found {
            for unit in ["px", "em", "rem", "pt", "%", "deg", "*"] {
                if self.take_word(unit) {
                    break;
                }
            }
        }
        found
    }
}

/// One number, with or without a unit, or none.
pub fn is_number(value: &str) -> bool {
    let mut rest = Rest(value.as_bytes());
    rest.skip(is_white);
    if rest.0.is_empty() {
        return true;
    }
    let found = rest.measure();
    rest.skip(is_white);
    found && rest.0.is_empty()
}

/// Numbers, with white space, commas or semicolons between them.
pub fn are_numbers(value: &str) -> bool {
    let between = |byte: u8| is_white(byte) || byte == b',' || byte == b';';
    let mut rest = Rest(value.as_bytes());
    rest.skip(is_white);
    let mut parted = true;
    while !rest.0.is_empty() {
        if !parted || !rest.measure() {
            return false;
        }
        parted = rest.skip(between) > 0;
    }
    true
}

/// A path of letters and numbers, as SVG has it. Transforms are left to Python.
pub fn is_shape(value: &str) -> bool {
    let mut rest = Rest(value.as_bytes());
    loop {
        rest.skip(is_white);
        if rest.0.is_empty() {
            return true;
        }
        if rest.take(|byte| byte == b'z' || byte == b'Z') {
            continue;
        }
        rest.take(|byte| byte.is_ascii_alphabetic());
        rest.skip(is_white);
        if !numbers_of_shape(&mut rest) {
            return false;
        }
    }
}

/// Read one or more numbers of a shape; those with an exponent are left to Python.
fn numbers_of_shape(rest: &mut Rest) -> bool {
    let mut found = false;
    loop {
        let before = rest.0;
        rest.skip(|byte| is_white(byte) || byte == b',');
        let starts = rest.next_is(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte));
        if !starts {
            rest.0 = before;
            return found;
        }
        if !rest.number() || rest.next_is(|byte| byte == b'e' || byte == b'E') {
            return false;
        }
        found = true;
    }
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

/// One id as developers write it: in small letters with hyphens or underscores, or a known word.
pub fn is_reference(value: &str) -> bool {
    let bytes = value.as_bytes();
    let word = (1..=20).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_lowercase);
    word || is_id(bytes)
}

pub fn are_references(value: &str) -> bool {
    let known = |token: &[u8]| WRITTEN.has(token) || WORDS.has(token) || is_id(token);
    value.is_ascii()
        && value
            .as_bytes()
            .split(|&byte| is_white(byte))
            .filter(|token| !token.is_empty())
            .all(known)
}

/// `menu-item`, `card--open`, `user_email`: small letters and digits, parted by signs of one kind.
fn is_id(bytes: &[u8]) -> bool {
    let Some(&sign) = bytes.iter().find(|byte| matches!(byte, b'-' | b'_')) else {
        return false;
    };
    let small = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    bytes.len() <= 128
        && bytes[0].is_ascii_lowercase()
        && bytes.last().is_some_and(small)
        && bytes.iter().all(|byte| small(byte) || *byte == sign)
        && !bytes
            .windows(3)
            .any(|three| three.iter().all(|&byte| byte == sign))
}

/// The name of a slot, or none.
pub fn is_slot_name(value: &str) -> bool {
    let bytes = value.as_bytes();
    bytes.is_empty()
        || (bytes.len() <= 64 && starts_word(bytes[0]) && bytes.iter().all(|&byte| goes_on(byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_values_are_public() {
        assert_eq!(are_words("(max-width: 600px) and (color)"), Some(true));
        assert_eq!(are_words("#c0ffee"), Some(true));
        assert!(are_words("Maya") == Some(false) && are_words("1234567") == Some(false));
        assert!(is_number("12.5px") && is_number(" -.5 ") && !is_number("4111111111"));
        assert!(!is_number(".") && !is_number("1..2") && is_number("1."));
        assert!(are_numbers("0 0 24,24") && !are_numbers("1-2") && !are_numbers(",1"));
        assert!(is_shape("M0 0L5 5z") && is_shape("M1.5-.5.5,3Z m2,2") && !is_shape("Jane"));
        assert!(is_language("pt-BR") && is_language("zh-Hant-TW") && !is_language("en-x-jane"));
        assert!(is_reference("menu-3") && is_reference("a_b") && !is_reference("Jane"));
        assert!(!is_reference("a---b") && !is_reference("a-b_c-"));
    }
}
