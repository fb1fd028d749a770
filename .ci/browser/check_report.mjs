// Reads reports as people do: in a real browser, in both languages, light and dark, narrow and wide, by keyboard, on
// paper, and through axe-core. Usage: check_report.mjs FOLDER_OF_SCREENSHOTS REPORT...
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [screenshots, ...reports] = process.argv.slice(2);
const SERIOUS = ["serious", "critical"];
const WIDTHS = [320, 375, 768, 1280, 3840];

const failures = [];
const expect = (holds, what) => {
  if (!holds) failures.push(what);
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

// A page that tells of every error and of every request but that for itself.
const open = async (report, options = {}, hash = "") => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const name = `${basename(dirname(report))}/${basename(report)}`;
  page.on("console", (message) => expect(!["error", "warning"].includes(message.type()), `${name}: console: ${message.text()}`));
  page.on("pageerror", (error) => failures.push(`${name}: ${error}`));
  page.on("dialog", (dialog) => {
    failures.push(`${name}: a dialog opened: ${dialog.message()}`);
    dialog.dismiss();
  });
  const url = pathToFileURL(report).href;
  page.on("request", (request) => expect(request.url().split("#")[0] === url, `${name}: it asked for ${request.url()}`));
  await page.goto(url + hash, { waitUntil: "load" });
  return { context, page, name };
};

// What is folded is not laid out, and what it holds could not be seen to be too wide.
const openAll = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((part) => (part.open = true)));

// Milliseconds from the navigation to the first painted frame after everything was read and laid out.
const timeToOpen = async (report) => {
  const { context, page } = await open(report);
  const taken = await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())))),
  );
  await context.close();
  return taken;
};

const looksRight = async (report) => {
  const { context, page, name } = await open(report);
  await accessible(page, `${name}, folded`);
  await page.screenshot({ path: join(screenshots, `${basename(dirname(report))}-${await page.evaluate(() => document.documentElement.lang)}-folded.png`), fullPage: true });
  await openAll(page);
  const language = await page.evaluate(() => document.documentElement.lang);
  const words = await page.evaluate(() => document.body.innerText);
  if (language === "ja") {
    expect(/[ぁ-ん]/.test(words), `${name}: says nothing in Japanese`);
    // A run of English words outside of names is a sentence that nobody translated.
    const prose = await page.evaluate(() => {
      const copy = document.body.cloneNode(true);
      copy.querySelectorAll("code, script, style, article h1, article h3, .label, .in-bar").forEach((element) => element.remove());
      // What stands in quotation marks is quoted: messages of AWS, the words of a snapshot.
      return copy.innerText.replace(/「[^」]*」/g, "");
    });
    const leaks = new Set(prose.match(/\b(?:the|and|of|is|are|was|were|that|with|from|not|for|its|which)\b [a-z]+ [a-z]+/g));
    expect(leaks.size === 0, `${name}: English in a Japanese report: ${[...leaks].slice(0, 8).join(" | ")}`);
  }
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width === 3840 ? 2160 : 900 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow <= 1, `${name}: at ${width} px the page scrolls sideways by ${overflow} px`);
    // Figures are not shrunk until nobody reads them, and what is wider than the page is a region that the keyboard reaches.
    const small = await page.evaluate(() => [...document.querySelectorAll("figure svg text")].filter((text) => text.checkVisibility() && text.getBoundingClientRect().height > 0 && text.getBoundingClientRect().height < 8).length);
    expect(small === 0, `${name}: at ${width} px ${small} words of figures are too small to read`);
    const stuck = await page.evaluate(() => [...document.querySelectorAll("main table, main figure svg")].filter((part) => part.checkVisibility() && part.getBoundingClientRect().width > innerWidth && !part.closest("[tabindex='0']")).length);
    expect(stuck === 0, `${name}: at ${width} px ${stuck} wide parts are in no region that can be focused`);
    await page.screenshot({ path: join(screenshots, `${basename(dirname(report))}-${language}-${width}.png`) });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await accessible(page, `${name}, ${colorScheme}`);
    await page.screenshot({ path: join(screenshots, `${basename(dirname(report))}-${language}-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
  await page.screenshot({ path: join(screenshots, `${basename(dirname(report))}-${language}-forced.png`) });
  await context.close();
};

// axe-core runs in a world of its own, since the page forbids every script but its own.
const accessible = async (page, name) => {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "axe" });
  const run = (expression) => session.send("Runtime.evaluate", { contextId: executionContextId, expression, awaitPromise: true, returnByValue: true });
  await run(axe);
  const answer = await run("axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => JSON.stringify(violations.map(({ id, impact, nodes }) => ({ id, impact, count: nodes.length, html: nodes[0].html.slice(0, 200) }))))");
  const violations = JSON.parse(answer.result.value);
  for (const { id, impact, count, html } of violations) {
    const told = `${name}: axe: ${impact} ${id}, ${count} times: ${html}`;
    if (SERIOUS.includes(impact)) failures.push(told);
    else console.log(told);
  }
  await session.detach();
};

const byKeyboard = async (report) => {
  const { context, page, name } = await open(report);
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement.className === "skip"), `${name}: the first stop is not the skip link`);
  await page.keyboard.press("Enter");
  expect((await page.evaluate(() => location.hash)) === "#main", `${name}: the skip link does not skip`);
  await page.goto(pathToFileURL(report).href);
  const reached = new Set();
  let [around, outlined] = [false, true];
  for (let press = 0; press < 60 && !around; press += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const active = document.activeElement;
      const stops = [...document.querySelectorAll("a[href], button, input, summary")].filter((element) => element.checkVisibility());
      return { around: active === document.body, place: stops.indexOf(active), outline: getComputedStyle(active).outlineStyle };
    });
    around = stop.around;
    // A table that scrolls sideways is a stop too, without a place among these.
    if (stop.place >= 0) reached.add(stop.place);
    if (!around) outlined &&= stop.outline !== "none";
  }
  const all = await page.locator("a[href]:visible, button:visible, input:visible, summary:visible").count();
  // Either all of them, or none of the first is left out and there are more than a few: no trap goes round in circles.
  const first = around ? all : Math.max(...reached, 10) + 1;
  expect(reached.size === first, `${name}: by keyboard ${reached.size} of the first ${first} stops are reached`);
  expect(outlined, `${name}: focus cannot be seen at some stop`);
  await context.close();
};

// The summary that a link's target is folded behind is at the top of the window, or the page ends; all around it is open.
const lands = async (page, id, what) => {
  const { top, closed, atEnd } = await page.evaluate((id) => {
    const target = document.getElementById(id);
    const shown = target.closest("details")?.querySelector("summary") ?? target;
    let closed = 0;
    for (let around = target.closest("details"); around; around = around.parentElement.closest("details")) closed += around.open ? 0 : 1;
    return { top: shown.getBoundingClientRect().top, closed, atEnd: scrollY + innerHeight >= document.documentElement.scrollHeight - 1 };
  }, id);
  expect(closed === 0, `${what} leaves it folded`);
  expect((top > -50 && top < 120) || atEnd, `${what} lands ${top} px away from it`);
};

const toolsWork = async (report) => {
  const { context, page, name } = await open(report);
  // What is opened at an app shows that app, with a script and without.
  const last = page.locator(".apps article").last();
  if ((await last.count()) > 0) {
    const id = await last.getAttribute("id");
    for (const javaScriptEnabled of [true, false]) {
      const linked = await open(report, { javaScriptEnabled }, `#${id}`);
      await linked.page.waitForTimeout(300);
      await lands(linked.page, id, `${name}: opened at #${id}${javaScriptEnabled ? "" : " without a script"}`);
      await linked.context.close();
    }
  }
  for (const link of await page.locator("nav a").all()) {
    if (!(await link.isVisible())) await page.locator("nav summary").click();
    await link.click();
    await page.waitForTimeout(50);
    const id = new URL(page.url()).hash.slice(1);
    await lands(page, id, `${name}: the link to #${id}`);
    await page.evaluate(() => scrollTo(0, 0));
  }
  const buttons = page.locator("#tools button");
  await openAll(page);
  await buttons.first().focus();
  await page.keyboard.press("Enter");
  expect((await page.evaluate(() => document.documentElement.dataset.theme)) === "dark", `${name}: dark mode does not switch on`);
  await buttons.nth(2).click();
  expect((await page.locator("figure.of-memory:visible").count()) === 0, `${name}: memory is shown although only CPU was asked for`);
  await buttons.nth(1).click();
  const table = page.locator("#savings table");
  const before = await table.locator("tbody tr").allTextContents();
  const saving = table.locator("thead button").nth(3);
  await saving.click();
  const numbers = await table.locator("tbody tr:not(.total) td:nth-child(4)").evaluateAll((cells) => cells.map((cell) => Number(cell.dataset.order)));
  expect(numbers.every((number, place) => place === 0 || numbers[place - 1] <= number), `${name}: sorting does not sort: ${numbers}`);
  const after = await table.locator("tbody tr").allTextContents();
  expect(before.length === after.length && [...before].sort().join() === [...after].sort().join(), `${name}: sorting loses rows`);
  expect(after.at(-1) === before.at(-1), `${name}: sorting moves the total`);
  // Apps stand on the page, or behind links where they are many.
  const apps = page.locator(".apps > .app, .apps li[data-search]");
  const search = page.locator(".apps > .filter input");
  await search.fill(await apps.locator("h3, a").first().textContent());
  expect((await apps.locator("visible=true").count()) >= 1, `${name}: search hides what it looks for`);
  await search.fill("no app is called this");
  expect((await apps.locator("visible=true").count()) === 0, `${name}: search hides nothing`);
  await context.close();
};

// Without its script the page has all of its words.
const readsWithoutScript = async (report) => {
  const words = (page) =>
    page.evaluate(() => {
      const main = document.querySelector("main").cloneNode(true);
      main.querySelectorAll(".filter").forEach((added) => added.remove());
      return main.textContent;
    });
  const withScript = await open(report);
  const figures = await withScript.page.locator("figure").count();
  const allWords = await words(withScript.page);
  await withScript.context.close();
  const { context, page, name } = await open(report, { javaScriptEnabled: false });
  await openAll(page);
  expect((await page.locator("figure:visible").count()) === figures, `${name}: without JavaScript figures are missing`);
  expect((await page.locator("#tools:visible").count()) === 0, `${name}: without JavaScript there are buttons that do nothing`);
  const least = basename(report) === "report.html" ? 10_000 : 3_000;
  expect(allWords.length > least && (await words(page)) === allWords, `${name}: without JavaScript words are missing`);
  await context.close();
};

// Pages of a PDF: its page objects, or the count at the root of their tree.
const pagesOf = (pdf) => {
  const text = pdf.toString("latin1");
  const counts = [...text.matchAll(/\/Type\s*\/Pages\b[^>]*?\/Count\s+(\d+)/g), ...text.matchAll(/\/Count\s+(\d+)[^>]*?\/Type\s*\/Pages\b/g)].map((match) => Number(match[1]));
  return Math.max(0, ...counts);
};

// The two pages that decide are two, whatever the paper, with a script and without; the rest is printed by choice.
const onPaper = async (report) => {
  const isReport = basename(report) === "report.html";
  for (const format of ["A4", "Letter"]) {
    for (const javaScriptEnabled of [true, false]) {
      const { context, page, name } = await open(report, { javaScriptEnabled });
      const language = await page.evaluate(() => document.documentElement.lang);
      const path = join(screenshots, `${basename(dirname(report))}-${language}-${format}.pdf`);
      const pages = pagesOf(await page.pdf({ path, format, printBackground: true }));
      if (isReport) expect(pages === 2, `${name}: on ${format} the two pages are ${pages}`);
      console.log(`${name}: ${path}, ${pages} pages`);
      await context.close();
    }
  }
  if (!isReport) return;
  const { context, page, name } = await open(report, { javaScriptEnabled: false }, "#all");
  await page.emulateMedia({ media: "print" });
  const hidden = await page.evaluate(() => [...document.querySelectorAll("main table, main figure, main article, main p:not(.more-link)")].filter((element) => !element.checkVisibility({ contentVisibilityAuto: true })).length);
  expect(hidden === 0, `${name}: ${hidden} parts are hidden where everything is printed`);
  await context.close();
};

for (const report of reports) {
  const size = statSync(report).size;
  const times = [];
  for (let run = 0; run < 3; run += 1) times.push(await timeToOpen(report));
  times.sort((a, b) => a - b);
  const { context, page, name } = await open(report);
  const apps = await page.locator(".apps article").count();
  const elements = await page.evaluate(() => document.querySelectorAll("*").length);
  await context.close();
  console.log(`${name}: ${(size / 1e6).toFixed(2)} MB, ${apps} apps, ${elements} elements, open after ${times.map((time) => time.toFixed(0)).join(", ")} ms`);
  if (apps <= 200) {
    await looksRight(report);
    await byKeyboard(report);
    await readsWithoutScript(report);
    await onPaper(report);
    if (basename(report) === "report.html") await toolsWork(report);
  }
}
await browser.close();
failures.forEach((failure) => console.error(failure));
console.log(failures.length === 0 ? "the reports read well" : `${failures.length} failures`);
process.exit(failures.length === 0 ? 0 : 1);
