import { describe, expect, test } from 'vitest'
import { editFile } from '../../src/run/edit-file.ts'

const edit = (
  kind: 'section' | 'line' | 'block' | undefined,
  content: string,
  before: string | undefined,
) => editFile({ edit: kind, path: '/etc/x', id: 'policy' }, content, before)

describe('a file step', () => {
  test('without `edit` makes the file its text', () => {
    expect(edit(undefined, 'a\n', 'b\n')).toBe('a\n')
    expect(edit(undefined, 'a\n', undefined)).toBe('a\n')
  })

  test('with `edit=line` adds the lines that are missing, once', () => {
    expect(edit('line', 'b\nc\n', 'a\nb')).toBe('a\nb\nc\n')
    expect(edit('line', 'b\nc\n', 'a\nb\nc\n')).toBe('a\nb\nc\n')
  })

  test('with `edit=block` keeps one marked block', () => {
    const first = edit('block', 'x\n', 'a\n')
    expect(first).toBe('a\n# runbook policy begin\nx\n# runbook policy end\n')
    expect(edit('block', 'y\nz\n', `${first}after\n`)).toBe(
      'a\n# runbook policy begin\ny\nz\n# runbook policy end\nafter\n',
    )
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
})
