import {
  chmodSync,
  lstatSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectWith, runCli } from './run-cli.ts'

const latin = Buffer.from('# T\n\ncaf\xe9 \x80\xff\n\n', 'latin1')
const steps =
  '```bash {#one}\necho 1\n```\n\n```bash {#two}\nprintf "a\\nb\\n"\n```\n\n```output\nold\n```\n\n'
const tail = Buffer.concat([
  Buffer.from('\xe9\n\n', 'latin1'),
  Buffer.from('```output {for=one}\n0\n```\n'),
])
const page = Buffer.concat([latin, Buffer.from(steps), tail])

test('`sync --write` changes the fences only: other bytes, the link and the mode stay', async () => {
  const cwd = projectWith({ 'a.md': '' })
  writeFileSync(join(cwd, 'real.txt'), page)
  renameSync(join(cwd, 'a.md'), join(cwd, 'unused.txt'))
  chmodSync(join(cwd, 'real.txt'), 0o664)
  symlinkSync('real.txt', join(cwd, 'a.md'))
  expect(await runCli(['exec', 'a.md', '--record', '--update'], { cwd })).toMatchObject({ code: 0 })
  expect(await runCli(['sync', 'a.md', '--write'], { cwd })).toMatchObject({ code: 0 })
  const wanted = Buffer.concat([
    latin,
    Buffer.from(steps.replace('old', 'a\nb')),
    Buffer.from(tail.toString('latin1').replace('\n0\n', '\n1\n'), 'latin1'),
  ])
  expect(readFileSync(join(cwd, 'real.txt')).equals(wanted)).toBe(true)
  expect(lstatSync(join(cwd, 'a.md')).isSymbolicLink()).toBe(true)
  expect((statSync(join(cwd, 'real.txt')).mode & 0o777).toString(8)).toBe('664')
})

test('`lint --fix` keeps bytes that are not UTF-8, in the same line too', async () => {
  const text = Buffer.concat([latin, Buffer.from('```bash {#a}\n$ echo 1\n```\n'), latin])
  const cwd = projectWith({ 'a.md': '' })
  writeFileSync(join(cwd, 'a.md'), text)
  const { stdout } = await runCli(['lint', 'a.md', '--fix'], { cwd })
  expect(stdout).toContain('1 fixed')
  const fixed = readFileSync(join(cwd, 'a.md'))
  expect(fixed.subarray(0, latin.length).equals(latin)).toBe(true)
  expect(fixed.subarray(-latin.length).equals(latin)).toBe(true)
})
