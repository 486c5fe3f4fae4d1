/** The package brings what its README links to. */

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { z } from 'zod'

const root = fileURLToPath(new URL('../../', import.meta.url))
const packed = z.array(z.object({ files: z.array(z.object({ path: z.string() })) }))

test('every link of the README leads to a file of the package', () => {
  const text = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  })
  const files = packed.parse(JSON.parse(text)).flatMap((each) => each.files.map(({ path }) => path))
  const readme = readFileSync(`${root}README.md`, 'utf8')
  const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, link = '']) => link)
  expect(links.length).toBeGreaterThan(10)
  const lost = links.filter(
    (link) => !files.some((file) => file === link || file.startsWith(`${link}/`)),
  )
  expect(lost).toEqual([])
})
