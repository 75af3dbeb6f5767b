// Canaries: the private strings that stand in the pages, and the public markers beside them.
// A canary depends on (variant, page, name) only. Both variants give the same length and the same shape, so twins
// differ in nothing but private content. The alphabet has no vowels, so no canary contains a word.
import { createHash } from "node:crypto";

const LETTERS = "bcdfghjkmnpqrstvwxz";
const ALPHABET = LETTERS + "23456789";
const HEX = "0123456789abcdef";
const DIGITS = "0123456789";

const bytesOf = (variant, page, name) => createHash("sha256").update(`${variant}/${page}/${name}`).digest();
const pick = (bytes, alphabet, from, count) =>
  [...bytes.subarray(from, from + count)].map((byte) => alphabet[byte % alphabet.length]).join("");
const word = (bytes) => pick(bytes, LETTERS, 0, 1) + pick(bytes, ALPHABET, 1, 11);

function luhnDigit(digits) {
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}

function card(bytes) {
  const body = "4" + pick(bytes, DIGITS, 0, 14);
  return body + luhnDigit(body);
}

function date(bytes) {
  const two = (number) => String(number).padStart(2, "0");
  return `19${two(10 + (bytes[0] % 90))}-${two(1 + (bytes[1] % 12))}-${two(1 + (bytes[2] % 28))}`;
}

// The kinds a placeholder {{kind:name}} may have. `secret` fits everywhere; the others where a form field wants a shape.
const SHAPES = {
  secret: word,
  email: (bytes) => `${word(bytes)}@${pick(bytes, LETTERS, 14, 6)}.example`,
  card,
  date,
  number: (bytes) => "7" + pick(bytes, DIGITS, 1, 9),
  tel: (bytes) => "+1555" + pick(bytes, DIGITS, 1, 9),
  color: (bytes) => "#" + pick(bytes, HEX, 0, 6),
};
const PUBLIC = {
  public: (name) => `PUBLIC${name}7`,
  tag: (name) => `public${name}7`, // tag names and attribute names are lower case
};

/** All canaries and markers of one page in one variant; `secrets` and `publics` remember what was asked for. */
export class Canaries {
  constructor(page, variant) {
    this.page = page;
    this.variant = variant;
    this.secrets = new Map();
    this.publics = new Map();
  }

  make(kind, name) {
    const known = PUBLIC[kind] ? this.publics : this.secrets;
    const value = PUBLIC[kind] ? PUBLIC[kind](name) : SHAPES[kind](bytesOf(this.variant, this.page, name));
    known.set(`${this.page}.${name}`, value);
    return value;
  }

  secret(name, kind = "secret") {
    return this.make(kind, name);
  }

  public(name) {
    return this.make("public", name);
  }

  fill(text) {
    return text.replace(/\{\{(\w+):([\w-]+)\}\}/g, (_, kind, name) => this.make(kind, name));
  }
}
