/** Sentences about checks. The checks' own sentences are in `check-words-*.ts`. */

import { catalogue, type Message, verbatim } from '../model/message.ts'
import { valueOf } from '../model/named.ts'

export const messages = catalogue({
  noAnswer: {
    en: (condition: string) => `the host did not answer whether ${condition}`,
    zh: (condition: string) => `主机没有回答这个检查：${condition}`,
  },
  notKnown: {
    en: (condition: string, why: string) => `not known whether ${condition} (${why})`,
    zh: (condition: string, why: string) => `这个检查无法判断：${condition}（${why}）`,
  },
  withDetail: {
    en: (condition: string, detail: string) => `${condition} (${detail})`,
    zh: (condition: string, detail: string) => `${condition}（${detail}）`,
  },
})

/** Fixed answers of the script in `ask-checks.ts`. */
const answers: Readonly<Record<string, Message>> = catalogue({
  'a file': { en: 'a file', zh: '是文件' },
  'a folder': { en: 'a folder', zh: '是目录' },
  active: { en: 'active', zh: '正在运行' },
  failed: { en: 'failed', zh: '启动失败' },
  found: { en: 'found', zh: '找到' },
  inactive: { en: 'inactive', zh: '没有运行' },
  'it is not': { en: 'it is not', zh: '不是' },
  missing: { en: 'missing', zh: '不存在' },
  'needs curl or wget': { en: 'needs curl or wget', zh: '需要 curl 或 wget' },
  no: { en: 'no', zh: '否' },
  'no answer': { en: 'no answer', zh: '没有应答' },
  'no package manager known': { en: 'no package manager known', zh: '没有已知的包管理器' },
  'not asked': { en: 'not asked', zh: '没有检查' },
  'not found': { en: 'not found', zh: '没有找到' },
  'not installed': { en: 'not installed', zh: '没有安装' },
  'not listening': { en: 'not listening', zh: '没有监听' },
  'not reachable': { en: 'not reachable', zh: '连不上' },
  'not run': { en: 'not run', zh: '没有运行过' },
  'not set': { en: 'not set', zh: '没有设置' },
  passed: { en: 'passed', zh: '已通过' },
  set: { en: 'set', zh: '已设置' },
  'version unknown': { en: 'version unknown', zh: '版本未知' },
  yes: { en: 'yes', zh: '是' },
})

/** @param actual - `CheckAnswer.actual`; output of a program is shown unchanged. */
export function foundMessage(actual: string): Message {
  const [, exit] = /^exit (\d+)$/.exec(actual) ?? []
  if (exit !== undefined) return { en: actual, zh: `退出状态 ${exit}` }
  return valueOf(answers, actual) ?? verbatim(actual)
}
