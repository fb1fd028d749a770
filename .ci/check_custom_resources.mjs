// Validates custom resources with the types of the projects that define them: node check_custom_resources.mjs FILE
//
// FILE is a JSON list of {place, object}. The validators are made from the Go types of KEDA, external-secrets,
// Karpenter and Argo CD by @kubernetes-models (MIT), which must be installed beside this file. They know which fields
// must be there and of which type, and pass over those that they do not know. So each object is handed to them behind a
// proxy: a field that no validator asks for is unknown, and an error here.
import { readFileSync } from "node:fs";
import { Application, ApplicationSet } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1";
import { ClusterSecretStore, ExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1";
import { EC2NodeClass } from "@kubernetes-models/karpenter/karpenter.k8s.aws/v1";
import { NodePool } from "@kubernetes-models/karpenter/karpenter.sh/v1";
import { ScaledObject } from "@kubernetes-models/keda/keda.sh/v1alpha1";

const models = new Map(
  [Application, ApplicationSet, ClusterSecretStore, EC2NodeClass, ExternalSecret, NodePool, ScaledObject].map((model) => [`${model.apiVersion} ${model.kind}`, model]),
);

// What a project leaves to whoever writes it: the parameters of a list generator are JSON of any shape.
const FREE = new Map([["ApplicationSet", /^\/spec\/generators\/\d+\/list\/elements\/\d+\//]]);

/** The object behind proxies that take from `unasked` each field that is asked for. */
function watched(value, place, unasked) {
  if (Array.isArray(value)) return value.map((item, index) => watched(item, `${place}/${index}`, unasked));
  if (value === null || typeof value !== "object") return value;
  const inner = {};
  for (const [key, item] of Object.entries(value)) {
    unasked.add(`${place}/${key}`);
    inner[key] = watched(item, `${place}/${key}`, unasked);
  }
  return new Proxy(inner, {
    get(target, key) {
      unasked.delete(`${place}/${String(key)}`);
      return target[key];
    },
  });
}

function problemsOf(object) {
  const kind = `${object.apiVersion} ${object.kind}`;
  if (!models.has(kind)) return [`nobody knows ${kind}`];
  const unasked = new Set();
  const problems = [];
  try {
    models.get(kind).prototype.validate.call(watched(object, "", unasked));
  } catch (error) {
    problems.push(error.message);
  }
  // A field below one that is unknown says nothing new.
  const roots = [...unasked].filter((field) => ![...unasked].some((other) => field.startsWith(`${other}/`)));
  const named = roots.filter((field) => !FREE.get(object.kind)?.test(field));
  return [...problems, ...named.map((field) => `${kind} has no field ${field}`)];
}

// That the proxies see what they are for: a misspelt field, a wrong type, one that is missing.
const good = {
  apiVersion: "keda.sh/v1alpha1",
  kind: "ScaledObject",
  metadata: { name: "a" },
  spec: { scaleTargetRef: { name: "a" }, triggers: [{ type: "cpu", metadata: { value: "50" } }] },
};
const bad = structuredClone(good);
bad.spec.triggres = [];
bad.spec.triggers[0].metadata.value = 50;
delete bad.spec.scaleTargetRef.name;
if (problemsOf(good).length !== 0 || problemsOf(bad).length < 2) {
  throw new Error(`the check does not check: ${problemsOf(good)} ${problemsOf(bad)}`);
}

let failed = false;
const counts = {};
for (const { place, object } of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  for (const problem of problemsOf(object)) {
    failed = true;
    console.error(`${place}: ${problem}`);
  }
  counts[object.kind] = (counts[object.kind] ?? 0) + 1;
}
const counted = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
console.log(`custom resources by the types of their projects: ${counted.join(", ") || "none"}`);
process.exit(failed ? 1 : 0);
