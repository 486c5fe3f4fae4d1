/** Why a recorded output is not written into its page. */

import { catalogue } from '../model/message.ts'

export const messages = catalogue({
  closesFence: {
    en: 'the output holds a line that would close the fence: use a longer mark, such as ````',
    zh: '输出中有一行会被当作代码块的结束标记：请改用更长的标记，如 ````',
  },
  notAsMeant: {
    en: 'with this output the page would mean something else: change it by hand',
    zh: '写入该输出会改变页面的含义：请手动修改',
  },
  notJson: {
    en: 'what was printed is not JSON: change the fence by hand',
    zh: '输出的不是 JSON：请手动修改代码块',
  },
  inDialog: {
    en: 'its output is interleaved with typed input: change it by hand',
    zh: '输出与输入的内容交错出现：请手动修改',
  },
  otherwiseOn: {
    en: (platforms: string) =>
      `${platforms} printed something else: write a hole where they differ, or a variant`,
    zh: (platforms: string) => `${platforms} 上的输出不同：请在不同之处写占位符，或分成多个变体`,
  },
  stale: {
    en: 'it has changed since it was recorded: run the page again with `--record`',
    zh: '记录之后这一步已经改动：请用 `--record` 重新运行页面',
  },
  addToGroup: {
    en: 'it is a block of a code group: add an `output` fence by hand, behind the group',
    zh: '这一步是代码组里的一个代码块：请手动在代码组之后添加 `output` 代码块',
  },
  addToDialog: {
    en: 'it answers questions: add an `output` fence by hand',
    zh: '这一步包含交互式应答：请手动添加 `output` 代码块',
  },
  addToLong: {
    en: (lines: number) =>
      `it prints ${lines} lines: add an \`output {match=contains}\` fence with those that matter`,
    zh: (lines: number) =>
      `这一步输出了 ${lines} 行：请手动添加 \`output {match=contains}\` 代码块，写上重要的几行`,
  },
})
