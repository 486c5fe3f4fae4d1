/**
 * Splits text into distinct search terms: words as they are; runs of Chinese, Japanese or Korean
 * characters as overlapping pairs plus the last character. The search matches prefixes, which finds
 * single characters. Uses no dictionary, so Node's index and the browser's query always agree. Must
 * not import anything: the browser loads this file as it is.
 */
export function tokenize(text: string): string[] {
  const terms = new Set<string>()
  for (const run of text.split(/[\n\r\p{Z}\p{P}\p{S}]+/u)) {
    for (const part of run.split(/([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+)/)) {
      if (part === '') continue
      if (!/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]/.test(part)) {
        terms.add(part)
        continue
      }
      for (let at = 0; at < part.length - 1; at++) terms.add(part.slice(at, at + 2))
      terms.add(part.slice(-1))
    }
  }
  return [...terms]
}
