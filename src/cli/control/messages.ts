/** What keeps a run from being shown by another program. */

import { catalogue } from '../../model/message.ts'

export const messages = catalogue({
  needsPipe: {
    en: '`--control` needs a socket on descriptor 3',
    zh: '`--control` 需要描述符 3 上有套接字',
  },
  useServe: {
    en: '`runbook serve` starts runs this way',
    zh: '`runbook serve` 以这种方式启动运行',
  },
  pageChanged: {
    en: (page: string) => `\`${page}\` has changed since it was looked at`,
    zh: (page: string) => `\`${page}\` 在查看之后被改动`,
  },
  planAgain: {
    en: 'load the page again',
    zh: '请重新载入页面',
  },
})
