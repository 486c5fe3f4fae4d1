import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { eventsOf, projectWith, runCli } from './run-cli.ts'

const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n`

describe('exec on this computer', () => {
  test("runs a page step by step, keeps the shell's state, and reports the results", async () => {
    const cwd = projectWith({
      'a.md':
        '---\nvars: { NAME: { default: world } }\n---\n# Hello\n' +
        fence('bash {#hello}', 'greeting="hello $NAME"\ncd /tmp') +
        fence('bash {#use}', 'echo "$greeting from $PWD"') +
        fence('output', 'hello world from /tmp'),
    })
    const result = await runCli(['exec', 'a.md', '--json'], { cwd })
    expect(result).toMatchObject({ code: 0, stderr: '' })
    const events = eventsOf(result.stdout)
    expect(events.map(({ kind }) => kind)).toEqual([
      'run-started',
      'host-connected',
      'step-started',
      'command-started',
      'command-ended',
      'command-started',
      'command-ended',
      'step-ended',
      'step-started',
      'command-started',
      'output',
      'command-ended',
      'step-ended',
      'run-ended',
    ])
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index))
    expect(events.find(({ kind }) => kind === 'output')).toMatchObject({
      v: 1,
      step: 'a#use',
      host: 'local',
      index: 0,
      stream: 'merged',
      text: 'hello world from /tmp\n',
    })
    expect(events.at(-1)).toMatchObject({
      status: 'passed',
      exit: 0,
      counts: { passed: 2, failed: 0, notRun: 0 },
    })
  })

  test('leaves nothing on the host if nothing ran', async () => {
    const page = `---\nneeds: [cmd:no-such-command]\n---\n${fence('bash {#x}', 'true')}`
    const cwd = projectWith({ 'a.md': page, 'state/kept': '' })
    const env = { XDG_STATE_HOME: join(cwd, 'state') }
    expect(await runCli(['exec', 'a.md'], { cwd, env })).toMatchObject({ code: 1 })
    expect(readdirSync(join(cwd, 'state'))).toEqual(['kept'])
  })

  test('starts in the folder of the page, from wherever it was called', async () => {
    const cwd = projectWith({
      'sub/a.md': fence('bash {#x}', 'basename "$PWD"') + fence('output', 'sub'),
    })
    expect(await runCli(['exec', 'sub/a.md'], { cwd })).toMatchObject({ code: 0 })
  })

  test('shows page, position and the smallest diff if an output differs', async () => {
    const cwd = projectWith({
      'a.md': '# T\n\n' + fence('bash {#v}', 'echo one; echo two') + fence('output', 'one\n2'),
    })
    const { code, stdout } = await runCli(['exec', 'a.md', '--lang', 'en'], { cwd })
    expect(code).toBe(1)
    expect(stdout).toContain(`error[RB2001]: the output differs from the page
 --> a.md:8:1   step \`v\`, on local
  |
8 | 2
  | ^
  |    one
  |  - 2
  |  + two
  = note: the command exited with status 0`)
    expect(stdout).toMatch(/failed 1 · .* · run \d{8}-\d{4}-[0-9a-f]{6}/)
  })

  test('stops at the first command whose status is not allowed, and still cleans up', async () => {
    const cwd = projectWith({
      'a.md':
        fence('bash {#work}', 'echo before\nfalse\necho never') +
        fence('bash {#next}', 'echo never') +
        fence('bash {#clean always}', 'echo cleaned'),
    })
    const { code, stdout } = await runCli(['exec', 'a.md', '--lang', 'en'], { cwd })
    expect(code).toBe(1)
    expect(stdout).toContain('error[RB2002]: the command exited with status 1 (allowed: 0)')
    expect(stdout).toContain(' --> a.md:3:1   step `work`, command 2 of 3, on local')
    expect(stdout).not.toContain('│ never')
    expect(stdout).toContain('│ cleaned')
    expect(stdout).toContain('passed 1, failed 1, not run 1')
  })

  test('skips what is done, checks what must hold after, and polls for it', async () => {
    const cwd = projectWith({
      'a.md':
        fence('bash {#make creates=made}', 'touch made') +
        fence(
          'bash {#later ensures=file:later within=5s}',
          '(sleep 0.4; touch later) >/dev/null 2>&1 &',
        ) +
        fence('bash {#never when=os:nosuch}', 'exit 9'),
    })
    const first = eventsOf((await runCli(['exec', 'a.md', '--json'], { cwd })).stdout)
    expect(first.at(-1)).toMatchObject({ exit: 0, counts: { passed: 2, skipped: 1 } })
    const second = await runCli(['exec', 'a.md', '--json'], { cwd })
    const ended = eventsOf(second.stdout).filter(({ kind }) => kind === 'step-ended')
    expect(ended.map(({ status, reason }) => [status, reason])).toEqual([
      ['skipped', 'already-done'],
      ['passed', null],
      ['skipped', 'not-for-this-host'],
    ])
  })

  test.each([
    ['file:nowhere', 'true', 'file `nowhere` does not exist'],
    ['file:made', 'mkdir made', '`made` is a folder, not a file'],
    ['dir:made', 'touch made', '`made` is a file, not a folder'],
  ])(
    "fails a step whose %s does not hold, with the host's answer",
    async (check, command, found) => {
      const cwd = projectWith({ 'a.md': fence(`bash {#x ensures=${check} within=100ms}`, command) })
      const { code, stdout } = await runCli(['exec', 'a.md', '--lang', 'en'], { cwd })
      expect(code).toBe(1)
      expect(stdout).toContain(
        `error[RB2004]: postcondition not met within 100ms: ${found}\n --> a.md:1:21 `,
      )
    },
  )

  test('names the check that keeps a step from running', async () => {
    const cwd = projectWith({ 'a.md': fence('bash {#x needs="cmd:bash>=99.1"}', 'true') })
    const { code, stdout } = await runCli(['exec', 'a.md', '--lang', 'en'], { cwd })
    expect(code).toBe(1)
    expect(stdout).toMatch(
      /error\[RB2003\]: precondition not met: command `bash` has version \d+\.\d+.*; needed is 99.1 or newer/,
    )
    expect(stdout).toContain(' --> a.md:1:20 ')
  })

  test('writes a file as the page says, backs up the old one, and skips an equal one', async () => {
    const cwd = projectWith({
      'a.md': fence('ini {#f file=conf.ini mode=0640}', '[a]\nx = "1" \\ $HOME'),
      'conf.ini': 'old\n',
    })
    const first = eventsOf((await runCli(['exec', 'a.md', '--json'], { cwd })).stdout)
    expect(first.find(({ kind }) => kind === 'step-ended')).toMatchObject({
      status: 'changed',
      diff: expect.stringContaining('-old'),
    })
    expect(readFileSync(join(cwd, 'conf.ini'), 'utf8')).toBe('[a]\nx = "1" \\ $HOME\n')
    expect((statSync(join(cwd, 'conf.ini')).mode & 0o777).toString(8)).toBe('640')
    expect(readdirSync(cwd).toSorted()).toEqual(['.runbook', 'a.md', 'conf.ini', 'runbook.yml'])
    const { backup } = first.find(({ kind }) => kind === 'step-ended') ?? {}
    expect(backup).toMatchObject({ kept: expect.stringContaining('/runbook/backups/') })
    const second = eventsOf((await runCli(['exec', 'a.md', '--json'], { cwd })).stdout)
    expect(second.at(-1)).toMatchObject({ exit: 0, counts: { skipped: 1 } })
  })

  test('passes a script to its interpreter, and inserts values only with `expand`', async () => {
    const cwd = projectWith({
      'a.md':
        '---\nvars: { NAME: { default: "a b" } }\n---\n' +
        fence('txt {#plain run=cat}', 'x ${NAME}') +
        fence('output', 'x ${NAME}') +
        fence('txt {#filled run=cat expand}', 'x ${NAME} ${OTHER}') +
        fence('output', 'x a b ${OTHER}'),
    })
    expect(await runCli(['exec', 'a.md'], { cwd })).toMatchObject({ code: 0 })
  })

  test('starts a background step, waits until it is ready, and stops it at the end', async () => {
    const cwd = projectWith({
      'a.md':
        fence(
          'bash {#up background ready=file:up within=10s}',
          'trap "touch stopped; exit 0" TERM; touch up; while :; do sleep 0.05; done',
        ) +
        fence('bash {#ask}', 'ls up') +
        fence('output', 'up'),
    })
    expect(await runCli(['exec', 'a.md'], { cwd })).toMatchObject({ code: 0 })
    expect(existsSync(join(cwd, 'stopped'))).toBe(true)
  })

  test('shows all output of a background step before it is ready, each line once', async () => {
    const cwd = projectWith({
      'a.md':
        fence(
          'bash {#up background ready=file:up within=20s}',
          'for i in {1..60000}; do echo "line $i: 汉字 warming up"; done; touch up; exec sleep 60',
        ) + fence('output', 'line 1: 汉字 warming up\n...\nline 60000: 汉字 warming up'),
    })
    const { code, stdout } = await runCli(['exec', 'a.md', '--json'], { cwd })
    expect(code).toBe(0)
    const printed = eventsOf(stdout).flatMap(({ kind, text }) => (kind === 'output' ? [text] : []))
    const lines = Array.from(
      { length: 60_000 },
      (_, index) => `line ${index + 1}: 汉字 warming up\n`,
    )
    expect(printed.join('') === lines.join('')).toBe(true)
  })

  test('passes variables that an output sets to later steps', async () => {
    const cwd = projectWith({
      'a.md':
        fence('bash {#a captures=WORD}', 'echo the word is plum') +
        fence('output', 'the word is <WORD:\\w+>') +
        fence('bash {#b}', 'echo "$WORD"') +
        fence('output', '<$WORD>'),
    })
    expect(await runCli(['exec', 'a.md'], { cwd })).toMatchObject({ code: 0 })
  })

  test('runs a transcript command by command', async () => {
    const cwd = projectWith({ 'a.md': fence('console {#t}', '$ echo one\none\n$ echo two\n2') })
    const { code, stdout } = await runCli(['exec', 'a.md', '--lang', 'en'], { cwd })
    expect(code).toBe(1)
    expect(stdout).toContain('command 2 of 2')
    expect(stdout).toContain('|  - 2\n  |  + two')
  })

  test('keeps the two streams apart if the page compares one', async () => {
    const cwd = projectWith({
      'a.md': fence('bash {#x}', 'echo out; echo err >&2') + fence('output {stream=stderr}', 'err'),
    })
    expect(await runCli(['exec', 'a.md'], { cwd })).toMatchObject({ code: 0 })
  })

  test('kills a command that times out, with its descendants', async () => {
    const cwd = projectWith({
      'a.md': fence(
        'bash {#x timeout=300ms}',
        'setsid sleep 314159 & echo waiting; wait; sleep 271828',
      ),
    })
    const { code, stdout } = await runCli(['exec', 'a.md', '--lang', 'en'], { cwd })
    expect(code).toBe(1)
    expect(stdout).toContain('error[RB2005]: timed out after 300ms and was killed: sleep ')
    const alive = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          return /sleep\0(?:314159|271828)/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
        } catch {
          return false
        }
      })
    expect(alive).toEqual([])
  })

  test('exits non-zero if nothing ran and nothing was checked', async () => {
    const cwd = projectWith({ 'a.md': fence('bash {#x when=os:nosuch}', 'true') })
    expect(await runCli(['exec', 'a.md'], { cwd })).toMatchObject({ code: 1 })
  })

  test('does not wait without a terminal: a manual step fails and names the flag', async () => {
    const cwd = projectWith({ 'a.md': '- [ ] open the port\n' })
    const refused = await runCli(['exec', 'a.md', '--lang', 'en'], { cwd })
    expect(refused.code).toBe(1)
    expect(refused.stdout).toContain('not confirmed (without a terminal, give `--yes`)')
    expect(await runCli(['exec', 'a.md', '--yes'], { cwd })).toMatchObject({ code: 0 })
  })

  test('asks for a dangerous step even with --yes, and runs it with --allow-danger', async () => {
    const cwd = projectWith({ 'a.md': fence('bash {#drop danger="the data"}', 'touch dropped') })
    expect(await runCli(['exec', 'a.md', '--yes'], { cwd })).toMatchObject({ code: 1 })
    expect(existsSync(join(cwd, 'dropped'))).toBe(false)
    expect(await runCli(['exec', 'a.md', '--allow-danger'], { cwd })).toMatchObject({ code: 0 })
    expect(existsSync(join(cwd, 'dropped'))).toBe(true)
  })

  test('shows the output of a host without its control characters', async () => {
    const cwd = projectWith({
      'a.md': fence('bash {#x}', String.raw`printf 'a\033]52;c;eA==\007b\033[31mc\033[0m\n'`),
    })
    const { stdout } = await runCli(['exec', 'a.md'], { cwd })
    expect(stdout).toContain('│ abc\n')
    expect(stdout).not.toContain('\u001b')
  })

  test('leaves its journal private and nothing else behind', async () => {
    const cwd = projectWith({ 'a.md': fence('bash {#x}', 'true') })
    await runCli(['exec', 'a.md'], { cwd })
    const runs = join(cwd, '.runbook', 'runs')
    const [run = ''] = readdirSync(runs)
    expect((statSync(join(runs, run)).mode & 0o777).toString(8)).toBe('700')
    expect((statSync(join(runs, run, 'events.jsonl')).mode & 0o777).toString(8)).toBe('600')
    expect(readdirSync(cwd).toSorted()).toEqual(['.runbook', 'a.md', 'runbook.yml'])
  })
})

describe('a secret', () => {
  const page =
    '---\nvars:\n  TOKEN: { secret: true, ask: token }\n---\n' +
    fence(
      'bash {#x}',
      'echo "$TOKEN"; echo "$TOKEN" | base64; printf %s "${TOKEN:0:5}"; sleep 0.2; printf "%s\\n" "${TOKEN:5}"',
    ) +
    fence('bash {#found secret=FOUND}', 'echo "found: another-$(echo hunter)"') +
    fence('output', 'found: <FOUND:\\S+>') +
    fence('bash {#leak}', 'echo "<$FOUND>"')

  test('reaches neither terminal, journal nor record, in any encoding', async () => {
    const cwd = projectWith({ 'a.md': page })
    const env = { RUNBOOK_VAR_TOKEN: 'correct-horse-battery' }
    const result = await runCli(['exec', 'a.md', '--record'], { cwd, env })
    expect(result.code).toBe(0)
    const [run = ''] = readdirSync(join(cwd, '.runbook', 'runs'))
    const written = [
      result.stdout,
      result.stderr,
      readFileSync(join(cwd, '.runbook', 'runs', run, 'events.jsonl'), 'utf8'),
      ...readdirSync(join(cwd, '.records', 'a')).map((name) =>
        readFileSync(join(cwd, '.records', 'a', name), 'utf8'),
      ),
    ].join('\n')
    expect(written).not.toContain('correct-horse')
    expect(written).not.toContain('horse-battery')
    expect(written).not.toContain('Y29ycmVjdC1ob3JzZS1iYXR0ZX')
    expect(written).not.toContain('another-hunter')
    expect(written).toContain('***')
  })

  test('that a step failed to set hides all output of that step', async () => {
    const expected = '```output\nfound: <FOUND:[a-z]+>\n```\n'
    for (const command of [
      'echo "found: $(echo SECRET)-99"; false',
      'echo "found: $(echo SECRET)-99"',
      'echo "Password for $(echo SECRET)-99: "; exit 1',
    ]) {
      const cwd = projectWith({
        'a.md': `\`\`\`bash {#x secret=FOUND}\n${command}\n\`\`\`\n${expected}`,
      })
      const { code, stdout, stderr } = await runCli(['exec', 'a.md'], { cwd })
      expect(code).toBe(1)
      const [run = ''] = readdirSync(join(cwd, '.runbook', 'runs'))
      const journal = readFileSync(join(cwd, '.runbook', 'runs', run, 'events.jsonl'), 'utf8')
      expect(stdout + stderr + journal).not.toContain('SECRET-99')
    }
  })

  test('without a value and a terminal is not asked for: the message names the variable', async () => {
    const cwd = projectWith({ 'a.md': page })
    const { code, stderr } = await runCli(['exec', 'a.md'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toBe(
      'error: the variable `TOKEN` has no value\n  = help: set `RUNBOOK_VAR_TOKEN` in the environment\n',
    )
  })

  test('that is too short to be masked is refused before anything runs', async () => {
    const cwd = projectWith({ 'a.md': page })
    const { code, stderr } = await runCli(['exec', 'a.md'], {
      cwd,
      env: { RUNBOOK_VAR_TOKEN: 'abc' },
    })
    expect(code).toBe(2)
    expect(stderr).toContain('the secret `TOKEN` is too short to be masked')
    expect(existsSync(join(cwd, '.runbook'))).toBe(false)
  })
})

describe('record, sync and status', () => {
  const page = '# T\n\n' + fence('bash {#x}', 'echo "run $RUNNING"') + fence('output', 'run <...>')

  test("work together: a page has the host's output, or reports that it differs", async () => {
    const cwd = projectWith({ 'a.md': page })
    expect(await runCli(['exec', 'a.md', '--record'], { cwd })).toMatchObject({ code: 0 })
    expect(await runCli(['sync', '--check'], { cwd })).toMatchObject({ code: 0, stdout: '' })
    expect(await runCli(['status', '--check'], { cwd })).toMatchObject({ code: 0 })

    writeFileSync(join(cwd, 'a.md'), page.replace('run <...>', 'never so'))
    const contradicted = await runCli(['sync', '--check'], { cwd })
    expect(contradicted.code).toBe(1)
    expect(contradicted.stdout).toContain('-never so')
    expect(readFileSync(join(cwd, 'a.md'), 'utf8')).toContain('never so')
    expect((await runCli(['status', '--check'], { cwd })).code).toBe(1)

    expect(await runCli(['sync', '--write'], { cwd })).toMatchObject({ code: 0 })
    expect(readFileSync(join(cwd, 'a.md'), 'utf8')).toBe(page.replace('run <...>', 'run'))
    expect(await runCli(['sync', '--check'], { cwd })).toMatchObject({ code: 0 })
  })

  test('a run that failed records nothing', async () => {
    const cwd = projectWith({ 'a.md': fence('bash {#x}', 'false') })
    const result = await runCli(['exec', 'a.md', '--record', '--lang', 'en'], { cwd })
    expect(result.code).toBe(1)
    expect(result.stderr).toContain('not recorded: ')
    expect(existsSync(join(cwd, '.records'))).toBe(false)
  })

  test('a differing output is accepted with --update, and proposed by sync', async () => {
    const cwd = projectWith({ 'a.md': page.replace('run <...>', 'old') })
    const result = await runCli(['exec', 'a.md', '--update', '--record', '--json'], { cwd })
    expect(result.code).toBe(0)
    expect(eventsOf(result.stdout).find(({ kind }) => kind === 'step-ended')).toMatchObject({
      status: 'passed',
      diff: '- old\n+ run',
    })
    const { stdout } = await runCli(['status', '--json'], { cwd })
    expect(JSON.parse(stdout).pages[0].platforms[0]).toMatchObject({
      state: 'changed',
      changed: ['x'],
    })
    expect((await runCli(['sync', '--check'], { cwd })).code).toBe(1)
  })

  test('a second run that skips keeps what the first one recorded', async () => {
    const cwd = projectWith({
      'a.md':
        fence('bash {#x creates=made}', 'touch made; echo made it') + fence('output', 'made it'),
    })
    await runCli(['exec', 'a.md', '--record'], { cwd })
    await runCli(['exec', 'a.md', '--record'], { cwd })
    const { stdout } = await runCli(['status', '--json'], { cwd })
    expect(JSON.parse(stdout).pages[0].platforms[0]).toMatchObject({
      state: 'verified',
      steps: { total: 1, verified: 1 },
    })
  })
})

const endOfStep = (stdout: string) => eventsOf(stdout).findLast(({ kind }) => kind === 'step-ended')

/** As it is sent in one batch, and command by command where an output is compared. */
const endsOf = async (exit: string, commands: string) => {
  const ends: unknown[] = []
  for (const output of ['', fence('output', '...')]) {
    const cwd = projectWith({ 'a.md': fence(`bash {#a ${exit}}`, commands) + output })
    const { stdout } = await runCli(['exec', 'a.md', '--json'], { cwd })
    ends.push(endOfStep(stdout))
  }
  return ends
}

describe('exit=PROGRAM:STATUS', () => {
  test.each([
    ['its own status, others end with 0', 'exit=grep:1', 'cd /\ngrep -q y /dev/null\ntrue'],
    ['the last of a pipeline', 'exit=grep:1', 'echo x | grep y'],
    [
      'with statuses for the others',
      'exit=3,grep:1,grep:0',
      '(exit 3)\ngrep x <<<x\ngrep -q y /dev/null',
    ],
  ])('%s', async (_, exit, commands) => {
    const passed = expect.objectContaining({ status: 'passed' })
    expect(await endsOf(exit, commands)).toEqual([passed, passed])
  })

  test.each([
    ['0 is not its status', 'grep -q x <<<x', 'with status 0 (allowed: 1)'],
    [
      'another command has to end with 0',
      'grep -q y /dev/null\nfalse',
      'with status 1 (allowed: 0)',
    ],
  ])('%s', async (_, commands, why) => {
    const failed = expect.objectContaining({
      status: 'failed',
      reason: 'exit-status',
      message: expect.stringContaining(why),
    })
    expect(await endsOf('exit=grep:1', commands)).toEqual([failed, failed])
  })
})
