/** The host names to offer a person: those of the project, then those of the user's ssh config. */

import { homedir } from 'node:os'
import { join } from 'node:path'
import { listHostNames } from '../../inventory/list-hosts.ts'
import { projectHostNames } from '../../inventory/project-config.ts'
import type { Project } from '../project.ts'
import { projectSshConfig } from './project-ssh-config.ts'

export function offeredHosts(project: Project): readonly string[] {
  const config = projectSshConfig(project)
  const names = [
    ...project.hostCommands.keys(),
    ...project.groups.keys(),
    ...(config === undefined ? [] : projectHostNames(config)),
    ...ownHostNames(),
  ]
  return [...new Set(names)]
}

/** An unreadable config offers no names; a run that needs it reports why. */
function ownHostNames(): readonly string[] {
  try {
    return listHostNames(join(homedir(), '.ssh', 'config'))
  } catch {
    return []
  }
}
