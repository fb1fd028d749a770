// A copy of a snapshot whose names try to act. Usage: hostile_snapshot.mjs SNAPSHOT COPY
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [snapshot, copy] = process.argv.slice(2);
const ATTACKS = [
  "<script>alert(1)</script>",
  "\"><img src=x onerror=alert(2)>",
  "</title><svg onload=alert(3)>",
  "'-alert(4)-'",
  "</script><script>alert(5)</script>",
  "javascript:alert(6)",
  "=HYPERLINK(\"http://127.0.0.1:9/\",\"x\")",
  "\u202Egnp.exe<b>",
  "a".repeat(400),
  "<style>*{display:none}</style>",
];
cpSync(snapshot, copy, { recursive: true });
const path = join(copy, "inventory.json");
const inventory = JSON.parse(readFileSync(path, "utf8"));
inventory.environments.forEach((environment, place) => {
  const attack = ATTACKS[place % ATTACKS.length];
  environment.name = `${attack}${place}`;
  environment.application = attack;
  environment.platform = attack;
});
writeFileSync(path, JSON.stringify(inventory));
// Edited on purpose.
const manifest = JSON.parse(readFileSync(join(copy, "manifest.json"), "utf8"));
delete manifest.checksums;
writeFileSync(join(copy, "manifest.json"), JSON.stringify(manifest));
