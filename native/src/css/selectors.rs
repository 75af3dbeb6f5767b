//! Masking selectors: `_css/selectors.py`.

use crate::css::attributes::attribute_selector;
use crate::css::pass::{Pass, Sure, plain_name};
use crate::css::syntax::escapes::{identifier, name_characters, string_value, unescape};
use crate::css::syntax::names::{is_run, sure, zeroed};
use crate::css::syntax::numbers::zeros;
use crate::css::syntax::tokens::{Kind, Token};
use crate::css::tables::{CSS_KEYWORDS, CSS_PSEUDOS, ELEMENT_NAMES, INSIDE, PREFIXES};
use crate::css::values::among;
use crate::css::values::opaque::{opaque_at, write_layout};
use crate::forms::{is_language, is_white};

/// What stands in the brackets of a pseudo-class.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Inside {
    Selectors,
    Step,
    Names,
    Language,
    Words,
}

const KEYFRAME_WORDS: [&str; 9] = [
    "from",
    "to",
    "cover",
    "contain",
    "entry",
    "exit",
    "entry-crossing",
    "exit-crossing",
    "scroll",
];

/// Mask the selectors that stand before a block, or in the brackets of a condition.
pub fn mask_selectors(pass: &mut Pass<'_>, segment: &[Token]) -> Sure {
    if is_keyframe(pass.css, segment) {
        for token in segment {
            keyframe(pass, token);
        }
        return Some(());
    }
    let mut selectors = Selectors {
        inside: Vec::new(),
        before: 0,
        in_slot: false,
    };
    let mut at = 0;
    while let Some(token) = segment.get(at) {
        if token.sign == b'[' {
            let end = closing(segment, at);
            attribute_selector(pass, &segment[at..end], selectors.in_slot)?;
            selectors.before = b']';
            at = end;
            continue;
        }
        let following = segment.get(at + 1).map_or(0, |next| next.sign);
        selectors.token(pass, token, following)?;
        at += 1;
    }
    Some(())
}

/// Return where the bracket that opens at an index closes, or the end.
pub fn closing(segment: &[Token], at: usize) -> usize {
    let found = segment[at..].iter().position(|token| token.sign == b']');
    found.map_or(segment.len(), |found| at + found)
}

struct Selectors {
    inside: Vec<Inside>,
    before: u8,    // the sign before a token
    in_slot: bool, // a `slot` element is being described
}

impl Selectors {
    fn token(&mut self, pass: &mut Pass<'_>, token: &Token, following: u8) -> Sure {
        match token.kind {
            Kind::Ident => {
                self.word(pass, token, following)?;
                if !matches!(self.before, b'.' | b':') {
                    self.in_slot = pass.name(token)?.eq_ignore_ascii_case("slot");
                }
            }
            Kind::Space => {
                pass.out.keep_token(token);
                self.in_slot = false;
            }
            Kind::Delim => {
                pass.out.keep_token(token);
                self.bracket(token.sign);
            }
            Kind::Function => {
                self.function(pass, token)?;
                self.in_slot = false;
            }
            Kind::Number => self.number(pass, token)?,
            Kind::Text => self.string(pass, token)?,
            Kind::Hash => hash(pass, token)?,
            Kind::At => opaque_at(pass, token)?,
            Kind::Url => {
                let text = pass.text(token);
                let name = unescape(text.split_once('(').map_or(text, |(name, _)| name));
                pass.crossed("", &name, "(\"\")");
            }
            Kind::Comment => pass.comment(),
            Kind::Mark => pass.out.keep_token(token),
        }
        self.before = token.sign;
        Some(())
    }

    fn bracket(&mut self, sign: u8) {
        match sign {
            b'(' => self.inside.push(self.innermost()),
            b')' => {
                self.inside.pop();
            }
            _ => {}
        }
        if b",>+~()".contains(&sign) {
            self.in_slot = false;
        }
    }

    fn innermost(&self) -> Inside {
        self.inside.last().copied().unwrap_or(Inside::Selectors)
    }

    fn function(&mut self, pass: &mut Pass<'_>, token: &Token) -> Sure {
        let name = pass.name(token)?;
        let pseudo = self.before == b':';
        if pseudo && CSS_PSEUDOS.has_low(name.as_bytes()) {
            pass.out.keep_token(token);
        } else {
            pass.crossed("", &name, "(");
        }
        self.inside.push(if pseudo {
            inside_of(&name)
        } else {
            Inside::Words
        });
        Some(())
    }

    fn word(&mut self, pass: &mut Pass<'_>, token: &Token, following: u8) -> Sure {
        if self.before == b'.' {
            return pass.named(token);
        }
        let name = pass.name(token)?;
        let stays = if self.before == b':' {
            if !CSS_PSEUDOS.has_low(name.as_bytes()) {
                return unknown_pseudo(pass, &name);
            }
            true
        } else {
            match self.innermost() {
                Inside::Step if is_step(&name) => {
                    if name.eq_ignore_ascii_case("of") {
                        *self.inside.last_mut()? = Inside::Selectors;
                    }
                    true
                }
                Inside::Selectors if following == b'|' => {
                    namespace_prefix(pass, token)?;
                    return Some(());
                }
                Inside::Selectors if is_element(&name) => return pass.named(token),
                Inside::Selectors => false,
                Inside::Names => return pass.named(token),
                Inside::Language => is_language(&name),
                _ => CSS_KEYWORDS.has_low(name.as_bytes()),
            }
        };
        if stays {
            pass.out.keep_token(token);
        } else {
            pass.crossed("", &name, "");
        }
        Some(())
    }

    fn number(&mut self, pass: &mut Pass<'_>, token: &Token) -> Sure {
        let number = &pass.css[token.start as usize..token.unit as usize];
        let unit = plain_name(
            &pass.css[token.unit as usize..token.end as usize],
            token.flags,
        )?;
        let Some(inside) = self.inside.last() else {
            pass.out.add(&zeros(number));
            pass.out.cross(&unit);
            return Some(());
        };
        write_layout(pass, token);
        if *inside == Inside::Step && is_step_unit(&unit) {
            pass.out.keep(token.unit, token.end);
        } else {
            pass.out.cross(&unit);
        }
        Some(())
    }

    fn string(&mut self, pass: &mut Pass<'_>, token: &Token) -> Sure {
        let value = string_value(token, pass.css);
        if self.inside.last() == Some(&Inside::Language) && is_language(&value) {
            let quote = pass.quote_of(token);
            pass.requote(token, &value, quote);
            return Some(());
        }
        pass.mask_string(token)
    }
}

fn inside_of(name: &str) -> Inside {
    let low = name.to_ascii_lowercase();
    let is = |word: &str| INSIDE.has(format!("{low}={word}").as_bytes());
    if is("selectors") {
        Inside::Selectors
    } else if is("step") {
        Inside::Step
    } else if is("names") {
        Inside::Names
    } else if is("language") {
        Inside::Language
    } else {
        Inside::Words
    }
}

fn is_step(name: &str) -> bool {
    if among(&["odd", "even", "of", "-"], name) {
        return true;
    }
    let name = name.strip_prefix(['+', '-']).unwrap_or(name);
    name.starts_with(['n', 'N']) && is_steps_behind(&name[1..])
}

fn is_step_unit(unit: &str) -> bool {
    is_steps_behind(unit.strip_prefix(['n', 'N']).unwrap_or(unit))
}

/// Tell whether a text is nothing, or a hyphen and up to six digits.
fn is_steps_behind(text: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit();
    text.is_empty()
        || text
            .strip_prefix('-')
            .is_some_and(|digits| is_run(digits, digit, 0, 6))
}

/// Cross out a pseudo-element, but for the prefix of WebKit.
fn unknown_pseudo(pass: &mut Pass<'_>, name: &str) -> Sure {
    let start = name.get(..8).unwrap_or_default();
    let prefix = if start.eq_ignore_ascii_case("-webkit-") {
        "-webkit-"
    } else {
        ""
    };
    pass.crossed(prefix, &name[prefix.len()..], "");
    Some(())
}

/// Mask the name of an id.
fn hash(pass: &mut Pass<'_>, token: &Token) -> Sure {
    let text = token.name(pass.css);
    let plain = plain_name(text, token.flags)?;
    let masked = zeroed(&plain)?;
    if masked == plain {
        pass.out.keep_token(token);
        return Some(());
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let written = if digits.starts_with(|c: char| c.is_ascii_digit()) {
        name_characters(&masked)
    } else {
        identifier(&masked)
    };
    pass.out.add("#");
    pass.out.add(&written);
    Some(())
}

/// Mask the name that a style sheet gives to a namespace.
pub fn namespace_prefix(pass: &mut Pass<'_>, token: &Token) -> Sure {
    let name = pass.name(token)?;
    if PREFIXES.has_low(name.as_bytes()) {
        pass.out.keep_token(token);
    } else {
        pass.crossed("", &name, "");
    }
    Some(())
}

fn is_element(name: &str) -> bool {
    ELEMENT_NAMES.has_low(name.as_bytes()) || is_custom_element(name)
}

fn is_custom_element(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.contains('-')
        && !name.bytes().any(is_white)
        && sure(name).is_some()
}

// --- key frames -----------------------------------------------------------------------

/// Tell whether a selector has the form of those in `@keyframes`.
fn is_keyframe(css: &str, segment: &[Token]) -> bool {
    segment.iter().all(|token| match token.kind {
        Kind::Space | Kind::Comment | Kind::Mark => true,
        Kind::Ident => among(&KEYFRAME_WORDS, token.text(css)),
        Kind::Number => token.text(css).ends_with('%'),
        Kind::Delim => token.sign == b',',
        _ => false,
    })
}

fn keyframe(pass: &mut Pass<'_>, token: &Token) {
    match token.kind {
        Kind::Number => {
            write_layout(pass, token);
            pass.out.keep(token.unit, token.end);
        }
        Kind::Comment => pass.comment(),
        _ => pass.out.keep_token(token),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_of_pseudo_classes_hold_what_they_hold() {
        assert_eq!(inside_of("NOT"), Inside::Selectors);
        assert_eq!(inside_of("nth-child"), Inside::Step);
        assert_eq!(inside_of("dir"), Inside::Words);
        assert!(is_step("n-12") && is_step("-N") && !is_step("name"));
        assert!(is_step_unit("n") && is_step_unit("") && !is_step_unit("px"));
    }
}
