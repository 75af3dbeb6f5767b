//! Masks of tokens that can be words of speech, and of numbers with their units.

use crate::css::pass::{Pass, Sure, plain_name};
use crate::css::syntax::escapes::{identifier, unescape};
use crate::css::syntax::names::zeroed;
use crate::css::syntax::numbers::layout_number;
use crate::css::syntax::tokens::{Token, flag};
use crate::css::tables::{CSS_FUNCTIONS, CSS_UNITS, WORDS_OF_CSS};
use crate::words::Words;

pub fn opaque_word(pass: &mut Pass<'_>, token: &Token) -> Sure {
    opaque_name(pass, token, &WORDS_OF_CSS, "")
}

pub fn opaque_function(pass: &mut Pass<'_>, token: &Token) -> Sure {
    opaque_name(pass, token, &CSS_FUNCTIONS, "(")
}

/// Keep a name that is among these words, and cross out any other.
fn opaque_name(pass: &mut Pass<'_>, token: &Token, words: &Words, end: &str) -> Sure {
    let name = pass.name(token)?;
    if name.starts_with("--") {
        return pass.named(token);
    }
    if words.has_low(name.as_bytes()) {
        pass.out.keep_token(token);
    } else {
        pass.crossed("", &name, end);
    }
    Some(())
}

pub fn opaque_hash(pass: &mut Pass<'_>, token: &Token) -> Sure {
    let name = token.name(pass.css);
    if matches!(name.len(), 3 | 4 | 6 | 8) && name.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        pass.out.keep_token(token);
        return Some(());
    }
    pass.out.add("#");
    pass.out.cross(&unescape(name));
    Some(())
}

pub fn opaque_at(pass: &mut Pass<'_>, token: &Token) -> Sure {
    let name = unescape(token.name(pass.css));
    pass.crossed("@", &name, "");
    Some(())
}

pub fn opaque_number(pass: &mut Pass<'_>, token: &Token) -> Sure {
    write_layout(pass, token);
    write_unit(pass, token)
}

// --- numbers --------------------------------------------------------------------------

pub fn may_be_long_unit(token: &Token) -> bool {
    token.flags & (flag::LONG | flag::ESCAPE | flag::HIGH) != 0 || token.end - token.unit >= 6
}

/// Write the unit of a number that is judged: one that CSS has, or crosses.
pub fn write_unit(pass: &mut Pass<'_>, token: &Token) -> Sure {
    if token.unit == token.end {
        return Some(());
    }
    let unit = &pass.css[token.unit as usize..token.end as usize];
    let plain = plain_name(unit, token.flags)?;
    if CSS_UNITS.has_low(plain.as_bytes()) {
        pass.out.keep(token.unit, token.end);
    } else {
        pass.out.cross(&plain);
    }
    Some(())
}

/// Write a number of at most six digits, and its unit, which may be a name.
pub fn layout_and_unit(pass: &mut Pass<'_>, token: &Token) -> Sure {
    write_layout(pass, token);
    let unit = &pass.css[token.unit as usize..token.end as usize];
    let plain = plain_name(unit, token.flags)?;
    let masked = zeroed(&plain)?;
    if masked == plain {
        pass.out.keep(token.unit, token.end);
        return Some(());
    }
    let written = identifier(&masked);
    let bytes = written.as_bytes();
    let sign = usize::from(matches!(bytes.get(1), Some(b'-' | b'+')));
    let digit = bytes.get(1 + sign).is_some_and(u8::is_ascii_digit);
    if matches!(bytes[0], b'e' | b'E') && digit {
        pass.out.add(&format!("\\{:x} {}", bytes[0], &written[1..]));
    } else {
        pass.out.add(&written);
    }
    Some(())
}

pub fn write_layout(pass: &mut Pass<'_>, token: &Token) {
    if token.flags & flag::LONG == 0 {
        pass.out.keep(token.start, token.unit);
    } else {
        let number = &pass.css[token.start as usize..token.unit as usize];
        pass.out.add(&layout_number(number));
    }
}
