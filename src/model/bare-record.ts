/**
 * A record that holds these entries and nothing else: `constructor` and `__proto__` are names like
 * any other in it. For keys that come from outside.
 */
export function bareRecord<T>(
  entries: Iterable<readonly [string, T]>,
): Readonly<Record<string, T>> {
  const record: Record<string, T> = Object.create(null)
  for (const [name, value] of entries) record[name] = value
  return record
}
