"""A host's bash that tells lies: what the real one prints is changed by rules on its way to us."""

import json, re, subprocess, sys, threading

rules = [(re.compile(a.encode('latin1'), re.S), b.encode('latin1')) for a, b in json.load(open(sys.argv[1]))]
bash = subprocess.Popen(['bash', '--noprofile', '--norc'], stdin=sys.stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def copy(source, sink):
    while True:
        data = source.read1(1 << 20)
        if not data:
            break
        for pattern, replacement in rules:
            data = pattern.sub(replacement, data)
        sink.write(data)
        sink.flush()


threads = [
    threading.Thread(target=copy, args=(bash.stdout, sys.stdout.buffer)),
    threading.Thread(target=copy, args=(bash.stderr, sys.stderr.buffer)),
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
sys.exit(bash.wait())
