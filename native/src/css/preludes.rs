//! Preludes of blocks, and at-rules: `_css/preludes.py`.

use crate::css::attributes::attribute_selector;
use crate::css::forms::is_structural;
use crate::css::pass::{Pass, Sure};
use crate::css::selectors::{closing, mask_selectors, namespace_prefix};
use crate::css::syntax::escapes::{string_value, unescape};
use crate::css::syntax::names::sure;
use crate::css::syntax::tokens::{Kind, Token};
use crate::css::tables::{
    ASKING_RULES, ASKING_WORDS, KNOWN_AT_RULES, MEDIA_FEATURES, ONLY_IN_CONDITIONS,
};
use crate::css::values::addresses::{other_address, placeholder, sheet_address};
use crate::css::values::opaque::{
    layout_and_unit, opaque_at, opaque_function, opaque_hash, opaque_number, opaque_word,
};
use crate::css::values::texts::url_value;
use crate::css::values::{among, mask_tokens};

const GLUE: [&str; 3] = ["and", "or", "not"];

/// Mask what stands before a block; `rule` is the name of an at-rule in small letters, or empty.
pub fn mask_prelude(pass: &mut Pass<'_>, rule: &str, segment: &[Token]) -> Sure {
    if rule.is_empty() {
        mask_selectors(pass, segment)
    } else if KNOWN_AT_RULES.has(rule.as_bytes()) {
        mask_at_rule(pass, rule, segment)
    } else {
        mask_tokens(pass, "", segment)
    }
}

/// Mask what the prelude of an at-rule can carry: strings, addresses, names, conditions.
pub fn mask_at_rule(pass: &mut Pass<'_>, name: &str, segment: &[Token]) -> Sure {
    let at = segment.iter().position(|token| token.kind == Kind::At);
    let start = at.map_or(0, |at| at) + 1;
    for token in &segment[..start.min(segment.len())] {
        match token.kind {
            Kind::Comment => pass.comment(),
            _ => pass.out.keep_token(token),
        }
    }
    let mut rule = AtRule {
        name,
        asks: ASKING_RULES.has(name.as_bytes()),
        open: Vec::new(),
        after_name: false,
        has_sheet: name == "import",
    };
    let mut at = start;
    while let Some(token) = segment.get(at) {
        if token.sign == b'[' {
            let end = closing(segment, at);
            let literals = pass.literals.len();
            attribute_selector(pass, &segment[at..end], false)?;
            pass.literals.truncate(literals); // it compares nothing here
            at = end;
            continue;
        }
        let opened = rule.token(pass, token)?;
        at += 1;
        if opened && rule.holds_selectors() {
            let end = end_of_brackets(segment, at);
            mask_selectors(pass, &segment[at..end])?;
            at = end;
        }
    }
    Some(())
}

/// Return where the bracket closes that was opened before an index, or the end.
fn end_of_brackets(segment: &[Token], from: usize) -> usize {
    let mut depth = 1;
    for (at, token) in segment.iter().enumerate().skip(from) {
        if token.kind == Kind::Function || token.sign == b'(' {
            depth += 1;
        } else if token.sign == b')' {
            depth -= 1;
            if depth == 0 {
                return at;
            }
        }
    }
    segment.len()
}

struct AtRule<'n> {
    name: &'n str,
    asks: bool,
    open: Vec<String>, // names of functions, in small letters
    after_name: bool,
    has_sheet: bool, // the address of the sheet to import is still to come
}

impl AtRule<'_> {
    fn holds_selectors(&self) -> bool {
        let wanted = match self.name {
            "scope" => "",
            "supports" | "import" => "selector",
            _ => return false,
        };
        self.open.last().is_some_and(|open| open == wanted)
    }

    /// Mask the next token; tell whether it opened brackets.
    fn token(&mut self, pass: &mut Pass<'_>, token: &Token) -> Option<bool> {
        let opened = token.kind == Kind::Function || token.sign == b'(';
        if token.kind == Kind::Function {
            self.open.push(pass.name(token)?.to_ascii_lowercase());
        } else if opened {
            self.open.push(String::new());
        } else if token.sign == b')' {
            self.open.pop();
        }
        self.masked(pass, token)?;
        if !token.is_silent() {
            self.after_name = token.kind == Kind::Ident && !among(&GLUE, &pass.name(token)?);
        }
        if matches!(token.kind, Kind::Text | Kind::Url) {
            self.has_sheet = false; // one sheet, before all else
        }
        Some(opened)
    }

    fn masked(&mut self, pass: &mut Pass<'_>, token: &Token) -> Sure {
        match token.kind {
            Kind::Url => {
                let address = url_value(pass.text(token)).into_owned();
                let masked = self.address(&address)?;
                pass.out.add("url(");
                pass.out.quote(&masked, '"');
                pass.out.add(")");
            }
            Kind::Text => self.string(pass, token)?,
            Kind::Comment => pass.comment(),
            Kind::Number if self.open.is_empty() => layout_and_unit(pass, token)?,
            Kind::Number => opaque_number(pass, token)?,
            Kind::Ident if self.open.is_empty() => self.word(pass, token)?,
            Kind::Ident => self.condition(pass, token)?,
            Kind::Function => {
                let name = pass.name(token)?;
                if ONLY_IN_CONDITIONS.has_low(name.as_bytes()) {
                    pass.out.keep_token(token);
                } else {
                    opaque_function(pass, token)?;
                }
            }
            Kind::Hash => opaque_hash(pass, token)?,
            Kind::At => opaque_at(pass, token)?,
            Kind::Space | Kind::Mark | Kind::Delim => pass.out.keep_token(token),
        }
        Some(())
    }

    fn string(&mut self, pass: &mut Pass<'_>, token: &Token) -> Sure {
        let has_address = match self.name {
            "import" => self.has_sheet,
            "namespace" | "charset" | "document" | "-moz-document" => true,
            _ => false,
        };
        let own = self.open.is_empty() && has_address;
        if !own && self.open.last().is_none_or(|open| open != "url") {
            return pass.mask_string(token);
        }
        let value = string_value(token, pass.css);
        let masked = self.address(&value)?;
        pass.out.quote(&masked, '"');
        Some(())
    }

    fn address(&self, address: &str) -> Option<String> {
        match self.name {
            "import" if self.has_sheet => sheet_address(address),
            "namespace" if is_structural("xmlns", address)? => Some(address.to_owned()),
            "namespace" | "document" | "-moz-document" => other_address(address),
            "charset" => {
                let stays = is_structural("charset", address)?;
                Some(if stays { address } else { "utf-8" }.to_owned())
            }
            _ => placeholder(address),
        }
    }

    /// Judge a word outside of brackets.
    fn word(&mut self, pass: &mut Pass<'_>, token: &Token) -> Sure {
        let name = pass.name(token)?;
        if self.asks {
            let asked = format!("{}={}", self.name, name.to_ascii_lowercase());
            if ASKING_WORDS.has(asked.as_bytes()) && !name.contains('=') {
                pass.out.keep_token(token);
            } else {
                pass.crossed("", &name, "");
            }
            return Some(());
        }
        if among(&GLUE, &name) {
            pass.out.keep_token(token);
            return Some(());
        }
        if self.name == "namespace" {
            return namespace_prefix(pass, token);
        }
        if self.after_name && self.name != "font-feature-values" {
            pass.crossed("", &name, "");
            return Some(());
        }
        pass.named(token)
    }

    /// Judge a word of a condition: features, properties and CSS's words stay.
    fn condition(&mut self, pass: &mut Pass<'_>, token: &Token) -> Sure {
        let name = pass.name(token)?;
        if self.open.last().is_some_and(|open| open == "layer") {
            if !self.after_name {
                return pass.named(token);
            }
            pass.crossed("", &name, "");
            return Some(());
        }
        if MEDIA_FEATURES.has_low(name.as_bytes()) {
            pass.out.keep_token(token);
            return Some(());
        }
        opaque_word(pass, token)
    }
}

/// Return the name of the at-rule that a segment begins, in small letters, or the empty string.
pub fn at_rule(css: &str, first: Option<&Token>) -> Option<String> {
    match first {
        Some(token) if token.kind == Kind::At => {
            let name = unescape(token.name(css));
            sure(&name)?;
            Some(name.to_ascii_lowercase())
        }
        _ => Some(String::new()),
    }
}
