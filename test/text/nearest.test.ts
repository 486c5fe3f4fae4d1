import { expect, test } from 'vitest'
import { cutMiddle, displayWidth, padDisplay } from '../../src/text/display-width.ts'
import { nearest } from '../../src/text/nearest.ts'
import { visibleText } from '../../src/text/visible-text.ts'

test.each([
  ['timout', 'timeout'],
  ['fiel', 'file'],
  ['neds', 'needs'],
  ['linenos', undefined],
  ['x', undefined],
])('the nearest name to `%s` is %s', (name, meant) => {
  expect(nearest(name, ['timeout', 'file', 'needs', 'user'])).toBe(meant)
})

test('widths count two columns for a Chinese character', () => {
  expect(displayWidth('安装 git')).toBe(8)
  expect(padDisplay('安装', 6)).toBe('安装  ')
  expect(displayWidth(cutMiddle('安装安装安装安装', 9))).toBeLessThanOrEqual(9)
})

test('text that could deceive a terminal or a reader is shown as an escape', () => {
  expect(visibleText('a\u001b]52;c;x\u0007b\u202Ec\r')).toBe('a\\x1b]52;c;x\\x07b\\u{202e}c\\x0d')
})
