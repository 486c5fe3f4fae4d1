import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localHost, type TestHost } from './hosts.ts'
import { runCommand, runBatch } from './run-command.ts'

let host: TestHost
beforeAll(async () => {
  host = await localHost()
})
afterAll(() => host.stop())

const word = fc.constantFrom('a', 'b', 'c')
const value = fc.string({
  unit: fc.constantFrom(...Array.from('xy \'"\\$*\n\u0001é')),
  maxLength: 8,
})
const quoted = value.map((text) => `'${text.replaceAll("'", `'\\''`)}'`)
const number = fc.integer({ min: 0, max: 3 })

/** One complete command each; a program is some of them, one after the other. */
const command = fc.oneof(
  fc.tuple(word, quoted).map(([name, text]) => `${name}=${text}`),
  fc.tuple(word, quoted).map(([name, text]) => `export ${name}=${text}`),
  fc.tuple(word, quoted, quoted).map(([name, x, y]) => `arr_${name}=(${x} ${y})`),
  fc.tuple(word, number, quoted).map(([name, at, text]) => `arr_${name}[${at}]=${text}`),
  fc.tuple(word, quoted).map(([name, key]) => `declare -A map_${name}; map_${name}[k${key}]=1`),
  fc.tuple(word, number).map(([name, n]) => `declare -i int_${name}=${n}; int_${name}+=1`),
  fc.tuple(word, quoted).map(([name, text]) => `f_${name}() {\n  echo ${text} "$1"\n  return 2\n}`),
  word.map((name) => `f_${name} arg 2>/dev/null`),
  word.map((name) => `unset ${name}`),
  word.map((name) => `mkdir -p d${name} && cd d${name}`),
  fc.constant('cd "$ROOT"'),
  fc.constant('cd - >/dev/null 2>&1'),
  word.map((name) => `echo "$? <$${name}>"`),
  fc.constant('printf %s "$-" | tr -d sc'),
  fc.constantFrom('set -f', 'set +f', 'set -C', 'set -a', 'set +a', 'set -o pipefail'),
  fc.constantFrom('shopt -s nullglob', 'shopt -u nullglob', 'umask 027', 'umask 022'),
  fc.constantFrom('false', 'true', '(exit 7)', 'false | true', '! true'),
  fc.constant('set -- "$@" x'),
  fc.constant('echo "$# $_"'),
  word.map((name) => `for i in 1 2; do\n  echo "$i \${${name}:-none}"\ndone`),
  fc.constant('cat <<EOF\nhere $((1 + 1))\nEOF'),
)

const show =
  'printf "%s\\n" "$PWD" "$*" "$(umask)"; for v in a b c; do printf "%s=%s\\n" "$v" "${!v-unset}"; done; declare -p arr_a arr_b arr_c map_a map_b map_c int_a int_b int_c 2>/dev/null; declare -f; shopt -p nullglob; env | grep -c "^[abc]="; true'

/** What one plain bash prints for the program. */
async function plainly(program: readonly string[], root: string): Promise<string> {
  const script = ['unset OLDPWD; set --', ...program, show]
    .map((text) => `{\n${text}\n} 2>&1\n`)
    .join('')
  const { stdout } = await promisify(execFile)('bash', ['-c', script], {
    cwd: root,
    env: { ...process.env, ROOT: root, LC_ALL: 'C.UTF-8' },
  })
  return stdout
}

/** A shell that ends before these commands is another one then, and nobody should see it. */
function withEnds(program: readonly string[], ends: readonly number[]): readonly string[] {
  return [...program, show].flatMap((text, index) =>
    ends.includes(index) ? ['(exit "$?"); exit "$?"', text] : [text],
  )
}

async function stepByStep(commands: readonly string[], root: string): Promise<string> {
  const session = await host.open({ startDir: root })
  await runCommand(session, 'set --', { env: given(root) })
  let output = ''
  for (const text of commands) output += (await runCommand(session, text)).output
  await session.close({ keep: false })
  return output
}

/** A batch ends with its shell: what is left of it is sent as the next one. */
async function inBatches(commands: readonly string[], root: string): Promise<string> {
  const session = await host.open({ startDir: root })
  await runCommand(session, 'set --', { env: given(root) })
  let output = ''
  for (let rest = commands; rest.length > 0;) {
    const all = await runBatch(session, rest, { allowed: 'any' })
    output += all.map((ran) => ran.output).join('')
    rest = rest.slice(all.length)
  }
  await session.close({ keep: false })
  return output
}

const given = (root: string) => ({ ROOT: root, LC_ALL: 'C.UTF-8' })

/** Each run in a folder of its own, whose name is no part of what is compared. */
async function inFolder(use: (root: string) => Promise<string>): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'runbook-program-'))
  try {
    return (await use(root)).replaceAll(root, 'ROOT')
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

test('a program run command by command has the same effect as in one bash', async () => {
  const programs = fc.array(command, { minLength: 1, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(programs, async (program) => {
      const [plain, stepped] = await Promise.all([
        inFolder((root) => plainly(program, root)),
        inFolder((root) => stepByStep(withEnds(program, []), root)),
      ])
      expect(stepped).toBe(plain)
    }),
    { numRuns: 40 },
  )
})

describe.each([
  ['command by command', stepByStep],
  ['in batches', inBatches],
])('a program whose shell ends in between, %s,', (_, run) => {
  test('continues as if it had not', async () => {
    const programs = fc.array(command, { minLength: 1, maxLength: 10 })
    const ends = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 3 })
    // `$_` is of the shell, and gone with it.
    const kept = programs.map((program) => program.filter((text) => !text.includes('$_')))
    await fc.assert(
      fc.asyncProperty(kept, ends, async (program, endsAt) => {
        const [plain, stepped] = await Promise.all([
          inFolder((root) => plainly(program, root)),
          inFolder((root) => run(withEnds(program, endsAt), root)),
        ])
        expect(stepped).toBe(plain)
      }),
      { numRuns: 30 },
    )
  })
})
