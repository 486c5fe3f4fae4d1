/** What `runbook serve` says. */

import { catalogue } from '../../model/message.ts'

export const messages = catalogue({
  open: {
    en: (url: string) => `open ${url}`,
    zh: (url: string) => `请打开 ${url}`,
  },
  already: {
    en: (pid: number) => `already served by process ${pid}`,
    zh: (pid: number) => `进程 ${pid} 已在提供服务`,
  },
  hostUnknown: {
    en: (host: string, known: string) =>
      `note: no ssh configuration names the host \`${host}\`, and it has no address${known === '' ? '' : `; known are ${known}`}`,
    zh: (host: string, known: string) =>
      `注意：ssh 配置里没有主机 \`${host}\`，也查不到它的地址${known === '' ? '' : `；已知的主机：${known}`}`,
  },
  building: { en: 'building the site …', zh: '正在生成站点…' },
  rebuilt: {
    en: 'the pages have changed: the site is built anew',
    zh: '页面有改动：已重新生成站点',
  },
  idle: {
    en: (minutes: number) => `no request for ${minutes} minutes: the server ends`,
    zh: (minutes: number) => `${minutes} 分钟内没有收到请求，服务已自动停止`,
  },
  notLoopback: {
    en: (address: string) =>
      `\`${address}\` is not this computer: pages that run are served on 127.0.0.1 only`,
    zh: (address: string) => `\`${address}\` 不是本机：可运行的页面只在 127.0.0.1 上提供`,
  },
  useTunnel: {
    en: 'reach it from elsewhere by `ssh -L PORT:127.0.0.1:PORT HOST`',
    zh: '从别处访问请用 `ssh -L 端口:127.0.0.1:端口 主机`',
  },
  noRecordOfUndo: {
    en: 'an undo is not recorded',
    zh: '撤销的运行不能作为记录',
  },
  noRecordBeforeEnd: {
    en: 'the run has not ended',
    zh: '运行还没有结束',
  },
  noFacts: {
    en: (host: string) => `the run did not keep what a record says about \`${host}\``,
    zh: (host: string) => `这次运行没有保存记录所需的 \`${host}\` 的信息`,
  },
  runAgainToRecord: {
    en: 'run the page again',
    zh: '请重新运行页面',
  },
})
