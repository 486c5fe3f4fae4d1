import type { Lang } from '../../check/check-sentence.ts'
import { visibleText } from '../../text/visible-text.ts'
import type { LeftRunning } from '../../run/ports.ts'

/**
 * What a run has left running, a line each: nothing of ours ends it.
 *
 * @param startedBy - The step whose command has this number in a user's shell, where it is known.
 */
export function leftNote(
  host: string,
  left: readonly LeftRunning[],
  startedBy: (user: string | null, number: number) => string | undefined,
  lang: Lang,
): string {
  const lines = left.map(({ user, number, pid, command, output }) => {
    const step = startedBy(user, number)
    return lang === 'zh'
      ? `note: ${host}: 仍在运行：${command}（pid ${pid}）` +
          (step === undefined ? '' : `，由步骤 ${step} 启动`) +
          (output === '' ? '' : `；之后的输出在 ${output}`)
      : `note: ${host}: still running: ${command} (pid ${pid})` +
          (step === undefined ? '' : `, started by step ${step}`) +
          (output === '' ? '' : `; what it prints from now on goes to ${output}`)
  })
  return lines.map((line) => `${visibleText(line)}\n`).join('')
}
