"""Reads the arguments and environments of all processes, as far as it may, until its input ends; then prints what it saw."""

import os, select, sys

seen = set()
sys.stdout.write('ready\n')
sys.stdout.flush()
while not select.select([sys.stdin], [], [], 0)[0]:
    for pid in os.listdir('/proc'):
        if not pid.isdigit():
            continue
        for name in ('cmdline', 'environ'):
            try:
                with open('/proc/%s/%s' % (pid, name), 'rb') as file:
                    seen.add(file.read())
            except OSError:
                pass
sys.stdout.buffer.write(b'\n'.join(seen))
