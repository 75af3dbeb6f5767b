//! Values that are public because of their form: `_allowlists/forms.py` and its neighbours.
//!
//! A function says yes only if Python says yes, too. It says no to every value that is not simple,
//! and then Python judges the value.

#![forbid(unsafe_code)]

use crate::tables::{NAMESPACES, WORDS, WRITTEN};

const LONGEST_RUN: usize = 5;

/// Tell whether a name or a list of names certainly keeps all its digits.
pub fn keeps_digits(names: &str) -> bool {
    names.is_ascii() && !has_long_run(names.as_bytes()) && !names.contains("mjx-c")
}

fn has_long_run(bytes: &[u8]) -> bool {
    let mut run = 0;
    for byte in bytes {
        run = if byte.is_ascii_digit() { run + 1 } else { 0 };
        if run > LONGEST_RUN {
            return true;
        }
    }
    false
}

/// White space to Python, in ASCII.
pub fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | 0x1c..=0x1f | b' ')
}

fn starts_word(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

fn goes_on(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// Published words, up to six digits, and punctuation; or one color in hexadecimal.
pub fn are_words(value: &str) -> bool {
    let bytes = value.as_bytes();
    if NAMESPACES.has(bytes) || is_hex_color(bytes) {
        return true;
    }
    let mut digits = 0;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if starts_word(byte) {
            let end = at
                + bytes[at..]
                    .iter()
                    .take_while(|&&byte| goes_on(byte))
                    .count();
            if !WORDS.has_low(&bytes[at..end]) {
                return false;
            }
            digits += bytes[at..end]
                .iter()
                .filter(|byte| byte.is_ascii_digit())
                .count();
            at = end;
        } else {
            digits += usize::from(byte.is_ascii_digit());
            let glue =
                is_blank(byte) || byte.is_ascii_digit() || b".,:;()%/*+=<>'-".contains(&byte);
            if !glue {
                return false;
            }
            at += 1;
        }
    }
    digits <= 6
}

fn is_hex_color(bytes: &[u8]) -> bool {
    matches!(bytes.len(), 4 | 5 | 7 | 9)
        && bytes[0] == b'#'
        && bytes[1..].iter().all(u8::is_ascii_hexdigit)
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
    rest.skip(is_blank);
    if rest.0.is_empty() {
        return true;
    }
    let found = rest.measure();
    rest.skip(is_blank);
    found && rest.0.is_empty()
}

/// Numbers, with white space, commas or semicolons between them.
pub fn are_numbers(value: &str) -> bool {
    let between = |byte: u8| is_blank(byte) || byte == b',' || byte == b';';
    let mut rest = Rest(value.as_bytes());
    rest.skip(is_blank);
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
        rest.skip(is_blank);
        if rest.0.is_empty() {
            return true;
        }
        if rest.take(|byte| byte == b'z' || byte == b'Z') {
            continue;
        }
        rest.take(|byte| byte.is_ascii_alphabetic());
        rest.skip(is_blank);
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
        rest.skip(|byte| is_blank(byte) || byte == b',');
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

/// A language, with or without a country.
pub fn is_language(value: &str) -> bool {
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let (language, country) = match value.split_once('-') {
        Some((language, country)) => (language, Some(country)),
        None => (value, None),
    };
    (2..=3).contains(&language.len())
        && letters(language)
        && country.is_none_or(|part| part.len() == 2 && letters(part))
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
            .split(|&byte| is_blank(byte))
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
        assert!(are_words("(max-width: 600px) and (color)") && are_words("#c0ffee"));
        assert!(!are_words("Maya") && !are_words("1234567"));
        assert!(is_number("12.5px") && is_number(" -.5 ") && !is_number("4111111111"));
        assert!(!is_number(".") && !is_number("1..2") && is_number("1."));
        assert!(are_numbers("0 0 24,24") && !are_numbers("1-2") && !are_numbers(",1"));
        assert!(is_shape("M0 0L5 5z") && is_shape("M1.5-.5.5,3Z m2,2") && !is_shape("Jane"));
        assert!(is_language("pt-BR") && !is_language("en-x-jane"));
        assert!(is_reference("menu-3") && is_reference("a_b") && !is_reference("Jane"));
        assert!(!is_reference("a---b") && !is_reference("a-b_c-"));
        assert!(keeps_digits("a-12345") && !keeps_digits("a-123456"));
    }
}
