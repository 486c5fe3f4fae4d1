import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HostSession } from '../../src/run/ports.ts'
import { localHost, processesWith, sshHost, type TestHost } from './hosts.ts'
import { runCommand, statusOf } from './run-command.ts'

interface Probe {
  readonly title: string
  readonly command: string
  readonly output: string | RegExp
  readonly status?: unknown
  /** To be run afterwards, so that the next probe finds an ordinary shell. */
  readonly after?: string
  /** What its options print before the next output. */
  readonly before?: string
}

const everyByte = Array.from(
  { length: 255 },
  (_, index) => `\\${(index + 1).toString(8).padStart(3, '0')}`,
).join('')

/** Each runs in the shell that the ones before have left. */
const probes: readonly Probe[] = [
  { title: 'prints', command: 'echo hi', output: 'hi\n' },
  { title: 'ends with a status', command: '(exit 3)', output: '', status: 3 },
  { title: 'leaves its status to the next', command: 'echo $?', output: '0\n' },
  { title: 'prints without a newline at the end', command: 'printf abc', output: 'abc' },
  { title: 'exits', command: 'echo before; exit 3; echo after', output: 'before\n', status: 3 },
  {
    title: 'sets -e and fails',
    command: 'set -e; echo a; false; echo b',
    output: 'a\n',
    status: 1,
  },
  {
    title: 'changes folder',
    command: 'mkdir -p d/e; cd d/e; pwd',
    output: /\/d\/e\n$/,
    after: 'cd ../..',
  },
  {
    title: 'sources a virtual environment',
    command:
      'mkdir -p v/bin; printf \'old=$PATH; PATH=$PWD/v/bin:$PATH; deactivate() { PATH=$old; unset -f deactivate; }\' >v/activate; . v/activate; echo "${PATH%%:*}"',
    output: /\/v\/bin\n$/,
  },
  {
    title: 'has functions and variables of the command before',
    command: 'deactivate; echo "${PATH%%:*}"; type -t deactivate',
    output: /^\/.*\n(?!function)/,
    status: expect.any(Number),
  },
  {
    title: 'reads standard input',
    command: 'cat; read -r x; echo "$? <$x>"',
    output: '1 <>\n',
  },
  {
    title: 'leaves a process behind that holds its output open',
    command: 'sleep 100 & echo started',
    output: 'started\n',
    after: 'kill %1; wait %1 2>/dev/null',
  },
  {
    title: 'starts a daemon',
    command: 'nohup setsid sleep 100 >/dev/null 2>&1 & echo "$!" >daemon; echo started',
    output: 'started\n',
    after: 'kill "$(cat daemon)"; wait 2>/dev/null',
  },
  { title: 'becomes another program', command: 'exec bash -c "exit 5"', output: '', status: 5 },
  { title: 'becomes a shell that reads input', command: 'exec bash', output: '' },
  {
    title: 'has here-documents',
    command: 'cat <<A; cat <<"B"\nx $((1+1))\nA\ny $((1+1))\nB',
    output: 'x 2\ny $((1+1))\n',
  },
  {
    title: 'is 300 KB long',
    command: `x='${'a'.repeat(300_000)}'; echo "\${#x}"`,
    output: '300000\n',
    after: 'unset x',
  },
  {
    title: 'prints what looks like the beginning of a marker',
    command: `printf 'a\\036RB:b\\036\\036RB:'; printf 'c\\036'`,
    output: 'a\u001eRB:b\u001e\u001eRB:c\u001e',
  },
  { title: 'loses its PATH', command: 'unset PATH; echo on', output: 'on\n' },
  {
    title: 'has no PATH then',
    command: 'echo "<$PATH>"; PATH=/usr/bin:/bin',
    output: '<>\n',
    after: 'export PATH',
  },
  {
    title: 'sets traps',
    command: 'trap "echo err" ERR; trap "echo debug" DEBUG; false',
    output: 'debug\ndebug\nerr\n',
    status: 1,
    before: 'debug\n',
  },
  {
    title: 'keeps its traps',
    command: 'true',
    output: 'debug\n',
    after: 'trap - ERR DEBUG',
  },
  {
    title: 'runs its EXIT trap when it exits',
    command: 'trap "echo bye; echo bye >&2" EXIT; exit 4',
    output: 'bye\nbye\n',
    status: 4,
  },
  {
    title: 'runs its EXIT trap when set -e ends it',
    command: 'trap "echo bye" EXIT; set -e; false',
    output: 'bye\n',
    status: 1,
  },
  { title: 'kills its shell', command: 'kill -9 $$', output: '', status: 137 },
  {
    title: 'redirects the shell',
    command: 'exec >file 2>&1; echo into',
    output: '',
  },
  { title: 'prints again afterwards', command: 'cat file', output: 'into\n' },
  {
    title: 'sets odd options',
    command: 'IFS=xyz; set -fuv +B; set -o pipefail; echo {1..2}',
    output: '{1..2}\n',
    before: 'builtin echo "next $KEPT"\n',
  },
  {
    title: 'keeps its options',
    command: 'echo * $-; IFS=$" \\t\\n"',
    output: /^echo \* \$-.*\n\* [a-zA-Z]*u[a-zA-Z]*\n$/,
    after: 'set +fuv -B +o pipefail; unset IFS',
  },
  {
    title: 'traces',
    command: 'set -x; echo traced',
    output: '++ echo traced\ntraced\n',
    before: "++ builtin echo 'next it is'\n",
  },
  { title: 'traces still', command: 'set +x', output: '++ set +x\n' },
  {
    title: 'reads on without running anything',
    command: 'set -n',
    output: /set -n/,
    status: 2,
  },
  {
    title: 'breaks out of what is no loop',
    command: 'break 99 2>/dev/null; continue 2>/dev/null; return 2>/dev/null; echo on',
    output: 'on\n',
  },
  {
    title: 'prints what is set',
    command: 'f() { echo f; }; declare -f; alias; set | grep -c ^PATH=',
    output: 'f () \n{ \n    echo f\n}\n1\n',
    after: 'unset -f f',
  },
  {
    title: 'redefines what the runner needs',
    command:
      'printf() { echo no; }; cd() { echo no; }; echo() { builtin echo no; }; read() { :; }; trap() { :; }; exec() { :; }; export() { :; }; eval() { :; }; set() { :; }; echo x',
    output: 'no\n',
    after: 'unset -f printf cd echo read trap exec export eval set',
  },
  {
    title: 'makes aliases of what the runner needs',
    command: 'alias printf=false eval=false set=false read=false; builtin echo ok',
    output: 'ok\n',
    after: '\\unalias -a',
  },
  {
    title: 'uses an alias of the command before',
    command: "alias hello='echo hello'",
    output: '',
  },
  { title: 'has that alias', command: 'hello', output: 'hello\n', after: 'unalias hello' },
  {
    title: 'closes descriptors',
    command: 'exec 0<&- 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- 198>&- 199>&-; echo on',
    output: 'on\n',
  },
  { title: 'closes its outputs', command: 'exec >&- 2>&-', output: '' },
  { title: 'exits a subshell', command: '(exit 7); echo $?', output: '7\n' },
  { title: 'fails in a function', command: 'f() { return 9; }; f', output: '', status: 9 },
  {
    title: 'is not found',
    command: 'nosuch',
    output: 'bash: line 1: nosuch: command not found\n',
    status: 127,
  },
  {
    title: 'names its own lines in errors',
    command: 'for i in 1; do\nnosuch\ndone',
    output: 'bash: line 2: nosuch: command not found\n',
    status: 127,
  },
  { title: 'is only a remark', command: '# nothing\n', output: '' },
  {
    title: 'sets positional parameters',
    command: 'set -- "a b" c; echo $#',
    output: '2\n',
  },
  { title: 'keeps positional parameters', command: 'echo "$1"', output: 'a b\n', after: 'set --' },
  { title: 'reads no more than is there', command: 'head -c 1; wc -c', output: '0\n' },
  {
    title: 'switches to POSIX mode',
    command: 'set -o posix; echo on',
    output: 'on\n',
  },
  {
    title: 'cannot be read in POSIX mode',
    command: 'fi',
    output: /syntax error near unexpected token `fi'/,
    status: 2,
  },
  { title: 'runs on in POSIX mode', command: 'set +o posix; shopt -s expand_aliases', output: '' },
  ...['if', 'echo a; fi', 'echo $(', "echo '", 'cat <<A; )', 'case x in', '{ echo b'].map(
    (command) => ({
      title: `cannot be read: ${command}`,
      command,
      output: /syntax error|unexpected EOF/,
      status: expect.any(Number),
    }),
  ),
  {
    title: 'cannot be read from its second line on',
    command: 'echo a\nfi',
    output: /^(?!a)/,
    status: 2,
  },
  { title: 'prints every byte', command: `printf '${everyByte}' | wc -c`, output: '255\n' },
]

function isExactly(output: string | RegExp): RegExp {
  if (typeof output !== 'string') return output
  return new RegExp(`^${output.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)}$`)
}

const hosts = [
  ['on this computer', localHost],
  ['over ssh', () => sshHost()],
] as const

describe.each(hosts)('a command %s', (_name, start) => {
  let host: TestHost
  let session: HostSession

  beforeAll(async () => {
    host = await start()
    session = await host.open()
    await runCommand(session, 'export KEPT="it is"')
  })
  afterAll(async () => {
    await session.close({ keep: false })
    const left = [...processesWith(host.home), ...readdirSync(host.home)]
    await host.stop()
    if (left.some((each) => /\.local|bash|tail/.test(each))) throw new Error(left.join('\n'))
  })

  test.each(probes)('that $title', async ({ command, output, status = 0, after, before = '' }) => {
    const ran = await runCommand(session, command)
    expect(ran.output).toMatch(isExactly(output))
    expect(statusOf(ran)).toEqual(status)
    if (after !== undefined) await runCommand(session, after)
    const next = await runCommand(session, 'builtin echo "next $KEPT"')
    expect([next.output, statusOf(next)]).toEqual([before + 'next it is\n', 0])
  })

  test('keeps its two outputs apart on request', async () => {
    const ran = await runCommand(session, 'echo o; echo e >&2; echo o', { streams: 'apart' })
    expect([ran.stdout, ran.stderr]).toEqual(['o\no\n', 'e\n'])
  })

  test('gets standard input unchanged', async () => {
    const stdin = "a 'quoted' line\n\n$HOME `x` \\\nno newline"
    expect((await runCommand(session, 'cat', { stdin })).output).toBe(stdin)
    expect((await runCommand(session, 'wc -c', { stdin: 'x'.repeat(200_000) })).output).toBe(
      '200000\n',
    )
    // Nobody reads it.
    expect(statusOf(await runCommand(session, 'true', { stdin: 'x'.repeat(200_000) }))).toBe(0)
  })

  test('gets variables as data, and they stay', async () => {
    const value = '$(touch injected) `x` "\'\\\n!*'
    const ran = await runCommand(session, 'printenv V', { env: { V: value } })
    expect(ran.output).toBe(`${value}\n`)
    expect((await runCommand(session, 'printenv V')).output).toBe(`${value}\n`)
    expect(existsSync(join(host.home, 'injected'))).toBe(false)
  })

  test.each([
    'LD_PRELOAD',
    'BASH_ENV',
    'ENV',
    'SHELLOPTS',
    'PS4',
    'PROMPT_COMMAND',
    'IFS',
    'a-b',
    '',
  ])('cannot be given a variable named %s', async (name) => {
    await expect(runCommand(session, 'true', { env: { [name]: 'x' } })).rejects.toThrow(/`/)
  })

  test("with its own folder leaves the shell's folder unchanged", async () => {
    mkdirSync(join(host.home, 'own folder'), { recursive: true })
    const ran = await runCommand(session, 'pwd; cd /', { dir: 'own folder' })
    expect(ran.output).toBe(`${host.home}/own folder\n`)
    expect((await runCommand(session, 'pwd')).output).toBe(`${host.home}\n`)
    const home = await runCommand(session, 'pwd', { dir: '~/own folder' })
    expect(home.output).toBe(`${host.home}/own folder\n`)
    const none = await runCommand(session, 'echo run', { dir: 'no folder' })
    expect(none.output).toBe('bash: line 1: cd: no folder: No such file or directory\n')
    expect(statusOf(none)).toBe(1)
  })

  test('reports the lost state when its shell exits', async () => {
    await runCommand(session, 'export SAVED=1; a=("x y" z); declare -A m=([k]=v); g() { echo g; }')
    const ran = await runCommand(session, 'SAVED=2; exit 6')
    expect(ran.end).toMatchObject({ kind: 'exited', status: 6 })
    expect(ran.end).toMatchObject({ kind: 'exited', note: 'shell-ended' })
    const next = await runCommand(session, 'echo $? $SAVED "${a[0]}" ${m[k]}; g')
    expect(next.output).toBe('6 1 x y v\ng\n')
  })

  test('finds readonly, indexed, odd and binary variables unchanged after its shell exited', async () => {
    await runCommand(
      session,
      `declare -r ro=1; declare -i int=4; b=$'\\001\\177\\377 \\n\\t"'; s[5]=five; s[9]=nine; declare -A m=(['"']=x [' ']=y); export -f g; umask 027`,
    )
    await runCommand(session, 'exit 0')
    const ran = await runCommand(
      session,
      `int+=1; echo "$int \${!s[*]} \${m['"']} \${m[' ']} $(umask)"; printf %s "$b" | od -An -c; (ro=2) 2>/dev/null || echo ro; "$BASH" -c g`,
    )
    expect(ran.output).toBe('5 5 9 x y 0027\n 001 177 377      \\n  \\t   "\nro\ng\n')
    await runCommand(session, 'umask 022')
  })

  test('never finds a secret in a file, and gets it again in a new shell', async () => {
    const env = { PASS: 'correct horse' }
    const given = { env, secrets: ['PASS'] }
    await runCommand(session, 'URL="db://$PASS@x"; NAME=kept', given)
    const grep = await runCommand(session, 'grep -rlF "correct horse" "$HOME"; echo $?')
    expect(grep.output).toBe('1\n')
    await runCommand(session, 'exit 0')
    const ran = await runCommand(session, 'echo "$PASS <$URL> $NAME"')
    expect(ran.output).toBe('correct horse <> kept\n')
  })

  test.each([
    ['arguments', 'set -- a "x $PASS y"', 'echo $#', '0'],
    [
      'a function',
      'eval "leaks() { echo $PASS; }"; fine() { echo f; }',
      'fine; type leaks 2>&1 | tail -n 1',
      'f',
    ],
    ['an alias', 'alias leaks="echo $PASS" fine="echo f"', 'alias fine', "alias fine='echo f'"],
    [
      'a key of a map',
      'declare -A leaks=(["$PASS"]=1) fine=([k]=1)',
      'echo "${!fine[*]}<${!leaks[*]}>"',
      'k<>',
    ],
    ['the folder', 'mkdir -p "$HOME/$PASS" && cd "$HOME/$PASS" && KEPT=1', 'echo $KEPT', '1'],
    [
      'a variable, whatever IFS is',
      'IFS=,; leaks="a,$PASS"; FINE=1',
      'echo "$FINE<$leaks>"',
      '1<>',
    ],
  ])('saves no secret in %s, and saves the others', async (_, command, look, found) => {
    const given = {
      env: { PASS: 'battery staple', MORE: 'other secret' },
      secrets: ['MORE', 'PASS'],
    }
    await runCommand(session, command, given)
    await runCommand(session, ':')
    const grep = await runCommand(
      session,
      'command grep -rlF "battery staple" "$HOME" --include="state*"; echo $?',
    )
    expect(grep.output).toBe('1\n')
    await runCommand(session, 'exit 0')
    // In a folder that was not saved nothing is run but what goes elsewhere.
    const ran = await runCommand(session, look, { leavesFolder: true })
    expect(ran.output.split('\n')[0]).toBe(found)
    await runCommand(session, 'cd; unset IFS; set --; unalias -a', { leavesFolder: true })
  })

  test('can use the last argument of the previous command', async () => {
    await runCommand(session, 'mkdir -p some/folder')
    expect((await runCommand(session, 'echo $_')).output).toBe('some/folder\n')
  })

  test('prints 20 MB on both outputs', async () => {
    const command = 'head -c 10000000 /dev/zero | tr "\\0" $0 >&$1'
    const both = `f() { ${command.replace('$0', 'x').replace('$1', '"$1"')}; }; f 1 & f 2; wait`
    const ran = await runCommand(session, both, { streams: 'apart' })
    expect([ran.stdout.length, ran.stderr.length]).toEqual([10_000_000, 10_000_000])
    expect(/[^x]/.test(ran.output)).toBe(false)
  })

  test("leaves a daemon's later output to the next command", async () => {
    await runCommand(session, '{ until [ -e go ]; do sleep 0.05; done; echo late; : >gone; } &')
    const ran = await runCommand(session, ': >go; until [ -e gone ]; do sleep 0.05; done; echo now')
    expect(ran.output).toBe('late\nnow\n')
  })

  test('gets multi-byte characters whole, in any chunking', async () => {
    const ran = await runCommand(session, "printf '\\344'; sleep 0.2; printf '\\270\\255\\377'")
    expect(ran.output).toBe('中\ufffd')
  })
})

/** A question that prints so much. */
const sized = (bytes: number, rest = '') => ({
  script: `head -c ${bytes} /dev/zero | tr '\\0' x; ${rest}`,
  stdin: undefined,
  user: undefined,
  env: {},
  timeoutMs: 10_000,
})

describe.each(hosts)('a question %s', (_name, start) => {
  let host: TestHost
  let session: HostSession

  beforeAll(async () => {
    host = await start()
    session = await host.open()
  })
  afterAll(async () => {
    await session.close({ keep: false })
    await host.stop()
  })
  const ask = (script: string, env = {}, timeoutMs = 10_000) =>
    session.probe({ script, stdin: undefined, user: undefined, env, timeoutMs })

  test('before any command leaves nothing on the host', async () => {
    writeFileSync(join(host.home, 'here'), '')
    const answer = await ask('pwd; ls; echo "$A" >&2; exit 4', { A: "it's" })
    expect(answer).toEqual({
      status: 4,
      stdout: `${host.home}\nhere\n`,
      stderr: "it's\n",
      isCut: false,
    })
    expect(readdirSync(host.home)).toEqual(['here'])
  })

  test('can have standard input', async () => {
    const request = { script: 'cat', user: undefined, env: {}, timeoutMs: 10_000 }
    expect((await session.probe({ ...request, stdin: 'a\n"b' })).stdout).toBe('a\n"b')
  })

  test('gets an answer to a script that reads input or never ends', async () => {
    expect((await ask('cat; echo read')).stdout).toBe('read\n')
    const late = await ask('echo a; sleep 77.5', {}, 300)
    expect(late).toEqual({ status: 124, stdout: 'a\n', stderr: '', isCut: false })
    expect(processesWith('sleep 77.5')).toEqual([])
  })

  test("sees the commands' state, and changes nothing", async () => {
    await runCommand(session, 'cd /tmp; plain=1; f() { echo f; }; set -e; (exit 5) || :')
    const answer = await ask('pwd; echo $plain; f; cd /; plain=2; false; exit 3')
    expect(answer).toEqual({ status: 3, stdout: '/tmp\n1\nf\n', stderr: '', isCut: false })
    expect((await runCommand(session, 'pwd; echo $plain')).output).toBe('/tmp\n1\n')
    const late = await ask('sleep 77.5', {}, 300)
    expect(late.status).toBe(124)
    expect(processesWith('sleep 77.5')).toEqual([])
    expect((await runCommand(session, 'echo $plain')).output).toBe('1\n')
  })

  test.each(['before any command', 'in the shell of the commands'])(
    'reports that it was cut, %s',
    async (when) => {
      const own = await host.open()
      try {
        if (when !== 'before any command') await runCommand(own, ':')
        const whole = await own.probe(sized(1_048_576))
        expect([whole.stdout.length, whole.isCut]).toEqual([1_048_576, false])
        const { stdout, ...rest } = await own.probe(sized(1_048_577, 'echo short >&2; exit 7'))
        expect(stdout.length).toBe(1_048_576)
        expect(rest).toEqual({ status: 7, stderr: 'short\n', isCut: true })
      } finally {
        await own.close({ keep: false })
      }
    },
  )

  test('does not change the status that the next command sees', async () => {
    await runCommand(session, 'set +e; (exit 8)')
    await ask('true')
    expect((await runCommand(session, 'echo $?')).output).toBe('8\n')
  })
})
