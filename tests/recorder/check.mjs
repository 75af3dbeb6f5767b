// What must hold of the recordings: twins have one shape, and every canary that the manifest names is really in the recording.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const FOLDER = new URL("../recordings/", import.meta.url);
const MEDIA = /^(url\(["']?)?data:image\//;

export const load = (file) => JSON.parse(gunzipSync(readFileSync(new URL(file, FOLDER))).toString("utf8"));

/** All strings and object keys of a JSON value, in order. */
function* strings(value) {
  if (typeof value === "string") yield value;
  else if (value !== null && typeof value === "object") {
    for (const [key, item] of Object.entries(value)) {
      if (!Array.isArray(value)) yield key;
      yield* strings(item);
    }
  }
}

const sameShape = (left, right) =>
  left.length === right.length && left.replace(/\S/g, "*") === right.replace(/\S/g, "*");

/** Where two values differ in more than private content. Pixels of pictures may differ in length. */
function* differences(left, right, path) {
  const kind = (value) => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);
  if (kind(left) !== kind(right)) yield `${path}: ${kind(left)} / ${kind(right)}`;
  else if (kind(left) === "string") {
    const pixels = MEDIA.test(left) && MEDIA.test(right);
    if (!pixels && !sameShape(left, right)) yield `${path}: ${left.slice(0, 80)} / ${right.slice(0, 80)}`;
  } else if (kind(left) === "array" || kind(left) === "object") {
    const keys = Object.keys(left);
    if (keys.join() !== Object.keys(right).join()) yield `${path}: ${keys.join()} / ${Object.keys(right).join()}`.slice(0, 300);
    else for (const key of keys) yield* differences(left[key], right[key], `${path}.${key}`);
  } else if (left !== right) yield `${path}: ${left} / ${right}`;
}

/** The names in `wanted` (a Map of name to text) that stand somewhere in the recording. */
function found(events, wanted) {
  const text = [...strings(events)].join("\n");
  return [...wanted].filter(([, value]) => text.includes(value)).map(([name]) => name);
}

const recordingsOf = () => readdirSync(FOLDER).filter((file) => file.endsWith(".json.gz")).sort();
const describe = (file) => {
  const [page, recorder, variant] = file.split(".");
  return { file, page, recorder, variant, twin: `${page}.${recorder}.${variant === "a" ? "b" : "a"}.json.gz` };
};

const EMPTY = { recordings: [], secrets: { a: {}, b: {} }, public: {} };
const MANIFEST = new URL("manifest.json", FOLDER);
const readManifest = () => (existsSync(MANIFEST) ? JSON.parse(readFileSync(MANIFEST)) : EMPTY);

/** Which of a page's names each of its recordings holds. `variants`: variant -> Canaries, as the recording run filled them. */
const entriesOf = (page, variants) => recordingsOf().filter((file) => file.startsWith(`${page}.`)).map((file) => {
  const entry = describe(file);
  const events = load(file);
  const { secrets, publics } = variants[entry.variant];
  return { ...entry, secrets: found(events, secrets).sort(), public: found(events, publics).sort() };
});

const only = (values, names) => Object.fromEntries([...values].filter(([name]) => names.has(name)));
const without = (values, page) => Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith(`${page}.`)));

/** Puts one page into the manifest, in place of what stood there; returns the names that no recording of the page holds. */
export function updateManifest(page, variants) {
  const { recordings, secrets, public: publics } = readManifest();
  const entries = entriesOf(page, variants);
  const names = new Set(entries.flatMap((entry) => [...entry.secrets, ...entry.public]));
  const manifest = {
    recordings: [...recordings.filter((entry) => entry.page !== page), ...entries].sort((a, b) => (a.file < b.file ? -1 : 1)),
    secrets: {
      a: { ...without(secrets.a, page), ...only(variants.a.secrets, names) },
      b: { ...without(secrets.b, page), ...only(variants.b.secrets, names) },
    },
    public: { ...without(publics, page), ...only(variants.a.publics, names) },
  };
  writeFileSync(MANIFEST, JSON.stringify(manifest, null, 1) + "\n");
  return [...variants.a.secrets.keys(), ...variants.a.publics.keys()].filter((name) => !names.has(name));
}

function* problemsOf(entry, manifest) {
  const events = load(entry.file);
  if (entry.variant === "a") yield* differences(events, load(entry.twin), entry.file);
  const text = [...strings(events)].join("\n");
  const other = manifest.secrets[entry.variant === "a" ? "b" : "a"];
  for (const name of entry.secrets) if (!text.includes(manifest.secrets[entry.variant][name])) yield `${entry.file}: no ${name}`;
  for (const name of entry.public) if (!text.includes(manifest.public[name])) yield `${entry.file}: no ${name}`;
  for (const [name, value] of Object.entries(other)) if (text.includes(value)) yield `${entry.file}: holds its twin's ${name}`;
}

/** All problems, as lines of text; none means that the recordings are good. */
export function check() {
  const manifest = readManifest();
  return manifest.recordings.flatMap((entry) => [...problemsOf(entry, manifest)]);
}

const MOUSE = 2;
const kindOf = ({ type, data: { source, type: action, tag, plugin } = {} }) =>
  [type, source, source === MOUSE ? action : undefined, tag ?? plugin].filter((part) => part !== undefined).join("/");

/** How many events of each type (and source, interaction, tag or plugin) each recording has, one line a recording. */
export function census() {
  return recordingsOf().filter((file) => file.includes(".a.")).map((file) => {
    const counts = {};
    for (const event of load(file)) counts[kindOf(event)] = (counts[kindOf(event)] ?? 0) + 1;
    return `${file}  ${Object.entries(counts).map(([kind, count]) => `${kind}:${count}`).join(" ")}`;
  }).join("\n");
}
