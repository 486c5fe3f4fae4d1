import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import type { ProjectSshConfig } from '../../inventory/project-config.ts'
import { chosenLang } from '../lang.ts'
import { say } from '../output.ts'
import type { Project } from '../project.ts'

export type SshConfigOwner = Pick<Project, 'root' | 'sshConfig' | 'sshConfigPlace' | 'lang'>

const words = {
  zh: (place: string, file: string) =>
    `${place}：\`ssh-config\` 指定的 ${file} 不存在；主机名只按用户自己的 ssh 配置解析`,
  en: (place: string, file: string) =>
    `${place}: no such file: \`ssh-config\` names ${file}; hosts are looked up in your own ssh config only`,
} as const

/** Files of which it was said that they are not there. */
const missed = new Set<string>()

/** The ssh configuration of a project. Where it names one that is not there, that is said, once. */
export function projectSshConfig({
  root,
  sshConfig,
  sshConfigPlace = 'runbook.yml',
  lang,
}: SshConfigOwner): ProjectSshConfig | undefined {
  if (sshConfig === undefined) return undefined
  if (existsSync(sshConfig)) return { file: sshConfig, root }
  if (!missed.has(sshConfig)) {
    const file = `\`${relative(process.cwd(), sshConfig)}\``
    say(`note: ${words[chosenLang([], () => ({ lang }))](sshConfigPlace, file)}\n`)
  }
  missed.add(sshConfig)
  return undefined
}
