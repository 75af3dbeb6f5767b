//! Masking values of declarations: `_css/values.py`.

use std::borrow::Cow;

use super::addresses::{image, sheet_address};
use super::forms::is_structural;
use super::lists::{color_numbers, font_names};
use super::names::{is_blank, sure, utf16_length, zeroed, zeroed_words};
use super::numbers::{are_color_parts, digits_of, layout_number, short_number, zeros};
use super::pass::{Crossing, Pass, Sure, plain_name};
use super::tables::{CSS_FUNCTIONS, CSS_PROPERTIES, CSS_UNITS, SYNTAX_TYPES, WORDS_OF_CSS};
use super::tokens::{Kind, Token, flag, identifier, string_value, unescape};

const TEXT_PROPERTIES: [&str; 6] = [
    "symbols",
    "additive-symbols",
    "prefix",
    "suffix",
    "negative",
    "pad",
];
const FAMILY_PROPERTIES: [&str; 5] = [
    "font-family",
    "font",
    "grid-template-areas",
    "grid-template",
    "grid",
];
const FEATURE_PROPERTIES: [&str; 3] = [
    "font-feature-settings",
    "font-variation-settings",
    "font-language-override",
];
const FILLED: [&str; 3] = ["background", "mask", "-webkit-mask"];
const IMAGE_FUNCTIONS: [&str; 4] = ["image-set", "-webkit-image-set", "image", "cross-fade"];
const CARRIERS: [&str; 7] = ["var", "env", "constant", "attr", "if", "inherit", "param"];
const COLOR_FUNCTIONS: [&str; 13] = [
    "rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "ictcp",
    "jzazbz", "jzczhz",
];
const CHANNELS: [&str; 12] = ["r", "g", "b", "a", "h", "s", "l", "w", "c", "x", "y", "z"];
const FORMATS: [&str; 16] = [
    "woff", "woff2", "truetype", "opentype", "embedded-opentype", "svg", "collection",
    "woff-variations", "woff2-variations", "truetype-variations", "opentype-variations",
    "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif",
];

pub fn among(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// A function or bracket that is open in a value.
#[derive(Clone, Copy)]
struct Open<'a> {
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
        open: Vec::new(),
        colors: 0,
        before: None,
        pass,
    };
    if !opaque {
        return value.layout(tokens);
    }
    if !value.pass.inline {
        value.weigh(tokens)?;
    }
    let mut kept = vec![false; tokens.len()];
    for at in font_names(value.pass.css, tokens)? {
        kept[at] = true;
    }
    if value.pass.inline {
        for at in color_numbers(value.pass.css, tokens)? {
            kept[at] = true;
        }
    }
    for (token, stays) in tokens.iter().zip(kept) {
        value.enter(token)?;
        if stays {
            value.pass.out.keep_token(token);
        } else {
            value.masked(token)?;
        }
        value.before = Some(*token);
    }
    Some(())
}

impl<'a> Value<'_, 'a> {
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
            let low = self.name.len().checked_sub(3).and_then(|at| self.name.get(at..));
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

    fn string(&mut self, token: &Token) -> Sure {
        let value = string_value(token, self.pass.css);
        let inside = self.inside();
        let is = |name: &str| inside.eq_ignore_ascii_case(name);
        let quote = self.pass.quote_of(token);
        if is("url") || is("src") {
            let masked = self.address(&value)?;
            self.pass.out.quote(&masked, '"');
        } else if among(&IMAGE_FUNCTIONS, &inside) {
            let masked = self.image(&value)?;
            self.pass.out.quote(&masked, '"');
        } else if is("path")
            && !(self.opaque && self.pass.inline)
            && is_structural("d", &value)?
        {
            self.pass.requote(token, &value, quote);
        } else if is("format") || is("type") || is("tech") {
            if among(&FORMATS, &value) || value.eq_ignore_ascii_case("image/svg+xml") {
                self.pass.requote(token, &value, quote);
            } else {
                self.pass.mask_string(token)?;
            }
        } else if among(&FAMILY_PROPERTIES, self.name)
            || (self.name.eq_ignore_ascii_case("src") && is("local"))
        {
            let zeroed = zeroed_words(&value)?;
            self.requote(token, &value, &zeroed, quote);
        } else if among(&FEATURE_PROPERTIES, self.name) && is_feature_tag(&value) {
            self.pass.requote(token, &value, quote);
        } else if self.name.eq_ignore_ascii_case("syntax") {
            let masked = syntax(&value)?;
            self.pass.out.quote(&masked, quote);
        } else {
            self.pass.mask_string(token)?;
        }
        Some(())
    }

    fn requote(&mut self, token: &Token, value: &str, masked: &str, quote: char) {
        if masked == value {
            self.pass.requote(token, value, quote);
        } else {
            self.pass.out.quote(masked, quote);
        }
    }

    fn address(&mut self, address: &str) -> Option<String> {
        if let Some(name) = address.strip_prefix('#') {
            sure(name)?;
            let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            if !name.is_ascii() {
                return None;
            }
            if (1..=200).contains(&name.len()) && name.chars().all(is_part) {
                return Some(format!("#{}", zeroed(name)?));
            }
        }
        if self.name.eq_ignore_ascii_case("src") {
            return sheet_address(address);
        }
        self.image(address)
    }

    fn image(&mut self, address: &str) -> Option<String> {
        let fills = FILLED.iter().any(|start| {
            let begin = self.name.get(..start.len());
            begin.is_some_and(|begin| begin.eq_ignore_ascii_case(start))
        });
        image(self.pass, address, fills)
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
                && self.before.is_some_and(|before| before.kind == Kind::Number);
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

fn may_be_long_unit(token: &Token) -> bool {
    token.flags & (flag::LONG | flag::ESCAPE | flag::HIGH) != 0 || token.end - token.unit >= 6
}

/// Write the unit of a number that is judged: one that CSS has, or crosses.
fn write_unit(pass: &mut Pass<'_>, token: &Token) -> Sure {
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
        pass.out
            .add(&format!("\\{:x} {}", bytes[0], &written[1..]));
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

fn is_asked_attribute(name: &str) -> bool {
    let rest = name
        .strip_prefix("data-")
        .or_else(|| name.strip_prefix("aria-"));
    rest.is_some_and(|rest| {
        let is_part = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        rest.len() <= 39 && rest.starts_with(|c: char| c.is_ascii_lowercase())
            && rest.bytes().all(is_part)
    })
}

fn is_feature_tag(value: &str) -> bool {
    value.len() == 4 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ')
}

/// Mask the syntax of a custom property; words of values are masked likewise.
fn syntax(value: &str) -> Option<String> {
    if !value.is_ascii() {
        return None;
    }
    let is_space = |c: char| super::names::is_space(c as u8);
    let mut out = String::new();
    let mut rest = value;
    while let Some(first) = rest.chars().next() {
        if let Some(name) = type_in(rest) {
            let inner = &name[1..name.len() - 1];
            if SYNTAX_TYPES.has_low(inner.as_bytes()) {
                out.push_str(name);
            } else {
                out.push('<');
                super::names::cross_into(&mut out, inner);
                out.push('>');
            }
            rest = &rest[name.len()..];
            continue;
        }
        let is_end = |c: char| is_space(c) || "<>|+#*".contains(c);
        let end = rest.find(is_end).unwrap_or(rest.len());
        let word = match (end, first) {
            (0, '<' | '>') => &rest[..1],
            (0, _) => {
                out.push(first);
                rest = &rest[1..];
                continue;
            }
            _ => &rest[..end],
        };
        if WORDS_OF_CSS.has_low(word.as_bytes()) {
            out.push_str(word);
        } else {
            super::names::cross_into(&mut out, word);
        }
        rest = &rest[word.len()..];
    }
    Some(out)
}

/// Return `<name>`, if a text begins with it.
fn type_in(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('<')?;
    let end = inner.find(|c: char| c.is_ascii() && super::names::is_space(c as u8) || "<>|".contains(c))?;
    inner[end..].starts_with('>').then(|| &text[..end + 2])
}

/// Return the address in a token like `url(x.png)`.
pub fn url_value(text: &str) -> Cow<'_, str> {
    let inner = text.split_once('(').map_or("", |(_, inner)| inner);
    let inner = inner.strip_suffix(')').unwrap_or(inner);
    match unescape(inner) {
        Cow::Borrowed(plain) => Cow::Borrowed(plain.trim_matches(is_blank)),
        Cow::Owned(plain) => Cow::Owned(plain.trim_matches(is_blank).to_owned()),
    }
}

// --- words that can be speech ---------------------------------------------------------

pub fn opaque_word(pass: &mut Pass<'_>, token: &Token) -> Sure {
    let name = pass.name(token)?;
    if name.starts_with("--") {
        return pass.named(token);
    }
    if WORDS_OF_CSS.has_low(name.as_bytes()) {
        pass.out.keep_token(token);
    } else {
        pass.crossed("", &name, "");
    }
    Some(())
}

pub fn opaque_function(pass: &mut Pass<'_>, token: &Token) -> Sure {
    let name = pass.name(token)?;
    if name.starts_with("--") {
        return pass.named(token);
    }
    if CSS_FUNCTIONS.has_low(name.as_bytes()) {
        pass.out.keep_token(token);
    } else {
        pass.crossed("", &name, "(");
    }
    Some(())
}

fn opaque_hash(pass: &mut Pass<'_>, token: &Token) -> Sure {
    let name = token.name(pass.css);
    if matches!(name.len(), 3 | 4 | 6 | 8) && name.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        pass.out.keep_token(token);
        return Some(());
    }
    pass.out.add("#");
    let plain = unescape(name);
    debug_assert!(utf16_length(&plain) > 0);
    pass.out.cross(&plain);
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
