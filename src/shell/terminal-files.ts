/**
 * The terminal of a dialog: a pseudo-terminal that a small program holds on the host while one
 * command runs, detached from us like the shell itself.
 *
 *     terminal-begin   starts the program and waits for the terminal's name
 *     terminal.py      the program, for Python 2.6 and later
 *     terminal.pl      the same for hosts without Python
 *     terminal-end     ends it once everything that was printed has been read
 *
 * The shell leads its session and has no terminal, so that opening this one makes it the session's:
 * `/dev/tty` is there for `ssh`, `sudo` and `passwd`. The program copies what is printed to `out`.
 * What is to be typed comes from the FIFO `tty` as `NUMBER:HEX` lines; each number is typed once,
 * whoever sends it again, and a marker in `out` says where it was.
 */

import { bash } from './bash-text.ts'

/** Sets `__rb_w`, the terminal; without one nothing of the command is run. */
const terminalBegin = bash`
# Of one that was killed.
if [[ -e $__rb_D/terminal.pid ]]; then
  \builtin read -r __rb_x <"$__rb_D/terminal.pid"
  \builtin kill -0 "$__rb_x" 2>/dev/null || \builtin command -p rm -f "$__rb_D/terminal.pid"
fi
# Not as an argument, which every user of the host can read.
\builtin printf '%s\n' "$__rb_N" >|"$__rb_D/terminal.nonce"
__rb_w=
for __rb_x in setsid python3 perl python2 python platform-python; do
  __rb_x=$(PATH=/usr/bin:/bin:/usr/local/bin:/usr/libexec; \builtin type -P "$__rb_x") ||
    \builtin continue
  case $__rb_x in
  (*/setsid) __rb_y=$__rb_x; \builtin continue ;;
  (*/perl) __rb_v=("$__rb_x" "$__rb_D/terminal.pl") ;;
  (*) __rb_v=("$__rb_x" -E -S "$__rb_D/terminal.py") ;;
  esac
  # What is said to another try, or to another command, is not for this one.
  __rb_x=$__rb_n.\${__rb_x##*/}
  {
    ( (
      PERL5OPT= PERL5LIB= "$__rb_y" "\${__rb_v[@]}" "$__rb_D" "$$" "$__rb_x" &
      while \builtin kill -0 "$!" && [[ ! -e $__rb_D/terminal.pid ]]; do \builtin command -p sleep 0.01; done
      [[ -e $__rb_D/terminal.pid ]] || \builtin printf '%s:\n' "$__rb_x" 1<>"$__rb_D/said"
    ) </dev/null >/dev/null 2>&1 & )
    while IFS= \builtin read -r -t 10 __rb_w && [[ $__rb_w != "$__rb_x":* ]]; do :; done
  } <>"$__rb_D/said"
  __rb_w=\${__rb_w#"$__rb_x:"}
  [[ -n $__rb_w ]] && \builtin break
done
[[ -n $__rb_w ]] || {
  # One that was given up may have come late.
  \builtin printf 'q\n' 1<>"$__rb_D/tty"
  __rb_w=/dev/null __rb_h=\${__rb_h:-t} __rb_e=:
}
__rb_z=$__rb_x
\builtin unset __rb_v
`

/** The hang-up that its end means for a session is not for the page. */
const terminalEnd = bash`
if [[ $__rb_w != /dev/null ]]; then
  \builtin trap -p HUP >|"$__rb_D/hang-up"
  \builtin trap '' HUP
  {
    \builtin printf 'q\n' 1<>"$__rb_D/tty"
    while IFS= \builtin read -r -t 10 __rb_x && [[ $__rb_x != "$__rb_z":closed ]]; do :; done
  } <>"$__rb_D/said"
  # Where it did not say so, the hang-up is still to come.
  [[ $__rb_x == "$__rb_z":closed ]] && {
    \builtin trap - HUP
    [[ -s $__rb_D/hang-up ]] && \builtin . "$__rb_D/hang-up"
  }
fi
\builtin unset __rb_w __rb_z
`

/**
 * Not every Python has `termios`: Debian's smallest has not. The numbers are Linux's TIOCSWINSZ and
 * TCXONC.
 */
const python = String.raw`import binascii, fcntl, os, select, signal, struct, sys, time
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
`

/** As above, with TIOCSPTLCK and TIOCGPTN as most machines have them. */
const perl = String.raw`use strict;
use Fcntl;
my ($D, $shell, $tag) = @ARGV;
open(my $nonce, '<', "$D/terminal.nonce") or exit 1;
chomp(my $N = <$nonce>);
my ($command) = split /[.]/, $tag;
my $over = 0;
$SIG{HUP} = 'IGNORE';
$SIG{TERM} = sub { $over = 1 };
umask 077;
sysopen(my $master, '/dev/ptmx', O_RDWR | O_NOCTTY) or exit 1;
my $arg = pack('i', 0);
ioctl($master, 0x40045431, $arg) or exit 1;
ioctl($master, 0x80045430, $arg) or exit 1;
my $name = '/dev/pts/' . unpack('i', $arg);
sysopen(my $slave, $name, O_RDWR | O_NOCTTY | O_NONBLOCK) or exit 1;
ioctl($slave, 0x5414, my $size = pack('S4', 50, 500, 0, 0));
sysopen(my $tty, "$D/tty", O_RDWR) or exit 1;
sysopen(my $said, "$D/said", O_RDWR) or exit 1;
sysopen(my $out, "$D/out", O_WRONLY | O_APPEND) or exit 1;

sub put {
    my ($fd, $data) = @_;
    while (length $data) {
        my $n = syswrite($fd, $data);
        if (defined $n) { substr($data, 0, $n) = '' }
        elsif (!$!{EINTR}) { last }
    }
}

sub ready {
    my ($seconds, @fds) = @_;
    my $bits = '';
    vec($bits, fileno($_), 1) = 1 for @fds;
    my $n = select($bits, undef, undef, $seconds);
    return map { $n > 0 ? vec($bits, fileno($_), 1) : 0 } @fds;
}

sub pump {
    while ((ready(0, $master))[0]) {
        sysread($master, my $data, 65536) or last;
        put($out, $data);
    }
}

sub drain {
    my $end = join '', map { sprintf '%02x', int rand 256 } 1 .. 16;
    my ($until, $held, $sent) = (time + 6, '', 0);
    ioctl($slave, 0x540A, 1);
    while (time < $until) {
        $sent = 1 if !$sent and syswrite($slave, $end);
        if ((ready(0.05, $master))[0]) {
            sysread($master, my $data, 65536) or last;
            $held .= $data;
            my $at = index $held, $end;
            if ($at >= 0) { substr($held, $at, length $end) = ''; last }
            if (length $held > length $end) {
                put($out, substr($held, 0, length($held) - length $end));
                $held = substr $held, -length $end;
            }
        }
    }
    put($out, $held);
}

sysopen(my $pid, "$D/terminal.pid", O_WRONLY | O_CREAT | O_EXCL, 0600) or exit 1;
put($pid, "$$\n");
put($said, "$tag:$name\n");
my ($last, $lines) = (0, '');
until ($over) {
    my ($printed, $typed) = ready(1, $master, $tty);
    pump() if $printed;
    if ($typed) {
        sysread($tty, my $data, 65536);
        $lines .= $data;
        while ($lines =~ s/^(.*)\n//) {
            my $line = $1;
            if ($line eq 'q') { $over = 1; next }
            my ($number, $text) = split /:/, $line, 2;
            next if $number != $last + 1;
            $last++;
            pump();
            put($out, "\036RB:$N:t:$command:$last\036");
            put($master, pack('H*', $text) . "\r");
        }
    }
    last if !$printed && !$typed && !kill(0, $shell);
}
drain();
unlink "$D/terminal.pid";
close $slave;
close $master;
put($said, "$tag:closed\n");
`

/** By name, as they lie in the run's folder. */
export const terminalFiles: Readonly<Record<string, string>> = {
  'terminal-begin': terminalBegin,
  'terminal-end': terminalEnd,
  'terminal.py': python,
  'terminal.pl': perl,
}

/** Ends the program that holds the terminal in folder `$D`, after what was printed was read. */
export const endTerminal = bash`
t=
read -r t 2>/dev/null <"$D/terminal.pid"
if [ -n "$t" ]; then
  case $(tr '\0' ' ' 2>/dev/null <"/proc/$t/cmdline") in
  (*"$D/terminal."*)
    kill -TERM "$t"
    for ((i = 0; i < 140; i++)); do [ -e "$D/terminal.pid" ] || break; sleep 0.05; done ;;
  esac
  rm -f "$D/terminal.pid"
fi
`
