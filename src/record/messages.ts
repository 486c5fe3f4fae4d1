/** What is wrong with a verified record, or keeps it from being put into its page. */

import { catalogue } from '../model/message.ts'

export const messages = catalogue({
  unusable: {
    en: (file: string, why: string) =>
      `${file}: ${why}; record the page on that platform again (\`runbook exec PAGE --record\`), restore the file, or delete it`,
    zh: (file: string, why: string) =>
      `${file}：${why}；请在那个平台上重新记录（\`runbook exec PAGE --record\`），或恢复、删除这个文件`,
  },
  notARecord: {
    en: (where: string) => `not a record (${where})`,
    zh: (where: string) => `不是验证记录（${where}）`,
  },
  notAPlatform: {
    en: (page: string, platform: string) => `${page}: \`${platform}\` is not a platform`,
    zh: (page: string, platform: string) => `${page}：\`${platform}\` 不是平台的名称`,
  },
  closesFence: {
    en: 'the output holds a line that would close the fence: use a longer mark, such as ````',
    zh: '输出里有一行会结束代码块：请用更长的标记，如 ````',
  },
  notAsMeant: {
    en: 'with this output the page would mean something else: change the fence by hand',
    zh: '写入这个输出之后，页面的意思会改变：请手动修改代码块',
  },
})
