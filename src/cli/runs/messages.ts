/** Texts about runs. */

import { catalogue } from '../../model/message.ts'

/** How a run ended. */
export const runStatuses = catalogue({
  passed: { en: 'passed', zh: '通过' },
  failed: { en: 'failed', zh: '失败' },
  cancelled: { en: 'cancelled', zh: '已中断' },
  lost: { en: 'lost', zh: '结果不明' },
  unfinished: { en: 'unfinished', zh: '未完成' },
  unreadable: { en: 'unreadable', zh: '无法读取' },
})

export const messages = catalogue({
  undone: {
    en: (status: string) => `${status}, undone`,
    zh: (status: string) => `${status}，已撤销`,
  },
  notUsed: {
    en: (what: string, why: string) => `${what}  (not trusted: ${why})`,
    zh: (what: string, why: string) => `${what}  （不能使用：${why}）`,
  },
  forgotten: {
    en: (run: string) => `${run}: forgotten`,
    zh: (run: string) => `${run}：已删除`,
  },
  backupsKept: {
    en: (host: string, run: string, why: string) =>
      `${host}: the backups of ${run} were not removed: ${why}`,
    zh: (host: string, run: string, why: string) => `${host}：${run} 的备份没有删除：${why}`,
  },
  theRun: {
    en: (run: string, about: string) => `run ${run} · ${about}`,
    zh: (run: string, about: string) => `运行 ${run} · ${about}`,
  },
})
