/** What `runbook record` says. */

import { catalogue } from '../../model/message.ts'

export const messages = catalogue({
  nothingGone: {
    en: 'nothing to do: every record belongs to a page and its steps',
    zh: '无需更改：所有验证记录都有对应的页面和步骤',
  },
  gonePage: {
    en: (file: string) => `${file}: its page is gone`,
    zh: (file: string) => `${file}：页面已不存在`,
  },
  goneSteps: {
    en: (file: string, steps: string) => `${file}: steps that are gone: ${steps}`,
    zh: (file: string, steps: string) => `${file}：已不存在的步骤：${steps}`,
  },
  ask: {
    en: 'Remove them? Type `yes`: ',
    zh: '要删除吗？输入 `yes`：',
  },
  removed: {
    en: (count: number) => `removed from ${count} ${count === 1 ? 'file' : 'files'}`,
    zh: (count: number) => `已清理 ${count} 个文件`,
  },
  noTerminal: {
    en: 'nothing was removed: there is no terminal to ask at',
    zh: '没有删除：没有可以询问的终端',
  },
  withYes: { en: 'give `--yes` to remove what is listed', zh: '用 `--yes` 删除列出的内容' },
})
