/** An exported script does what `exec` does with the same page on this computer. */

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { eventsOf, projectWith, runCli } from '../cli/run-cli.ts'

const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n\n`
const matter = (yaml: string) => `---\n${yaml}\n---\n\n`
const vars = matter(
  'vars: { NAME: { default: "it\'s $(touch broken) \\"x\\"" }, GOT: { default: "" } }',
)

const pages: Readonly<Record<string, string>> = {
  'one shell for all steps':
    fence('bash {#a}', 'mkdir sub\ncd sub\nX=1\nf() { echo "f $X"; }') +
    fence('bash {#b}', 'f\nbasename "$PWD"\ndeclare -x Y=2') +
    fence('output', 'f 1\nsub') +
    fence('bash {#c}', 'echo "$Y" >out'),
  'values are never code':
    vars +
    fence('bash {#a}', 'echo "$NAME"') +
    fence('output', '<$NAME>') +
    fence('text {#b run="cat >made" expand}', 'a ${NAME} ${NONE} \\ `x`') +
    fence('text {#c file=conf expand mode=0600}', '${NAME}\n$NAME'),
  'holes, optional and repeated lines':
    fence('bash {#a}', 'seq 1 5; echo "x 12 y"; echo "[a.b]*"') +
    fence('output', '<?>0\n1\n...\n<*><:[45]>\nx <:\\d+> <...>\n[a.b]*'),
  'an output that differs':
    fence('bash {#a}', 'seq 1 3') + fence('output', '1\n3') + fence('bash {#b}', 'touch b'),
  'a wildcard that has to give back':
    fence('bash {#a}', 'printf "a\\nb\\na\\nb\\n"') + fence('output', '...\na\nb'),
  'an output that is not there': fence('bash {#a}', 'echo 1') + fence('output', ''),
  'whole lines among others':
    fence('bash {#a}', 'seq 1 9') + fence('output {match=contains}', '2\n7'),
  'one stream':
    fence('bash {#a}', 'echo out; echo err >&2') + fence('output {stream=stderr}', 'err'),
  'a value that an output sets':
    vars +
    fence('bash {#a captures=GOT}', 'echo "root@localhost: s3cr et"') +
    fence('output', '<...>@localhost: <GOT:.+>') +
    fence('bash {#b}', 'echo "$GOT" >got'),
  conditions:
    fence('bash {#a creates=made}', 'touch made') +
    fence('bash {#b creates=made}', 'touch twice') +
    fence('bash {#c when=os:nonesuch}', 'touch wrong') +
    fence(
      'bash {#d needs="cmd:bash>=3.1 file:made !file:none step:a arch:x86_64 sh:true"}',
      'touch d',
    ) +
    fence('bash {#e unless=line:made:/x/ ensures=file:e}', 'touch e'),
  'a condition that does not hold': fence('bash {#a needs=cmd:nonesuch}', 'touch a'),
  'a promise that is not kept': fence('bash {#a ensures=file:none within=1s}', 'true'),
  'a status that is not allowed':
    fence('bash {#a}', 'touch x\nfalse\ntouch y') + fence('bash {#b}', 'touch z'),
  'statuses that are allowed':
    fence('bash {#a exit=0,3}', '(exit 3)\ntouch y') +
    fence('bash {#b exit=any}', '(exit 9)\ntouch z') +
    fence('bash {#c exit=grep:1}', 'true\ngrep -q x /dev/null\ntouch g'),
  'clean-up after a failure':
    fence('bash {#a}', 'touch x; false') +
    fence('bash {#b}', 'touch b') +
    fence('bash {#c always}', 'rm x'),
  variants:
    '::: code-group\n' +
    fence('bash [No] {#a when=os:nonesuch}', 'touch no') +
    fence('bash [Yes] {#a when=os:linux,x}', 'touch yes').replace('os:linux,x', 'cmd:bash') +
    fence('bash [Other] {#a when=cmd:sh}', 'touch other') +
    ':::\n',
  'a transcript': fence('console {#a}', '$ echo 1\n1\n$ touch x\n$ cat <<E\n> a\n> E\na'),
  'a transcript that differs': fence('console {#a}', '$ echo 1\n2\n$ touch x'),
  'a here-document, and quotes over lines':
    fence('bash {#a}', "cat >x <<'RUNBOOK_END'\n  a\nRUNBOOK_END\necho 'a\nb' >>x") +
    fence('bash {#b dir=/tmp}', 'true') +
    fence('bash {#c}', 'cat x') +
    fence('output', '  a\na\nb'),
  'tries again': fence('bash {#a retry=3/1ms}', '[ -e x ] || { touch x; false; }'),
  'standard input is empty': fence('bash {#a}', 'cat\nread -r x || touch none'),
  'a file, whole and by lines':
    fence('text {#a file=f}', 'one\ntwo') + fence('text {#b file=f edit=line}', 'two\nthree'),
  'a patch, twice':
    fence('text {#a file=f}', 'one\ntwo') +
    fence('diff {#b file=f}', '--- f\n+++ f\n@@ -1,2 +1,2 @@\n one\n-two\n+three') +
    fence('diff {#c file=f}', '--- f\n+++ f\n@@ -1,2 +1,2 @@\n one\n-two\n+three'),
  'as the user that one is':
    fence('bash {#a as=root}', 'id -un\ntouch x') + fence('output', 'root'),
  'a program in the background':
    fence('bash {#a background ready=file:up within=5s}', 'touch up; exec sleep 100') +
    fence('bash {#b}', 'touch b'),
  'nothing for this host': fence('bash {#a when=os:nonesuch}', 'true'),
}

interface Ended {
  readonly isGood: boolean
  readonly files: Readonly<Record<string, string>>
}

describe.concurrent('does the same as exec', () => {
  test.for(Object.entries(pages))('%s', async ([, page], { onTestFinished }) => {
    const cwd = projectWith({ 'a.md': page }, onTestFinished)
    const { stdout: script, stderr } = await runCli(['export', 'a.md', '--to', 'bash'], { cwd })
    expect(stderr).toBe('')
    const run = await runCli(['exec', 'a.md', '--json'], { cwd })
    const byExec: Ended = { isGood: run.code === 0, files: filesIn(cwd) }
    for (const name of readdirSync(cwd)) {
      if (name !== 'a.md' && name !== 'runbook.yml') rmSync(join(cwd, name), { recursive: true })
    }
    const { code, stdout } = await runScript(script, cwd)
    expect({ isGood: code === 0, files: filesIn(cwd), stdout }).toEqual({ ...byExec, stdout })
    const passed = eventsOf(run.stdout).filter(
      ({ kind, status }) => kind === 'step-ended' && (status === 'passed' || status === 'changed'),
    )
    // A file that is as it should be is one that passed.
    const same = eventsOf(run.stdout).filter(
      ({ kind, reason }) => kind === 'step-ended' && reason === 'equal',
    )
    expect(stdout).toContain(`passed ${passed.length + same.length},`)
  })
})

describe('a step that plain bash cannot run', () => {
  const dialog = fence('bash {#login}', 'cat >typed') + fence('dialog', 'name: => root')
  test.each([
    ['a dialog', dialog, 'types answers'],
    ['a reboot', fence('bash {#login reboot}', 'true'), 'restarts'],
    ['a section', fence('ini {#login file=x edit=section}', '[a]\nb = c'), 'a part of a file'],
    [
      'another host',
      matter('roles: { a: A, b: B }') + fence('bash {#login on=b}', 'true'),
      'another host',
    ],
    ['an exit', fence('bash {#login}', 'echo a\nif true; then exit 0; fi'), '`exit` would end'],
    ['a replaced shell', fence('bash {#login}', 'exec true'), '`exec` would end'],
    ['a trap', fence('bash {#login}', "trap 'rm x' EXIT"), '`trap … EXIT` would end'],
    [
      'an odd expression',
      fence('bash {#login needs="line:/etc/passwd:/\\\\bx/"}', 'true'),
      'line:',
    ],
  ])('%s is reported at export, and fails without a person', async (_, page, why) => {
    const cwd = projectWith({ 'a.md': page })
    const { code, stdout, stderr } = await runCli(['export', 'a.md', '--to', 'bash'], { cwd })
    expect(code).toBe(0)
    expect(stderr).toMatch(/^note: a\.md:\d+: step `login`: by hand: /)
    expect(stderr).toContain(why)
    const ran = await runScript(stdout, cwd)
    expect(ran.code).not.toBe(0)
    expect(ran.stdout).toContain('failed login')
    expect(existsSync(join(cwd, 'typed'))).toBe(false)
  })

  test('a step with expected JSON runs without comparison', async () => {
    const cwd = projectWith({
      'a.md': fence('bash {#a}', 'echo "{}"') + fence('output {match=json}', '{"x": 1}'),
    })
    const { stdout, stderr } = await runCli(['export', 'a.md', '--to', 'bash'], { cwd })
    expect(stderr).toContain('step `a`: its output is not compared')
    expect((await runScript(stdout, cwd)).code).toBe(0)
  })
})

test('a manual step asks a person, and only RUNBOOK_YES confirms it', async () => {
  const cwd = projectWith({ 'a.md': '- [ ] open the port\n\n' + fence('bash {#a}', 'touch x') })
  const { stdout: script } = await runCli(['export', 'a.md', '--to', 'bash'], { cwd })
  const unasked = await runScript(script, cwd)
  expect(unasked.stderr).toContain('open the port')
  expect(unasked.stderr).toContain('RUNBOOK_YES=1')
  expect({ code: unasked.code, ran: existsSync(join(cwd, 'x')) }).toEqual({ code: 1, ran: false })
  const { code } = await runScript(script, cwd, { RUNBOOK_YES: '1' })
  expect({ code, ran: existsSync(join(cwd, 'x')) }).toEqual({ code: 0, ran: true })
})

test('a dangerous step runs only with consent', async () => {
  const cwd = projectWith({ 'a.md': fence('bash {#a danger="all data"}', 'touch x') })
  const { stdout: script } = await runCli(['export', 'a.md', '--to', 'bash'], { cwd })
  expect(await runScript(script, cwd, { RUNBOOK_YES: '1' })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('RUNBOOK_ALLOW_DANGER=1'),
  })
  expect(existsSync(join(cwd, 'x'))).toBe(false)
  expect((await runScript(script, cwd, { RUNBOOK_ALLOW_DANGER: '1' })).code).toBe(0)
})

test('values come from RUNBOOK_VAR_NAME, must match their pattern, and are asked for if missing', async () => {
  const cwd = projectWith({
    'a.md':
      matter('vars: { PORT: { default: "80", pattern: "\\\\d+" }, KEY: { secret: true } }') +
      fence('bash {#a}', 'echo "$PORT $KEY" >x'),
  })
  const { stdout: script } = await runCli(['export', 'a.md', '--to', 'bash'], { cwd })
  expect(await runScript(script, cwd)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('RUNBOOK_VAR_KEY'),
  })
  const key = { RUNBOOK_VAR_KEY: "a'; touch y" }
  expect(await runScript(script, cwd, { ...key, RUNBOOK_VAR_PORT: '8x' })).toMatchObject({
    code: 2,
  })
  expect(await runScript(script, cwd, { ...key, RUNBOOK_VAR_PORT: '81' })).toMatchObject({
    code: 0,
  })
  expect(readFileSync(join(cwd, 'x'), 'utf8')).toBe("81 a'; touch y\n")
})

describe('secrets', () => {
  const head = matter('vars: { KEY: { secret: true }, GOT: { default: "" } }')
  const given = { RUNBOOK_VAR_KEY: 's3*cr[et' }

  test.each([
    ['printed', fence('bash {#a}', 'echo "key $KEY"'), '   | key ***'],
    ['on stderr', fence('bash {#a}', 'echo "key $KEY" >&2'), '   | key ***'],
    ['compared', fence('bash {#a}', 'echo "key $KEY"') + fence('output', 'key <$KEY>'), 'key ***'],
    [
      'beside one stream',
      fence('bash {#a}', 'echo out; echo "key $KEY" >&2') + fence('output {stream=stdout}', 'out'),
      '   | out',
    ],
    ['in a transcript', fence('console {#a}', '$ echo "key $KEY"\n<...>\n$ true'), 'key ***'],
    ['by a script', fence('text {#a run=cat expand}', 'key ${KEY}'), '   | key ***'],
    [
      'in the background',
      fence('bash {#a background ready=file:up}', 'echo "key $KEY"; touch up; exec sleep 100'),
      'passed 1',
    ],
    ['by another shell', fence('bash {#a as=root}', 'echo "key $KEY"'), '   | key ***'],
    ['on two lines', fence('bash {#a}', 'printf "%s\\n%s\\n" "$KEY" "$KEY"'), '   | ***\n   | ***'],
  ])('are not shown: %s', async (_, step, shown) => {
    const cwd = projectWith({ 'a.md': head + step })
    const { stdout: script } = await runCli(['export', 'a.md', '--to', 'bash'], { cwd })
    expect(script).toContain('# Secrets: `KEY`.')
    const { code, stdout, stderr } = await runScript(script, cwd, given)
    expect(code).toBe(0)
    expect(stdout).toContain(shown)
    expect(stdout + stderr).not.toContain('s3')
  })

  test('that an output sets are not shown, also where it does not match', async () => {
    const step = fence('bash {#a secret=TOKEN}', 'echo "token: abc"123def')
    const next = fence('bash {#b}', 'echo "again $TOKEN"')
    for (const [pattern, isGood] of [
      ['token: <TOKEN:\\w+>', true],
      ['tokn: <TOKEN:\\w+>', false],
    ] as const) {
      const cwd = projectWith({ 'a.md': step + fence('output', pattern) + next })
      const { stdout: script } = await runCli(['export', 'a.md', '--to', 'bash'], { cwd })
      const { code, stdout, stderr } = await runScript(script, cwd)
      expect(code === 0).toBe(isGood)
      expect(stdout.includes('again ***')).toBe(isGood)
      expect(stdout + stderr).not.toContain('abc123def')
    }
  })

  test('the header of a page without one says nothing of them', async () => {
    const cwd = projectWith({ 'a.md': fence('bash {#a}', 'true') })
    const { stdout } = await runCli(['export', 'a.md', '--to', 'bash'], { cwd })
    expect(stdout).not.toContain('Secrets:')
  })
})

test('arguments are refused, and `--help` prints the header', async () => {
  const cwd = projectWith({ 'a.md': '# Words\n\n' + fence('bash {#a}', 'touch x') })
  const { stdout: script } = await runCli(['export', 'a.md', '--to', 'bash'], { cwd })
  const wrong = await runScript(script, cwd, {}, ['--force'])
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('no arguments') })
  expect(wrong.stderr).toContain(': --force')
  const help = await runScript(script, cwd, {}, ['--help'])
  expect(help).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Words\n.*RUNBOOK_VAR_NAME/s),
  })
  expect(existsSync(join(cwd, 'x'))).toBe(false)
})

function filesIn(cwd: string): Readonly<Record<string, string>> {
  const entries = readdirSync(cwd, { recursive: true, withFileTypes: true })
  return Object.fromEntries(
    entries
      .filter(
        (entry) => entry.isFile() && !join(entry.parentPath, entry.name).includes('/.runbook/'),
      )
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [path.slice(cwd.length + 1), readFileSync(path, 'utf8')]),
  )
}

function runScript(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
  words: readonly string[] = [],
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-script-'))
  const file = join(folder, 'script.sh')
  writeFileSync(file, script)
  return new Promise((resolve, reject) => {
    // No terminal: nobody can be asked.
    const child = spawn('setsid', ['--wait', 'bash', file, ...words], {
      cwd,
      env: { ...process.env, ...env },
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    // A script that ends at once reads nothing.
    child.stdin.on('error', () => {})
    child.stdin.end('from outside\n')
    child.on('error', reject)
    child.on('close', (code) => {
      rmSync(folder, { recursive: true })
      resolve({ code, stdout, stderr })
    })
  })
}
