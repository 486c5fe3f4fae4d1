/**
 * A secret that programs print in their own ways: nothing of it stands in what a person sees, in
 * what is kept, or in what is published. Each row is a command; `$S` is the secret.
 */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderScreen } from '../../src/match/render-screen.ts'
import { eventsOf, projectWith, runCli } from '../cli/run-cli.ts'

/** Has a character of each kind that some tool writes in its own way. */
const secret = `~tr0ub4dor &'3"/<é$x>\\end%41=`

const hasJq = spawnSync('jq', ['--version']).status === 0

const python = (expression: string) =>
  `python3 -c 'import os,json,html,urllib.parse,base64,csv,sys; s=os.environ["S"]; ${expression}'`

const printed: readonly (readonly [string, string])[] = [
  ['itself', 'printf "%s\\n" "$S"'],
  ['grep --color', 'printf "%s\\n" "$S" | grep --color=always -e tr0 -e end'],
  ['grep --color of each character', 'printf "%s\\n" "$S" | grep --color=always .'],
  ['overstrike', 'printf "%s" "$S" | sed "s/./&\\x08&/g"'],
  ['underlined', 'printf "%s" "$S" | sed "s/./_\\x08&/g"'],
  ['backspaces', 'printf "%sQQ\\b\\b%s\\n" "${S:0:7}" "${S:7}"'],
  ['erased', 'printf "%sx\\b\\033[K%s\\n" "${S:0:6}" "${S:6}"'],
  ['fold', 'printf "%s\\n" "$S" | fold -w 7'],
  ['base64', 'printf "%s" "$S" | base64'],
  ['base64, wrapped', 'printf "user:%s" "$S" | base64 -w 5'],
  ['base64, indented', 'printf "x%s" "$S" | base64 -w 11 | sed "s/^/    /"'],
  ['base64 twice', 'printf "%s" "$S" | base64 -w 0 | base64'],
  ['base64 of UTF-16', python('print(base64.b64encode(s.encode("utf-16-le")).decode())')],
  ['base64 for a URL', python('print(base64.urlsafe_b64encode(("ab"+s).encode()).decode())')],
  ['base32', 'printf "%s" "$S" | base32'],
  ['base32, shifted', 'printf "abc%s" "$S" | base32 -w 9'],
  ['od -c', 'printf "%s\\n" "$S" | od -c'],
  ['od -tx1', 'printf "%s" "$S" | od -tx1'],
  ['od -tx1z', 'printf "%s" "$S" | od -An -tx1'],
  ['od', 'printf "%s" "$S" | od'],
  ['od -tu1', 'printf "%s" "$S" | od -An -tu1'],
  ['od -b', 'printf "%s" "$S" | od -b'],
  ['od -x', 'printf "x%s" "$S" | od -x'],
  ['hex', python('print(s.encode().hex())')],
  ['hex, upper case', python('print(s.encode().hex().upper())')],
  ['hex with colons', python('print(s.encode().hex(":"))')],
  ['hex of UTF-16', python('print(s.encode("utf-16-be").hex())')],
  ['a list of numbers', python('print(list(s.encode()))')],
  ['UTF-16', python('sys.stdout.buffer.write(s.encode("utf-16-le"))')],
  ['repr', python('print(repr(s), ascii(s), repr(s.encode()))')],
  ['JSON', python('print(json.dumps(s), json.dumps(s, ensure_ascii=False))')],
  ['JSON in JSON', python('print(json.dumps(json.dumps({"a": s})))')],
  ['HTML', python('print(html.escape(s))')],
  ['HTML numbers', python('print(s.encode("ascii", "xmlcharrefreplace"), html.escape(s))')],
  ['a URL', python('print(urllib.parse.quote(s), urllib.parse.quote_plus(s))')],
  ['a URL in a URL', python('print(urllib.parse.quote(urllib.parse.quote(s)))')],
  ['CSV', python('csv.writer(sys.stdout).writerow([s, 1])')],
  ['SQL', `printf "%s\\n" "$S" | sed "s/'/''/g"`],
  ['Go', python('print(json.dumps(s).replace("&", "\\\\u0026").replace("<", "\\\\u003c"))')],
  ['quoted-printable', python('import quopri; print(quopri.encodestring(s.encode()).decode())')],
  ['%q', 'printf "%q\\n" "$S"'],
  ['%q with a line end', 'printf "%q\\n" "$S"$\'\\n\'x'],
  ['@Q', 'echo "${S@Q}"'],
  ['set -x', '(set -x; : "$S") 2>&1'],
  ['declare -p', 'declare -p S'],
  ['declare -p of a map', 'declare -A M=(["$S"]=1); declare -p M'],
  ['cat -v', 'printf "%s\\n" "$S" | cat -v'],
  ['two streams on one line', 'printf "%s" "${S:0:9}"; printf "%s\\n" "${S:9}" >&2'],
  ['pieces that come slowly', 'for ((i = 0; i < ${#S}; i++)); do printf "%s" "${S:i:1}"; done'],
  ...(hasJq ? ([['jq -R', 'printf "%s" "$S" | jq -R .']] as const) : []),
]

/** What would give a part of the secret away, also to a program. */
const parts = ['tr0ub', 'b4dor', '3"/<', '$x>', 'dHIwdWI', 'NGRvc', '74 72 30', '747230']

const head = '---\nvars:\n  S: { secret: true, ask: secret }\n---\n# Page\n'
const page = (command: string) => `${head}\n\`\`\`bash {#x}\n${command}\n\`\`\`\n`

describe('no part of the program shows, stores or publishes a secret', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'runbook-secrets-'))
  let kept = ''
  let events: readonly Readonly<Record<string, unknown>>[] = []

  beforeAll(async () => {
    const steps = printed.map(
      ([, command], index) => `\n\`\`\`bash {#s${index}}\n${command}\n\`\`\`\n`,
    )
    writeFileSync(join(cwd, 'runbook.yml'), 'pages: .\n')
    writeFileSync(join(cwd, 'a.md'), head + steps.join(''))
    const env = { RUNBOOK_VAR_S: secret }
    const reports = ['plain', 'json=r.json', 'junit=r.xml', 'markdown=r.md']
    const flags = ['--record', ...reports.flatMap((name) => ['--reporter', name])]
    const result = await runCli(['exec', 'a.md', ...flags], { cwd, env })
    if (result.code !== 0) throw new Error(result.stderr)
    const again = await runCli(['show'], { cwd })
    kept = `${result.stdout}${result.stderr}${again.stdout}${everyFile(cwd)}`
    events = eventsOf(readFileSync(join(cwd, 'r.json'), 'utf8'))
  })

  afterAll(() => rmSync(cwd, { recursive: true, force: true }))

  test.each(printed)('printed by: %s', (name) => {
    const step = `a#s${printed.findIndex(([each]) => each === name)}`
    const output = events
      .filter((event) => event['kind'] === 'output' && event['step'] === step)
      .map((event) => String(event['text']))
      .join('')
    expect(output).toContain('***')
    for (const part of parts) expect(output + renderScreen(output)).not.toContain(part)
  })

  test('in the terminal, the journal, records, reports and `show`', () => {
    for (const part of parts) expect(kept).not.toContain(part)
  })
})

function everyFile(cwd: string): string {
  const texts = ['.runbook', '.records']
    .flatMap((folder) =>
      readdirSync(join(cwd, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
        .map((bytes) => (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString()),
    )
    .concat(['r.json', 'r.xml', 'r.md'].map((name) => readFileSync(join(cwd, name), 'utf8')))
  return texts.flatMap((text) => [text, renderScreen(text)]).join('\n')
}

describe('a secret that is', () => {
  test('assembled by a carriage return is never drawn', async () => {
    const cwd = projectWith({ 'a.md': page('printf "%s\\r%s\\n" "      ${S:6}" "${S:0:6}"') })
    const env = { RUNBOOK_VAR_S: secret }
    const { code, stdout } = await runCli(['exec', 'a.md'], { cwd, env })
    const again = await runCli(['show'], { cwd })
    expect(code).toBe(0)
    for (const shown of [stdout, again.stdout]) {
      expect(shown).toContain('│ ***')
      expect(shown).not.toContain('b4dor')
    }
  })

  const echo = page('printf "%s\\n" "$S"; printf "%q\\n" "$S" | base64')

  test('as long as a key file is masked, and fails no run', async () => {
    const long = Array.from({ length: 3000 }, (_, index) => `k${(index * 7919) % 9973}`).join('-')
    const cwd = projectWith({ 'a.md': echo, 'v.yml': `S: ${long}\n` })
    const { code, stdout, stderr } = await runCli(['exec', 'a.md', '--vars-file', 'v.yml'], { cwd })
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain('***')
    expect(stdout + everyRun(cwd)).not.toContain('k7919-')
  })

  test('too long is refused before anything runs', async () => {
    const cwd = projectWith({ 'a.md': echo, 'v.yml': `S: ${'ab'.repeat(40_000)}\n` })
    const { code, stderr } = await runCli(['exec', 'a.md', '--vars-file', 'v.yml'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain('the secret `S` is too long to be masked: 80000 characters')
    expect(stderr).not.toContain('abab')
    expect(readdirSync(cwd)).not.toContain('.runbook')
  })

  test.each(['secret-step', 'local', 'a.md#secret-step'])(
    'also a name (%s) hides no name, and fails no run',
    async (value) => {
      const text = page('echo "<$S>"').replace('#x', '#secret-step')
      const cwd = projectWith({ 'a.md': text })
      const env = { RUNBOOK_VAR_S: value.length < 6 ? `${value}host` : value }
      const { code, stdout } = await runCli(['exec', 'a.md', '--record', '--json'], { cwd, env })
      expect(code).toBe(0)
      expect(stdout).toContain('a#secret-step')
      expect(stdout).toContain('"text":"<***>\\n"')
    },
  )

  test('given by --var is refused, with the alternative', async () => {
    const cwd = projectWith({ 'a.md': echo })
    const { code, stderr } = await runCli(['exec', 'a.md', '--var', 'S=hunter2-hunter2'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain('the secret `S` is given by `--var`')
    expect(stderr).toContain('RUNBOOK_VAR_S')
    expect(stderr).not.toContain('hunter2-hunter2')
  })

  test('part of another value is not stored in the request', async () => {
    const text =
      '---\nvars:\n  S: { secret: true, ask: s }\n  URL: { default: none }\n  OPEN: { default: none }\n---\n' +
      '```bash {#x}\necho "$URL $OPEN"; false\n```\n'
    const cwd = projectWith({ 'a.md': text })
    const env = { RUNBOOK_VAR_S: secret }
    const url = `db://${encodeURIComponent(secret)}@x`
    const flags = ['--var', `URL=${url}`, '--var', 'OPEN=yes']
    await runCli(['exec', 'a.md', ...flags], { cwd, env })
    const kept = everyRun(cwd)
    expect(kept).toContain('"OPEN": "yes"')
    for (const part of parts) expect(kept).not.toContain(part)
  })

  test('found by a check is in no plan', async () => {
    const text = page('true').replace(
      '#x',
      `#x needs='sh:"printf %s\\\\\\\\n \\"$S\\" >&2; false"'`,
    )
    const cwd = projectWith({ 'a.md': text })
    writeFileSync(join(cwd, 'unused'), '')
    for (const command of ['plan', 'exec']) {
      const env = { RUNBOOK_VAR_S: secret }
      const { stdout, stderr } = await runCli([command, 'a.md', '--json'], { cwd, env })
      for (const part of parts) expect(stdout + stderr).not.toContain(part)
    }
  })
})

function everyRun(cwd: string): string {
  return readdirSync(join(cwd, '.runbook', 'runs'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
}
