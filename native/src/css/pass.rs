//! What all parts of a pass over one piece of CSS share.

use crate::text::mask_text;

use crate::css::out::Out;
use crate::css::syntax::escapes::{identifier, string_value, unescape};
use crate::css::syntax::names::{cross_into, keeps_escaped, may_be_data, sure, zeroed};
use crate::css::syntax::tokens::{Token, flag};
use crate::css::values::Open;
use std::borrow::Cow;

/// Nothing, or the kernel does not know and hands the whole piece back.
pub type Sure = Option<()>;

/// Masks the address of an image that is embedded; the second says whether it fills its box.
pub type Images<'a> = dyn FnMut(&str, bool, bool) -> Option<String> + 'a;

/// A crossed-out word of an attribute selector that may be public.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal {
    /// Where it stands in the output.
    pub start: usize,
    pub end: usize,
    pub name: String,
    pub operator: String,
    pub value: String,
    pub ignore_case: bool,
    pub quote: char,
}

/// A word of a value that was crossed out. It stays if the sheet turns out to name something so.
pub struct Crossing {
    pub token: Token,
    /// Where it stands in the output.
    pub start: usize,
    pub end: usize,
}

pub struct Pass<'a> {
    pub css: &'a str,
    pub out: Out<'a>,
    pub inline: bool,
    pub literals: Vec<Literal>,
    pub crossings: Vec<Crossing>,
    pub images: &'a mut Images<'a>,
    /// Memory for the brackets of the next value.
    pub open: Vec<Open<'a>>,
}

impl<'a> Pass<'a> {
    pub fn text(&self, token: &Token) -> &'a str {
        token.text(self.css)
    }

    /// Return the name in a token with its escapes resolved.
    pub fn name(&self, token: &Token) -> Option<Cow<'a, str>> {
        plain_name(token.name(self.css), token.flags)
    }

    /// Keep a name, but for its long numbers.
    pub fn named(&mut self, token: &Token) -> Sure {
        let text = self.text(token);
        let name = token.name(self.css);
        if token.flags & (flag::ESCAPE | flag::HIGH) == 0
            && (name.len() < 6
                || (token.flags & flag::DIGIT == 0 && !name.starts_with("mjx-c"))
                || !may_be_data(name))
        {
            self.out.keep_token(token);
            return Some(());
        }
        if token.flags & flag::HIGH == 0 && keeps_escaped(name) {
            self.out.keep_token(token);
            return Some(());
        }
        let plain = plain_name(name, token.flags)?;
        let masked = zeroed(&plain)?;
        if masked == plain {
            self.out.keep_token(token);
        } else {
            self.out.add(&identifier(&masked));
            if text.len() > name.len() {
                self.out.add("(");
            }
        }
        Some(())
    }

    /// Cross out the name in a token, and write the sign before and behind it.
    pub fn crossed(&mut self, before: &str, name: &str, behind: &str) {
        let out = self.out.written();
        out.push_str(before);
        cross_into(out, name);
        out.push_str(behind);
    }

    pub fn mask_string(&mut self, token: &Token) -> Sure {
        let quote = self.quote_of(token);
        let value = string_value(token, self.css);
        if value.chars().all(is_symbol) {
            self.requote(token, &value, quote);
        } else {
            let masked = mask_text(&value);
            self.out.quote(&masked, quote);
        }
        Some(())
    }

    /// Write the value of a string token, which stays.
    pub fn requote(&mut self, token: &Token, value: &str, quote: char) {
        if token.flags & flag::ESCAPE == 0 && token.flags & flag::CLOSED != 0 {
            self.out.keep_token(token);
        } else {
            self.out.quote(value, quote);
        }
    }

    pub fn quote_of(&self, token: &Token) -> char {
        char::from(self.css.as_bytes()[token.start as usize])
    }

    /// Keep a token, or write an empty comment for a comment.
    pub fn comment(&mut self) {
        self.out.add("/**/");
    }
}

pub fn plain_name(name: &str, flags: u8) -> Option<Cow<'_, str>> {
    if flags & (flag::ESCAPE | flag::HIGH) == 0 {
        return Some(Cow::Borrowed(name));
    }
    let plain = unescape(name);
    sure(&plain)?;
    Some(plain)
}

/// What icons and separators are made of: `_SYMBOLS_ONLY` in `_css/values.py`.
fn is_symbol(character: char) -> bool {
    matches!(
        character,
        '\t'..='\r'
            | '\u{1c}'..=' '
            | '!'..='/' | ':'..='@' | '['..='`' | '{'..='~'
            | '\u{85}' | '\u{a0}'..='\u{a9}' | '\u{ab}'..='\u{b1}' | '\u{b4}'..='\u{b8}'
            | '\u{bb}' | '\u{bf}' | '\u{d7}' | '\u{f7}'
            | '\u{1680}' | '\u{2000}'..='\u{206f}' | '\u{2190}'..='\u{23ff}'
            | '\u{2500}'..='\u{2775}' | '\u{2794}'..='\u{27bf}' | '\u{2900}'..='\u{297f}'
            | '\u{2b00}'..='\u{2bff}' | '\u{3000}' | '\u{fe0e}' | '\u{fe0f}'
            | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}'
    )
}
