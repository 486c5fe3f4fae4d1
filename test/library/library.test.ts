import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { HostSession } from 'runbook'
import { runPage } from './run-page.ts'

const documented = readFileSync(new URL('../../docs/LIBRARY.md', import.meta.url), 'utf8')

/** A host that answers every command with its own text: ports are all that the engine knows. */
const echo: HostSession = {
  name: 'echo',
  address: 'nowhere',
  hostKey: null,
  facts: {
    osId: 'debian',
    osLike: [],
    osVersion: '12',
    osName: 'Debian',
    arch: 'x86_64',
    kernel: '6.1',
    user: 'root',
    hostName: 'echo',
    bootId: '',
    bash: '5.2',
    machineId: '',
    endsWithLogin: false,
  },
  openAt: async () => {},
  async *awaitReboot() {},
  async *run(batch) {
    for (const { command } of batch) {
      yield { kind: 'sending', frame: { user: null, number: 1, out: 0, err: 0 } }
      yield { kind: 'output', stream: 'merged', text: `${command}\n` }
      yield { kind: 'ended', end: { kind: 'exited', status: 0, note: undefined }, durationMs: 1 }
    }
  },
  probe: async () => ({ status: 0, stdout: '', stderr: '', isCut: false }),
  startBackground: async () => ({ kind: 'started', pid: 1 }),
  backgroundState: async () => ({ running: true, status: null, output: '' }),
  stopBackground: async () => {},
  close: async () => [],
}

const text = (expected: string) =>
  `\`\`\`bash {#hello}\nhello\n\`\`\`\n\`\`\`output\n${expected}\n\`\`\`\n`

describe('the example of docs/LIBRARY.md', () => {
  test('is the file that these tests run', () => {
    const example = readFileSync(new URL('run-page.ts', import.meta.url), 'utf8')
    expect(documented).toContain(`\`\`\`ts\n${example}\`\`\`\n`)
  })

  test('parses, plans and runs a page on the host that it is given', async () => {
    let printed = ''
    const state = await runPage('page.md', text('hello'), echo, (more) => (printed += more))
    expect(state.ended).toMatchObject({ status: 'passed', exit: 0, counts: { passed: 1 } })
    expect(printed).toBe('hello\n')
  })

  test('reports the failure of a step in the state', async () => {
    const state = await runPage('page.md', text('good bye'), echo, () => {})
    expect(state.ended).toMatchObject({ status: 'failed', exit: 1, counts: { failed: 1 } })
    expect(state.steps.get('page#hello@echo')).toMatchObject({ reason: 'output' })
  })

  test('refuses a page with a problem', async () => {
    const page = '```bash {timeout=30}\ntrue\n```\n'
    await expect(runPage('page.md', page, echo, () => {})).rejects.toThrow('page.md:1:')
  })
})

test('every export is named in docs/LIBRARY.md, and nothing else', () => {
  const source = readFileSync(new URL('../../src/index.ts', import.meta.url), 'utf8')
  const exported = [...source.matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, names = '']) =>
    names.split(',').flatMap((name) => name.replace('type ', '').trim() || []),
  )
  const [, table = ''] = /## Exports\n([\s\S]*?)\n## /.exec(documented) ?? []
  const named = [...table.matchAll(/`(\w+)`/g)].map(([, name = '']) => name)
  expect(named.filter((name) => name !== 'help').toSorted()).toEqual(exported.toSorted())
})
