// The peer that somebody writes by hand in an afternoon: parse, walk, mask, stringify.
//
// Text, the input values that a snapshot holds and four attributes become asterisks, media lose
// their addresses. Nothing else is masked: no CSS, no addresses, no other attribute, no metadata,
// no policy. From bytes to bytes, as every other figure that it stands beside.
//
//   node node_mask.mjs FILE...          an answer for every line on standard input: it is ready, it did a round
//   node node_mask.mjs --print FILE     the masked recording

import { readFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";

const WARM_UP = 5; // rounds before the first time, so that the code is compiled
const PLACEHOLDER = "data:image/gif;base64,R0lGODlhAQABAIAAAMLCwgAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==";
const ATTRIBUTES = ["title", "placeholder", "aria-label", "value"];
const MEDIA = new Set(["img", "video", "audio", "source", "embed", "track"]);
const UNSEEN = new Set(["style", "script"]);

const mask = (text) => text.replace(/\S/g, "*");

function maskAttributes(attributes) {
  for (const name of ATTRIBUTES) {
    if (typeof attributes[name] === "string") attributes[name] = mask(attributes[name]);
  }
}

function maskNode(node, seen) {
  if (typeof node.textContent === "string" && seen) node.textContent = mask(node.textContent);
  if (node.attributes) {
    maskAttributes(node.attributes);
    if (MEDIA.has(node.tagName)) {
      if (node.attributes.src) node.attributes.src = PLACEHOLDER;
      if (node.attributes.srcset) node.attributes.srcset = PLACEHOLDER;
    }
  }
  if (node.childNodes) {
    const shown = !UNSEEN.has(node.tagName);
    for (const child of node.childNodes) maskNode(child, shown);
  }
}

function maskMutation(data) {
  for (const text of data.texts) if (text.value) text.value = mask(text.value);
  for (const change of data.attributes) maskAttributes(change.attributes);
  for (const addition of data.adds) maskNode(addition.node, true);
}

function redact(bytes) {
  const events = JSON.parse(bytes.toString("utf8"));
  for (const event of events) {
    if (event.type === 2) maskNode(event.data.node, true);
    else if (event.type === 3 && event.data.source === 0) maskMutation(event.data);
    else if (event.type === 3 && event.data.source === 5) event.data.text = mask(event.data.text);
  }
  return Buffer.from(JSON.stringify(events), "utf8");
}

function round(files) {
  let size = 0;
  for (const file of files) size += redact(file).length;
  if (size === 0) throw new Error("nothing came out");
}

const names = process.argv.slice(2);
if (names[0] === "--print") {
  process.stdout.write(redact(readFileSync(names[1])));
} else {
  const files = names.map((name) => readFileSync(name));
  for (let at = 0; at < WARM_UP; at++) round(files);
  let prepared = false;
  for await (const _line of createInterface({ input: process.stdin })) {
    if (prepared) round(files);
    else globalThis.gc?.(); // what the round before left behind is not this one's
    prepared = !prepared;
    writeSync(1, "done\n");
  }
}
