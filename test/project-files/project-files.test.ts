import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { projectRoot } from '../../src/project-files/project-root.ts'
import { readInside, readNamed } from '../../src/project-files/read-file.ts'
import { realInside, realNamed } from '../../src/project-files/real-place.ts'
import { writeInside } from '../../src/project-files/write-whole.ts'

const refusal = /not in the project|cannot be used|git's own/

let top = ''
let root = ''

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'runbook-files-'))
  root = join(top, 'project')
  mkdirSync(join(root, 'pages'), { recursive: true })
  mkdirSync(join(top, 'outside'))
  writeFileSync(join(top, 'outside/secret.md'), 'secret\n')
  writeFileSync(join(root, 'pages/a.md'), 'a\n')
})
afterEach(() => rmSync(top, { recursive: true, force: true }))

/** What a repository may bring, and the path in it that a command uses. */
const traps: readonly (readonly [string, () => string])[] = [
  ['a link to a file outside', () => linked('pages/x.md', '../../outside/secret.md')],
  ['an absolute link', () => linked('pages/x.md', join(top, 'outside/secret.md'))],
  ['a link to a folder outside', () => `${linked('pages/sub', join(top, 'outside'))}/secret.md`],
  [
    'a link of a link',
    () => {
      linked('pages/one', join(top, 'outside'))
      return linked('pages/x.md', 'one/secret.md')
    },
  ],
  ['a link that leads nowhere', () => linked('pages/x.md', join(top, 'outside/new.md'))],
  ['a link in a circle', () => linked('pages/x.md', 'x.md')],
  ['a link to a device', () => linked('pages/x.md', '/dev/zero')],
  [
    "a link into git's own folder",
    () => {
      mkdirSync(join(root, '.git/hooks'), { recursive: true })
      return linked('pages/x.md', '../.git/config')
    },
  ],
  ['dots', () => join(root, 'pages/../../outside/secret.md')],
  [
    'a folder whose name begins as the project',
    () => {
      mkdirSync(join(top, 'project2'))
      writeFileSync(join(top, 'project2/x.md'), 'secret\n')
      return linked('pages/x.md', join(top, 'project2/x.md'))
    },
  ],
]

function linked(path: string, target: string): string {
  symlinkSync(target, join(root, path))
  return join(root, path)
}

describe('a path that leads out of the project is refused', () => {
  test.each(traps)('%s', async (_, make) => {
    const path = make()
    expect(() => realInside(root, path)).toThrow(refusal)
    expect(() => readInside(root, path)).toThrow(refusal)
    await expect(writeInside(root, path, 'x')).rejects.toThrow(refusal)
    expect(readFileSync(join(top, 'outside/secret.md'), 'utf8')).toBe('secret\n')
    expect(existsSync(join(top, 'outside/new.md'))).toBe(false)
  })

  test.each(traps.filter(([name]) => name !== 'dots'))(
    'also where a person names it: %s',
    (_, make) => {
      const path = make()
      expect(() => realNamed(root, path)).toThrow(refusal)
    },
  )
})

describe('honest paths are accepted', () => {
  test('a link to another file of the project, a linked home, a file that does not exist yet', async () => {
    const link = linked('pages/x.md', 'a.md')
    symlinkSync(top, join(top, 'home'))
    const viaHome = join(top, 'home/project')
    expect(readInside(root, link).toString()).toBe('a\n')
    expect(readInside(viaHome, join(viaHome, 'pages/x.md')).toString()).toBe('a\n')
    expect(readInside(root, join(viaHome, 'pages/a.md')).toString()).toBe('a\n')
    await writeInside(viaHome, join(viaHome, 'new/folder/b.md'), 'b\n')
    expect(readFileSync(join(root, 'new/folder/b.md'), 'utf8')).toBe('b\n')
    await writeInside(root, link, 'A\n')
    expect(readFileSync(join(root, 'pages/a.md'), 'utf8')).toBe('A\n')
  })

  test('a name that begins with dots, and a page that a person names anywhere', () => {
    writeFileSync(join(root, '..notes.md'), 'n\n')
    expect(readInside(root, join(root, '..notes.md')).toString()).toBe('n\n')
    symlinkSync(join(top, 'outside/secret.md'), join(top, 'mine.md'))
    expect(readNamed(realNamed(root, join(top, 'mine.md'))).toString()).toBe('secret\n')
  })

  test('the project is the nearest folder with `runbook.yml`, else with `.git`', () => {
    mkdirSync(join(root, '.git'))
    expect(projectRoot(join(root, 'pages'))).toBe(root)
    writeFileSync(join(root, 'pages/runbook.yml'), '')
    expect(projectRoot(join(root, 'pages'))).toBe(join(root, 'pages'))
    expect(projectRoot(join(top, 'outside'))).toBe(join(top, 'outside'))
  })
})

describe('only regular files up to a size are read', () => {
  test('a pipe, a folder, a file that is too large', () => {
    execFileSync('mkfifo', [join(root, 'pages/pipe.md')])
    expect(() => readInside(root, join(root, 'pages/pipe.md'))).toThrow('not a regular file')
    expect(() => readInside(root, join(root, 'pages'))).toThrow('not a regular file')
    truncateSync(join(root, 'pages/a.md'), 64 * 1024 ** 3)
    expect(() => readInside(root, join(root, 'pages/a.md'))).toThrow('is larger than 16 MiB')
  })

  test('a person may name a device, which is read up to the same size', () => {
    expect(() => readNamed('/dev/zero', 1024 * 1024)).toThrow('is larger than 1 MiB')
    writeFileSync(join(top, 'b.md'), 'x'.repeat(200_000))
    expect(readNamed(join(top, 'b.md')).length).toBe(200_000)
  })
})
