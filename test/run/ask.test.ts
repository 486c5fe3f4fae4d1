import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readChecks } from '../../src/check/read-checks.ts'
import { askChecks } from '../../src/run/ask.ts'
import type { HostSession } from '../../src/run/ports.ts'
import { localHost, type TestHost } from '../shell/hosts.ts'
import { runCommand } from '../shell/run-command.ts'

const place = { line: 1, column: 1, offset: 0 }
const checksOf = (texts: readonly string[]) =>
  texts.flatMap((text) =>
    readChecks(text).checks.map((check) => ({ ...check, span: { start: place, end: place } })),
  )

describe.each(['throwaway', 'running'])('checks, asked in a %s shell', (kind) => {
  let host: TestHost
  let session: HostSession
  let probes = 0
  const ask = async (...texts: readonly string[]) => {
    probes = 0
    const asking = { user: undefined, values: {}, known: { passedSteps: new Set<string>() } }
    const counted: HostSession = {
      ...session,
      facts: session.facts,
      probe: (request) => {
        probes++
        return session.probe(request)
      },
    }
    const answers = await askChecks(counted, checksOf(texts), asking)
    return answers.map(({ holds, actual }) => `${holds} ${actual}`)
  }

  beforeAll(async () => {
    host = await localHost()
    session = await host.open()
    if (kind === 'running') await runCommand(session, 'true')
    const file = (name: string, text: string) => writeFileSync(join(host.home, name), text)
    file('big', `${'filler line\n'.repeat(300_000)}port 8080\n${'filler line\n'.repeat(1000)}`)
    file('wide', 'x'.repeat(600_000))
    file('huge', `${'needless\n'.repeat(600_000)}end\n`)
    file('small', 'a\n\nb\n')
  })
  afterAll(async () => {
    await session.close({ keep: false })
    await host.stop()
  })

  test('one about a line of a big file does not block the others', async () => {
    const texts = ['line:~/big:/^port \\d+$/', 'file:~/small', '!line:~/wide:/y/', 'sh:exit 0']
    expect(await ask(...texts)).toEqual([
      'true found',
      'true yes',
      'true no such line',
      'true exit 0',
    ])
  })

  test('a line is searched on the host if its pattern requires a literal', async () => {
    expect(await ask('line:~/big:/port 80/', 'line:~/big:/nowhere/')).toEqual([
      'true found',
      'false no such line',
    ])
    expect(probes).toBe(1)
  })

  test('a line is searched in pieces if it does not; beyond the limit the answer is unknown', async () => {
    expect(await ask('line:~/big:/^\\w+ \\d+$/')).toEqual(['true found'])
    const cut = /^false cut after \d+ bytes$/
    const answers = await ask('line:~/huge:/^[x-z]$/', '!line:~/huge:/^[x-z]$/', 'file:~/small')
    expect(answers).toEqual([expect.stringMatching(cut), expect.stringMatching(cut), 'true yes'])
  })

  test('ten checks about big files are all answered', async () => {
    const answers = await ask(...Array.from({ length: 10 }, () => 'line:~/wide:/[y-z]/'))
    expect(new Set(answers)).toEqual(new Set(['false no such line']))
  })

  test('an empty line counts, the end of a file does not', async () => {
    expect(await ask('line:~/small:/^$/', 'line:~/wide:/^$/')).toEqual([
      'true found',
      'false no such line',
    ])
  })

  test('a check that prints without end does not block the others', async () => {
    const flood = 'sh:head -c 3000000 /dev/zero | tr "\\0" "y"'
    expect(await ask(flood, 'file:~/small', 'line:/dev/zero:/a/')).toEqual([
      'true exit 0',
      'true yes',
      'false missing',
    ])
  })

  test('a check that ends the script does not block the others', async () => {
    const answers = await ask('sh:kill -9 $BASHPID $PPID 2>/dev/null; true', 'file:~/small')
    expect(answers.at(-1)).toBe('true yes')
  })
})
