// Builds everything the browser gets: one stylesheet, one small script, one file per island.
// Names are stable; the server adds the content hash when it collects static files.
//
//   node meanwhile/ui/build.mjs            once, minified
//   node meanwhile/ui/build.mjs --watch    again whenever a file changes
import { cpSync, mkdirSync, readdirSync, existsSync, rmSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const ui = dirname(fileURLToPath(import.meta.url));
const house = dirname(ui);
const out = join(ui, "static", "ui");

/** Folders right below `folder`, in a stable order. */
const rooms = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name)).sort()
    : [];

/** Island files: meanwhile/<room>/islands/*.ts, and island.ts of each kind of activity. */
function islands() {
  const found = {};
  const add = (name, file) => {
    if (found[name]) throw new Error(`Two islands are called ${name}: ${found[name]} and ${file}`);
    found[name] = file;
  };
  for (const room of rooms(house)) {
    const folder = join(room, "islands");
    if (!existsSync(folder)) continue;
    for (const file of readdirSync(folder).sort())
      if (file.endsWith(".ts") && !file.startsWith("_") && !file.endsWith(".d.ts")) add(basename(file, ".ts"), join(folder, file));
  }
  for (const kind of rooms(join(house, "activities"))) if (existsSync(join(kind, "island.ts"))) add(basename(kind), join(kind, "island.ts"));
  return found;
}

/** The stylesheet: the layers of styles/index.css, then style.css of each kind of activity. */
function stylesheet() {
  const kinds = rooms(join(house, "activities")).map((kind) => join(kind, "style.css")).filter(existsSync);
  const lines = [join(ui, "styles", "index.css"), ...kinds].map((file, i) => {
    const path = "./" + relative(ui, file).replaceAll("\\", "/");
    return `@import "${path}"${i ? " layer(components)" : ""};`;
  });
  return { contents: lines.join("\n"), resolveDir: ui, loader: "css", sourcefile: "app.css" };
}

const common = { bundle: true, minify: true, legalComments: "none", logLevel: "warning", metafile: true };

async function build() {
  mkdirSync(out, { recursive: true });
  cpSync(join(ui, "art"), out, { recursive: true });
  const style = esbuild.build({ ...common, stdin: stylesheet(), outfile: join(out, "app.css"), loader: { ".woff2": "file" }, assetNames: "fonts/[name]" });
  const script = esbuild.build({ ...common, entryPoints: [join(ui, "app.ts")], outfile: join(out, "app.js"), format: "esm", target: "es2022" });
  const each = Object.entries(islands()).filter(([, file]) => dirname(file) !== join(ui, "islands") || !COMMON.has(basename(file, ".ts")));
  const parts = each.length
    ? esbuild.build({ ...common, entryPoints: each.map(([name, file]) => ({ in: file, out: name })), outdir: join(out, "islands"), format: "esm", target: "es2022" })
    : null;
  const results = (await Promise.all([style, script, parts])).filter(Boolean);
  const sizes = results.flatMap(({ metafile }) => Object.entries(metafile.outputs));
  for (const [file, { bytes }] of sizes) console.log(`${String(bytes).padStart(8)}  ${relative(process.cwd(), file)}`);
  tidy(new Set([...sizes.map(([file]) => resolve(file)), ...readdirSync(join(ui, "art")).map((name) => join(out, name))]));
}

/** Takes away what an earlier build wrote and this one did not. A page served meanwhile loses nothing. */
function tidy(kept) {
  for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile() && !kept.has(file)) rmSync(file);
  }
}

// Small enough to be part of app.js on every page.
const COMMON = new Set(["reading-settings", "guess-zone", "copy-text", "small-things"]);

await build();
if (process.argv.includes("--watch")) {
  const { watch } = await import("node:fs");
  let later;
  watch(house, { recursive: true }, (_, file) => {
    if (!file || file.startsWith(join("ui", "static")) || !/\.(ts|css|svg)$/.test(file)) return;
    clearTimeout(later);
    later = setTimeout(() => build().catch((error) => console.error(error.message)), 100);
  });
}
