import { expect, test } from 'vitest'
import { detectKind } from '../../src/import/detect-kind.ts'
import { importPage } from '../../src/import/import-page.ts'

test.each([
  ['a session', '[root@a ~]# ls\nx\n', 'transcript'],
  [
    'a session behind a greeting',
    'Last login: Mon\n[root@a ~]# cat > x <<EOF\n> hi\n> EOF\n',
    'transcript',
  ],
  ['words and then a prompt', 'Install it:\n$ yum install git\nThen go on.\n', 'tutorial'],
  ['a history with numbers', '  501  ls\n  502  cd /tmp\n  503  git status\n', 'history'],
  ['a history with stamps', '#1700000000\nls\n#1700000001\ncd\n', 'history'],
  ['a list with numbers', '1. Install\n2. Start\n', 'tutorial'],
] as const)('%s', (_, text, kind) => {
  expect(detectKind('a.txt', text)).toBe(kind)
})

test('a text without a command is a page, and a decision', () => {
  const { decisions } = importPage('a.txt', 'Some words.\n\nMore words.\n', undefined)
  expect(decisions.map(({ message }) => message.en)).toContain(
    'no line was recognised as a command',
  )
})
