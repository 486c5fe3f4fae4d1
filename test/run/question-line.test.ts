import { expect, test } from 'vitest'
import { lastLine, looksLikeQuestion } from '../../src/run/dialog.ts'

test.each([
  'Password: ',
  '[sudo] password for u:',
  'Continue? ',
  'Is this ok [y/N]: ',
  'Do you want to continue? [Y/n] ',
  'Are you sure (yes/no)? ',
  'Overwrite (y/n) ',
  'mysql> ',
  '\u001b[1mEnter a value:\u001b[0m ',
  '请输入密码: ',
])('%s is a question', (line) => {
  expect(looksLikeQuestion(line)).toBe(true)
})

test.each(['', '   ', 'Downloading', 'working...', '50% [=====     ]', 'done', '# ', '12%'])(
  '%s is not a question',
  (line) => {
    expect(looksLikeQuestion(line)).toBe(false)
  },
)

test('the last line follows the last newline or carriage return', () => {
  expect(lastLine('a', 'b')).toBe('ab')
  expect(lastLine('a', 'b\nc')).toBe('c')
  expect(lastLine('10%', '\r20%')).toBe('20%')
  expect(lastLine('a', 'b\n')).toBe('')
  expect(lastLine('', 'x'.repeat(10_000))).toHaveLength(4096)
})
