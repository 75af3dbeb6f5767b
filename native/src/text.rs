//! Texts and form values: `_masks/text.py`.

#![forbid(unsafe_code)]

/// White space of JavaScript, beyond Latin-1.
pub fn is_other_space(character: char) -> bool {
    matches!(
        character,
        '\u{1680}' | '\u{2000}'
            ..='\u{200a}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{202f}'
                | '\u{205f}'
                | '\u{3000}'
                | '\u{feff}'
    )
}

/// White space of JavaScript in ASCII.
pub fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | 0x0b | 0x0c | b'\r' | b' ')
}

/// Add a text to `out`: an asterisk for each UTF-16 unit, except white space and what `kept` says.
pub fn put_masked(out: &mut Vec<u8>, text: &str, kept: impl Fn(u8) -> bool) {
    let shown = |byte: u8| {
        if is_space(byte) || kept(byte) {
            byte
        } else {
            b'*'
        }
    };
    if text.is_ascii() {
        out.extend(text.bytes().map(shown));
        return;
    }
    for character in text.chars() {
        match u8::try_from(character) {
            Ok(byte) if byte.is_ascii() => out.push(shown(byte)),
            Ok(0xa0) => out.extend("\u{a0}".as_bytes()),
            _ if is_other_space(character) => {
                out.extend(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            _ if character > '\u{ffff}' => out.extend(b"**"),
            _ => out.push(b'*'),
        }
    }
}

/// Replace each UTF-16 unit by an asterisk, except white space; `None` if that changes nothing.
pub fn masked(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    if bytes.iter().all(|&byte| is_space(byte) || byte == b'*') {
        return None;
    }
    let masked = mask_text(text);
    (masked != text).then_some(masked)
}

/// Replace each UTF-16 unit by an asterisk, except white space.
pub fn mask_text(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    put_masked(&mut out, text, |_| false);
    String::from_utf8(out).expect("asterisks and what stood in a string")
}

/// Replace each UTF-16 unit by an asterisk.
pub fn mask_input(text: &str) -> String {
    "*".repeat(text.chars().map(char::len_utf16).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_of_javascript_stays() {
        assert_eq!(mask_text("Jane Roe,\n\u{1f600}"), "**** ****\n**");
        assert_eq!(
            mask_text("\u{feff}\u{85}\u{a0}\u{1c}é"),
            "\u{feff}*\u{a0}**"
        );
        assert_eq!(mask_input("a b\u{1f600}"), "*****");
    }
}
