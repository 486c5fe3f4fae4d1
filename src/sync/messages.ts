/** Why a recorded output is not written into its page. */

import { catalogue } from '../model/message.ts'

export const messages = catalogue({
  closesFence: {
    en: 'the output holds a line that would close the fence: use a longer mark, such as ````',
    zh: '输出里有一行会结束代码块：请用更长的标记，如 ````',
  },
  notAsMeant: {
    en: 'with this output the page would mean something else: change it by hand',
    zh: '写入这个输出之后，页面的意思会改变：请手动修改',
  },
  notJson: {
    en: 'what was printed is not JSON: change the fence by hand',
    zh: '输出的不是 JSON：请手动修改代码块',
  },
  inDialog: {
    en: 'its output stands between the lines that are typed: change it by hand',
    zh: '输出夹在键入的各行之间：请手动修改',
  },
  addToGroup: {
    en: 'it is a block of a code group: add an `output` fence by hand, behind the group',
    zh: '它是代码组里的一个代码块：请手动在代码组之后添加 `output` 代码块',
  },
  addToDialog: {
    en: 'it answers questions: add an `output` fence by hand',
    zh: '它会回答提问：请手动添加 `output` 代码块',
  },
  addToLong: {
    en: (lines: number) =>
      `it prints ${lines} lines: add an \`output {match=contains}\` fence with those that matter`,
    zh: (lines: number) =>
      `它输出了 ${lines} 行：请手动添加 \`output {match=contains}\` 代码块，写上重要的几行`,
  },
})
