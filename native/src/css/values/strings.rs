//! Strings and addresses in values: the property and the function around them tell what they are.

use super::addresses::{image, sheet_address};
use super::texts::{is_feature_tag, syntax};
use super::{Value, among};
use crate::css::forms::is_structural;
use crate::css::pass::Sure;
use crate::css::syntax::escapes::string_value;
use crate::css::syntax::names::{sure, zeroed, zeroed_words};
use crate::css::syntax::tokens::Token;

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
const FORMATS: [&str; 16] = [
    "woff",
    "woff2",
    "truetype",
    "opentype",
    "embedded-opentype",
    "svg",
    "collection",
    "woff-variations",
    "woff2-variations",
    "truetype-variations",
    "opentype-variations",
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/avif",
];

impl Value<'_, '_> {
    pub fn string(&mut self, token: &Token) -> Sure {
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
        } else if is("path") && !(self.opaque && self.pass.inline) && is_structural("d", &value)? {
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

    pub fn address(&mut self, address: &str) -> Option<String> {
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
}
