"""Makes fuzz/corpus, what the fuzzer begins with, from the fixtures: python3 fuzz/seeds.py (with pyarrow)."""

import io
import json
import re
from pathlib import Path

import pyarrow
import pyarrow.parquet as parquet

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "fuzz/corpus"
CASES = ROOT / "tests/cases"


def seed(reader, name, content):
    folder = CORPUS / reader
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def sections(toml):
    """Each table of the defaults without its comments, and the short lists of tables."""
    bare = "\n".join(line for line in toml.splitlines() if line and not line.startswith("#"))
    return re.split(r"\n(?=\[)", bare)


for place, section in enumerate(sections((ROOT / "src/policy/defaults.toml").read_text())):
    if len(section) < 1_500:
        seed("policy", f"section-{place:02}", section + "\n")
seed("policy", "settings", '[sizing]\ncpu_risk = 0.2\n\x1esizing.cpu_risk=0.05\x1enodes.instance_type=m5.2xlarge\x1eprices.overrides."r/ec2/m5.large"=0.1\x1etopology.survive=["node"]')

for case in ["a01-default-process-of-a-listener", "a11-classic", "a14-rollouts-and-budgets", "a17-spot-and-types"]:
    short = case.split("-")[0]
    seed("inventory", short, (CASES / case / "inventory.json").read_bytes())
manifest = json.loads((CASES / "a20-at-most-one/manifest.json").read_text())
seed("manifest", "hand-made", json.dumps(manifest))
manifest["scopes"][0] |= {"status": "partial", "gaps": [{"what": "queues", "why": "denied"}]}
seed("manifest", "gaps", json.dumps(manifest))
seed("manifest", "sealed", json.dumps(json.loads((ROOT / "fixtures/sample/manifest.json").read_text())))
# As other tools write it: not packed, so that a changed byte is a changed value and not a broken frame.
table = parquet.read_table(CASES / "a20-at-most-one/metrics.parquet")
short = table.set_column(
    table.schema.get_field_index("values"),
    table.schema.field("values"),
    pyarrow.array([row[:8] for row in table["values"].to_pylist()], table.schema.field("values").type),
)
for name, options in {
    "plain": {"use_dictionary": False},
    "dictionaries": {"use_dictionary": True},
    "second-pages": {"use_dictionary": True, "data_page_version": "2.0"},
    "snappy": {"compression": "snappy"},
    "split": {"use_byte_stream_split": ["values"], "use_dictionary": False},
    "groups": {"row_group_size": 2},
}.items():
    written = io.BytesIO()
    parquet.write_table(short, written, **{"compression": "none", "store_schema": False, "write_statistics": False, **options})
    seed("metrics", name, written.getvalue())

HEADER = "ChargePeriodStart,ChargePeriodEnd,EffectiveCost,ListCost,ChargeCategory,BillingCurrency,ServiceName,ResourceId,Tags,x_UsageType,PricingQuantity,SubAccountId\n"
ROW = '2026-10-01T00:00:00Z,2026-10-31T10:00:00Z,900.00,1103.76,Usage,USD,Amazon Elastic Compute Cloud,i-1,"{""aws:elasticbeanstalk:environment-name"":""shop""}",APN1-BoxUsage:c4.2xlarge,2190,111122223333\n'
seed("bill", "usage", HEADER + ROW)
seed("bill", "other", HEADER + ROW + "2026-10-01 00:00:00 UTC,2026-10-02,-1.2E-5,0.0434,Credit,USD,AWS Elastic Load Balancing,arn:1,,,,\n")
seed("bill", "windows", "\ufeff" + (HEADER + ROW).replace("\n", "\r\n"))

seed("prices", "rows", "# ours\nkey,usd,source\nr/ec2/m5.large,0.124,our contract\nglobal/public-ipv4-hour,0.004,\nr/volume-gp3-gb-month,0.096,\n")
seed("prices", "object", '{\n "r/ec2/m5.large": {"usd": "0.124", "source": "our contract"},\n "global/public-ipv4-hour": "0.004"\n}')

# The first byte says how it is read: units by two bits each, zone, period, decimal comma.
ROWS = "time,instance,cpu,memory\n2026-11-01T00:00:00Z,i-3951fba2a5d1c1b76,12.5,40\n2026-11-01T00:05:00Z,i-3951fba2a5d1c1b76,13,41\n2026-11-01T00:10:00Z,i-c750f28f9d83692b5,,nan\n"
seed("import", "percent", b"\x05" + ROWS.encode())
seed("import", "maximum", b"\x17" + ROWS.replace("12.5", "0.5").encode())
seed("import", "local", b"\x35" + ROWS.replace("T", " ").replace("Z", "").encode())
seed("import", "comma", b"\xc5" + ROWS.replace(",", ";").replace("12.5", "12,5").replace("2026-11-01T00:00:00Z", "1793534400781").encode())
seed("import", "environments", b"\x05timestamp,environment,cpu,memory\n2026/11/01 0:00:00 UTC,cron-prod,12,1.5\n1793534400,queue-worker-prod,3,30\n")
seed("machines", "rows", "environment,instance,type,region,host,tag:Stack,application,account,platform,zone,tier\nshop,i-1,t3.small,eu-west-1,10.0.0.1:9100,prod,shop,111122223333,windows,a,Worker\nshop,i-2,t3.small,eu-west-1,,prod,shop,111122223333,windows,b,Worker\n")

seed("results", "rows", "rate,p95_ms,failed,cpu_millicores,memory_mib\n100,20,0,250,300\n200,45.5,0.01,480,310\n")
seed("results", "k6", '{"metrics":{"http_reqs":{"rate":123.4},"http_req_duration":{"p(95)":56.7},"http_req_failed":{"value":0.01}}}')
seed("results", "k6-values", '{"metrics":{"http_reqs":{"values":{"rate":123.4}},"http_req_duration":{"values":{"p(95)":56.7}}}}')

seed("vbp", "one", "1\n10\n3\n3 4\n6 2\n10 1\n")
seed("vbp", "two", "2\n10 20\n4\n3 4 5\n10 20 1\n5 5 3\n1 19 2\n")
seed("vbp", "many", "5\n150 150 150 150 150\n6\n20 35 71 22 81 1\n100 46 66 63 22 2\n30 50 22 50 60 3\n80 21 90 10 44 1\n70 60 50 40 30 2\n1 2 3 4 5 9\n")
pieces = {"name": "one", "node": {"cpu_millicores": 7910, "memory_mib": 14162, "pods": 58, "zones": ["a", "c"]}, "daemonsets": {"cpu_millicores": 530, "memory_mib": 568, "pods": 6}}
apps = json.loads((ROOT / "fixtures/scheduler/mixed.json").read_text())["apps"]
seed("workload", "few", json.dumps(pieces | {"apps": apps[:4]}))
seed("workload", "none", json.dumps(pieces | {"apps": []}))

seed("plan", "as-it-is", "")
for name, changes in {
    "numbers": [(40, "0"), (300, "18446744073709551615"), (900, "-1"), (1_500, "1.5")],
    "others": [(120, '""'), (700, "[]"), (1_100, "null"), (2_000, "true")],
}.items():
    seed("plan", name, "".join(f"{place} {json}\n" for place, json in changes))
seed("certificate", "windows", (ROOT / "tests/golden/sample/certificates/eks-1-windows-normal.json").read_bytes())
seed("certificate", "small", json.dumps({"format": "eb2eks-certificate/1", "subject": "one.vbp", "capacity": [10], "items": [{"sizes": [3], "demand": 4, "price": 1}, {"sizes": [6], "demand": 2, "price": 2}], "packing": [{"bins": 2, "content": [[0, 1], [1, 1]]}, {"bins": 1, "content": [[0, 2]]}], "bound": {"bins": 3, "rule": "volume of resource 1", "best_pattern": 3, "weights": [1]}}))
