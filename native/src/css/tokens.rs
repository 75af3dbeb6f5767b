//! Splitting CSS into tokens, as `_css/tokens.py` does.
//!
//! A token is a place in the style sheet, and marks what its characters may mean, so that most
//! tokens are never looked at twice.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Comment,
    Space,
    Text, // a string
    Mark,
    Function,
    Ident,
    At,
    Hash,
    Number,
    Delim,
    Url,
}

/// What the characters of a name or number are.
pub mod flag {
    pub const ESCAPE: u8 = 1;
    pub const DIGIT: u8 = 4;
    pub const HIGH: u8 = 16;
    /// Of a string: it ends with its quote.
    pub const CLOSED: u8 = 32;
    /// Of a number: too long for the value of a known property.
    pub const LONG: u8 = 64;
    /// Of a number: too long for any other value.
    pub const LONGER: u8 = 128;
}

const NAME: u8 = 1;
const START: u8 = 2;
const DIGIT: u8 = flag::DIGIT;
const HEX: u8 = 8;
const HIGH: u8 = flag::HIGH;
const SPACE: u8 = 32;
const BREAK: u8 = 64;

const CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        table[at] = match byte {
            b'0'..=b'9' => NAME | DIGIT | HEX,
            b'a'..=b'f' | b'A'..=b'F' => NAME | START | HEX,
            b'g'..=b'z' | b'G'..=b'Z' | b'_' => NAME | START,
            b'-' => NAME,
            128.. => NAME | START | HIGH,
            b' ' | b'\t' => SPACE,
            b'\n' | b'\r' | 12 => SPACE | BREAK,
            _ => 0,
        };
        at += 1;
    }
    table
}

fn class(css: &[u8], at: usize) -> u8 {
    css.get(at).map_or(0, |byte| CLASSES[usize::from(*byte)])
}

#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub kind: Kind,
    pub flags: u8,
    /// The character of a `Delim`, else 0.
    pub sign: u8,
    pub start: u32,
    pub end: u32,
    /// Where the unit of a number begins.
    pub unit: u32,
}

impl Token {
    pub fn text<'a>(&self, css: &'a str) -> &'a str {
        &css[self.start as usize..self.end as usize]
    }

    pub fn is_silent(&self) -> bool {
        matches!(self.kind, Kind::Space | Kind::Comment | Kind::Mark)
    }

    /// The name in a token: of a function without its bracket, of an at-rule or hash without sign.
    pub fn name<'a>(&self, css: &'a str) -> &'a str {
        let (start, end) = (self.start as usize, self.end as usize);
        match self.kind {
            Kind::Function => &css[start..end - 1],
            Kind::At | Kind::Hash => &css[start + 1..end],
            _ => &css[start..end],
        }
    }
}

/// Cut the next token. `at` is before the end.
pub fn token_at(css: &str, at: usize) -> Token {
    let bytes = css.as_bytes();
    let byte = bytes[at];
    let mut flags = 0;
    match byte {
        b' ' | b'\t' | b'\n' | b'\r' | 12 => {
            let mut end = at + 1;
            while class(bytes, end) & SPACE != 0 {
                end += 1;
            }
            return token(Kind::Space, at, end, 0);
        }
        b'"' | b'\'' => return string_at(bytes, at),
        b'/' if bytes.get(at + 1) == Some(&b'*') => {
            return token(Kind::Comment, at, end_of_comment(bytes, at + 2), 0);
        }
        b'<' if bytes[at..].starts_with(b"<!--") => return token(Kind::Mark, at, at + 4, 0),
        b'-' if bytes[at..].starts_with(b"-->") => return token(Kind::Mark, at, at + 3, 0),
        b'#' => {
            let end = end_of_name(bytes, at + 1, &mut flags);
            if end > at + 1 {
                return token(Kind::Hash, at, end, flags);
            }
        }
        b'@' => {
            if let Some(end) = end_of_ident(bytes, at + 1, &mut flags) {
                return token(Kind::At, at, end, flags);
            }
        }
        b'0'..=b'9' | b'+' | b'.' => {
            if let Some(found) = number_at(bytes, at) {
                return found;
            }
        }
        b'-' | b'\\' => {
            if let Some(found) = name_at(bytes, at).or_else(|| number_at(bytes, at)) {
                return found;
            }
        }
        _ => {
            if CLASSES[usize::from(byte)] & START != 0 {
                if let Some(found) = name_at(bytes, at) {
                    return found;
                }
            }
        }
    }
    Token {
        sign: byte,
        ..token(Kind::Delim, at, at + 1, 0)
    }
}

/// Cut all tokens.
pub fn all(css: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < css.len() {
        let token = token_at(css, at);
        at = token.end as usize;
        found.push(token);
    }
    found
}

/// Tell whether a string among tokens ends with its line, so that browsers drop them all.
pub fn is_broken(tokens: &[Token]) -> bool {
    let before_last = tokens.len().saturating_sub(1);
    tokens[..before_last]
        .iter()
        .any(|token| token.kind == Kind::Text && token.flags & flag::CLOSED == 0)
}

fn token(kind: Kind, start: usize, end: usize, flags: u8) -> Token {
    Token {
        kind,
        flags,
        sign: 0,
        start: start as u32,
        end: end as u32,
        unit: end as u32,
    }
}

fn string_at(css: &[u8], start: usize) -> Token {
    let quote = css[start];
    let mut at = start + 1;
    let mut flags = 0;
    while let Some(&byte) = css.get(at) {
        match byte {
            b'\\' => {
                flags |= flag::ESCAPE;
                at += match css.get(at + 1) {
                    Some(b'\r') if css.get(at + 2) == Some(&b'\n') => 3,
                    Some(_) => 2, // the rest of a long character is no quote
                    None => 1,
                };
            }
            b'\n' | b'\r' | 12 => break,
            _ if byte == quote => {
                return token(Kind::Text, start, at + 1, flags | flag::CLOSED);
            }
            _ => {
                flags |= CLASSES[usize::from(byte)] & HIGH;
                at += 1;
            }
        }
    }
    token(Kind::Text, start, at, flags)
}

fn end_of_comment(css: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(found) = memchr(b'*', &css[at..]) {
        at += found + 1;
        if css.get(at) == Some(&b'/') {
            return at + 1;
        }
    }
    css.len()
}

/// Cut an identifier, a function or a whole `url(...)`.
fn name_at(css: &[u8], at: usize) -> Option<Token> {
    let mut flags = 0;
    let end = end_of_ident(css, at, &mut flags)?;
    if css.get(end) != Some(&b'(') {
        return Some(token(Kind::Ident, at, end, flags));
    }
    if is_url(&css[at..end], flags) {
        if let Some(end) = end_of_address(css, end + 1) {
            return Some(token(Kind::Url, at, end, 0));
        }
    }
    Some(token(Kind::Function, at, end + 1, flags))
}

fn is_url(name: &[u8], flags: u8) -> bool {
    if flags & flag::ESCAPE == 0 {
        return name.eq_ignore_ascii_case(b"url");
    }
    let text = std::str::from_utf8(name).unwrap_or_default();
    unescape(text).eq_ignore_ascii_case("url")
}

fn end_of_address(css: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while class(css, at) & SPACE != 0 {
        at += 1;
    }
    if matches!(css.get(at), Some(b'"' | b'\'')) {
        return None;
    }
    while let Some(found) = css.get(at..).and_then(|rest| memchr2(b')', b'\\', rest)) {
        at += found + 1;
        if css[at - 1] == b')' {
            return Some(at);
        }
        at += 1; // what is escaped; the rest of a long character is no bracket
    }
    Some(css.len())
}

/// Return where an identifier ends that begins here.
fn end_of_ident(css: &[u8], at: usize, flags: &mut u8) -> Option<usize> {
    let mut from = at;
    if css.get(at) == Some(&b'-') {
        if css.get(at + 1) == Some(&b'-') {
            return Some(end_of_name(css, at + 2, flags));
        }
        from += 1;
    }
    let starts = class(css, from) & START != 0 || end_of_escape(css, from).is_some();
    starts.then(|| end_of_name(css, from, flags))
}

/// Return where the characters of a name end.
fn end_of_name(css: &[u8], from: usize, flags: &mut u8) -> usize {
    let mut at = from;
    loop {
        let mut seen = 0;
        while let Some(&byte) = css.get(at) {
            let class = CLASSES[usize::from(byte)];
            if class & NAME == 0 {
                break;
            }
            seen |= class;
            at += 1;
        }
        *flags |= seen & (DIGIT | HIGH);
        match end_of_escape(css, at) {
            Some(end) => {
                *flags |= flag::ESCAPE;
                at = end;
            }
            None => return at,
        }
    }
}

/// Return where an escape ends that may stand in a name.
fn end_of_escape(css: &[u8], at: usize) -> Option<usize> {
    if css.get(at) != Some(&b'\\') {
        return None;
    }
    let from = at + 1;
    let first = class(css, from);
    if css.get(from).is_none() || first & BREAK != 0 {
        return None;
    }
    if first & HEX == 0 {
        return Some(from + 1); // the rest of a long character is part of the name, too
    }
    Some(end_of_code(css, from))
}

/// Return where up to six hexadecimal digits end, and a blank behind them.
fn end_of_code(css: &[u8], from: usize) -> usize {
    let mut at = from;
    while at < from + 6 && class(css, at) & HEX != 0 {
        at += 1;
    }
    if css.get(at) == Some(&b'\r') && css.get(at + 1) == Some(&b'\n') {
        return at + 2;
    }
    at + usize::from(class(css, at) & SPACE != 0)
}

fn digits(css: &[u8], from: usize) -> usize {
    let mut at = from;
    while class(css, at) & DIGIT != 0 {
        at += 1;
    }
    at - from
}

fn number_at(css: &[u8], start: usize) -> Option<Token> {
    let mut at = start + usize::from(matches!(css[start], b'+' | b'-'));
    let whole = digits(css, at);
    at += whole;
    let mut decimals = 0;
    if css.get(at) == Some(&b'.') {
        decimals = digits(css, at + 1);
        at += if decimals > 0 { decimals + 1 } else { 0 };
    }
    if whole + decimals == 0 {
        return None;
    }
    let mut exponent = 0;
    if matches!(css.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(css.get(at + 1), Some(b'+' | b'-')));
        exponent = digits(css, at + 1 + sign);
        at += if exponent > 0 { 1 + sign + exponent } else { 0 };
    }
    let mut flags = 0;
    let end = match css.get(at) {
        Some(b'%') => at + 1,
        _ => end_of_ident(css, at, &mut flags).unwrap_or(at),
    };
    if whole > 6 || decimals > 4 || exponent > 2 {
        flags |= flag::LONG;
    }
    if whole + decimals + exponent > 6 || exponent > 2 {
        flags |= flag::LONGER;
    }
    Some(Token {
        unit: at as u32,
        ..token(Kind::Number, start, end, flags)
    })
}

// --- escapes --------------------------------------------------------------------------

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
    for character in value.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\a "),
            '\r' => out.push_str("\\d "),
            '\u{c}' => out.push_str("\\c "),
            _ => {
                if character == quote {
                    out.push('\\');
                }
                out.push(character);
            }
        }
    }
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

    fn cut(css: &str) -> Vec<(Kind, &str)> {
        let pair = |token: Token| (token.kind, token.text(css));
        all(css).into_iter().map(pair).collect()
    }

    #[test]
    fn tokens_are_those_of_the_reference() {
        use Kind::*;
        assert_eq!(
            cut("-a(--x -5.5e3px +.5 1-- url( x\\)y) url( 'a'"),
            [
                (Function, "-a("),
                (Ident, "--x"),
                (Space, " "),
                (Number, "-5.5e3px"),
                (Space, " "),
                (Number, "+.5"),
                (Space, " "),
                (Number, "1--"),
                (Space, " "),
                (Url, "url( x\\)y)"),
                (Space, " "),
                (Function, "url("),
                (Space, " "),
                (Text, "'a'"),
            ]
        );
    }

    #[test]
    fn escapes_are_resolved() {
        assert_eq!(unescape("\\4d aya\\21"), "Maya!");
        assert_eq!(unescape("a\\\r\nb\\"), "ab");
        assert_eq!(unescape("\\0 \\110000"), "\u{fffd}\u{fffd}");
        assert_eq!(identifier("1 a"), "\\31 \\20 a");
        assert_eq!(identifier("-"), "\\2d ");
    }
}
