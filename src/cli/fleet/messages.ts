/** Texts of runs over workers. */

import { catalogue } from '../../model/message.ts'

export const messages = catalogue({
  noDatabase: {
    en: 'no database of workers is named',
    zh: '没有指定 worker 的数据库',
  },
  nameDatabase: {
    en: 'set `RUNBOOK_DB=postgres://HOST/NAME`, or write `database:` into `runbook.yml`',
    zh: '设置 `RUNBOOK_DB=postgres://HOST/NAME`，或在 `runbook.yml` 里写 `database:`',
  },
  wrongDatabase: {
    en: '`RUNBOOK_DB` is not an address of PostgreSQL',
    zh: '`RUNBOOK_DB` 不是 PostgreSQL 的地址',
  },
  localHost: {
    en: '`local` is this computer, and a lane may run on any worker',
    zh: '`local` 是这台电脑，而一条 lane 可能在任何 worker 上运行',
  },
  nameOtherHost: {
    en: 'name a host of the ssh config, or leave `--workers` out',
    zh: '写 ssh 配置里的主机，或去掉 `--workers`',
  },
  severalHosts: {
    en: (hosts: string) => `one lane uses several hosts: ${hosts}`,
    zh: (hosts: string) => `一条 lane 用到多台主机：${hosts}`,
  },
  oneHostEach: {
    en: 'workers take lanes of one host; leave `--workers` out',
    zh: 'worker 只运行单台主机的 lane；去掉 `--workers`',
  },
  secretTyped: {
    en: (name: string) => `\`${name}\` is secret, and the database of workers holds no secret`,
    zh: (name: string) => `\`${name}\` 是密码，而 worker 的数据库里不放密码`,
  },
  secretByCommand: {
    en: (name: string) =>
      `let each worker get it: \`secrets: { ${name}: { command: […] } }\` in its \`runbook.yml\` or \`config.yml\``,
    zh: (name: string) =>
      `让每个 worker 自己取得它：在它的 \`runbook.yml\` 或 \`config.yml\` 里写 \`secrets: { ${name}: { command: […] } }\``,
  },
  onWorkers: {
    en: (run: string, lanes: number) => `run ${run}: ${lanes} hosts, run by workers`,
    zh: (run: string, lanes: number) => `运行 ${run}：${lanes} 台主机，由 worker 执行`,
  },
  ledByOther: {
    en: (run: string, owner: string) =>
      `run ${run} is coordinated by ${owner}; waiting until it is silent`,
    zh: (run: string, owner: string) => `运行 ${run} 由 ${owner} 协调；等到它不再响应`,
  },
  noSuchRun: {
    en: (text: string) => `no such run in the database of workers: \`${text}\``,
    zh: (text: string) => `worker 的数据库里没有这次运行：\`${text}\``,
  },
  ambiguousRun: {
    en: (text: string, found: string) => `\`${text}\` could be: ${found}`,
    zh: (text: string, found: string) => `\`${text}\` 可能是：${found}`,
  },
  nameRun: { en: '`--workers` needs the id of a run', zh: '`--workers` 需要运行的 id' },
  seeWorkersRuns: {
    en: '`runbook runs --workers` lists them',
    zh: '`runbook runs --workers` 列出它们',
  },
  otherRequest: {
    en: (run: string) => `run ${run} was started by another version of runbook`,
    zh: (run: string) => `运行 ${run} 由另一版本的 runbook 启动`,
  },
  otherOrder: {
    en: 'the lane was ordered by another version of runbook',
    zh: '这条 lane 由另一版本的 runbook 提交',
  },
  sameVersion: {
    en: 'install the same version on every machine',
    zh: '在每台机器上安装同一版本',
  },
  tablesThere: {
    en: (version: number, lease: string) =>
      `the tables are of version ${version}; a worker may be silent for ${lease}`,
    zh: (version: number, lease: string) =>
      `表是第 ${version} 版；worker 最长可以 ${lease} 没有响应`,
  },
  shortLease: {
    en: 'a worker must be allowed to be silent for at least 10s, and at most 1h',
    zh: '允许 worker 没有响应的时间必须在 10s 到 1h 之间',
  },
  working: {
    en: (name: string, parallel: number) =>
      `worker ${name}: takes up to ${parallel} hosts at a time`,
    zh: (name: string, parallel: number) => `worker ${name}：同时最多 ${parallel} 台主机`,
  },
  took: {
    en: (run: string, host: string, epoch: number) => `took ${host} of run ${run} (owner ${epoch})`,
    zh: (run: string, host: string, epoch: number) =>
      `接手运行 ${run} 的 ${host}（第 ${epoch} 个所有者）`,
  },
  ended: {
    en: (run: string, host: string) => `ended ${host} of run ${run}`,
    zh: (run: string, host: string) => `结束运行 ${run} 的 ${host}`,
  },
  handedOver: {
    en: (run: string, host: string) => `another worker has ${host} of run ${run} now`,
    zh: (run: string, host: string) => `运行 ${run} 的 ${host} 已由另一个 worker 接手`,
  },
  handedBack: {
    en: (run: string, host: string) => `handed back ${host} of run ${run}`,
    zh: (run: string, host: string) => `交还运行 ${run} 的 ${host}`,
  },
  cancelled: {
    en: (run: string) => `run ${run}: cancelled; running steps are being stopped`,
    zh: (run: string) => `运行 ${run}：已取消；正在停止运行中的步骤`,
  },
  coordinator: { en: 'coordinator', zh: '协调者' },
  waiting: { en: 'waiting', zh: '等待' },
  running: { en: 'running', zh: '运行中' },
  endedState: { en: 'ended', zh: '已结束' },
  counts: {
    en: (waiting: number, running: number, ended: number) =>
      `${waiting} waiting, ${running} running, ${ended} ended`,
    zh: (waiting: number, running: number, ended: number) =>
      `${waiting} 等待，${running} 运行中，${ended} 已结束`,
  },
})
