// Bundles each version of Sentry's SDK as one script that defines `Sentry`. PostHog ships such scripts.
import { build } from "esbuild";
import { readFileSync } from "node:fs";

const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
for (const name of Object.keys(dependencies).filter((name) => name.includes("sentry"))) {
  await build({
    stdin: { contents: `export * from "${name}"`, resolveDir: "." },
    bundle: true,
    minify: true,
    format: "iife",
    globalName: "Sentry",
    outfile: `node_modules/bundles/${name.replace("@sentry/browser", "sentry-9")}.js`,
  });
}
