/** Texts of `runbook export`. */

import { catalogue } from '../../model/message.ts'

export const messages = catalogue({
  onePage: { en: 'give one page', zh: '请只写一个页面' },
  wholePage: { en: 'a page is exported whole: leave the step out', zh: '导出整个页面：去掉步骤名' },
  note: {
    en: (place: string, problem: string) => `note: ${place}: ${problem}`,
    zh: (place: string, problem: string) => `注意：${place}：${problem}`,
  },
  ofStep: {
    en: (id: string, problem: string) => `step \`${id}\`: ${problem}`,
    zh: (id: string, problem: string) => `步骤 \`${id}\`：${problem}`,
  },
})
