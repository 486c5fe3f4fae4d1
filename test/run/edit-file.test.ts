import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toBytes } from '../../src/run/byte-text.ts'
import { editFile } from '../../src/run/edit-file.ts'
import { FileProblem } from '../../src/run/file-problem.ts'

type Edit = 'section' | 'line' | 'block' | undefined

const edit = (kind: Edit, content: string, before: string | undefined, path = '/etc/x') =>
  editFile({ edit: kind, path, id: 'policy' }, content, before)

const problem = (kind: Edit, content: string, before: string, path?: string) => {
  try {
    return edit(kind, content, before, path)
  } catch (error) {
    if (error instanceof FileProblem) return error.code
    throw error
  }
}

/** Lines with their ends. */
const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

/** What must hold whatever is edited: `undefined` where it is refused. */
const edited = (kind: Edit, content: string, before: string) => {
  let after: string
  try {
    after = edit(kind, content, before)
  } catch (error) {
    if (error instanceof FileProblem) return undefined
    throw error
  }
  expect(edit(kind, content, after)).toBe(after)
  return after
}

describe('a file step', () => {
  test('without `edit` replaces the file by its text', () => {
    expect(edit(undefined, 'a\n', 'b\n')).toBe('a\n')
    expect(edit(undefined, 'a\n', undefined)).toBe('a\n')
  })

  test('with `edit=line` adds missing lines, once', () => {
    expect(edit('line', 'b\nc\n', 'a\nb')).toBe('a\nb\nc\n')
    expect(edit('line', 'b\nc\nc\n', 'a\nb\n')).toBe('a\nb\nc\n')
    expect(edit('line', 'b\nc\n', 'a\nb\nc\n')).toBe('a\nb\nc\n')
  })

  test('with `edit=block` keeps one marked block', () => {
    const first = edit('block', 'x\n', 'a\n')
    expect(first).toBe('a\n# runbook policy begin\nx\n# runbook policy end\n')
    expect(edit('block', 'y\nz\n', `${first}after\n`)).toBe(
      'a\n# runbook policy begin\ny\nz\n# runbook policy end\nafter\n',
    )
  })

  test.each([
    ['/srv/index.html', '<!-- runbook policy begin -->\nx\n<!-- runbook policy end -->\n'],
    ['/etc/named/db.zone', '; runbook policy begin\nx\n; runbook policy end\n'],
    ['/srv/a.sql', '-- runbook policy begin\nx\n-- runbook policy end\n'],
    ['/srv/style.css', '/* runbook policy begin */\nx\n/* runbook policy end */\n'],
    ['/etc/nginx/sites-enabled/shop', '# runbook policy begin\nx\n# runbook policy end\n'],
  ])('marks a block in %s by a comment of that format', (path, text) => {
    expect(edit('block', 'x\n', '', path)).toBe(text)
    expect(edit('block', 'x\n', text, path)).toBe(text)
  })

  test('with `edit=section` sets keys in their section and leaves the rest', () => {
    const before =
      '# my.cnf\n[client]\nport=1\n\n[mysqld]\ndatadir=/var/lib/mysql\nlower-case-table-names = 0\n\n[other]\nx=1\n'
    const after = edit(
      'section',
      '[mysqld]\nlower_case_table_names = 1\nskip-networking\n\n[new]\na = b\n',
      before,
    )
    expect(after).toBe(
      '# my.cnf\n[client]\nport=1\n\n[mysqld]\ndatadir=/var/lib/mysql\nlower_case_table_names = 1\nskip-networking\n\n[other]\nx=1\n[new]\na = b\n',
    )
    expect(edit('section', '[mysqld]\nlower_case_table_names = 1\n', after)).toBe(after)
  })

  test.each([
    ['a key of several words', '[global]\nlog file = 1\n', '[global]\nlog file = 2\n'],
    ['a key without a section', 'net.ipv4.ip_forward = 1\n', '# x\nnet.ipv4.ip_forward=0\ny=1\n'],
    ['a shell file', 'GRUB_TIMEOUT=1\n', 'GRUB_TIMEOUT=5\nGRUB_X=`lsb_release -i || echo D`\n'],
    ['a colon below a section', '[a]\nport: 2\n', '[a]\nport: 1\n'],
    ['an indented key', '[core]\n\teditor = vi\n', '[core]\n\teditor = nano\n\tpager = less\n'],
    ['a header with a remark', '[a]\nx=2\n', '[a] # first\nx=1\n'],
    ['an include', '[mysqld]\nx=2\n', '[mysqld]\nx=1\n!includedir /etc/my.cnf.d/\n'],
  ])('accepts %s', (_, content, before) => {
    const after = edit('section', content, before)
    expect(after).not.toBe(before)
    expect(after.split('\n')).toHaveLength(before.split('\n').length)
    expect(edit('section', content, after)).toBe(after)
  })
})

describe('a file step refuses to edit', () => {
  test.each([
    ['YAML', 'port: 80\nname: x\n', 'not-ini'],
    ['YAML with an equals sign', 'args: a=b\n', 'not-ini'],
    ['a YAML list', '- a=b\n', 'not-ini'],
    ['JSON', '{"a": 1}\n', 'not-ini'],
    ['XML', '<a b="c"/>\n', 'not-ini'],
    ['nginx', 'server {\n  listen 80;\n}\n', 'not-ini'],
    ['sshd_config', 'Port 22\n', 'not-ini'],
    ['shell code', 'if [ "$x" = y ]; then\n', 'not-ini'],
    ['a key that stands twice', '[a]\nx=1\nx=2\n', 'key-twice'],
    ['a key of another case', '[a]\nX=1\n', 'other-case'],
    ['a section of another case', '[A]\ny=1\n', 'other-case'],
    ['a value over several lines', '[a]\nx = 1\n  2\n', 'long-value'],
    ['a value that a backslash continues', '[a]\nx = 1 \\\n2\n', 'long-value'],
    ['a line that may be part of a value', '[a]\ny = 1\n  x = 2\n', 'unclear-line'],
    ['a last line that goes on', '[a]\ny = 1 \\\n', 'unclear-line'],
    ['bytes that are no text', 'a\0b\n', 'binary'],
    ['lines that end in CR alone', 'a=1\rb=2\r', 'bare-cr'],
  ])('a section of %s', (_, before, code) => {
    expect(problem('section', '[a]\nx = 3\n', before)).toBe(code)
  })

  test.each([
    ['its own text is no ini', 'a: 1\n', 'text-not-ini'],
    ['its own text sets a key twice', '[a]\nExecStart=\nExecStart=/x\n', 'key-twice'],
  ])('a section where %s', (_, content, code) => {
    expect(problem('section', content, '')).toBe(code)
  })

  test.each([
    ['has lost its end', '# runbook policy begin\nx\n', 'block-marks'],
    ['has lost its begin', 'x\n# runbook policy end\n', 'block-marks'],
    ['ends before it begins', '# runbook policy end\n# runbook policy begin\n', 'block-marks'],
    ['stands twice', '# runbook policy begin\n# runbook policy end\n'.repeat(2), 'block-marks'],
    ['is in UTF-16', 'a\0\n\0', 'binary'],
  ])('a block that %s', (_, before, code) => {
    expect(problem('block', 'y\n', before)).toBe(code)
  })

  test('a block in a format without comments, and one that contains its own mark', () => {
    expect(problem('block', 'y\n', '{}\n', '/etc/a.json')).toBe('no-comment')
    expect(problem('block', '# runbook policy end\n', '')).toBe('block-own-mark')
  })
})

describe('for any file, an edit', () => {
  const byte = fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code))
  const word = fc.string({ unit: byte, maxLength: 8 }).map((text) => text.replaceAll(/[\r\n]/g, ''))
  const newline = fc.constantFrom('\n', '\r\n')
  const plain = fc
    .array(fc.tuple(fc.oneof(word, fc.constantFrom('a', 'b', '')), newline))
    .chain((lines) => fc.tuple(fc.constant(lines), word))
    .map(([lines, last]) => lines.map(([text, end]) => text + end).join('') + last)
  const key = fc.constantFrom('a', 'b-c', 'd e', 'caf\xe9')
  const iniLine = fc.oneof(
    fc.tuple(key, word).map(([name, value]) => `${name} = ${value.replaceAll('\\', '/')}`),
    fc.constantFrom('', '# a = 1', '; caf\xe9', '[s]', '[t]', '[caf\xe9 x]'),
  )
  const ini = fc
    .tuple(fc.array(iniLine), newline)
    .map(([lines, end]) => lines.map((line) => line + end).join(''))
  const wanted = fc.tuple(fc.constantFrom('', '[s]\n', '[u]\n'), key, fc.constantFrom('1', '\xe9'))

  test('of lines keeps every byte of the file, uses its line ends, and is idempotent', () => {
    fc.assert(
      fc.property(plain, fc.array(word.filter((each) => each !== '')), (before, lines) => {
        const after = edited('line', lines.map((line) => `${line}\n`).join(''), before)
        if (after === undefined) return
        expect(after.startsWith(before)).toBe(true)
        const ends = new Set(linesOf(before).map((line) => /\r?\n$/.exec(line)?.[0]))
        const added = after.slice(before.length).replace(/^\r?\n/, '')
        const isWindows = ends.size === 1 && ends.has('\r\n')
        const isUnix = ends.size === 1 && ends.has('\n')
        expect(isWindows && /(?<!\r)\n/.test(added)).toBe(false)
        expect(isUnix && added.includes('\r\n')).toBe(false)
      }),
    )
  })

  test('of a block keeps every byte outside it, and is idempotent', () => {
    fc.assert(
      fc.property(plain, plain, word, word, (before, tail, first, second) => {
        const one = edited('block', `${first}\n`, before)
        if (one === undefined) return
        expect(one.startsWith(before)).toBe(true)
        const two = edited('block', `${second}\n`, one + tail)
        if (two === undefined) return
        expect(two.startsWith(before) && two.endsWith(tail)).toBe(true)
      }),
    )
  })

  test('of a section changes or adds one line, and is idempotent', () => {
    fc.assert(
      fc.property(ini, wanted, (before, [section, name, value]) => {
        const after = edited('section', `${section}${name}=${value}\n`, before)
        if (after === undefined || after === before) return
        const [old, next] = [linesOf(before), linesOf(after)]
        const from = next.findIndex((line, index) => line !== old[index])
        const same = [...old].toReversed().findIndex((line, index) => line !== next.at(-1 - index))
        const tail = Math.min(same === -1 ? old.length : same, old.length - from)
        const changed = next.slice(from, next.length - tail)
        expect(changed.length).toBeLessThanOrEqual(section === '' ? 1 : 2)
        expect(changed.join('')).toContain(`${name}=${value}`)
      }),
    )
  })

  test('of text that is not UTF-8, or has CRLF, keeps it unchanged', () => {
    expect(edit('line', toBytes('é\n'), 'caf\xe9\r\n')).toBe('caf\xe9\r\n\xc3\xa9\r\n')
    expect(edit('section', '[a]\nx=2\n', '\xef\xbb\xbf[a]\r\nx=1\r\n# \xff\r\n')).toBe(
      '\xef\xbb\xbf[a]\r\nx=2\r\n# \xff\r\n',
    )
  })
})
