import { labelled } from '../../diagnostic/labelled.ts'
import { messages } from './messages.ts'
import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import type { ProjectSshConfig } from '../../inventory/project-config.ts'
import { chosenLang } from '../lang.ts'
import { say } from '../output.ts'
import type { Project } from '../project.ts'

export type SshConfigOwner = Pick<Project, 'root' | 'sshConfig' | 'sshConfigPlace' | 'lang'>

/** Files already reported as missing. */
const missed = new Set<string>()

/** The project's ssh configuration; reports a missing one, once. */
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
    const spoken = chosenLang([], () => ({ lang }))
    say(`${labelled('note', spoken)}${messages.noSshConfig(sshConfigPlace, file)[spoken]}\n`)
  }
  missed.add(sshConfig)
  return undefined
}
