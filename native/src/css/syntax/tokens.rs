//! Splitting CSS into tokens, as `_css/tokens.py` does.
//!
//! A token is a place in the style sheet, and marks what its characters may mean, so that most
//! tokens are never looked at twice.

use memchr::{memchr, memchr2};

use super::escapes::unescape;

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
pub const HEX: u8 = 8;
const HIGH: u8 = flag::HIGH;
const SPACE: u8 = 32;
pub const BREAK: u8 = 64;

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

pub fn class(css: &[u8], at: usize) -> u8 {
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
    match bytes[at] {
        b' ' | b'\t' | b'\n' | b'\r' | 12 => {
            let mut end = at + 1;
            while class(bytes, end) & SPACE != 0 {
                end += 1;
            }
            token(Kind::Space, at, end, 0)
        }
        b'"' | b'\'' => string_at(bytes, at),
        b'/' if bytes.get(at + 1) == Some(&b'*') => {
            token(Kind::Comment, at, end_of_comment(bytes, at + 2), 0)
        }
        b'<' if bytes[at..].starts_with(b"<!--") => token(Kind::Mark, at, at + 4, 0),
        b'-' if bytes[at..].starts_with(b"-->") => token(Kind::Mark, at, at + 3, 0),
        sign => word_at(bytes, at).unwrap_or(Token {
            sign,
            ..token(Kind::Delim, at, at + 1, 0)
        }),
    }
}

/// Cut a name or a number, if one begins here.
fn word_at(css: &[u8], at: usize) -> Option<Token> {
    let mut flags = 0;
    match css[at] {
        b'#' => {
            let end = end_of_name(css, at + 1, &mut flags);
            (end > at + 1).then(|| token(Kind::Hash, at, end, flags))
        }
        b'@' => {
            let end = end_of_ident(css, at + 1, &mut flags)?;
            Some(token(Kind::At, at, end, flags))
        }
        b'0'..=b'9' | b'+' | b'.' => number_at(css, at),
        b'-' | b'\\' => name_at(css, at).or_else(|| number_at(css, at)),
        byte if CLASSES[usize::from(byte)] & START != 0 => name_at(css, at),
        _ => None,
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
pub fn end_of_code(css: &[u8], from: usize) -> usize {
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
}
