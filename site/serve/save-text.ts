/** Saves a text as a file. A plain link cannot: its request would carry no token. */
export async function saveText(
  name: string,
  text: string | ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<void> {
  const blob = typeof text === 'string' ? new Blob([text]) : await new Response(text).blob()
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name.replaceAll(/[^\w.@#-]/g, '_')
  link.click()
  URL.revokeObjectURL(url)
}
