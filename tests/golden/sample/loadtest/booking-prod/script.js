// A load test in steps, made from the app's own traffic. The numbers stand in load.json beside it.
//
//   k6 run -e TARGET=https://HOST -e PATHS=/,/search --summary-export step-100.json -e STEP=100 script.js
//
// Without STEP all steps run one after the other. Results of single steps go to `eb2eks calibrate`.
import http from "k6/http";
import { check } from "k6";

const load = JSON.parse(open("./load.json"));
const peak = Number(__ENV.PEAK || load.peak_per_second || 0);
if (!(peak > 0)) {
  throw new Error("nobody counted this app's requests: give -e PEAK=REQUESTS_A_SECOND");
}
const target = __ENV.TARGET || load.target;
const paths = (__ENV.PATHS || load.path).split(",");
const minutes = Number(__ENV.MINUTES || 10);
const steps = load.steps.filter((step) => !__ENV.STEP || step.percent === Number(__ENV.STEP));

function rate(percent) {
  return Math.max(1, Math.round((peak * percent) / 100));
}

const stages = [];
for (const step of steps) {
  // Two minutes up, so that the autoscaler is tested and not only the pods.
  stages.push({ target: rate(step.percent), duration: "2m" }, { target: rate(step.percent), duration: `${minutes}m` });
}

export const options = {
  scenarios: {
    steps: {
      executor: "ramping-arrival-rate",
      startRate: rate(steps[0].percent / 2),
      timeUnit: "1s",
      preAllocatedVUs: Math.max(10, rate(125)),
      maxVUs: Math.max(100, rate(125) * 10),
      stages,
    },
  },
  thresholds: {
    http_req_duration: [`p(95)<${load.slow_ms}`],
    http_req_failed: ["rate<0.01"],
  },
};

export default function () {
  const path = paths[Math.floor(Math.random() * paths.length)];
  const answer = http.get(target + path, { tags: { name: path } });
  check(answer, { "status is below 400": (it) => it.status > 0 && it.status < 400 });
}
