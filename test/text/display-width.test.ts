import { expect, test } from 'vitest'
import { displayWidth } from '../../src/text/display-width.ts'

test.each([
  ['安装 git', 8],
  ['（中）', 6],
  ['e\u0301', 1],
  ['한국어', 6],
  ['ｶﾞ', 2],
  ['✔ ✖ → │ …', 9],
  ['\ue0b0', 1],
  ['\u001b[31mred\u001b[0m', 3],
  ['\u001b]8;;http://x\u0007安装\u001b]8;;\u0007', 4],
  ['❤', 1],
  ['❤️', 2],
  ['👍👍🏿', 4],
  ['👨‍👩‍👧‍👦', 2],
  ['🏳️‍🌈', 2],
  ['🇩🇪🇫🇷', 4],
  ['1️⃣', 2],
])('%j fills %i columns', (text, columns) => {
  expect(displayWidth(text)).toBe(columns)
})
