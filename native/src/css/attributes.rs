//! Attribute selectors: which names, and which words that they compare, stay.

use crate::css::forms::{is_slot_name, is_structural, kind, kind_of_low};
use crate::css::pass::{Literal, Pass, Sure, plain_name};
use crate::css::selectors::namespace_prefix;
use crate::css::syntax::escapes::{quote_into, string_value};
use crate::css::syntax::names::{CROSS, cross_into, is_run, zeroed, zeroed_words};
use crate::css::syntax::tokens::{Kind, Token, flag};
use crate::css::tables::{
    ATTRIBUTE_NAMES, ATTRIBUTE_PREFIXES, COMPONENT_NAMES, DIRECTIVES, ENDINGS, HARMLESS,
    LONG_PARTS, OF_PEOPLE, STATES, URL_STARTS,
};
use crate::tables::kind;

/// Mask `[name operator value`; the closing bracket comes after.
pub fn attribute_selector(pass: &mut Pass<'_>, tokens: &[Token], in_slot: bool) -> Sure {
    let equals = tokens.iter().position(|token| token.sign == b'=');
    let before = &tokens[..equals.unwrap_or(tokens.len())];
    let own = before.iter().rposition(|token| token.kind == Kind::Ident);
    for (at, token) in before.iter().enumerate() {
        match token.kind {
            Kind::Ident if Some(at) == own => attribute_name(pass, token)?,
            Kind::Ident => namespace_prefix(pass, token)?,
            Kind::Delim | Kind::Space => pass.out.keep_token(token),
            Kind::Text => pass.mask_string(token)?,
            _ => {}
        }
    }
    let Some(equals) = equals else {
        return Some(());
    };
    pass.out.keep_token(&tokens[equals]);
    let is_value = |token: &&Token| !matches!(token.kind, Kind::Space | Kind::Comment);
    let mut behind = tokens[equals + 1..].iter().filter(is_value);
    let Some(first) = behind.next() else {
        return Some(());
    };
    let flags: Vec<&str> = behind.map(|token| token.text(pass.css)).collect();
    let compared = compared(pass, tokens, own, equals, first, &flags)?;
    let in_namespace = before.iter().filter(|t| t.kind == Kind::Ident).count() > 1;
    let known = match flags.as_slice() {
        [] => true,
        [flag] => matches!(*flag, "i" | "I" | "s" | "S"),
        _ => false,
    };
    if !known {
        let cross = CROSS.to_string();
        let value = if compared.value.is_empty() {
            &cross
        } else {
            &compared.value
        };
        write_crossed(pass, value, compared.quote);
        return Some(());
    }
    write_compared(pass, compared, in_slot, in_namespace)?;
    for flag in flags {
        pass.out.add(" ");
        pass.out.add(&flag.to_ascii_lowercase());
    }
    Some(())
}

/// Read what an attribute selector compares.
fn compared(
    pass: &Pass<'_>,
    tokens: &[Token],
    own: Option<usize>,
    equals: usize,
    value: &Token,
    flags: &[&str],
) -> Option<Literal> {
    let is_string = value.kind == Kind::Text;
    let signs = tokens[own.unwrap_or(0)..=equals].iter();
    let text = if is_string {
        string_value(value, pass.css)
    } else {
        plain_name(value.text(pass.css), flag::ESCAPE)?
    };
    Some(Literal {
        start: 0,
        end: 0,
        name: match own {
            Some(at) => pass.name(&tokens[at])?.into_owned(),
            None => String::new(),
        },
        operator: signs
            .filter(|token| token.kind == Kind::Delim)
            .map(|token| char::from(token.sign))
            .collect(),
        value: text.into_owned(),
        ignore_case: matches!(flags, ["i" | "I"]),
        quote: if is_string { pass.quote_of(value) } else { '"' },
    })
}

fn write_crossed(pass: &mut Pass<'_>, value: &str, quote: char) {
    let mut crosses = String::new();
    cross_into(&mut crosses, value);
    pass.out.quote(&crosses, quote);
}

fn write_compared(
    pass: &mut Pass<'_>,
    mut own: Literal,
    in_slot: bool,
    in_namespace: bool,
) -> Sure {
    if in_slot && own.name.eq_ignore_ascii_case("name") && is_slot_name(&own.value)? {
        pass.out.quote(&zeroed(&own.value)?, own.quote);
        return Some(());
    }
    let kind = kind(&own.name);
    if kind == kind::PAINT && own.value.contains("url") {
        return None;
    }
    if is_structural(&own.name, &own.value)? {
        if matches!(
            kind,
            kind::NAME | kind::PART | kind::SLOT | kind::REFERENCE | kind::REFERENCES
        ) {
            pass.out.quote(&zeroed_words(&own.value)?, own.quote);
        } else {
            pass.out.quote(&own.value, own.quote);
        }
        return Some(());
    }
    let is_address = matches!(kind, kind::URL | kind::SOURCE);
    if is_address && URL_STARTS.has_low(own.value.as_bytes()) {
        pass.out.quote(&own.value, own.quote);
        return Some(());
    }
    own.name.make_ascii_lowercase();
    let known = matches!(
        own.operator.as_str(),
        "=" | "~=" | "|=" | "^=" | "$=" | "*="
    );
    if known && !in_namespace && may_be_public(&own)? {
        let out = pass.out.written();
        own.start = out.len();
        let mut crosses = String::new();
        cross_into(&mut crosses, &own.value);
        quote_into(out, &crosses, own.quote);
        own.end = out.len();
        pass.literals.push(own);
    } else {
        write_crossed(pass, &own.value, own.quote);
    }
    Some(())
}

// --- names ----------------------------------------------------------------------------

/// Keep the name of an attribute that elements keep, and cross out any other.
fn attribute_name(pass: &mut Pass<'_>, token: &Token) -> Sure {
    let name = pass.name(token)?;
    if is_public_name(&name)? || COMPONENT_NAMES.has_low(name.as_bytes()) {
        return pass.named(token);
    }
    pass.crossed("", &name, "");
    Some(())
}

/// Tell whether a standard or a known framework defines an attribute name.
fn is_public_name(name: &str) -> Option<bool> {
    if !name.is_ascii() {
        let has_other = name.chars().any(|c| !c.is_ascii() && c != CROSS);
        return (!has_other).then_some(false);
    }
    let low = name.to_ascii_lowercase();
    if ATTRIBUTE_NAMES.has(low.as_bytes()) {
        return Some(true);
    }
    if has_form(&low) {
        return Some(zeroed(&low)? == low);
    }
    if low.starts_with(['@', '(', ':', '[']) || low.starts_with("on-") {
        return None; // shorthand of frameworks
    }
    Some(false)
}

fn has_form(low: &str) -> bool {
    let prefixed = ATTRIBUTE_PREFIXES
        .listed()
        .iter()
        .any(|prefix| low.strip_prefix(prefix).is_some_and(is_after_prefix));
    if prefixed {
        return true;
    }
    let small = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9');
    match low.as_bytes().first() {
        Some(b'v' | b'x') => low[1..].strip_prefix('-').is_some_and(is_directive),
        Some(b'b') => low
            .strip_prefix("b-")
            .is_some_and(|rest| is_run(rest, small, 10, 10)),
        Some(b'l') => low
            .strip_prefix("lwc-")
            .is_some_and(|rest| is_run(rest.strip_suffix("-host").unwrap_or(rest), small, 8, 16)),
        Some(b'_') => low.strip_prefix("_bl_").is_some_and(|rest| {
            let hex = |byte: u8| matches!(byte, b'a'..=b'f' | b'0'..=b'9' | b'-');
            is_run(rest, hex, 1, 40)
        }),
        _ => false,
    }
}

fn is_after_prefix(rest: &str) -> bool {
    let part = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.' | b':' | b'-');
    rest.starts_with(|c: char| c.is_ascii_lowercase()) && is_run(rest, part, 1, 40)
}

fn is_directive(rest: &str) -> bool {
    let end = rest.find(['.', ':']).unwrap_or(rest.len());
    let (name, behind) = rest.split_at(end);
    DIRECTIVES.has(name.as_bytes()) && (behind.is_empty() || is_after_prefix(&behind[1..]))
}

// --- words ----------------------------------------------------------------------------

fn may_be_public(own: &Literal) -> Option<bool> {
    let state = format!("{}={}", own.name, own.value);
    if !own.name.contains('=') && STATES.has(state.as_bytes()) {
        return Some(true);
    }
    Some(may_be_compared(&own.name)? && is_public_literal(&own.operator, &own.value))
}

fn may_be_compared(low: &str) -> Option<bool> {
    let own = if low.starts_with("aria-") {
        kind(low) == kind::WORDS
    } else if COMPONENT_NAMES.has(low.as_bytes()) {
        kind_of_low(low) == kind::TEXT
    } else {
        ATTRIBUTE_PREFIXES
            .listed()
            .iter()
            .any(|prefix| low.starts_with(prefix))
            && kind_of_low(low) == kind::TEXT
            && is_public_name(low)?
    };
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    Some(own && !low.split(|c| !is_part(c)).any(tells_of_people))
}

fn tells_of_people(part: &str) -> bool {
    if HARMLESS.has(part.as_bytes()) {
        return false;
    }
    OF_PEOPLE.has(part.as_bytes())
        || ENDINGS.listed().iter().any(|ending| part.ends_with(ending))
        || LONG_PARTS.listed().iter().any(|long| part.contains(long))
}

fn is_public_literal(operator: &str, literal: &str) -> bool {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'%' | b'-');
    let digits = literal.bytes().filter(u8::is_ascii_digit).count();
    if !is_run(literal, part, 1, 40) || digits > 3 {
        return false;
    }
    if matches!(operator, "^=" | "$=" | "*=") {
        return literal.bytes().filter(u8::is_ascii_alphabetic).count() >= 3;
    }
    operator == "=" || digits != literal.len()
}
