import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { channelScripts, folderFiles } from '../../src/shell/host-programs.ts'

const folder = fileURLToPath(new URL('../../src/shell/host/', import.meta.url))
const programs = readdirSync(folder).filter((name) => /\.(?:sh|py|pl)$/.test(name))
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8')

describe('a program for hosts', () => {
  test.each(programs)('%s begins with a comment about its purpose', (name) => {
    const [first = '', second = ''] = textOf(name).split('\n')
    expect(name.endsWith('.sh') ? second : first).toMatch(/^(?:# |""")[A-Z].{20}/)
  })

  test.each(programs)('%s is used, and has no placeholder for values', (name) => {
    const used = [
      ...Object.values(channelScripts).map((script) => script()),
      ...Object.values(folderFiles()),
    ]
    const lines = textOf(name)
      .split('\n')
      .map((line) => (name.endsWith('.sh') ? line.trimStart() : line))
    const last = lines.findLast((line) => line !== '' && !line.startsWith('#')) ?? ''
    expect(used.some((text) => text.includes(last))).toBe(true)
    expect(textOf(name)).not.toMatch(/@[a-z-]+@|\{\{/)
  })

  test.each(Object.entries(folderFiles()).filter(([name]) => !name.includes('.')))(
    '%s of a run’s folder can be read by bash',
    (_name, text) => {
      expect(execFileSync('bash', ['-n'], { input: text }).toString()).toBe('')
    },
  )

  test.each(Object.entries(channelScripts))(
    '%s on a channel can be read by bash',
    (_name, script) => {
      expect(execFileSync('bash', ['-n'], { input: script() }).toString()).toBe('')
    },
  )

  test('is described in PROTOCOL.md if it is a file of the run’s folder', () => {
    const protocol = textOf('PROTOCOL.md')
    for (const name of ['in', 'out', 'seq', 'saved', 'nonce', 'reserve', 'stop', 'said']) {
      expect(protocol).toContain(`\`${name}\``)
    }
  })
})

test('the bundled program holds all of them', () => {
  const bundle = readFileSync(new URL('../../dist/cli.cjs', import.meta.url), 'utf8')
  for (const name of programs) expect(bundle).toContain(`"${name}":`)
})
