//! Escapes: resolving them, and writing names and strings.

use std::borrow::Cow;

use memchr::memchr;

use super::tokens::{BREAK, HEX, Token, class, end_of_code, flag};

/// Resolve the escapes in a text.
pub fn unescape(text: &str) -> Cow<'_, str> {
    if memchr(b'\\', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut plain = String::with_capacity(text.len());
    let mut from = 0;
    while let Some(found) = memchr(b'\\', &bytes[from..]) {
        let at = from + found;
        plain.push_str(&text[from..at]);
        let first = class(bytes, at + 1);
        from = if first & HEX != 0 {
            let end = end_of_code(bytes, at + 1);
            plain.push(character(text[at + 1..end].trim_end()));
            end
        } else if first & BREAK != 0 {
            at + 2 + usize::from(bytes[at + 1] == b'\r' && bytes.get(at + 2) == Some(&b'\n'))
        } else if let Some(escaped) = text[at + 1..].chars().next() {
            plain.push(escaped);
            at + 1 + escaped.len_utf8()
        } else {
            at + 1
        };
    }
    plain.push_str(&text[from..]);
    Cow::Owned(plain)
}

fn character(digits: &str) -> char {
    let code = u32::from_str_radix(digits, 16).unwrap_or(0);
    match char::from_u32(code) {
        Some(found) if found != '\0' => found,
        _ => '\u{fffd}',
    }
}

/// Return what a string token says.
pub fn string_value<'a>(token: &Token, css: &'a str) -> Cow<'a, str> {
    let text = token.text(css);
    let end = text.len() - usize::from(token.flags & flag::CLOSED != 0);
    unescape(&text[1..end])
}

/// Write a string token at the end of a text.
pub fn quote_into(out: &mut String, value: &str, quote: char) {
    out.push(quote);
    let is_special = |c: u8| c < b' ' || c == b'\\' || char::from(c) == quote;
    let mut rest = value;
    while let Some(at) = rest.bytes().position(is_special) {
        out.push_str(&rest[..at]);
        match rest.as_bytes()[at] {
            b'\n' => out.push_str("\\a "),
            b'\r' => out.push_str("\\d "),
            12 => out.push_str("\\c "),
            byte if byte < b' ' => out.push(char::from(byte)),
            byte => out.extend(['\\', char::from(byte)]),
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push(quote);
}

/// Write a name as the rest of a token that has begun, such as a hash.
pub fn name_characters(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            '-' | '_' | '0'..='9' | 'a'..='z' | 'A'..='Z' | '\u{80}'.. => out.push(character),
            '\0' => out.push_str("\\fffd "),
            _ => out.push_str(&format!("\\{:x} ", u32::from(character))),
        }
    }
    out
}

/// Write a name as an identifier token.
pub fn identifier(name: &str) -> String {
    let escaped = name_characters(name);
    let hyphen = usize::from(escaped.starts_with('-'));
    let at = match escaped.as_bytes().get(hyphen) {
        Some(b'0'..=b'9') => hyphen,
        None if hyphen == 1 => 0,
        _ => return escaped,
    };
    format!(
        "{}\\{:x} {}",
        &escaped[..at],
        escaped.as_bytes()[at],
        &escaped[at + 1..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved() {
        assert_eq!(unescape("\\4d aya\\21"), "Maya!");
        assert_eq!(unescape("a\\\r\nb\\"), "ab");
        assert_eq!(unescape("\\0 \\110000"), "\u{fffd}\u{fffd}");
        assert_eq!(identifier("1 a"), "\\31 \\20 a");
        assert_eq!(identifier("-"), "\\2d ");
    }
}
