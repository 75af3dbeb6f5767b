//! Addresses, as a policy without patterns masks them: `_masks/urls.py`.

#![forbid(unsafe_code)]

use crate::tables::APP_SCHEMES;
use crate::text::{is_space, put_masked};

const OPAQUE: [&str; 12] = [
    "mailto",
    "tel",
    "sms",
    "javascript",
    "blob",
    "about",
    "file",
    "ftp",
    "http",
    "https",
    "ws",
    "wss",
];
const SCHEMES: [&str; 6] = ["http", "https", "ws", "wss", "ftp", "ftps"];
const LONGEST_HOST: usize = 253;

/// Mask an address; `None` if it has a form that Python has to look at.
pub fn mask(url: &str, keep_path: bool) -> Option<String> {
    let mut out = Vec::with_capacity(url.len() + 8);
    let on_this_site = !url.contains([':', '\\']) && !url.starts_with("//");
    if !on_this_site && !url.is_ascii() {
        return None; // letters beyond ASCII may be equal to those of a scheme
    }
    if on_this_site {
        put_rest(&mut out, url, keep_path);
    } else if url == "about:blank" || url == "data:," {
        out.extend(url.as_bytes());
    } else if let Some(end) = put_origin(&mut out, url) {
        put_rest(&mut out, &url[end..], keep_path);
    } else if is_data(url) {
        out.extend(b"data:,");
    } else {
        put_other(&mut out, url, keep_path)?;
    }
    String::from_utf8(out).ok()
}

/// Add an address without a host that is known.
fn put_other(out: &mut Vec<u8>, url: &str, keep_path: bool) -> Option<()> {
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    if is_one_of(scheme, &OPAQUE) {
        let end = scheme.len() + 1;
        out.extend(&url.as_bytes()[..end]);
        put_masked(out, &url[end..], |_| false);
        return Some(());
    }
    if APP_SCHEMES.has_low(scheme.as_bytes()) {
        return None;
    }
    let first_segment = url.split(['/', '?', '#']).next().unwrap_or("");
    if url.contains('\\') || first_segment.contains(':') || url.starts_with("//") {
        put_masked(out, url, |_| false);
    } else {
        put_rest(out, url, keep_path);
    }
    Some(())
}

fn is_one_of(scheme: &str, known: &[&str]) -> bool {
    known.iter().any(|one| scheme.eq_ignore_ascii_case(one))
}

fn is_data(url: &str) -> bool {
    let trimmed = url.trim_start_matches(|first: char| first.is_ascii() && is_space(first as u8));
    trimmed
        .get(..5)
        .is_some_and(|start| start.eq_ignore_ascii_case("data:"))
}

/// Add scheme, user info and host, and return where they end, if the address has a host.
fn put_origin(out: &mut Vec<u8>, url: &str) -> Option<usize> {
    let scheme = match url.find("//")? {
        0 => 0,
        at if url[..at].ends_with(':') && is_one_of(&url[..at - 1], &SCHEMES) => at,
        _ => return None,
    };
    let after = scheme + 2;
    let bytes = url.as_bytes();
    let named = bytes[after..]
        .iter()
        .position(|&byte| matches!(byte, b'/' | b'?' | b'#' | b'\\' | b'@') || is_space(byte));
    let user = named.filter(|&length| bytes[after + length] == b'@');
    let host = user.map_or(after, |length| after + length + 1);
    let end = end_of_host(bytes, host)?;
    out.extend(&url.as_bytes()[..after]);
    if let Some(length) = user {
        let shown = url[after..after + length].bytes();
        out.extend(shown.map(|byte| if byte == b':' { b':' } else { b'*' }));
        out.push(b'@');
    }
    out.extend(&url.as_bytes()[host..end]);
    Some(end)
}

/// Return the end of a host and its port, if nothing else stands before the path.
fn end_of_host(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = bytes.get(start..)?;
    let length = match rest.first()? {
        b'[' => {
            let inner = rest[1..]
                .iter()
                .take_while(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.' | b'*'))
                .count();
            if !(2..=45).contains(&inner) || rest.get(inner + 1) != Some(&b']') {
                return None;
            }
            inner + 2
        }
        b'.' | b'-' => return None,
        _ => rest
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"._*-".contains(byte))
            .count(),
    };
    if length == 0 || (rest[0] != b'[' && length > LONGEST_HOST) {
        return None;
    }
    let mut end = start + length;
    if bytes.get(end) == Some(&b':') {
        let digits = bytes[end + 1..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if !(1..=5).contains(&digits) {
            return None;
        }
        end += 1 + digits;
    }
    match bytes.get(end) {
        None | Some(b'/' | b'?' | b'#') => Some(end),
        _ => None,
    }
}

/// Add path, query and fragment.
fn put_rest(out: &mut Vec<u8>, rest: &str, keep_path: bool) {
    let (rest, fragment) = match rest.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (rest, None),
    };
    let (path, query) = match rest.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (rest, None),
    };
    if keep_path {
        out.extend(path.as_bytes());
    } else {
        put_path(out, path);
    }
    if let Some(query) = query {
        out.push(b'?');
        put_query(out, query);
    }
    if let Some(fragment) = fragment {
        out.push(b'#');
        put_masked(out, fragment, |_| false);
    }
}

fn put_path(out: &mut Vec<u8>, path: &str) {
    for (at, segment) in path.split('/').enumerate() {
        if at > 0 {
            out.push(b'/');
        }
        if segment == "." || segment == ".." {
            out.extend(segment.as_bytes());
        } else {
            put_masked(out, segment, |byte| byte == b';');
        }
    }
}

fn put_query(out: &mut Vec<u8>, query: &str) {
    let mut rest = query;
    loop {
        let end = rest.find(['&', ';']).unwrap_or(rest.len());
        put_pair(out, &rest[..end]);
        let Some(&sign) = rest.as_bytes().get(end) else {
            return;
        };
        out.push(sign);
        rest = &rest[end + 1..];
    }
}

fn put_pair(out: &mut Vec<u8>, pair: &str) {
    let Some((name, value)) = pair.split_once('=') else {
        put_masked(out, pair, |_| false);
        return;
    };
    if is_parameter(name.as_bytes()) {
        out.extend(name.as_bytes());
    } else {
        put_masked(out, name, |_| false);
    }
    out.push(b'=');
    put_masked(out, value, |_| false);
}

fn is_parameter(name: &[u8]) -> bool {
    let first = name
        .first()
        .is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
    first
        && name.len() <= 32
        && name
            .iter()
            .all(|b| b.is_ascii_alphabetic() || b"_.-".contains(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scheme_and_host_stay() {
        let masked = mask("https://jane@shop.example/u/42?tab=bills#top", false);
        assert_eq!(
            masked.unwrap(),
            "https://****@shop.example/*/**?tab=*****#***"
        );
        assert_eq!(mask("../a;b/./c?x1=1&", false).unwrap(), "../*;*/./*?**=*&");
        assert_eq!(mask("mailto:jane", false).unwrap(), "mailto:****");
        assert_eq!(mask(" data:text/html,Jane", false).unwrap(), "data:,");
        assert_eq!(mask("app://x/y", false), None);
    }
}
