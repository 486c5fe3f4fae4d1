/** Texts of `runbook init`. */

import { catalogue } from '../../model/message.ts'

export const messages = catalogue({
  notAFolder: {
    en: (path: string) => `\`${path}\` is not a folder`,
    zh: (path: string) => `\`${path}\` 不是目录`,
  },
  created: { en: 'created', zh: '已创建' },
  wouldCreate: { en: 'would create', zh: '将创建' },
  kept: { en: 'kept', zh: '已有，不变' },
  next: { en: 'Next:', zh: '接下来：' },
  enter: { en: 'go to the project', zh: '进入项目' },
  lint: { en: 'finds errors in the pages', zh: '检查页面' },
  exec: {
    en: 'runs the first page on this computer and records the result',
    zh: '在本机运行第一个页面，并记录结果',
  },
  sync: { en: 'copies the recorded output into the page', zh: '把记录的输出写进页面' },
  site: { en: 'opens the site for reading', zh: '在浏览器里阅读' },
  hook: { en: 'git then lints before each commit', zh: '以后每次提交前都检查页面' },
  pin: {
    en: 'the workflow and the hook take `runbook` from `package.json`: add it to `devDependencies`',
    zh: '工作流和提交钩子使用 `package.json` 里的 `runbook`：请把它加到 `devDependencies`',
  },
})
