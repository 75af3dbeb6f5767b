// Records every page in both variants with both recorders, masking off, and writes tests/recordings.
//   node record.mjs [page ...]    record (all pages, or the named ones), then check
//   node record.mjs --check       only check what stands in tests/recordings
//   node record.mjs --census      count the events of each recording by type and source
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { Canaries } from "./canaries.mjs";
import { census, check, updateManifest } from "./check.mjs";
import { DRIVERS, Visitor } from "./drivers.mjs";

const ORIGIN = "http://shop.example";
const VIEWPORT = { width: 1100, height: 800 };
const CLOCK_START = Date.UTC(2024, 0, 2, 3, 4, 5);
const TICK = 20; // ms; animation frames of the stopped clock are off by one now and then
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const here = (path) => new URL(path, import.meta.url);
const bundle = (name) => readFileSync(here(`node_modules/${name}.umd.cjs`), "utf8").replace(/^\/\/# sourceMappingURL=.*$/m, "");

const RECORDERS = {
  rrweb: {
    bundles: [
      "rrweb/dist/rrweb",
      "@rrweb/rrweb-plugin-console-record/dist/rrweb-plugin-console-record",
      "@rrweb/rrweb-plugin-network-record/dist/rrweb-plugin-network-record",
    ],
    start: () => window.rrweb.record({
      emit: window.__emit,
      maskAllInputs: false,
      maskInputOptions: { password: false },
      recordCanvas: true,
      inlineImages: true,
      collectFonts: true,
      plugins: [
        window.rrwebPluginConsoleRecord.getRecordConsolePlugin(),
        window.rrwebPluginNetworkRecord.getRecordNetworkPlugin({
          recordHeaders: true, recordBody: true, recordInitialRequests: true,
          // Real durations would differ between twins.
          transformRequestFn: (request) => ({ ...request, startTime: 0, endTime: 0, duration: 0 }),
        }),
      ],
    }),
  },
  sentry: {
    bundles: ["@sentry-internal/rrweb/dist/rrweb"],
    start: () => window.rrweb.record({
      emit: window.__emit,
      maskAllText: false,
      maskAllInputs: false,
      maskInputOptions: {},
      inlineStylesheet: true,
      inlineImages: false,
      collectFonts: true,
    }),
  },
};

/** Before the clock is stopped: keep what must stay real. */
function keepReal() {
  window.__real = { frame: window.requestAnimationFrame.bind(window), entries: performance.getEntries.bind(performance) };
}

/** After the clock is stopped: resource timings come once, at the start, in an order that does not depend on real time. */
function fixTimings() {
  const place = ({ initiatorType, name }) => `${initiatorType} ${name.slice(0, name.lastIndexOf("/"))}`;
  performance.getEntries = () => window.__real.entries().sort((left, right) => place(left).localeCompare(place(right)));
  window.PerformanceObserver = class { observe() {} disconnect() {} };
  try {
    // Sentry's recorder takes its timers from a frame that it throws away: let those be the page's stopped ones.
    if (window !== window.top) for (const name of ["setTimeout", "clearTimeout", "requestAnimationFrame"]) window[name] = window.top[name];
  } catch {
    // a frame of another origin
  }
}

function recorderScript({ bundles, start }) {
  const parts = bundles.map((name) => `(function () {${bundle(name)}\n}).call(window);`);
  return `if (window === window.top) {
    window.__events = [];
    window.__emit = (event) => window.__events.push(JSON.stringify(event));
    ${parts.join("\n")}
    (${start})();
  }`;
}

const svgPicture = (text) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><rect width="60" height="20" fill="teal"/><text y="15">${text}</text></svg>`;

/** The whole network of the recordings: the page, its frame, pictures, style sheets, and an echo of any request for data. */
function answer(route, name, canaries) {
  const { pathname, hostname } = new URL(route.request().url());
  const html = (file) => route.fulfill({ contentType: "text/html; charset=utf-8", body: canaries.fill(readFileSync(here(`pages/${file}`), "utf8")) });
  if (hostname === "other.example") return route.fulfill({ contentType: "text/html", body: "<p>elsewhere</p>" });
  if (pathname.startsWith(`/${name}/`)) return html(`${name}.html`);
  if (pathname.startsWith("/frame/")) return html("frame.html");
  if (pathname.endsWith(".svg")) return route.fulfill({ contentType: "image/svg+xml", headers: { "access-control-allow-origin": "*" }, body: svgPicture(pathname.slice(-10)) });
  if (pathname.endsWith(".css")) return route.fulfill({ contentType: "text/css", body: canaries.fill(readFileSync(here("pages/linked.css"), "utf8")) });
  if (pathname.startsWith("/api/")) return route.fulfill({ contentType: "application/json", headers: { "x-session": canaries.secret("response-header") }, body: JSON.stringify({ owner: canaries.secret("response-body") }) });
  return route.fulfill({ status: 404, contentType: "text/plain", body: "" });
}

async function openContext(browser, recorder, name, canaries) {
  const context = await browser.newContext({ viewport: VIEWPORT, locale: "en-GB", timezoneId: "UTC" });
  await context.route("**/*", (route) => answer(route, name, canaries));
  await context.addInitScript(keepReal);
  await context.clock.install({ time: CLOCK_START });
  await context.clock.pauseAt(CLOCK_START + 1000);
  await context.addInitScript(fixTimings);
  await context.addInitScript({ content: recorderScript(recorder) });
  return context;
}

async function recordOnce(browser, name, recorder, canaries) {
  const context = await openContext(browser, recorder, name, canaries);
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error(`${name}: ${error.message}`));
  const secret = (part) => canaries.secret(part);
  await page.goto(`${ORIGIN}/${name}/${secret("page-path")}?visit=${secret("page-query")}#${secret("page-fragment")}`);
  const visitor = new Visitor(page, canaries);
  await visitor.settle(1000);
  await DRIVERS[name](visitor);
  await visitor.settle(4000);
  const events = (await page.evaluate(() => window.__events)).map((text) => JSON.parse(text));
  await context.close();
  return events.map((event) => ({ ...event, timestamp: event.timestamp - (event.timestamp % TICK) }));
}

/** One page, both recorders, both variants, side by side. */
async function recordPage(browser, name) {
  const variants = { a: new Canaries(name, "a"), b: new Canaries(name, "b") };
  const takes = Object.keys(RECORDERS).flatMap((recorder) => ["a", "b"].map((variant) => ({ recorder, variant })));
  await Promise.all(takes.map(async ({ recorder, variant }) => {
    const events = await recordOnce(browser, name, RECORDERS[recorder], variants[variant]);
    const file = `${name}.${recorder}.${variant}.json.gz`;
    writeFileSync(here(`../recordings/${file}`), gzipSync(JSON.stringify(events), { level: 9 })); // Node writes mtime 0
  }));
  const missing = updateManifest(name, variants);
  if (missing.length) console.log(`in no recording: ${missing.join(" ")}`);
}

async function record(names) {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ARGUMENTS });
  for (const name of names) await recordPage(browser, name);
  await browser.close();
}

const names = process.argv.slice(2).filter((word) => !word.startsWith("--"));
if (process.argv.includes("--census")) console.log(census());
else {
  if (!process.argv.includes("--check")) await record(names.length ? names : Object.keys(DRIVERS));
  const problems = check();
  console.log(problems.join("\n") || "all twins agree");
  process.exitCode = problems.length ? 1 : 0;
}
