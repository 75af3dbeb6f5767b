// What a visitor (and the page's own scripts) do on each page. Every step ends in `settle`, so the order of events is fixed.

/** What a driver may use: real keyboard and mouse, and a settled frame after each step. */
export class Visitor {
  constructor(page, canaries) {
    this.page = page;
    this.canaries = canaries;
  }

  /** Two real frames, a tenth of a second on the page's own (stopped) clock, two real frames. */
  async settle(milliseconds = 100) {
    await this.frames();
    await this.page.clock.runFor(milliseconds);
    await this.frames();
  }

  frames() {
    return this.page.evaluate(() => new Promise((done) => window.__real.frame(() => window.__real.frame(done))));
  }

  async moveTo(x, y) {
    const from = this.at ?? { x: 5, y: 5 };
    for (let step = 1; step <= 4; step++) {
      await this.page.mouse.move(from.x + ((x - from.x) * step) / 4, from.y + ((y - from.y) * step) / 4);
      await this.settle(60);
    }
    this.at = { x, y };
  }

  async reveal(target) {
    const element = typeof target === "string" ? this.page.locator(target) : target;
    await element.evaluate((node) => node.scrollIntoView({ block: "center" }));
    await this.settle();
    return element;
  }

  async click(target) {
    const element = await this.reveal(target);
    const box = await element.boundingBox();
    await this.moveTo(Math.round(box.x + Math.min(box.width / 2, 60)), Math.round(box.y + box.height / 2));
    await this.page.mouse.down();
    await this.page.mouse.up();
    await this.settle();
  }

  async type(target, text) {
    await this.click(target);
    for (const character of text) {
      await this.page.keyboard.type(character);
      await this.frames();
    }
    await this.settle();
  }

  async press(key) {
    await this.page.keyboard.press(key);
    await this.settle();
  }

  async fill(target, text) {
    await (await this.reveal(target)).fill(text);
    await this.settle();
  }

  /** Runs in the page, as the application's own script would. */
  async script(action, argument) {
    await this.page.evaluate(action, argument);
    await this.settle();
  }
}

async function signup(visitor) {
  const { page, canaries } = visitor;
  const secret = (name, kind) => canaries.secret(name, kind);
  await visitor.type("#name", secret("typed-name"));
  await visitor.fill("#nick", "");
  await visitor.type("#nick", secret("typed-nick"));
  await visitor.fill("#mail", secret("typed-email", "email"));
  await visitor.fill("#tel", secret("typed-tel", "tel"));
  await visitor.fill("#age", secret("typed-number", "number"));
  await visitor.fill("#born", secret("typed-date", "date"));
  await visitor.fill("#find", secret("typed-search"));
  await visitor.fill("#site", `http://me.example/${secret("typed-url")}`);
  await visitor.fill("#pass", "");
  await visitor.type("#pass", secret("typed-password"));
  await visitor.click("#show");
  await visitor.type("#pass", secret("typed-password-shown"));
  await visitor.click("#show");
  await visitor.fill("#old", secret("typed-password-unmasked"));
  await page.locator("#proof").setInputFiles({ name: `${secret("file-name")}.txt`, mimeType: "text/plain", buffer: Buffer.from("x") });
  await visitor.settle();
  await visitor.fill("#tint", secret("typed-color", "color"));
  await visitor.fill("#budget", secret("typed-range", "number"));
  await visitor.click("#news");
  await visitor.click("#plan1");
  await page.locator("#ward").selectOption({ index: 2 });
  await visitor.settle();
  await visitor.fill("#story", "");
  await visitor.type("#story", `Line ${secret("typed-textarea")}`);
  await visitor.press("Enter");
  await visitor.fill("#card", "");
  await visitor.type("#card", secret("typed-card", "card"));
  await visitor.fill("#csc", secret("typed-csc-unmasked"));
  await visitor.fill("#otp", secret("typed-otp", "number"));
  await visitor.type("#note", secret("typed-note"));
  await visitor.fill("#coupon", canaries.public("typedcoupon"));
  await visitor.type(page.frameLocator("#account-frame").locator("#frame-input"), secret("typed-in-frame"));
  await visitor.script((text) => { document.getElementById("csrf").value = text; }, secret("hidden-property"));
  await visitor.script((text) => { document.getElementById("csrf").setAttribute("value", text); }, secret("hidden-attribute"));
  await visitor.script((text) => { document.title = `Join ${text}`; }, secret("title-changed"));
  await visitor.script((text) => { document.querySelector("[type=submit]").value = `Pay ${text}`; }, secret("submit-changed"));
  await visitor.script((text) => { document.querySelector("meter").setAttribute("aria-valuetext", text); }, secret("meter-changed"));
  await visitor.script(() => {
    document.querySelector("progress").value = 60;
    document.querySelector("li").value = 9;
    document.getElementById("news").checked = false;
  });
  await visitor.click("#account");
}

async function chat(visitor) {
  const { page, canaries } = visitor;
  const secret = (name, kind) => canaries.secret(name, kind);
  const shown = (name) => canaries.public(name);
  await visitor.type("#message", secret("typed-message"));
  await visitor.click("#send");
  await visitor.script((texts) => window.addMessage(texts), { author: secret("added-author"), body: secret("added-body"), title: secret("added-title") });
  await visitor.script((html) => {
    document.getElementById("log").insertAdjacentHTML("beforeend", html);
  }, `<li id="html-message" class="message"><b title="${secret("html-title")}">${secret("html-author")}</b>
    <p>See <a href="/files/${secret("html-link")}">file</a> ${secret("html-text")}</p><!-- ${secret("html-comment")} -->
    <span class="sentry-unmask" title="${shown("htmltitle")}">${shown("htmltext")} is here</span></li>`);
  await visitor.script((text) => { document.getElementById("status").firstChild.data = `typing ${text}`; }, secret("character-data"));
  await visitor.script((text) => { document.getElementById("status").textContent = `gone ${text}`; }, secret("text-content"));
  await visitor.script((text) => { document.getElementById("board").firstChild.data = `open ${text}`; }, shown("boardtext"));
  await visitor.script((text) => { document.getElementById("log").firstChild.data = ` ${text} `; }, secret("comment-changed"));
  await visitor.script((text) => { document.getElementById("late-script").firstChild.data = `/* ${text} */`; }, secret("script-text-changed"));
  await visitor.script((text) => { document.getElementById("late-style").firstChild.data = `.late::after { content: "${text}" } /* ${text} */`; }, secret("style-text-changed"));
  // A node moves into the unmasked board and out again; its text is sent anew each time.
  await visitor.script(() => document.getElementById("board").append(document.getElementById("traveller")));
  await visitor.script((text) => { document.getElementById("traveller").firstChild.data = text; }, shown("travellertext"));
  await visitor.script(() => document.getElementById("log").append(document.getElementById("traveller")));
  await visitor.script((text) => { document.getElementById("traveller").firstChild.data = text; }, secret("traveller-back"));
  await visitor.script(() => document.getElementById("html-message").remove());
  // A class that unmasks, comes and goes.
  const toggle = (on) => document.getElementById("toggled").classList.toggle("sentry-unmask", on);
  await visitor.script(toggle, true);
  await visitor.script((text) => { document.getElementById("toggled").firstElementChild.textContent = text; }, shown("whileunmasked"));
  await visitor.script(toggle, false);
  await visitor.script((text) => { document.getElementById("toggled").firstElementChild.textContent = text; }, secret("after-toggle"));
  await visitor.script((text) => { document.getElementById("toggled").firstElementChild.title = text; }, secret("after-toggle-title"));
  // Attributes, one mutation each.
  for (const [name, text] of [
    ["title", secret("attribute-title")],
    ["data-user", secret("attribute-data")],
    ["aria-label", secret("attribute-aria")],
    ["onclick", `void "${secret("attribute-onclick")}"`],
    ["href", `/people/${secret("attribute-href")}?q=${secret("attribute-href-query")}`],
    ["x-made-up", secret("attribute-unknown")],
    ["style", `--note: "${secret("attribute-style-property")}"; background: url("/pictures/${secret("attribute-style-url")}.svg"); width: 300px; height: 20px; display: inline-block; color: rgb(1, 2, 3); border: 1px solid rgb(4, 5, 6)`],
  ]) {
    await visitor.script(([key, value]) => document.getElementById("person").setAttribute(key, value), [name, text]);
  }
  await visitor.script(() => { document.getElementById("person").style.color = "rgb(7, 8, 9)"; });
  await visitor.script((text) => { document.getElementById("person").style.backgroundImage = `url("/pictures/${text}.svg")`; }, secret("style-object-url"));
  await visitor.script((text) => { document.getElementById("quoted").style.quotes = `"${text}" "."`; }, secret("style-object-string"));
  await visitor.script((text) => { document.getElementById("quoted").style.setProperty("font-family", `"${text}"`, "important"); }, shown("style-object-font"));
  await visitor.script(() => { document.getElementById("quoted").style.removeProperty("quotes"); });
  await visitor.script(() => document.getElementById("person").removeAttribute("title"));
  await visitor.script((text) => { document.getElementById("board").title = text; }, shown("boardtitle"));
  await visitor.script((text) => { document.getElementById("message").setAttribute("placeholder", text); }, secret("attribute-placeholder"));
  await visitor.script((text) => { document.getElementById("message").setAttribute("value", text); }, secret("attribute-value"));
  await visitor.script((text) => document.getElementById("draft").append(text), secret("textarea-child-added"));
  // Frames and pictures that come late.
  await visitor.script((html) => {
    const frame = document.createElement("iframe");
    frame.id = "late-frame";
    frame.srcdoc = html;
    document.body.append(frame);
  }, `<p id="inner" style="font-family: monospace">${secret("late-frame-text")}</p><p class="sentry-unmask">${shown("lateframe")}</p>`);
  await visitor.script((text) => {
    document.getElementById("late-frame").contentDocument.getElementById("inner").firstChild.data = text;
  }, secret("late-frame-changed"));
  await visitor.script(() => {
    document.body.append(Object.assign(document.createElement("iframe"), { id: "foreign-frame", src: "http://other.example/start" }));
  });
  await visitor.script((path) => { document.getElementById("foreign-frame").src = `http://other.example/${path}`; }, secret("foreign-frame-changed"));
  await visitor.script(([link, text]) => {
    const add = (src, alt) => document.getElementById("pictures").append(Object.assign(new Image(60, 20), { src, alt }));
    add(link, text);
  }, [`/pictures/${secret("added-image-src")}.svg`, secret("added-image-alt")]);
  await visitor.script((source) => {
    document.getElementById("pictures").append(Object.assign(new Image(60, 20), { src: source }));
  }, `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='60' height='20'%3E%3Ctext y='15'%3E${secret("added-image-data")}%3C/text%3E%3C/svg%3E`);
  await visitor.script((source) => { document.querySelector("#pictures img").src = source; }, `/pictures/${secret("changed-image-src")}.svg`);
  await visitor.script((source) => { document.querySelector("#pictures img").srcset = source; }, `/pictures/${secret("changed-image-srcset")}.svg 2x`);
  // Navigation, network, console.
  await visitor.script((path) => history.pushState({}, "", path), `/chat/${secret("push-state-path")}?room=${secret("push-state-query")}`);
  await visitor.script(([path, token, body]) => fetch(path, { method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": "application/json" }, body: JSON.stringify({ text: body }) }).then((reply) => reply.json()),
    [`/api/${secret("fetch-path")}?key=${secret("fetch-query")}`, secret("fetch-token"), secret("fetch-body")]);
  await visitor.settle(4000);
  await visitor.script(([path, body]) => new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("PUT", path);
    request.setRequestHeader("x-api-key", body[1]);
    request.onloadend = done;
    request.send(`note=${body[0]}`);
  }), [`/api/${secret("xhr-path")}`, [secret("xhr-body"), secret("xhr-key")]]);
  await visitor.settle(4000);
  await visitor.script((texts) => {
    console.log("said", texts[0]);
    console.warn({ user: { name: texts[1] } });
    console.info(document.getElementById("log"));
    console.error(new Error(`failed for ${texts[2]}`));
  }, [secret("console-text"), secret("console-object"), secret("console-error")]);
  await visitor.script((payloads) => payloads.forEach(([tag, payload]) => (window.rrweb.addCustomEvent ?? window.rrweb.record.addCustomEvent)(tag, payload)), customEvents(secret));
  // The other hands: drag, touch, a selection, scrolling.
  await visitor.script(() => {
    const log = document.getElementById("log");
    const touch = (step) => new Touch({ identifier: 1, target: log, clientX: 40 + 10 * step, clientY: 100 });
    const fire = (type, step) => log.dispatchEvent(new TouchEvent(type, { bubbles: true, touches: [touch(step)], changedTouches: [touch(step)] }));
    fire("touchstart", 0);
    fire("touchmove", 1);
    fire("touchend", 2);
  });
  for (let step = 0; step < 5; step++) {
    await visitor.script((at) => {
      const log = document.getElementById("log");
      const touch = new Touch({ identifier: 1, target: log, clientX: 50 + 10 * at, clientY: 110 });
      log.dispatchEvent(new TouchEvent("touchmove", { bubbles: true, touches: [touch], changedTouches: [touch] }));
    }, step);
    await visitor.script((at) => {
      document.getElementById("traveller").dispatchEvent(new DragEvent("drag", { bubbles: true, clientX: 60 + at, clientY: 130 + at }));
    }, step);
  }
  await visitor.settle(600);
  await visitor.script(() => document.getSelection().selectAllChildren(document.getElementById("status")));
  await visitor.script(() => { document.getElementById("scroller").scrollTop = 40; });
  await page.setViewportSize({ width: 1000, height: 700 });
  await visitor.settle(600);
  // A second full snapshot: the page's new address, and every node again with the id it had.
  await visitor.script(() => window.rrweb.record.takeFullSnapshot(true));
}

/** What SDKs put into custom events: breadcrumbs, performance spans, and an application's own. */
function customEvents(secret) {
  const span = (op, description, data) => ["performanceSpan", { op, description, startTimestamp: 1704164645, endTimestamp: 1704164646, data }];
  const crumb = (category, message, data) => ["breadcrumb", { type: "default", category, message, timestamp: 1704164645, data }];
  return [
    crumb("ui.click", `body > ul > li[title="${secret("crumb-click-message")}"]`, {
      nodeId: 20,
      node: { id: 20, tagName: "li", textContent: secret("crumb-node-text"), attributes: { class: "message", title: secret("crumb-node-title") } },
    }),
    crumb("ui.keyDown", `input[name="${secret("crumb-key-message")}"]`, { metaKey: false, key: "k", node: { id: 20, tagName: "input", textContent: "", attributes: { id: "message" } } }),
    crumb("console", `logged ${secret("crumb-console")}`, { logger: "console" }),
    crumb("navigation", undefined, { from: `/chat/${secret("crumb-from")}`, to: `/chat/${secret("crumb-to")}` }),
    span("resource.fetch", `http://shop.example/api/${secret("span-url")}`, { method: "POST", statusCode: 200, request: { headers: { authorization: `Bearer ${secret("span-token")}` }, body: { email: secret("span-email", "email"), card: secret("span-card", "card") } } }),
    span("navigation.push", `http://shop.example/chat/${secret("span-navigation")}`, { previous: `http://shop.example/chat/${secret("span-previous")}` }),
    ...["ui.input", "ui.multiClick", "ui.slowClickDetected"].map((category) => crumb(category, `ul > li[aria-label="${secret(`${category}-message`)}"]`, {
      nodeId: 20, clickCount: 3, timeAfterClickMs: 3000, endReason: "timeout", url: `http://shop.example/chat/${secret(`${category}-url`)}`, route: `/chat/${secret(`${category}-route`)}`,
      node: { id: 20, tagName: "li", textContent: secret(`${category}-text`), attributes: { alt: secret(`${category}-alt`) } },
    })),
    crumb("ui.keyDown", `body > ${secret("crumb-tag")}`, { metaKey: true, key: secret("crumb-key"), code: secret("crumb-code") }),
    crumb("fetch", undefined, { method: "GET", status_code: 200, url: `http://shop.example/${secret("crumb-fetch")}` }),
    crumb("xhr", undefined, { method: "GET", status_code: 200, url: `http://shop.example/?q=${secret("crumb-xhr")}` }),
    crumb("sentry.feedback", secret("feedback-message"), { feedbackId: secret("feedback-id") }),
    crumb("replay.hydrate-error", undefined, { url: `http://shop.example/#${secret("hydrate-url")}` }),
    crumb("auth", secret("own-crumb-message"), { user: secret("own-crumb-user"), nested: [{ note: secret("own-crumb-note") }] }),
    span("resource.img", `http://shop.example/pictures/${secret("span-image")}.png`, { size: 5, statusCode: 200 }),
    span("navigation.navigate", `http://shop.example/${secret("span-navigate")}?v=${secret("span-navigate-query")}`, { duration: 5, domInteractive: 3 }),
    span("web-vital", "largest-contentful-paint", { value: 1.5, rating: "good", nodeIds: [20], attributions: [{ name: secret("vital-name") }] }),
    span("resource.xhr", `/api/${secret("span-xhr")}`, { method: "GET", response: { headers: { "set-cookie": secret("span-cookie") }, body: secret("span-text"), _meta: { warnings: ["URL_SKIPPED"] } } }),
    ["options", { sessionSampleRate: 1, maskAllText: false, note: secret("options-note") }],
    ["$pageview", { href: `http://shop.example/${secret("pageview-path")}?t=${secret("pageview-token")}` }],
    [`note for ${secret("custom-tag")}`, secret("custom-text")],
    ["basket", { owner: secret("custom-owner"), items: [secret("custom-item")], card: secret("custom-card", "card") }],
  ];
}

async function components(visitor) {
  const { canaries } = visitor;
  const secret = (name, kind) => canaries.secret(name, kind);
  const shown = (name) => canaries.public(name);
  await visitor.type(visitor.page.locator("user-card #shadow-input"), secret("typed-in-shadow"));
  const inShadow = (action) => `(text) => { const root = document.querySelector("user-card").shadowRoot; ${action} }`;
  const change = (action, text) => visitor.script(new Function("text", `(${inShadow(action)})(text)`), text);
  await change(`root.firstChild.data = text`, secret("shadow-root-text-changed"));
  await change(`root.querySelector("b").textContent = text`, secret("shadow-text-changed"));
  await change(`root.append(text)`, secret("shadow-root-text-added"));
  await change(`root.querySelector("b").title = text`, secret("shadow-title"));
  await change(`root.querySelector(".sentry-unmask").textContent = text`, shown("shadowchanged"));
  await change(`root.querySelector("inner-badge").shadowRoot.querySelector("i").textContent = text`, secret("nested-shadow-changed"));
  await change(`root.adoptedStyleSheets[0].insertRule('b::before { content: "' + text + '" }', 0)`, secret("adopted-insert-rule"));
  await change(`root.adoptedStyleSheets[0].replaceSync('b::after { content: "' + text + '" } i { color: teal }')`, secret("adopted-replace-sync"));
  await change(`root.adoptedStyleSheets[0].cssRules[0].style.setProperty("--mark", '"' + text + '"')`, secret("adopted-set-property"));
  await change(`const sheet = new CSSStyleSheet(); sheet.replaceSync('i::after { content: "' + text + '" }'); root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]`, secret("adopted-added"));
  await change(`const sheet = new CSSStyleSheet(); sheet.replaceSync('p { --memo: "' + text + '"; background: url(/pictures/x.svg) }'); document.adoptedStyleSheets = [sheet]`, secret("adopted-document"));
  await visitor.script((text) => { document.querySelector("user-card [slot]").textContent = text; }, secret("slotted-changed"));
  await visitor.script((text) => {
    const card = document.createElement("user-card");
    card.dataset.name = text;
    card.append(text);
    document.getElementById("cards").append(card);
  }, secret("late-card"));
  await visitor.script((html) => { document.getElementById("cards").insertAdjacentHTML("beforeend", html); }, `<svg><text>${secret("late-svg")}</text></svg>`);
  await visitor.script((name) => customElements.define(name, class extends HTMLElement {}), `late-${canaries.make("tag", "element")}`);
  await visitor.script((text) => { document.querySelector("svg text").textContent = text; }, secret("svg-text-changed"));
  await visitor.script((text) => { document.querySelector("svg use").setAttribute("href", `#${text}`); }, secret("svg-use-changed"));
  await visitor.script((text) => { document.querySelector("svg image").setAttribute("href", `/pictures/${text}.svg`); }, secret("svg-image-changed"));
  await visitor.script((text) => { document.querySelector("math mtext").textContent = text; }, secret("math-changed"));
  await visitor.script((text) => {
    const pen = document.getElementById("drawing").getContext("2d");
    pen.font = "12px monospace";
    pen.fillText(text, 5, 15);
    pen.strokeText(text, 5, 30);
    pen.fillStyle = "teal";
    pen.fillRect(0, 35, 50, 10);
  }, secret("canvas-text"));
  await visitor.script(async (text) => {
    const picture = Object.assign(new Image(60, 20), { src: `/pictures/${text}.svg` });
    await picture.decode();
    document.getElementById("drawing").getContext("2d").drawImage(picture, 50, 40);
  }, secret("canvas-image"));
  await visitor.script(() => ["play", "pause", "seeked", "volumechange", "ratechange"].forEach((name) => document.querySelector("video").dispatchEvent(new Event(name))));
  await visitor.script((text) => { document.querySelector("video").poster = `/pictures/${text}.svg`; }, secret("poster-changed"));
  await visitor.script((text) => { document.querySelector("object").data = `/pictures/${text}.svg`; }, secret("object-changed"));
  await visitor.script(() => document.querySelector("dialog").showModal());
  await visitor.script(() => document.querySelector("dialog").close());
}

async function styles(visitor) {
  const { canaries } = visitor;
  const secret = (name, kind) => canaries.secret(name, kind);
  const onSheet = (action, text) => visitor.script(new Function("text", `const sheet = document.getElementById("main-style").sheet; ${action}`), text);
  await onSheet(`sheet.insertRule('.added::before { content: "' + text + '" }', sheet.cssRules.length)`, secret("insert-rule-content"));
  await onSheet(`sheet.insertRule('@media screen { .in-media { --note: "' + text + '" } }', sheet.cssRules.length)`, secret("insert-rule-media"));
  await onSheet(`sheet.cssRules[sheet.cssRules.length - 1].insertRule('a[title="' + text + '"] { color: red }', 0)`, secret("insert-rule-nested"));
  await onSheet(`sheet.cssRules[sheet.cssRules.length - 1].deleteRule(0)`);
  await onSheet(`sheet.deleteRule(sheet.cssRules.length - 1)`);
  await onSheet(`[...sheet.cssRules].find((rule) => rule.selectorText === "#set-here").style.setProperty("--from-script", text)`, secret("set-property-custom"));
  await onSheet(`[...sheet.cssRules].find((rule) => rule.selectorText === "#set-here").style.setProperty("background-image", "url(/pictures/" + text + ".svg)", "important")`, secret("set-property-url"));
  await onSheet(`[...sheet.cssRules].find((rule) => rule.selectorText === "#set-here").style.setProperty("content", '"' + text + '"')`, secret("set-property-content"));
  await onSheet(`[...sheet.cssRules].find((rule) => rule.selectorText === "#set-here").style.removeProperty("content")`);
  await visitor.script((text) => {
    const sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [sheet];
    sheet.replaceSync(`.swap::after { content: "${text}" }`);
  }, secret("replace-sync"));
  await visitor.script((text) => document.adoptedStyleSheets[0].replace(`.swap::after { content: "${text}" }`), secret("replace-async"));
  await visitor.script((text) => document.fonts.add(new FontFace("Late Font", `url("data:font/woff2;base64,${text}")`, { display: "swap" })), secret("font-face-source"));
  await visitor.script((text) => document.fonts.add(new FontFace(text, new Uint8Array([119, 79, 70, 50, 1, 2, 3, 4]).buffer)), secret("font-face-family"));
  await visitor.script((text) => {
    const style = document.createElement("style");
    style.append(`.first-part::before { content: "${text}" }`, `.second-part { color: teal }`);
    document.head.append(style);
  }, secret("late-style-content"));
  await visitor.script((text) => {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = `/css/${text}.css`;
    return new Promise((done) => { sheet.onload = done; document.head.append(sheet); });
  }, canaries.public("late-link-href"));
  await visitor.script((text) => { document.getElementById("inline").style.setProperty("--inline-later", text); }, secret("inline-later"));
  await visitor.script((text) => { document.getElementById("inline").style.cssText = `content: "${text}"; width: 200px; height: 20px`; }, secret("inline-css-text"));
  await visitor.moveTo(300, 200);
  await visitor.moveTo(60, 90);
}

export const DRIVERS = { signup, chat, components, styles };
