//! Addresses in style sheets: images become gray, those of fonts and sheets keep their path.

use crate::addresses;

use crate::css::pass::Pass;
use crate::css::syntax::names::sure;
use crate::css::tables::{GRAY_BOX, GRAY_LAYER};
use crate::forms::is_white;
use crate::tables::GRAY_IMAGE;

/// Return what stands for an image in a declaration.
pub fn image(pass: &mut Pass<'_>, address: &str, fills: bool) -> Option<String> {
    if may_be_embedded(address) {
        return (pass.images)(address, fills, pass.inline);
    }
    Some(if fills { GRAY_BOX } else { GRAY_LAYER }.to_owned())
}

/// Return what stands for an image in an at-rule, where none is.
pub fn placeholder(address: &str) -> Option<String> {
    (!may_be_embedded(address)).then(|| GRAY_IMAGE.to_owned())
}

/// Tell whether an address may begin as that of an embedded image.
fn may_be_embedded(address: &str) -> bool {
    let is_blank = |c: char| c.is_whitespace() || is_white(c);
    let start = address.trim_start_matches(is_blank).as_bytes();
    start.len() >= 5 && start[..5].eq_ignore_ascii_case(b"data:")
}

/// Mask the address of a font or of a style sheet; its path stays, if it can be one.
pub fn sheet_address(address: &str) -> Option<String> {
    sure(address)?; // other characters may be white space
    let is_odd = |byte: u8| is_white(byte) || b"\"'<>".contains(&byte);
    addresses::mask(address, !address.bytes().any(is_odd))
}

/// Mask the address of a namespace or of a document.
pub fn other_address(address: &str) -> Option<String> {
    addresses::mask(address, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_sheets_keep_their_path() {
        for (address, masked) in [
            ("/theme.css?u=jane", "/theme.css?u=****"),
            (
                "https://a.example:80/x.woff2#jane",
                "https://a.example:80/x.woff2#****",
            ),
            ("DATA:font/woff;base64,AAAA", "data:,"),
            ("Dear Jane", "**** ****"),
        ] {
            assert_eq!(sheet_address(address).as_deref(), Some(masked));
        }
        assert!(may_be_embedded(" \u{85}data:image/png,") && !may_be_embedded("/data:"));
    }
}
