"""Holds the terminal of one command of a run: a pseudo-terminal, for Python 2.6 and later.

What is printed is copied to `out`. What is to be typed comes from the pipe `tty` as NUMBER:HEX lines;
each number is typed once, whoever sends it again, and a marker in `out` says where it was. A line `q`
ends it. Arguments: the run's folder, the shell's pid, and a tag by which its words in `said` are known.

Not every Python has termios: Debian's smallest has not. The numbers are Linux's TIOCSWINSZ and TCXONC.
"""

import binascii, fcntl, os, select, signal, struct, sys, time
D, shell, tag = sys.argv[1], int(sys.argv[2]), sys.argv[3]
N, number = open(D + '/terminal.nonce').read().strip(), tag.split('.')[0]
over = []
signal.signal(signal.SIGHUP, signal.SIG_IGN)
os.umask(63)
master, slave = os.openpty()
fcntl.ioctl(slave, 0x5414, struct.pack('HHHH', 50, 500, 0, 0))
fcntl.fcntl(slave, fcntl.F_SETFL, os.O_NONBLOCK)
tty = os.open(D + '/tty', os.O_RDWR)
signal.signal(signal.SIGTERM, lambda *_: os.write(tty, b'q\n'))
said = os.open(D + '/said', os.O_RDWR)
out = os.open(D + '/out', os.O_WRONLY | os.O_APPEND)

def write(fd, data):
    while data:
        data = data[os.write(fd, data):]

def ready(fds, seconds):
    try:
        return select.select(fds, [], [], seconds)[0]
    except (select.error, OSError):
        return []

def pump():
    while ready([master], 0):
        write(out, os.read(master, 65536))

def drain():
    # What was printed comes before what is written now, and so has been read when that comes.
    end = binascii.hexlify(os.urandom(16))
    until = time.time() + 5
    held = b''
    sent = False
    fcntl.ioctl(slave, 0x540A, 1)
    while time.time() < until:
        if not sent:
            try:
                os.write(slave, end)
                sent = True
            except OSError:
                pass
        if ready([master], 0.05):
            held += os.read(master, 65536)
            at = held.find(end)
            if at >= 0:
                held = held[:at] + held[at + len(end):]
                break
            write(out, held[:-len(end)])
            held = held[-len(end):]
    write(out, held)

# One at a time: who comes late has been given up.
pid = os.open(D + '/terminal.pid', os.O_WRONLY | os.O_CREAT | os.O_EXCL, 384)
write(pid, ('%d\n' % os.getpid()).encode())
write(said, ('%s:%s\n' % (tag, os.ttyname(slave))).encode())
last, lines = 0, b''
while not over:
    r = ready([master, tty], 1)
    if master in r:
        pump()
    if tty in r:
        lines += os.read(tty, 65536)
        while b'\n' in lines:
            line, lines = lines.split(b'\n', 1)
            if line == b'q':
                over.append(1)
                continue
            turn, text = line.split(b':', 1)
            if int(turn) == last + 1:
                last += 1
                pump()
                write(out, ('\036RB:%s:t:%s:%d\036' % (N, number, last)).encode())
                write(master, binascii.unhexlify(text) + b'\r')
    if not r:
        try:
            os.kill(shell, 0)
        except OSError:
            break
drain()
os.unlink(D + '/terminal.pid')
os.close(slave)
os.close(master)
write(said, ('%s:closed\n' % tag).encode())
