//! Addresses in style sheets: images become gray, those of fonts and sheets keep their path.

use super::names::is_space;
use super::pass::{Pass, mask_text};
use super::tables::{GRAY_BOX, GRAY_IMAGE, GRAY_LAYER};

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
    let is_white = |c: char| c.is_whitespace() || (c.is_ascii() && is_space(c as u8));
    let start = address.trim_start_matches(is_white).as_bytes();
    start.len() >= 5 && start[..5].eq_ignore_ascii_case(b"data:")
}

/// Mask the address of a font or of a style sheet; its path stays.
pub fn sheet_address(address: &str) -> Option<String> {
    if !address.is_ascii()
        || address
            .bytes()
            .any(|byte| is_space(byte) || b"\"'<>".contains(&byte))
    {
        return None;
    }
    if !address.contains([':', '\\']) && !address.starts_with("//") {
        return Some(rest_of(address));
    }
    if address.len() >= 5 && address.as_bytes()[..5].eq_ignore_ascii_case(b"data:") {
        return Some("data:,".to_owned());
    }
    let end = end_of_origin(address)?;
    let (origin, rest) = address.split_at(end);
    Some(origin.to_owned() + &rest_of(rest))
}

/// Return where scheme, host and port end, if they are of the usual form.
fn end_of_origin(address: &str) -> Option<usize> {
    let bytes = address.as_bytes();
    let mut at = ["https://", "http://", "//"].iter().find_map(|start| {
        let begin = bytes.get(..start.len())?;
        begin
            .eq_ignore_ascii_case(start.as_bytes())
            .then_some(start.len())
    })?;
    let start = at;
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'*');
    if !bytes.get(at).is_some_and(|byte| is_part(*byte)) {
        return None;
    }
    while bytes
        .get(at)
        .is_some_and(|byte| is_part(*byte) || matches!(byte, b'.' | b'-'))
    {
        at += 1;
    }
    if at - start > 253 {
        return None;
    }
    if bytes.get(at) == Some(&b':') {
        let digits = bytes[at + 1..].iter().take_while(|b| b.is_ascii_digit());
        let count = digits.count();
        if !(1..=5).contains(&count) {
            return None;
        }
        at += 1 + count;
    }
    matches!(bytes.get(at), None | Some(b'/' | b'?' | b'#')).then_some(at)
}

fn rest_of(rest: &str) -> String {
    let (start, fragment) = match rest.split_once('#') {
        Some((start, fragment)) => (start, Some(fragment)),
        None => (rest, None),
    };
    let (path, query) = match start.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (start, None),
    };
    let mut out = path.to_owned();
    if let Some(query) = query {
        out.push('?');
        for piece in query.split_inclusive(['&', ';']) {
            let pair = piece.strip_suffix(['&', ';']).unwrap_or(piece);
            mask_pair(&mut out, pair);
            out.push_str(&piece[pair.len()..]);
        }
    }
    if let Some(fragment) = fragment {
        out.push('#');
        out.push_str(&mask_text(fragment));
    }
    out
}

fn mask_pair(out: &mut String, pair: &str) {
    let Some((name, value)) = pair.split_once('=') else {
        out.push_str(&mask_text(pair));
        return;
    };
    if is_parameter(name) {
        out.push_str(name);
    } else {
        out.push_str(&mask_text(name));
    }
    out.push('=');
    out.push_str(&mask_text(value));
}

fn is_parameter(name: &str) -> bool {
    let is_start = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_';
    name.len() <= 32
        && name.as_bytes().first().is_some_and(is_start)
        && name
            .bytes()
            .all(|byte| is_start(&byte) || matches!(byte, b'.' | b'-'))
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
            ("x?a&b1=2;c=", "x?*&**=*;c="),
        ] {
            assert_eq!(sheet_address(address).as_deref(), Some(masked));
        }
        assert_eq!(sheet_address("https://jane@a.example/"), None);
    }
}
