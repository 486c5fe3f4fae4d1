/** The first word that looks like a version: `2.39.5` in `git version 2.39.5`. */
export function findVersion(text: string): string | undefined {
  return /\d+(?:\.\d+)+/.exec(text)?.[0] ?? /\d+/.exec(text)?.[0]
}

/** Whether `version` is `wanted` or newer, part by part: `2.9` is older than `2.20`. */
export function atLeastVersion(version: string, wanted: string): boolean {
  const have = version.split(/[^\d]+/).map(Number)
  const need = wanted.split(/[^\d]+/).map(Number)
  for (const [index, part] of need.entries()) {
    const own = have[index] ?? 0
    if (own !== part) return own > part
  }
  return true
}
