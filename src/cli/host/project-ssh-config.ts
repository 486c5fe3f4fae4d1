import { existsSync } from 'node:fs'
import type { ProjectSshConfig } from '../../inventory/project-config.ts'
import type { Project } from '../project.ts'

/** The ssh configuration of a project, where it is there. */
export function projectSshConfig({
  root,
  sshConfig,
}: Pick<Project, 'sshConfig' | 'root'>): ProjectSshConfig | undefined {
  return sshConfig !== undefined && existsSync(sshConfig) ? { file: sshConfig, root } : undefined
}
