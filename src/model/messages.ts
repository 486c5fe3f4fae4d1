/** One word for each way in which a step or a run ends. */

import { catalogue } from './message.ts'

export const statusWords = catalogue({
  passed: { en: 'passed', zh: '通过' },
  changed: { en: 'changed', zh: '已修改' },
  skipped: { en: 'skipped', zh: '跳过' },
  failed: { en: 'failed', zh: '失败' },
  confirmed: { en: 'confirmed', zh: '已确认' },
  assumed: { en: 'taken as done', zh: '视为完成' },
  cancelled: { en: 'cancelled', zh: '中断' },
  lost: { en: 'lost', zh: '结果不明' },
  running: { en: 'running', zh: '运行中' },
  unknown: { en: 'unknown', zh: '没有回答' },
  notRun: { en: 'not run', zh: '未运行' },
  edited: { en: 'edited by hand', zh: '手动修改后运行' },
})
