//! Style sheets and declarations: the pass of `_css/sheets.py`, over the same tokens.
//!
//! Each function takes CSS and returns masked CSS, or `None` for what it hands back: names with
//! characters of which Python's Unicode tables would have to tell more, and rare forms.

#![forbid(unsafe_code)]

mod addresses;
mod attributes;
mod forms;
mod lists;
mod lost;
mod names;
mod numbers;
mod out;
mod pass;
mod preludes;
pub mod python;
mod selectors;
mod sheets;
#[rustfmt::skip]
mod tables;
mod tokens;
mod values;

use std::collections::HashSet;

pub use pass::Literal;
use pass::{Images, Pass};

/// A masked style sheet, and the words in it that may be public.
#[derive(Debug, PartialEq, Eq)]
pub struct Sheet {
    /// `None` if it is the input.
    pub masked: Option<String>,
    pub literals: Vec<Literal>,
}

/// Mask a style sheet.
pub fn mask_sheet(css: &str, images: &mut Images<'_>) -> Option<Sheet> {
    let nothing = HashSet::new();
    let sheet = sheet_with(css, &nothing, images)?;
    let masked = sheet.masked.as_deref().unwrap_or(css);
    let names = lost::lost_names(css, masked)?;
    if names.is_empty() {
        return Some(sheet);
    }
    sheet_with(css, &names, images)
}

fn sheet_with(css: &str, names: &HashSet<String>, images: &mut Images<'_>) -> Option<Sheet> {
    let mut pass = begun(css, names, false, images)?;
    sheets::Segments::new(&mut pass).sheet()?;
    Some(Sheet {
        literals: std::mem::take(&mut pass.literals),
        masked: pass.out.finish(),
    })
}

/// Mask the declarations of a style attribute. `Some(None)`: they stay.
pub fn mask_declarations(css: &str, images: &mut Images<'_>) -> Option<Option<String>> {
    let nothing = HashSet::new();
    let mut pass = begun(css, &nothing, true, images)?;
    sheets::Segments::new(&mut pass).declarations()?;
    Some(pass.out.finish())
}

/// Mask the value of one declaration, in the style of one element or rule.
pub fn mask_value(name: &str, value: &str, images: &mut Images<'_>) -> Option<String> {
    let nothing = HashSet::new();
    let mut pass = begun(value, &nothing, true, images)?;
    let known = tokens::unescape(name.trim_matches(names::is_blank));
    names::sure(&known)?;
    let tokens = tokens::all(value);
    if !tokens::is_broken(&tokens) {
        values::mask_tokens(&mut pass, &known, &tokens)?;
        let masked = pass.out.finish();
        let whole = masked.as_deref().unwrap_or(value);
        return Some(whole.trim_matches(names::is_blank).to_owned());
    }
    Some(String::new())
}

fn begun<'a>(
    css: &'a str,
    names: &'a HashSet<String>,
    inline: bool,
    images: &'a mut Images<'_>,
) -> Option<Pass<'a>> {
    (css.len() < LONGEST).then(|| Pass {
        css,
        out: out::Out::new(css),
        names,
        inline,
        literals: Vec::new(),
        images,
    })
}

/// Bytes: places are counted in 32 bits.
const LONGEST: usize = 1 << 31;
