//! Masking values of declarations: `_css/values.py`.

pub mod addresses;
mod colors;
mod lists;
pub mod opaque;
mod strings;
pub mod texts;

use std::borrow::Cow;

use colors::are_color_parts;
use lists::{color_numbers, font_names};
use opaque::{
    layout_and_unit, may_be_long_unit, opaque_at, opaque_function, opaque_hash, opaque_number,
    opaque_word, write_unit,
};
use texts::{is_asked_attribute, url_value};

use crate::css::pass::{Crossing, Pass, Sure, plain_name};
use crate::css::syntax::escapes::unescape;
use crate::css::syntax::names::sure;
use crate::css::syntax::numbers::{digits_of, short_number, zeros};
use crate::css::syntax::tokens::{Kind, Token, flag};
use crate::css::tables::{CSS_FUNCTIONS, CSS_PROPERTIES, CSS_UNITS, WORDS_OF_CSS};

const TEXT_PROPERTIES: [&str; 6] = [
    "symbols",
    "additive-symbols",
    "prefix",
    "suffix",
    "negative",
    "pad",
];
const CARRIERS: [&str; 7] = ["var", "env", "constant", "attr", "if", "inherit", "param"];
const COLOR_FUNCTIONS: [&str; 13] = [
    "rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "ictcp",
    "jzazbz", "jzczhz",
];
const CHANNELS: [&str; 12] = ["r", "g", "b", "a", "h", "s", "l", "w", "c", "x", "y", "z"];
pub fn among(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// A function or bracket that is open in a value.
#[derive(Clone, Copy)]
pub struct Open<'a> {
    name: &'a str,
    escaped: bool,
    /// Of a value that is judged word by word: do numbers measure here?
    measured: bool,
    colors: bool,
}

pub struct Value<'p, 'a> {
    pass: &'p mut Pass<'a>,
    name: &'p str, // as it is written, without escapes
    opaque: bool,
    speaks: bool, // what identifiers say is shown
    crowded: bool,
    open: Vec<Open<'a>>,
    colors: usize,
    before: Option<Token>,
}

pub fn mask_tokens(pass: &mut Pass<'_>, name: &str, tokens: &[Token]) -> Sure {
    let known = CSS_PROPERTIES.has_low(name.as_bytes());
    let opaque = !known || name.eq_ignore_ascii_case("initial-value");
    let mut value = Value {
        name,
        opaque,
        speaks: known && among(&TEXT_PROPERTIES, name),
        crowded: false,
        open: std::mem::take(&mut pass.open),
        colors: 0,
        before: None,
        pass,
    };
    let masked = if opaque {
        value.judged(tokens)
    } else {
        value.layout(tokens)
    };
    value.open.clear();
    value.pass.open = value.open; // its memory serves the next value
    masked
}

impl<'a> Value<'_, 'a> {
    /// Mask the tokens of a property that can say anything.
    fn judged(&mut self, tokens: &[Token]) -> Sure {
        if !self.pass.inline {
            self.weigh(tokens)?;
        }
        let mut kept = vec![false; tokens.len()];
        for at in font_names(self.pass.css, tokens)? {
            kept[at] = true;
        }
        if self.pass.inline {
            for at in color_numbers(self.pass.css, tokens)? {
                kept[at] = true;
            }
        }
        for (token, stays) in tokens.iter().zip(kept) {
            self.enter(token)?;
            if stays {
                self.pass.out.keep_token(token);
            } else {
                self.masked(token)?;
            }
            self.before = Some(*token);
        }
        Some(())
    }

    /// Mask the tokens of a known property: nearly all stay.
    fn layout(&mut self, tokens: &[Token]) -> Sure {
        for token in tokens {
            match token.kind {
                Kind::Space | Kind::Mark => self.pass.out.keep_token(token),
                Kind::Ident if !self.speaks => self.pass.named(token)?,
                Kind::Number if !self.speaks && !may_be_long_unit(token) => {
                    self.pass.out.keep_token(token);
                }
                _ => {
                    self.enter(token)?;
                    self.masked(token)?;
                }
            }
        }
        Some(())
    }

    /// Count the digits of the bare numbers of a value.
    fn weigh(&mut self, tokens: &[Token]) -> Sure {
        let mut digits = 0;
        for token in tokens {
            self.enter(token)?;
            if token.kind == Kind::Number && !self.is_measured(token)? {
                digits += digits_of(self.number_of(token));
            }
        }
        self.open.clear();
        self.colors = 0;
        if digits > 6 {
            let (first, last) = (tokens.first()?, tokens.last()?);
            let text = &self.pass.css[first.start as usize..last.end as usize];
            sure(text)?;
            let low = self
                .name
                .len()
                .checked_sub(3)
                .and_then(|at| self.name.get(at..));
            let named_rgb = low.is_some_and(|end| end.eq_ignore_ascii_case("rgb"));
            self.crowded = !are_color_parts(named_rgb, text);
        }
        Some(())
    }

    fn enter(&mut self, token: &Token) -> Sure {
        match (token.kind, token.sign) {
            (Kind::Function, _) => self.open_function(token)?,
            (Kind::Delim, b'(') => {
                let measured = self.open.last().is_some_and(|open| open.measured);
                self.open.push(Open {
                    name: "",
                    escaped: false,
                    measured,
                    colors: false,
                });
            }
            (Kind::Delim, b')') => {
                if let Some(open) = self.open.pop() {
                    self.colors -= usize::from(open.colors);
                }
            }
            _ => {}
        }
        Some(())
    }

    fn open_function(&mut self, token: &Token) -> Sure {
        let name = token.name(self.pass.css);
        let mut open = Open {
            name,
            escaped: token.flags & flag::ESCAPE != 0,
            measured: false,
            colors: false,
        };
        if self.opaque {
            let plain = plain_name(name, token.flags)?;
            open.colors = among(&COLOR_FUNCTIONS, &plain);
            open.measured = if among(&CARRIERS, &plain) {
                self.open.last().is_some_and(|open| open.measured)
            } else {
                CSS_FUNCTIONS.has_low(plain.as_bytes())
            };
            self.colors += usize::from(open.colors);
        }
        self.open.push(open);
        Some(())
    }

    /// The function whose brackets are the innermost.
    fn inside(&self) -> Cow<'a, str> {
        match self.open.last() {
            Some(open) if open.escaped => unescape(open.name),
            Some(open) => Cow::Borrowed(open.name),
            None => Cow::Borrowed(""),
        }
    }

    fn masked(&mut self, token: &Token) -> Sure {
        match token.kind {
            Kind::Text => self.string(token),
            Kind::Url => {
                let value = url_value(self.pass.text(token));
                let masked = self.address(&value)?;
                self.pass.out.add("url(");
                self.pass.out.quote(&masked, '"');
                self.pass.out.add(")");
                Some(())
            }
            Kind::Comment => {
                self.pass.comment();
                Some(())
            }
            Kind::Number => self.number(token),
            Kind::Ident => self.word(token),
            Kind::Function if self.opaque || self.speaks => opaque_function(self.pass, token),
            Kind::Function => self.pass.named(token),
            Kind::Hash => opaque_hash(self.pass, token),
            Kind::At => opaque_at(self.pass, token),
            Kind::Space | Kind::Mark | Kind::Delim => {
                self.pass.out.keep_token(token);
                Some(())
            }
        }
    }

    fn word(&mut self, token: &Token) -> Sure {
        let name = self.pass.name(token)?;
        if self.speaks {
            self.pass.crossed("", &name, "");
            return Some(());
        }
        let asked = !self.open.is_empty()
            && self.inside().eq_ignore_ascii_case("attr")
            && is_asked_attribute(&name);
        if !self.opaque || asked {
            return self.pass.named(token);
        }
        if self.colors > 0 && (among(&CHANNELS, &name) || name.eq_ignore_ascii_case("alpha")) {
            self.pass.out.keep_token(token);
            return Some(());
        }
        if name.starts_with("--") || WORDS_OF_CSS.has_low(name.as_bytes()) {
            return opaque_word(self.pass, token);
        }
        let start = self.pass.out.written().len();
        self.pass.out.cross(&name);
        if !self.name.is_empty() && !self.pass.inline {
            let end = self.pass.out.written().len();
            let token = *token;
            self.pass.crossings.push(Crossing { token, start, end });
        }
        Some(())
    }

    fn number_of(&self, token: &Token) -> &'a str {
        &self.pass.css[token.start as usize..token.unit as usize]
    }

    fn unit_of(&self, token: &Token) -> Option<Cow<'a, str>> {
        plain_name(
            &self.pass.css[token.unit as usize..token.end as usize],
            token.flags,
        )
    }

    /// Tell whether a number measures something: by its unit, or as an argument.
    fn is_measured(&self, token: &Token) -> Option<bool> {
        let unit = self.unit_of(token)?;
        let in_function = self.open.last().is_some_and(|open| open.measured);
        Some(
            CSS_UNITS.has_low(unit.as_bytes())
                || (in_function && !self.pass.inline && unit.is_empty()),
        )
    }

    fn number(&mut self, token: &Token) -> Sure {
        if self.speaks {
            return opaque_number(self.pass, token);
        }
        if !self.opaque {
            return layout_and_unit(self.pass, token);
        }
        let measured = self.is_measured(token)?;
        let number = self.number_of(token);
        if measured {
            let merges = self.pass.inline
                && number.starts_with('.')
                && self
                    .before
                    .is_some_and(|before| before.kind == Kind::Number);
            if merges {
                self.pass.out.add(" ");
            }
        }
        if measured || !self.pass.inline {
            let zero = self.crowded && !measured;
            if !zero && token.flags & flag::LONGER == 0 {
                self.pass.out.keep(token.start, token.unit);
            } else {
                let short = short_number(number);
                self.pass.out.add(&if zero { zeros(&short) } else { short });
            }
        } else {
            let apart = self.is_apart();
            self.pass.out.add(if apart { "1" } else { " 1" });
        }
        write_unit(self.pass, token)
    }

    /// Tell whether a digit would not become part of the token before it.
    fn is_apart(&self) -> bool {
        match &self.before {
            None => true,
            Some(before) => {
                matches!(before.kind, Kind::Space | Kind::Comment | Kind::Function)
                    || b"(,:;{[/*=".contains(&before.sign) && before.sign != 0
            }
        }
    }
}
