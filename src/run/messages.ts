/** One sentence for each reason why a step ended or a file was left unchanged. */

import { catalogue } from '../model/message.ts'

export const messages = catalogue({
  exitStatus: {
    en: (exit: number, allowed: string) =>
      `the command exited with status ${exit} (allowed: ${allowed})`,
    zh: (exit: number, allowed: string) => `命令的退出状态是 ${exit}（允许 ${allowed}）`,
  },
  unread: {
    en: 'bash cannot read this command; nothing of it was run',
    zh: 'bash 无法解析这条命令，没有运行',
  },
  newShell: {
    en: 'the shell had ended before this command, which ran in a new one with the state saved last',
    zh: 'shell 在这条命令之前已经结束；命令在新的 shell 里运行，状态是最后保存的',
  },
  shellEnded: {
    en: (rest: number) =>
      `the shell ended with this command; what it had set itself is lost${rest > 0 ? `; not run: ${rest} more of the step` : ''}`,
    zh: (rest: number) =>
      `shell 随这条命令结束；它自己设置的变量和目录没有保留${rest > 0 ? `；步骤后面的 ${rest} 条命令没有运行` : ''}`,
  },
  silent: {
    en: (prompt: string) =>
      `silent at a line that looks like a question: ${prompt} (no terminal to answer at)`,
    zh: (prompt: string) => `没有新的输出，停在像提问的一行：${prompt}（没有终端可以回答）`,
  },
  output: {
    en: 'the output differs from the page',
    zh: '输出与页面上写的不同',
  },
  outputAlso: {
    en: 'the output differs too',
    zh: '输出也不同',
  },
  outputRecorded: {
    en: 'output changed (recorded)',
    zh: '输出变了（已记录）',
  },
  precondition: {
    en: (why: string) => `precondition not met: ${why}`,
    zh: (why: string) => `前提不成立：${why}`,
  },
  postcondition: {
    en: (why: string, within: string) => `postcondition not met within ${within}: ${why}`,
    zh: (why: string, within: string) => `运行之后 ${within} 内仍不成立：${why}`,
  },
  notReady: {
    en: (why: string, within: string) => `not ready within ${within}: ${why}`,
    zh: (why: string, within: string) => `启动 ${within} 后仍未就绪：${why}`,
  },
  backgroundEnded: {
    en: (status: string) => `the background command exited early, with status ${status}`,
    zh: (status: string) => `后台命令提前结束，退出状态 ${status}`,
  },
  timeout: {
    en: (after: string) => `timed out after ${after} and was killed`,
    zh: (after: string) => `超过 ${after} 没有结束，已停止`,
  },
  lastLine: {
    en: (line: string) => (line === '' ? '; no output' : `; last line: ${line}`),
    zh: (line: string) => (line === '' ? '；没有输出' : `；最后一行：${line}`),
  },
  waiting: {
    en: (prompt: string) => `waited for input at \`${prompt}\` and was killed`,
    zh: (prompt: string) => `命令在 \`${prompt}\` 处等待输入，已停止`,
  },
  waitingForOther: {
    en: (prompt: string, next: string) =>
      `waited for input at \`${prompt}\`, not at the page's next prompt \`${next}\`, and was killed`,
    zh: (prompt: string, next: string) =>
      `命令在 \`${prompt}\` 处等待输入，页面上的下一个提示是 \`${next}\`，已停止`,
  },
  tooMuch: {
    en: 'output exceeded the limit; the command was killed',
    zh: '输出超过上限，已停止',
  },
  diskFull: {
    en: (wasRun: boolean) =>
      wasRun
        ? 'disk full on the host: output is incomplete'
        : 'disk full on the host: the command was not run',
    zh: (wasRun: boolean) =>
      wasRun ? '主机的磁盘已满，输出不完整' : '主机的磁盘已满，命令没有运行',
  },
  dialogLeftOver: {
    en: (prompts: string) => `the command exited before it showed the prompt ${prompts}`,
    zh: (prompts: string) => `命令已经结束，没有出现提示 ${prompts}`,
  },
  cancelled: { en: 'interrupted', zh: '被中断' },
  cancelledAndKilled: { en: 'interrupted and killed', zh: '被中断，已停止' },
  withKilled: {
    en: (message: string, killed: string) => `${message}: ${killed}`,
    zh: (message: string, killed: string) => `${message}：${killed}`,
  },
  noEnd: {
    en: 'the shell did not say how the command ended',
    zh: 'shell 没有说明命令是怎样结束的',
  },
  lost: {
    en: (cause: string) => `result unknown: ${cause}`,
    zh: (cause: string) => `结果不明：${cause}`,
  },
  shellGone: {
    en: 'the command was sent, but its shell is gone (has the host restarted?)',
    zh: '命令已经发出，而它所在的 shell 不在了（主机是否重启过？）',
  },
  rebootHere: {
    en: 'a step with `reboot` cannot run on this computer',
    zh: '这一步会重启主机，不能在本机上运行',
  },
  neverBack: {
    en: (after: string, cause: string) => `the host did not come back within ${after}: ${cause}`,
    zh: (after: string, cause: string) => `主机重启后 ${after} 内没有回来：${cause}`,
  },
  neverDown: {
    en: (after: string) => `the host did not restart within ${after}`,
    zh: (after: string) => `主机在 ${after} 内没有重启`,
  },
  hostLost: {
    en: (why: string) => `host lost: ${why}`,
    zh: (why: string) => `主机断开：${why}`,
  },
  notForThisHost: {
    en: (check: string) => `not for this host: ${check}`,
    zh: (check: string) => `不适用于这台主机：${check}`,
  },
  undoOnly: {
    en: 'run by undo only',
    zh: '只在撤销时运行',
  },
  alreadyDone: {
    en: (what: string) => `already done: ${what}`,
    zh: (what: string) => `已经完成：${what}`,
  },
  equal: {
    en: (path: string) => `${path} is already up to date`,
    zh: (path: string) => `${path} 已是这个内容`,
  },
  restored: {
    en: (path: string, isRemoved: boolean) =>
      isRemoved ? `${path} removed: it did not exist before the run` : `${path} restored`,
    zh: (path: string, isRemoved: boolean) =>
      isRemoved ? `${path} 已删除：运行之前没有这个文件` : `${path} 已恢复原样`,
  },
  changedSince: {
    en: (path: string, kept: string | null) =>
      `${path} has changed since the run and was left unchanged; ${kept === null ? 'remove it if it is not needed' : `the old file is ${kept}: merge it or copy it back, then run undo again`}`,
    zh: (path: string, kept: string | null) =>
      `${path} 在运行之后又被改动，没有恢复；${kept === null ? '确认不要它以后请自行删除' : `原文件是 ${kept}，请自行合并或复制回去，再运行 undo`}`,
  },
  hardLinks: {
    en: (others: number) =>
      `; its ${others} other hard link${others === 1 ? '' : 's'} keep the old text`,
    zh: (others: number) => `；它的另外 ${others} 个硬链接仍是原来的内容`,
  },
  fileChanged: {
    en: (path: string, added: number, removed: number, backup: string) =>
      `${path}  +${added} −${removed}${backup === '' ? '' : ` (backup: ${backup})`}`,
    zh: (path: string, added: number, removed: number, backup: string) =>
      `${path}  +${added} −${removed}${backup === '' ? '' : `（备份：${backup}）`}`,
  },
  fileFailed: {
    en: (path: string, why: string) => `${path} cannot be written: ${why}`,
    zh: (path: string, why: string) => `无法写入 ${path}：${why}`,
  },
  noFolder: {
    en: (dir: string) => `the page's folder ${dir} does not exist or cannot be entered`,
    zh: (dir: string) => `页面的起始目录 ${dir} 不存在，或无法进入`,
  },
  lostFolder: {
    en: (folder: string) =>
      `the folder ${folder} of the steps before is gone or cannot be entered, and nothing was run elsewhere; create it again and \`resume\`, or run the page from its start`,
    zh: (folder: string) =>
      `前面的步骤所在的目录 ${folder} 已不存在或无法进入，没有在别处运行；恢复这个目录后 \`resume\`，或从头运行这一页`,
  },
  fileTimeout: {
    en: (path: string, after: string) => `${path}: timed out after ${after} and was killed`,
    zh: (path: string, after: string) => `读写 ${path} 超过 ${after} 没有结束，已停止`,
  },
  skippedByHand: {
    en: 'skipped by hand',
    zh: '已手动跳过',
  },
  quit: {
    en: 'stopped by hand',
    zh: '已手动停止',
  },
  confirmed: {
    en: 'confirmed',
    zh: '已确认',
  },
  assumed: {
    en: 'taken as done by `--yes`, without confirmation',
    zh: '按 `--yes` 视为已完成，未经确认',
  },
  noHunk: { en: 'it holds no `@@ … @@`', zh: '里面没有 `@@ … @@`' },
  severalFiles: {
    en: (count: number) => `${count} files`,
    zh: (count: number) => `有 ${count} 个文件`,
  },
  lineBreakInPath: { en: 'a line break in the path of a file', zh: '文件的路径里有换行' },
  notConfirmed: {
    en: (flag: string) => `not confirmed (without a terminal, give \`${flag}\`)`,
    zh: (flag: string) => `没有得到确认（没有终端时用 \`${flag}\`）`,
  },
  mayHaveRun: {
    en: 'this step may have run already: an earlier life of the run has lost how it ended',
    zh: '这一步可能已经运行过：上次运行没有得到它的结果',
  },
  takenAsDone: {
    en: 'how it ended was lost; taken as done',
    zh: '上次没有得到结果；按已完成处理',
  },
  notCaptured: {
    en: (names: string) => `no value for ${names} in the output`,
    zh: (names: string) => `输出里没有 ${names} 的值`,
  },
  cannotBeMasked: {
    en: (name: string) =>
      `the value of ${name} cannot be masked: it is too short, too long or one repeated character`,
    zh: (name: string) => `输出里的 ${name} 太短、太长或只有一种字符，无法遮盖`,
  },
})

/** Why a host's file is not read or written, by the code of `FileProblem`. */
export const fileProblems = catalogue({
  host: {
    en: (detail: string) => detail,
    zh: (detail: string) => detail,
  },
  answer: {
    en: 'the host gave an incomplete answer',
    zh: '主机的回答不完整或无法理解',
  },
  'no-folder': {
    en: (detail: string) => `the folder ${detail} does not exist`,
    zh: (detail: string) => `目录 ${detail} 不存在`,
  },
  closed: {
    en: (detail: string) => `no permission to enter the folder ${detail}`,
    zh: (detail: string) => `没有权限进入目录 ${detail}`,
  },
  folder: {
    en: (detail: string) => `${detail} is a folder`,
    zh: (detail: string) => `${detail} 是目录`,
  },
  'no-file': {
    en: (detail: string) => `${detail} is not a regular file`,
    zh: (detail: string) => `${detail} 不是普通文件`,
  },
  unreadable: {
    en: (detail: string) => `no permission to read ${detail}`,
    zh: (detail: string) => `没有权限读取 ${detail}`,
  },
  link: {
    en: (detail: string) =>
      `${detail} is a symbolic link that another user controls: give the real path of the file`,
    zh: (detail: string) => `${detail} 是别的用户可以改动的符号链接，不跟随；请写文件真正的路径`,
  },
  links: {
    en: (detail: string) => `too many symbolic links in ${detail}`,
    zh: (detail: string) => `${detail} 的符号链接太多`,
  },
  'hard-link': {
    en: (detail: string) =>
      `${detail} has several hard links in a folder that another user can write to: not touched`,
    zh: (detail: string) => `${detail} 有多个硬链接，而它的目录别的用户也能写：不改动`,
  },
  raced: {
    en: (detail: string) => `${detail} was replaced by another process meanwhile: not touched`,
    zh: (detail: string) => `${detail} 在读写时被别的进程换掉了，没有改动`,
  },
  changed: {
    en: (detail: string) =>
      `${detail} has changed since it was read: nothing was written, run it again`,
    zh: (detail: string) => `${detail} 读过之后又被改动了，没有写入：请重新运行`,
  },
  'no-new-file': {
    en: (detail: string) => `no permission to create a file in the folder ${detail}`,
    zh: (detail: string) => `没有权限在目录 ${detail} 里创建文件`,
  },
  'no-digest': {
    en: (detail: string) => `the host has no sha256sum to verify ${detail}`,
    zh: (detail: string) => `主机没有 sha256sum，无法核对 ${detail}`,
  },
  short: {
    en: (detail: string) => `only ${detail} bytes were written`,
    zh: (detail: string) => `只写入了 ${detail} 字节`,
  },
  owner: {
    en: (detail: string) =>
      `the owner of ${detail} cannot be kept: run the step as that owner or as root (\`as=\`)`,
    zh: (detail: string) => `无法保留 ${detail} 的属主：请用文件的属主或 root 运行（\`as=\`）`,
  },
  acl: {
    en: (detail: string) => `the ACL of ${detail} cannot be kept: install the package \`acl\``,
    zh: (detail: string) => `无法保留 ${detail} 的 ACL：请安装软件包 \`acl\``,
  },
  'no-backup-folder': {
    en: (detail: string) =>
      `no private folder for the backup can be made: ${detail} was not touched`,
    zh: (detail: string) => `没有可以存放备份的私有目录，${detail} 没有改动`,
  },
  'no-backup': {
    en: (detail: string) => `the backup ${detail} is gone`,
    zh: (detail: string) => `备份 ${detail} 不在了`,
  },
  'too-large': {
    en: (detail: string, other: string) =>
      `the file has ${detail} bytes and at most ${other} can be edited: use a command, or give the whole file`,
    zh: (detail: string, other: string) =>
      `文件有 ${detail} 字节，能修改的上限是 ${other} 字节：请改用命令，或把整个文件写在页面上`,
  },
  binary: {
    en: 'the file holds a NUL byte: it is not text',
    zh: '文件里有 NUL 字节，不是文本',
  },
  'bare-cr': {
    en: 'the lines of the file end in CR alone, which is not supported',
    zh: '文件的行以单独的 CR 结尾，不支持',
  },
  'not-ini': {
    en: (detail: string, other: string) =>
      `line ${detail} is not ini syntax (\`${other}\`): \`edit=section\` cannot be used here`,
    zh: (detail: string, other: string) =>
      `第 ${detail} 行不是 ini 格式（\`${other}\`），不能用 \`edit=section\``,
  },
  'text-not-ini': {
    en: (detail: string, other: string) =>
      `line ${detail} of the step is not ini syntax (\`${other}\`)`,
    zh: (detail: string, other: string) => `步骤文本的第 ${detail} 行不是 ini 格式（\`${other}\`）`,
  },
  'key-twice': {
    en: (detail: string, other: string) =>
      `\`${detail}\` occurs several times in ${other}: it is ambiguous which one to change`,
    zh: (detail: string, other: string) =>
      `\`${detail}\` 在 ${other} 里出现了不止一次，不知道该改哪一个`,
  },
  'other-case': {
    en: (detail: string, other: string) =>
      `\`${detail}\` differs from \`${other}\` in the file only by case: write it as the file does`,
    zh: (detail: string, other: string) =>
      `\`${detail}\` 与文件里的 \`${other}\` 只有大小写不同，不知道是不是同一个`,
  },
  'long-value': {
    en: (detail: string, other: string) =>
      `the value of \`${detail}\` spans several lines (line ${other}): \`edit=section\` cannot change it`,
    zh: (detail: string, other: string) =>
      `\`${detail}\` 的值跨越多行（第 ${other} 行），不能用 \`edit=section\` 修改`,
  },
  'unclear-line': {
    en: (detail: string, other: string) =>
      `line ${other} may belong to the value above it: it is ambiguous where to set \`${detail}\``,
    zh: (detail: string, other: string) =>
      `第 ${other} 行是上面那个值的续行，还是 \`${detail}\` 自己的一行，无法判断`,
  },
  'block-marks': {
    en: (detail: string, other: string) =>
      `the marks \`${detail}\` and \`${other}\` are not one pair in the file: repair or remove them`,
    zh: (detail: string, other: string) =>
      `标记 \`${detail}\` 和 \`${other}\` 在文件里不成对，不知道块到哪里结束`,
  },
  'block-own-mark': {
    en: (detail: string) => `the text of the step holds the mark of its own block, \`${detail}\``,
    zh: (detail: string) => `步骤的文本里有块的标记 \`${detail}\``,
  },
  'no-comment': {
    en: (detail: string) =>
      `${detail} has no comments to mark a block with: \`edit=block\` cannot be used here`,
    zh: (detail: string) => `${detail} 文件没有注释，放不下块的标记，不能用 \`edit=block\``,
  },
  'no-patch': {
    en: (detail: string) => `the block is not a patch of one file: ${detail}`,
    zh: (detail: string) => `代码块不是一个文件的补丁：${detail}`,
  },
  'patch-unfit': {
    en: (detail: string, other: string) =>
      `the patch does not apply: the context of hunk ${detail} (line ${other}) is not in the file`,
    zh: (detail: string, other: string) =>
      `补丁不适用：第 ${detail} 处（原第 ${other} 行）的上下文在文件里找不到`,
  },
  'patch-partly': {
    en: (detail: string, other: string) =>
      `the patch is partly applied: hunk ${detail} is, hunk ${other} is not; the file was not changed`,
    zh: (detail: string, other: string) =>
      `补丁只有一部分已经应用：已应用 ${detail}，未应用 ${other}；文件没有改动`,
  },
  'patch-unclear': {
    en: 'the patch applies at one place and is already applied at another: it is ambiguous',
    zh: '补丁在一处适用，在另一处像是已经应用过，无法判断',
  },
})
