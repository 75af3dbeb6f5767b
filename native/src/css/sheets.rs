//! The pass over a style sheet or over declarations: `_css/sheets.py`.
//!
//! Tokens are cut once, from left to right, and gathered into a segment that ends at `{`, `}` or
//! `;`. The end of a segment tells what it is.

use crate::css::pass::{Pass, Sure};
use crate::css::preludes::{at_rule, mask_at_rule, mask_prelude};
use crate::css::syntax::escapes::unescape;
use crate::css::syntax::tokens::{Kind, Token, flag, token_at};
use crate::css::tables::CSS_PROPERTIES;
use crate::css::values::mask_tokens;

const SPLIT_MARKER: &str = "/* rr_split */";

pub struct Segments<'p, 'a> {
    pass: &'p mut Pass<'a>,
    segment: Vec<Token>,
    /// The first two tokens of the segment that say something: how many, and which.
    leads: usize,
    lead: [Option<Token>; 2],
    custom: bool,    // the segment begins as a custom property
    is_open: bool,   // the last token is a string that is not closed
    broken: bool,    // a string in the segment is not closed
    blocks: usize,   // open { of rules
    brackets: usize, // open ( and [ within the segment
    braces: usize,   // open { within a custom property
}

impl<'p, 'a> Segments<'p, 'a> {
    pub fn new(pass: &'p mut Pass<'a>) -> Self {
        Segments {
            blocks: usize::from(pass.inline),
            pass,
            segment: Vec::with_capacity(64),
            leads: 0,
            lead: [None; 2],
            custom: false,
            is_open: false,
            broken: false,
            brackets: 0,
            braces: 0,
        }
    }

    /// Mask a style sheet.
    pub fn sheet(&mut self) -> Sure {
        let css = self.pass.css;
        let mut at = 0;
        while at < css.len() {
            let mut token = token_at(css, at);
            at = token.end as usize;
            if token.kind == Kind::Comment && token.text(css) == SPLIT_MARKER {
                token.kind = Kind::Mark;
            } else if token.kind == Kind::Delim && self.ends(token.sign) {
                self.flush(Some(&token))?;
                continue;
            }
            self.append(token);
        }
        self.flush(None)
    }

    /// Mask the declarations of a style attribute.
    pub fn declarations(&mut self) -> Sure {
        let css = self.pass.css;
        let mut at = 0;
        while at < css.len() {
            let token = token_at(css, at);
            at = token.end as usize;
            if token.kind == Kind::Delim && self.ends(token.sign) && token.sign == b';' {
                self.flush(Some(&token))?;
                continue;
            }
            self.append(token);
        }
        self.flush(None)
    }

    #[inline]
    fn append(&mut self, token: Token) {
        self.brackets += usize::from(token.kind == Kind::Function);
        if self.leads < 2 && !token.is_silent() {
            self.custom = self.leads == 1 && self.is_custom(&token);
            self.lead[self.leads] = Some(token);
            self.leads += 1;
        }
        self.broken |= self.is_open;
        self.is_open = token.kind == Kind::Text && token.flags & flag::CLOSED == 0;
        self.segment.push(token);
    }

    /// Count brackets; tell whether this sign ends the segment.
    #[inline]
    fn ends(&mut self, sign: u8) -> bool {
        match sign {
            b'(' | b'[' => self.brackets += 1,
            b')' | b']' => self.brackets = self.brackets.saturating_sub(1),
            b'{' if self.custom => self.braces += 1,
            b'{' => return true,
            b'}' if self.braces > 0 => self.braces -= 1,
            b'}' => return true,
            b';' => {
                let is_at_rule = self.lead[0].is_some_and(|first| first.kind == Kind::At);
                let at_top = self.blocks == 0 && !is_at_rule;
                return self.brackets == 0 && self.braces == 0 && !at_top;
            }
            _ => {}
        }
        false
    }

    /// Tell whether the segment begins as the declaration of a custom property.
    fn is_custom(&self, second: &Token) -> bool {
        let css = self.pass.css;
        second.sign == b':'
            && self.lead[0].is_some_and(|first| {
                first.kind == Kind::Ident && unescape(first.text(css)).starts_with("--")
            })
    }

    fn flush(&mut self, end: Option<&Token>) -> Sure {
        let sign = end.map_or(0, |end| end.sign);
        let opened = self.blocks;
        match sign {
            b'{' => self.blocks += 1,
            b'}' => self.blocks = opened.saturating_sub(1),
            _ => {}
        }
        let rule = at_rule(self.pass.css, self.lead[0].as_ref())?;
        let means = self.masked(sign, opened, &rule)?;
        if let Some(end) = end {
            if means || sign != b';' {
                self.pass.out.keep_token(end);
            }
        }
        self.segment.clear();
        self.lead = [None; 2];
        (self.leads, self.custom) = (0, false);
        (self.is_open, self.broken) = (false, false);
        (self.brackets, self.braces) = (0, 0);
        Some(())
    }

    /// Mask the segment; tell whether it means anything, for a browser either.
    fn masked(&mut self, sign: u8, opened: usize, rule: &str) -> Option<bool> {
        if self.segment.is_empty() && sign == 0 {
            return Some(true);
        }
        if self.broken {
            blanks(self.pass, &self.segment);
            return Some(false);
        }
        if sign == b'{' {
            mask_prelude(self.pass, rule, &self.segment)?;
        } else if opened > 0 && rule.is_empty() {
            self.declaration()?;
        } else if self.is_known(opened, rule) {
            mask_at_rule(self.pass, rule, &self.segment)?;
        } else {
            blanks(self.pass, &self.segment);
            return Some(false);
        }
        Some(true)
    }

    /// Tell whether an at-rule without a block means something here.
    fn is_known(&self, opened: usize, rule: &str) -> bool {
        let top = opened == 0 && matches!(rule, "import" | "charset" | "namespace");
        !self.pass.inline && (top || rule == "layer")
    }

    /// Mask `name: value`; leave out what is not of that form, as browsers do.
    fn declaration(&mut self) -> Sure {
        let (Some(first), Some(second)) = (self.lead[0], self.lead[1]) else {
            blanks(self.pass, &self.segment);
            return Some(());
        };
        if first.kind != Kind::Ident || second.sign != b':' {
            blanks(self.pass, &self.segment);
            return Some(());
        }
        let colon = self.segment.iter().position(|token| token.sign == b':')?;
        let name = self.pass.name(&first)?;
        for token in &self.segment[..=colon] {
            match token.kind {
                Kind::Comment => {}
                Kind::Ident if name.starts_with("--") => self.pass.named(token)?,
                Kind::Ident if !CSS_PROPERTIES.has_low(name.as_bytes()) => {
                    self.pass.crossed("", &name, "");
                }
                _ => self.pass.out.keep_token(token),
            }
        }
        mask_tokens(self.pass, &name, &self.segment[colon + 1..])
    }
}

/// Write what of a segment that means nothing stays.
fn blanks(pass: &mut Pass<'_>, segment: &[Token]) {
    for token in segment {
        if matches!(token.kind, Kind::Space | Kind::Mark) {
            pass.out.keep_token(token);
        }
    }
}
