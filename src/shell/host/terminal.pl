# As terminal.py, for hosts without Python; with TIOCSPTLCK and TIOCGPTN as most machines have them.
use strict;
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
