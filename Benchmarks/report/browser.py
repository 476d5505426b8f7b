"""Headless Chromium, driven through its DevTools protocol: how long a page takes to load."""

import json
import pathlib
import subprocess
import tempfile

TIMES = "JSON.stringify(performance.getEntriesByType('navigation')[0])"
PAINTS = "JSON.stringify(performance.getEntriesByType('paint'))"


class Chromium:
    """It speaks JSON that ends in a zero byte over its file descriptors 3 and 4."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(
            ["sh", "-c",
             "exec chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage "
             "--no-first-run --remote-debugging-pipe --user-data-dir=\"$0\" "
             "3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null", self.folder.name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.last, self.rest = 0, b""
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        self.folder.cleanup()

    def call(self, method, session=None, **parameters):
        self.last += 1
        message = {"id": self.last, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        self.process.stdin.write(json.dumps(message).encode() + b"\0")
        self.process.stdin.flush()
        return self.until(lambda answer: answer.get("id") == self.last)["result"]

    def until(self, is_it):
        while True:
            while b"\0" not in self.rest:
                self.rest += self.process.stdout.read1(1 << 20)
            text, _, self.rest = self.rest.partition(b"\0")
            message = json.loads(text)
            if is_it(message):
                return message

    def load(self, page):
        """Opens a page in a new tab; seconds to its load event, and to its first content."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable", session)
        self.call("Page.navigate", session, url=pathlib.Path(page).absolute().as_uri())
        self.until(lambda message: message.get("method") == "Page.loadEventFired")
        # Two frames later the first has been painted, and the load event has ended.
        self.call(
            "Runtime.evaluate", session, awaitPromise=True,
            expression="new Promise((done) => requestAnimationFrame(() => "
            "requestAnimationFrame(() => setTimeout(done))))")
        times = self.value(session, TIMES)
        paints = {entry["name"]: entry["startTime"] for entry in self.value(session, PAINTS)}
        self.call("Target.closeTarget", targetId=target)
        return times["loadEventEnd"] / 1e3, paints["first-contentful-paint"] / 1e3

    def value(self, session, expression):
        answer = self.call("Runtime.evaluate", session, expression=expression)
        return json.loads(answer["result"]["value"])
