/** `exec --watch`: real saves of a real file, waited for by what the program says. */

import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { program, projectWith, runCli } from '../run-cli.ts'

const step = (id: string, text: string, more = '') =>
  `\`\`\`bash {#${id} ${more}}\n${text}\n\`\`\`\n\n`
const output = (text: string) => `\`\`\`output\n${text}\n\`\`\`\n\n`

const one = step('one', 'echo one >>trail; X=kept; mkdir -p sub; cd sub')
const two = (text: string) => step('two', `echo ${text} >>../trail`)
const three = step('three', 'echo "three $X" >>../trail')

const expecting = (expected: string) =>
  one + step('two', 'echo 2; echo 2 >>../trail') + output(expected)

interface Watching {
  readonly cwd: string
  readonly trail: () => string
  readonly said: () => string
  /** As many times as it has waited for a save. */
  waits(times: number): Promise<void>
  save(text: string): void
  end(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals | null>
}

function watching(page: string, words: readonly string[] = []): Watching {
  const cwd = projectWith({ 'a.md': page })
  const args = [program, 'exec', 'a.md', '--watch', '--lang', 'en', ...words]
  const env = { ...process.env, XDG_STATE_HOME: join(cwd, 'state'), NO_COLOR: '1' }
  const child = spawn(process.execPath, args, { cwd, env })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? signal))
  })
  return {
    cwd,
    said: () => said,
    trail: () => (existsSync(join(cwd, 'trail')) ? readFileSync(join(cwd, 'trail'), 'utf8') : ''),
    waits: (times) =>
      expect.poll(() => said.split('watching a.md').length - 1, { timeout: 30_000 }).toBe(times),
    save: (text) => writeFileSync(join(cwd, 'a.md'), text),
    end: async (signal = 'SIGINT') => {
      child.kill(signal)
      return ended
    },
  }
}

describe('a save', () => {
  test('goes on from the first changed step, in the kept shell', async () => {
    const run = watching(one + two('two') + three)
    await run.waits(1)
    expect(run.trail()).toBe('one\ntwo\nthree kept\n')
    run.save(one + two('2') + three)
    await run.waits(2)
    expect(run.trail()).toBe('one\ntwo\nthree kept\n2\nthree kept\n')
    run.save(`${one}${two('2')}${three}${step('four', 'echo "four $X" >>../trail')}`)
    await run.waits(3)
    expect(run.trail()).toBe('one\ntwo\nthree kept\n2\nthree kept\nfour kept\n')
    expect(await run.end()).toBe(130)
    // A run that has passed leaves nothing on its host.
    const state = join(run.cwd, 'state/runbook')
    expect(existsSync(state) ? readdirSync(state) : []).toEqual([])
  })

  test('of the first step starts again in the folder of the page', async () => {
    const run = watching(one + three)
    await run.waits(1)
    run.save(one.replace('echo one', 'echo 1') + three)
    await run.waits(2)
    expect(run.trail()).toBe('one\nthree kept\n1\nthree kept\n')
    await run.end()
  })

  test('of a step that failed tries it again, and only it', async () => {
    const run = watching(one + step('two', 'false') + three)
    await run.waits(1)
    expect(run.trail()).toBe('one\n')
    run.save(one + two('2') + three)
    await run.waits(2)
    expect(run.trail()).toBe('one\n2\nthree kept\n')
    await run.end()
  })

  test('of an expected output counts as a change of its step', async () => {
    const run = watching(expecting('2'))
    await run.waits(1)
    run.save(expecting('3'))
    await run.waits(2)
    expect(run.trail()).toBe('one\n2\n2\n')
    expect(run.said()).toContain('RB2001')
    run.save(expecting('<...>'))
    await run.waits(3)
    expect(run.trail()).toBe('one\n2\n2\n2\n')
    await run.end()
  })

  test('of prose runs nothing', async () => {
    const run = watching(one + three)
    await run.waits(1)
    run.save(`# Words\n\n${one}${three}`)
    await run.waits(2)
    expect(run.said()).toContain('no step has changed')
    expect(run.trail()).toBe('one\nthree kept\n')
    await run.end()
  })

  test('by an editor that replaces the file is seen', async () => {
    const run = watching(one + two('two'))
    await run.waits(1)
    writeFileSync(join(run.cwd, '.a.md.swp'), one + two('2'))
    renameSync(join(run.cwd, '.a.md.swp'), join(run.cwd, 'a.md'))
    await run.waits(2)
    expect(run.trail()).toBe('one\ntwo\n2\n')
    await run.end()
  })

  test('with an error shows it and waits for the next', async () => {
    const run = watching(one + two('two'))
    await run.waits(1)
    run.save(one + two('2').replace('{#two }', '{#two timout=3s}'))
    await run.waits(2)
    expect(run.said()).toContain('error[RB0101]: unknown attribute `timout`')
    expect(run.trail()).toBe('one\ntwo\n')
    run.save(one + two('2'))
    await run.waits(3)
    expect(run.trail()).toBe('one\ntwo\n2\n')
    await run.end()
  })

  test('while a step runs is taken after it', async () => {
    const run = watching(step('one', 'touch begun; sleep 2; echo one >>trail'))
    await expect.poll(() => existsSync(join(run.cwd, 'begun')), { timeout: 20_000 }).toBe(true)
    run.save(step('one', 'echo 1 >>trail'))
    await run.waits(2)
    expect(run.trail()).toBe('one\n1\n')
    await run.end()
  })
})

test('Ctrl-C during a step ends it, and its clean-up runs', async () => {
  const run = watching(
    step('long', 'touch begun; sleep 100') + step('tidy', 'touch tidied', 'always'),
  )
  await expect.poll(() => existsSync(join(run.cwd, 'begun')), { timeout: 20_000 }).toBe(true)
  expect(await run.end()).toBe(130)
  expect(existsSync(join(run.cwd, 'tidied'))).toBe(true)
})

test('one run is kept, with every life of it', async () => {
  const run = watching(one + two('two'))
  await run.waits(1)
  run.save(one + two('2'))
  await run.waits(2)
  await run.end('SIGTERM')
  const runs = readdirSync(join(run.cwd, '.runbook/runs'))
  expect(runs).toHaveLength(1)
  const { stdout } = await runCli(['show', '--json'], { cwd: run.cwd })
  expect(stdout.match(/"kind":"run-started"/g)).toHaveLength(2)
})

test.each([['--twice'], ['--dry-run'], ['--step']])('%s has no place beside it', async (flag) => {
  const cwd = projectWith({ 'a.md': one })
  const { code, stderr } = await runCli(['exec', 'a.md', '--watch', flag], { cwd })
  expect(code).toBe(2)
  expect(stderr).toContain('cannot be used with')
})
