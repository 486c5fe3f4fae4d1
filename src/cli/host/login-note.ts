/** What is said of a host that ends what a user's last login leaves running. */

import type { Lang } from '../../check/check-sentence.ts'
import { visibleText } from '../../text/visible-text.ts'
import type { HostSession } from '../../run/ports.ts'

/** One line at the start of a run; empty where a lost connection loses nothing. */
export function loginNote({ name, hostKey, facts }: HostSession, lang: Lang): string {
  // On this computer there is no connection to lose.
  if (!facts.endsWithLogin || hostKey === null) return ''
  return visibleText(`note: ${name}: ${leftAlone(facts.user, lang)}`) + '\n'
}

/** What it means, and what to do. */
export function leftAlone(user: string, lang: Lang): string {
  return lang === 'zh'
    ? `${user} 的最后一个登录结束几秒后，它留下的进程都会被结束（logind.conf 里有 KillUserProcesses=yes）：` +
        `断线更久，正在运行的命令就丢了。在主机上以 root 运行 \`loginctl enable-linger ${user}\` 可以避免`
    : `what ${user} leaves running is ended some seconds after the last login (KillUserProcesses=yes in logind.conf): ` +
        `a connection that is lost for longer loses the running command. As root there, \`loginctl enable-linger ${user}\` keeps it`
}
