/** Questions at the terminal. The answering keys are the same in every language. */

import { catalogue } from '../../model/message.ts'

export const messages = catalogue({
  stepMenu: {
    en: '[Enter] run  s skip  e edit  j jump  o shell  p plan  q quit  ? help: ',
    zh: '[Enter] 执行  s 跳过  e 修改  j 跳到  o 主机的 shell  p 计划  q 停止  ? 说明: ',
  },
  stepHelp: {
    en: 'o opens a shell of its own on the host; what you edit runs this once, is noted as a deviation and is not recorded as verified; jump takes the id of a step, before or after.',
    zh: 'o 在主机上另开一个 shell；修改过的内容只在这一次运行，会记为偏离，不会写进验证记录；j 输入步骤的 id，往前往后都可以。',
  },
  whichStep: { en: 'step: ', zh: '步骤: ' },
  nothingToEdit: { en: 'a manual step has nothing to edit', zh: '人工步骤没有可以修改的内容' },
  notEdited: { en: 'nothing was changed', zh: '没有修改' },
  noSuchStep: {
    en: (id: string) => `no such step: ${id}`,
    zh: (id: string) => `没有步骤 ${id}`,
  },
  typeToContinue: {
    en: (id: string, stop: string) => ` ?  type ${id} to continue, ${stop} to stop: `,
    zh: (id: string, stop: string) => ` ?  输入 ${id} 继续，${stop} 停止: `,
  },
  lostMenu: {
    en: (why: string) => ` ?  ${why}\n    [r] run it again  [d] take it as done  [q] quit: `,
    zh: (why: string) => ` ?  ${why}\n    [r] 再运行一次  [d] 按已完成处理  [q] 停止: `,
  },
  manualMenu: {
    en: ' ?  [d] done  [s] skip  [q] quit: ',
    zh: ' ?  [d] 已完成  [s] 跳过  [q] 停止: ',
  },
  failureMenu: {
    en: (id: string) => ` ✘  ${id}  [r] try again  [s] skip  [q] quit: `,
    zh: (id: string) => ` ✘  ${id}  [r] 重试  [s] 跳过  [q] 停止: `,
  },
  typeOneOf: {
    en: (keys: string) => `    type one of: ${keys}`,
    zh: (keys: string) => `    请输入：${keys}`,
  },
  notAnAnswer: {
    en: (typed: string, keys: string) => `    not an answer: ${typed}; type one of: ${keys}`,
    zh: (typed: string, keys: string) => `    不认识 ${typed}，请输入：${keys}`,
  },
})
