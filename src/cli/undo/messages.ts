/** Texts of `runbook undo`. */

import { catalogue } from '../../model/message.ts'

export const messages = catalogue({
  nothingToUndo: {
    en: 'no runs in this project that changed something and are not undone yet',
    zh: '这个项目里没有改动过内容、又还没有撤销的运行',
  },
  done: {
    en: (run: string, by: string) => `${run}: undone already by ${by}; nothing is left to do`,
    zh: (run: string, by: string) => `${run}：已由 ${by} 撤销，没有要做的了`,
  },
  unchanged: {
    en: (run: string) => `${run}: changed nothing; nothing is left to do`,
    zh: (run: string) => `${run}：没有改动什么，没有要撤销的`,
  },
  none: {
    en: (run: string) =>
      `${run}: nothing can be undone: no step that it did names \`undo=\`, and it changed no file`,
    zh: (run: string) => `${run}：没有可以撤销的：运行过的步骤都没有写 \`undo=\`，也没有改动文件`,
  },
  noUndoOfInput: {
    en: 'a page from standard input cannot be undone',
    zh: '来自标准输入的页面不能撤销',
  },
})
