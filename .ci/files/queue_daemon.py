"""Stand-ins of a queue daemon, for handover/check-queue-daemon.py: queue_daemon.py good|dies|batches|deletes-first"""

import json
import os
import signal
import sys
import urllib.request

kind = sys.argv[1]
stopped = False


def stop(*_):
    global stopped
    stopped = True


def call(action, **asked):
    request = urllib.request.Request(
        os.environ["AWS_ENDPOINT_URL_SQS"],
        data=json.dumps(asked).encode(),
        headers={"X-Amz-Target": f"AmazonSQS.{action}", "Content-Type": "application/x-amz-json-1.0"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


if kind != "dies":
    signal.signal(signal.SIGTERM, stop)
most = 10 if kind == "batches" else int(os.environ["SQSD_QUEUE_MAX_MSGS"])
while not stopped:
    answer = call("ReceiveMessage", QueueUrl=os.environ["SQSD_QUEUE_URL"], MaxNumberOfMessages=most)
    for message in answer.get("Messages", []):
        if kind == "deletes-first":
            call("DeleteMessage", ReceiptHandle=message["ReceiptHandle"])
        request = urllib.request.Request(os.environ["SQSD_HTTP_URL"], data=message["Body"].encode(), method="POST")
        if kind == "deletes-first" and stopped:
            break
        with urllib.request.urlopen(request, timeout=int(os.environ["SQSD_HTTP_TIMEOUT"])) as done:
            if done.status // 100 == 2 and kind != "deletes-first":
                call("DeleteMessage", ReceiptHandle=message["ReceiptHandle"])
