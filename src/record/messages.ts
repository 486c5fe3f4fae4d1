/** Errors in a record. */

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
})
