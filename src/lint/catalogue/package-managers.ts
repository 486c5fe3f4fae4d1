/** Package managers that ask before they act, one a line. */

export interface PackageManager {
  /** Its names, separated by blanks. */
  readonly programs: string
  /** The words that ask. */
  readonly verbs: RegExp
  /** The option that answers. */
  readonly yes: string
  /** Words that already answer, in the notation of `command-pattern.ts`. */
  readonly answered: string
  /** Where its words are documented. */
  readonly source: string
}

function row(
  programs: string,
  verbs: RegExp,
  yes: string,
  answered: string,
  source: string,
): PackageManager {
  return { programs, verbs, yes, answered, source }
}

const short =
  '-*y --yes --assume-yes --assumeyes --dry-run --download-only --downloadonly --assumeno --simulate -s'
// `apt-get update` only reads lists.
const aptVerbs = /^(?:install|reinstall|upgrade|dist-upgrade|full-upgrade|remove|purge|autoremove|build-dep)$/
const yumVerbs = /^(?:install|reinstall|localinstall|groupinstall|update|upgrade|dist-upgrade|full-upgrade|remove|purge|autoremove|erase|downgrade|swap)$/
const zypperVerbs = /^(?:in|install|up|update|dup|dist-upgrade|patch|rm|remove)$/

export const packageManagers: readonly PackageManager[] = [
  row('apt apt-get aptitude', aptVerbs, '-y', `${short} -qq* -q=2*`, 'apt-get(8), aptitude(8)'),
  row('yum dnf microdnf', yumVerbs, '-y', short, 'yum(8), dnf(8)'),
  row('zypper', zypperVerbs, '-y', `${short} -*n --non-interactive --no-confirm`, 'zypper(8)'),
  row('pacman', /^-[SRU][a-z]*$/, '--noconfirm', '--noconfirm -*s -*i -*p -*g -*l', 'pacman(8)'),
  row('conda', /^(?:install|create|update|remove)$/, '-y', short, 'docs.conda.io'),
  row('pip pip3', /^uninstall$/, '-y', short, 'pip.pypa.io'),
  row('flatpak', /^(?:install|update|uninstall)$/, '-y', `${short} --noninteractive`, 'flatpak(1)'),
]
