"""Tries a queue daemon against a stand-in of the queue and of the app.

check-queue-daemon.py -- PROGRAM ARGUMENTS…

Starts the program with the variables that the manifests give it (SQSD_…), a queue with five messages that speaks as much
of SQS as a daemon needs, and an app that takes a second for each. Sends SIGTERM while one is being worked on. Ends with 0
if the daemon did what the page of its app says, else names what it did not.
"""

import argparse
import http.server
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.parse

MESSAGES = 5
WORK_SECONDS = 1.0
GRACE_SECONDS = 20


class World:
    """What happened, by whoever saw it."""

    def __init__(self):
        self.lock = threading.Lock()
        self.waiting = [f"message-{number}" for number in range(MESSAGES)]
        self.received, self.handed_over, self.answered, self.deleted = [], [], [], []
        self.batches, self.at_once, self.most_at_once = [], 0, 0
        self.early, self.after_stop, self.stopped = [], [], False


def queue(world):
    class Queue(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def answer(self, body, kind):
            data = body.encode()
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def do_POST(self):
            text = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            target = self.headers.get("X-Amz-Target")
            if target:
                asked, action = json.loads(text or "{}"), target.split(".")[-1]
            else:
                asked = {key: values[0] for key, values in urllib.parse.parse_qs(text).items()}
                action = asked.get("Action", "")
            if action == "ReceiveMessage":
                self.receive(int(asked.get("MaxNumberOfMessages", 1)), bool(target))
            elif action.startswith("DeleteMessage"):
                for handle in re.findall(r"message-\d+", text):
                    with world.lock:
                        world.deleted.append(handle)
                        if handle not in world.answered:
                            world.early.append(handle)
                self.empty(action, bool(target))
            else:
                self.empty(action, bool(target))

        def receive(self, most, is_json):
            with world.lock:
                taken, world.waiting = world.waiting[:most], world.waiting[most:]
                world.received += taken
                if taken:
                    world.batches.append(len(taken))
                if world.stopped:
                    world.after_stop += taken
            if not taken:
                time.sleep(0.2)
            if is_json:
                found = [{"MessageId": it, "ReceiptHandle": it, "Body": it, "MD5OfBody": ""} for it in taken]
                self.answer(json.dumps({"Messages": found}), "application/x-amz-json-1.0")
                return
            found = "".join(
                f"<Message><MessageId>{it}</MessageId><ReceiptHandle>{it}</ReceiptHandle><Body>{it}</Body></Message>"
                for it in taken
            )
            self.answer(
                f"<ReceiveMessageResponse><ReceiveMessageResult>{found}</ReceiveMessageResult></ReceiveMessageResponse>",
                "text/xml",
            )

        def empty(self, action, is_json):
            if is_json:
                self.answer("{}", "application/x-amz-json-1.0")
            else:
                self.answer(f"<{action}Response><ResponseMetadata/></{action}Response>", "text/xml")

    return Queue


def app(world):
    class App(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            with world.lock:
                world.handed_over.append(body)
                world.at_once += 1
                world.most_at_once = max(world.most_at_once, world.at_once)
            time.sleep(WORK_SECONDS)
            with world.lock:
                world.at_once -= 1
                world.answered.append(body)
            try:
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()
            except OSError:
                pass  # The daemon has gone: the queue will tell.

    return App


def serve(handler):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("program", nargs="+")
    program = parser.parse_args().program
    world = World()
    queue_port, app_port = serve(queue(world)), serve(app(world))
    environment = dict(
        os.environ,
        SQSD_QUEUE_REGION="us-east-1",
        SQSD_QUEUE_URL=f"http://127.0.0.1:{queue_port}/111122223333/queue",
        SQSD_AWS_ENDPOINT=f"http://127.0.0.1:{queue_port}",
        SQSD_HTTP_URL=f"http://127.0.0.1:{app_port}/",
        SQSD_HTTP_CONTENT_TYPE="application/json",
        SQSD_HTTP_MAX_CONNS="1",
        SQSD_HTTP_TIMEOUT="10",
        SQSD_QUEUE_MAX_MSGS="1",
        AWS_ENDPOINT_URL_SQS=f"http://127.0.0.1:{queue_port}",
        AWS_REGION="us-east-1",
        AWS_ACCESS_KEY_ID="stand-in",
        AWS_SECRET_ACCESS_KEY="stand-in",
    )
    daemon = subprocess.Popen(program, env=environment)
    wrong = []
    deadline = time.monotonic() + GRACE_SECONDS
    while len(world.handed_over) < 2 and time.monotonic() < deadline and daemon.poll() is None:
        time.sleep(0.05)
    if len(world.handed_over) < 2:
        wrong.append("it handed no two messages over")
    time.sleep(WORK_SECONDS / 3)
    in_work = list(world.handed_over)
    with world.lock:
        world.stopped = True
    daemon.send_signal(signal.SIGTERM)
    try:
        code = daemon.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        daemon.kill()
        code = None
    if code != 0:
        wrong.append(f"on SIGTERM it did not end by itself with 0, but with {code}")
    if any(size > 1 for size in world.batches):
        wrong.append("it received more than one message at a time for a connection")
    if world.most_at_once > 1:
        wrong.append("it handed over more messages at once than SQSD_HTTP_MAX_CONNS")
    if len(world.after_stop) > 1:
        wrong.append(f"it went on receiving after SIGTERM: {world.after_stop}")
    lost = [it for it in in_work if it not in world.deleted]
    if lost:
        wrong.append(f"handed over and not deleted, so that they come a second time: {lost}")
    if world.early:
        wrong.append(f"deleted before the app had answered: {world.early}")
    for what in wrong:
        print(f"FAIL  {what}")
    if not wrong:
        print("ok    one message at a time, none lost, none twice, ended by itself")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
