/** The project around a folder: its `runbook.yml`, merged over the user's configuration. */

import { messages } from './config/messages.ts'
import { existsSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { UsageError } from '../diagnostic/usage-error.ts'
import { kindOf } from '../project-files/kind-of.ts'
import { projectRoot } from '../project-files/project-root.ts'
import { readInside } from '../project-files/read-file.ts'
import { realInside } from '../project-files/real-place.ts'
import { readOwnConfig } from './config/own-config.ts'
import { type ActingEntry, type Config, readConfig } from './config/read-config.ts'
import { refuseForeign, type TrustSubject, trustSubject } from './trust/trust-subject.ts'

export interface Project {
  /** Absolute path. */
  readonly root: string
  /** Folder of the pages; absolute path. */
  readonly pages: string
  /** Absolute path; read before the user's own. */
  readonly sshConfig: string | undefined
  /** `FILE:LINE:COL` of `ssh-config`. */
  readonly sshConfigPlace: string | undefined
  readonly vars: ReadonlyMap<string, string>
  readonly hostVars: ReadonlyMap<string, ReadonlyMap<string, string>>
  readonly groups: ReadonlyMap<string, readonly string[]>
  /** By host name: a command that provides a bash. The user's own entries win. */
  readonly hostCommands: ReadonlyMap<string, ActingEntry & { readonly command: readonly string[] }>
  /** By variable name: a command that prints its value. The user's own entries win. */
  readonly secretCommands: ReadonlyMap<string, ActingEntry>
  /** The workers' database; the user's own entry wins. */
  readonly database: ActingEntry | undefined
  /** What the project's file may start only after a person has trusted it. */
  readonly trust: TrustSubject
  readonly lang: 'zh' | 'en' | undefined
  /** Title of the site. */
  readonly title: string | undefined
}

/**
 * The nearest parent folder with `runbook.yml`, else with `.git`, else the folder itself.
 *
 * @throws {UsageError} If `runbook.yml` is invalid or belongs to another user.
 */
export function findProject(from: string): Project {
  const project = readProject(from)
  refuseForeign(project.trust)
  return project
}

/** Like `findProject`, but also accepts another user's project, for display only. */
export function readProject(from: string): Project {
  const root = projectRoot(from)
  const file = join(root, 'runbook.yml')
  const isThere = existsSync(file)
  const config = isThere ? readConfigOf(root, file) : undefined
  const own = readOwnConfig()
  return {
    root,
    ...foldersOf(root, config),
    vars: new Map([...(own?.vars ?? []), ...(config?.vars ?? [])]),
    hostVars: new Map([...(own?.hostVars ?? []), ...(config?.hostVars ?? [])]),
    groups: new Map([...(own?.groups ?? []), ...(config?.groups ?? [])]),
    hostCommands: new Map([...(config?.hosts ?? []), ...(own?.hosts ?? [])]),
    secretCommands: new Map([...(config?.secrets ?? []), ...(own?.secrets ?? [])]),
    trust: trustSubject(root, isThere ? file : undefined, [
      ...(config?.hosts.values() ?? []),
      ...(config?.secrets.values() ?? []),
      ...(config?.database ? [config.database] : []),
    ]),
    database: own?.database ?? config?.database,
    lang: config?.lang ?? own?.lang,
    title: config?.title,
  }
}

function readConfigOf(root: string, file: string): Config {
  return readConfig(relative(process.cwd(), file), readInside(root, file).toString(), 'project')
}

/**
 * A project's folders and files must be inside it: a repository must not choose other files to
 * read.
 */
function foldersOf(
  root: string,
  config: Config | undefined,
): Pick<Project, 'pages' | 'sshConfig' | 'sshConfigPlace'> {
  const inside = (key: string, path: string) => {
    const whole = resolve(root, path)
    try {
      realInside(root, whole)
    } catch (error) {
      if (!(error instanceof UsageError) || !config) throw error
      throw new UsageError(messages.ofKey(config.placeOf([key]), key, error.text), error.help)
    }
    return whole
  }
  const ssh = config?.sshConfig
  return {
    pages: inside('pages', config?.pages ?? (isFolder(join(root, 'runbook')) ? 'runbook' : '.')),
    sshConfig: ssh === undefined ? undefined : inside('ssh-config', ssh),
    sshConfigPlace: config?.placeOf(['ssh-config']),
  }
}

/**
 * The folder of the project's journals.
 *
 * @throws {UsageError} If it leads out of the project.
 */
export function runsFolder({ root }: Pick<Project, 'root'>): string {
  return realInside(root, join(root, '.runbook', 'runs'))
}

export function isFolder(path: string): boolean {
  return kindOf(path) === 'folder'
}

/** A page's path within its project, independent of the current folder. */
export function pathIn({ root }: Pick<Project, 'root'>): (file: string) => string {
  return (file) => (file === '-' ? file : relative(root, resolve(file)).split(sep).join('/'))
}
