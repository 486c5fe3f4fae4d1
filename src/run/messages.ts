/**
 * The one sentence that says why a step ended as it did, in the reader's language.
 */

import type { Lang } from '../check/check-sentence.ts'

type Sentence<A extends readonly unknown[]> = Readonly<Record<Lang, (...values: A) => string>>

const sentence = <A extends readonly unknown[]>(
  zh: (...values: A) => string,
  en: (...values: A) => string,
): Sentence<A> => ({ zh, en })

export const messages = {
  passed: sentence(
    () => '',
    () => '',
  ),
  exitStatus: sentence(
    (exit: number, allowed: string) => `命令的退出状态是 ${exit}（允许 ${allowed}）`,
    (exit: number, allowed: string) =>
      `the command exited with status ${exit} (allowed: ${allowed})`,
  ),
  unread: sentence(
    () => 'bash 读不懂这条命令，什么都没有运行',
    () => 'bash cannot read this command; nothing of it was run',
  ),
  newShell: sentence(
    () => 'shell 在这条命令之前已经结束；命令在新的 shell 里运行，状态是最后保存的',
    () =>
      'the shell had ended before this command, which ran in a new one with the state saved last',
  ),
  shellEnded: sentence(
    (rest: number) =>
      `shell 随这条命令结束；它自己设置的变量和目录没有保留${rest > 0 ? `；步骤后面的 ${rest} 条命令没有运行` : ''}`,
    (rest: number) =>
      `the shell ended with this command; what it had set itself is lost${rest > 0 ? `; not run: ${rest} more of the step` : ''}`,
  ),
  silent: sentence(
    (prompt: string) => `没有输出，停在像提问的一行：${prompt}（那里没有人能回答）`,
    (prompt: string) =>
      `silent at a line that looks like a question: ${prompt} (nobody can answer there)`,
  ),
  output: sentence(
    () => '输出与页面上写的不同',
    () => 'the output differs from the page',
  ),
  outputAlso: sentence(
    () => '输出也不同',
    () => 'the output differs too',
  ),
  outputRecorded: sentence(
    () => '输出变了（已记录）',
    () => 'output changed (recorded)',
  ),
  precondition: sentence(
    (why: string) => `前提不成立：${why}`,
    (why: string) => `precondition not met: ${why}`,
  ),
  postcondition: sentence(
    (why: string, within: string) => `运行之后 ${within} 内仍不成立：${why}`,
    (why: string, within: string) => `postcondition not met within ${within}: ${why}`,
  ),
  notReady: sentence(
    (why: string, within: string) => `启动 ${within} 后仍未就绪：${why}`,
    (why: string, within: string) => `not ready within ${within}: ${why}`,
  ),
  backgroundEnded: sentence(
    (status: string) => `后台命令提前结束，退出状态 ${status}`,
    (status: string) => `the background command exited early, with status ${status}`,
  ),
  timeout: sentence(
    (after: string) => `超过 ${after} 没有结束，已停止`,
    (after: string) => `timed out after ${after} and was killed`,
  ),
  lastLine: sentence(
    (line: string) => (line === '' ? '；没有输出' : `；最后一行：${line}`),
    (line: string) => (line === '' ? '; no output' : `; last line: ${line}`),
  ),
  waiting: sentence(
    (prompt: string) => `命令在 \`${prompt}\` 处等待输入，已停止`,
    (prompt: string) => `waited for input at \`${prompt}\` and was killed`,
  ),
  waitingForOther: sentence(
    (prompt: string, next: string) =>
      `命令在 \`${prompt}\` 处等待输入，页面上的下一个提示是 \`${next}\`，已停止`,
    (prompt: string, next: string) =>
      `waited for input at \`${prompt}\`, not at the page's next prompt \`${next}\`, and was killed`,
  ),
  tooMuch: sentence(
    () => '输出超过上限，已停止',
    () => 'output exceeded the limit; the command was killed',
  ),
  diskFull: sentence(
    (wasRun: boolean) => (wasRun ? '主机的磁盘已满，输出不完整' : '主机的磁盘已满，命令没有运行'),
    (wasRun: boolean) =>
      wasRun
        ? 'disk full on the host: output is incomplete'
        : 'disk full on the host: the command was not run',
  ),
  dialogLeftOver: sentence(
    (prompts: string) => `命令已经结束，没有出现提示 ${prompts}`,
    (prompts: string) => `the command exited before it showed the prompt ${prompts}`,
  ),
  cancelled: sentence(
    (isKilled = false) => (isKilled ? '被中断，已停止' : '被中断'),
    (isKilled = false) => (isKilled ? 'interrupted and killed' : 'interrupted'),
  ),
  lost: sentence(
    (cause: string) => `结果不明：${cause}`,
    (cause: string) => `result unknown: ${cause}`,
  ),
  shellGone: sentence(
    () => '命令已经发出，而它所在的 shell 不在了（主机重启过？）',
    () => 'the command was sent, but its shell is gone (has the host restarted?)',
  ),
  rebootHere: sentence(
    () => '这一步会重启主机，不能在本机上运行',
    () => 'a step with `reboot` cannot run on this computer',
  ),
  neverBack: sentence(
    (after: string, cause: string) => `主机重启后 ${after} 内没有回来：${cause}`,
    (after: string, cause: string) => `the host did not come back within ${after}: ${cause}`,
  ),
  neverDown: sentence(
    (after: string) => `主机在 ${after} 内没有重启`,
    (after: string) => `the host did not restart within ${after}`,
  ),
  hostLost: sentence(
    (why: string) => `主机断开：${why}`,
    (why: string) => `host lost: ${why}`,
  ),
  notForThisHost: sentence(
    (check: string) => `不适用于这台主机：${check}`,
    (check: string) => `not for this host: ${check}`,
  ),
  undoOnly: sentence(
    () => '只在撤销时运行',
    () => 'run by undo only',
  ),
  alreadyDone: sentence(
    (what: string) => `已经做过：${what}`,
    (what: string) => `already done: ${what}`,
  ),
  equal: sentence(
    (path: string) => `${path} 已是这个内容`,
    (path: string) => `${path} is already up to date`,
  ),
  restored: sentence(
    (path: string, isRemoved: boolean) =>
      isRemoved ? `${path} 已删除：运行之前没有这个文件` : `${path} 已恢复原样`,
    (path: string, isRemoved: boolean) =>
      isRemoved ? `${path} removed: it did not exist before the run` : `${path} restored`,
  ),
  changedSince: sentence(
    (path: string, kept: string | null) =>
      `${path} 在运行之后又被改动，没有恢复；${kept === null ? '确认不要它以后请自行删除' : `原文件是 ${kept}，请自行合并或复制回去，再运行 undo`}`,
    (path: string, kept: string | null) =>
      `${path} has changed since the run and was left unchanged; ${kept === null ? 'remove it if it is not needed' : `the old file is ${kept}: merge it or copy it back, then run undo again`}`,
  ),
  hardLinks: sentence(
    (others: number) => `；它的另外 ${others} 个硬链接仍是原来的内容`,
    (others: number) =>
      `; its ${others} other hard link${others === 1 ? '' : 's'} keep the old text`,
  ),
  fileChanged: sentence(
    (path: string, added: number, removed: number, backup: string) =>
      `${path}  +${added} −${removed}${backup === '' ? '' : `（备份：${backup}）`}`,
    (path: string, added: number, removed: number, backup: string) =>
      `${path}  +${added} −${removed}${backup === '' ? '' : ` (backup: ${backup})`}`,
  ),
  fileFailed: sentence(
    (path: string, why: string) => `无法写入 ${path}：${why}`,
    (path: string, why: string) => `${path} cannot be written: ${why}`,
  ),
  noFolder: sentence(
    (dir: string) => `页面的起始目录 ${dir} 不存在，或无法进入`,
    (dir: string) => `the page's folder ${dir} does not exist or cannot be entered`,
  ),
  lostFolder: sentence(
    (folder: string) =>
      `前面的步骤所在的目录 ${folder} 已不存在或无法进入，没有在别处运行；恢复这个目录后 \`resume\`，或从头执行这一页`,
    (folder: string) =>
      `the folder ${folder} of the steps before is gone or cannot be entered, and nothing was run elsewhere; make it again and \`resume\`, or run the page from its start`,
  ),
  fileTimeout: sentence(
    (path: string, after: string) => `读写 ${path} 超过 ${after} 没有结束，已停止`,
    (path: string, after: string) => `${path}: timed out after ${after} and was killed`,
  ),
  skippedByHand: sentence(
    () => '已手动跳过',
    () => 'skipped by hand',
  ),
  quit: sentence(
    () => '由人停止',
    () => 'stopped by hand',
  ),
  confirmed: sentence(
    () => '已确认',
    () => 'confirmed',
  ),
  assumed: sentence(
    () => '按 `--yes` 视为已完成，未经确认',
    () => 'taken as done by `--yes`, without confirmation',
  ),
  notConfirmed: sentence(
    (flag: string) => `没有得到确认（没有终端时用 \`${flag}\`）`,
    (flag: string) => `not confirmed (without a terminal, give \`${flag}\`)`,
  ),
  mayHaveRun: sentence(
    () => '这一步可能已经运行过：上次运行没有得到它的结果',
    () => 'this step may have run already: an earlier life of the run has lost how it ended',
  ),
  takenAsDone: sentence(
    () => '上次没有得到结果；按已完成处理',
    () => 'how it ended was lost; taken as done',
  ),
  notCaptured: sentence(
    (names: string) => `输出里没有 ${names} 的值`,
    (names: string) => `no value for ${names} in the output`,
  ),
  cannotBeMasked: sentence(
    (name: string) => `输出里的 ${name} 太短、太长或只有一种字符，无法遮盖`,
    (name: string) =>
      `the value of ${name} cannot be masked: it is too short, too long or one repeated character`,
  ),
} as const
