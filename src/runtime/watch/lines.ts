/**
 * The lines of a stream of UTF-8 bytes, without what is empty; the last one may lack its end. A watch answers with one
 * JSON text a line (Kubernetes page "API Concepts", "Efficient detection of changes").
 */
export async function* linesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  for await (const bytes of stream) {
    const [first = "", ...others] = decoder.decode(bytes, { stream: true }).split("\n");
    parts.push(first);
    for (const next of others) {
      const line = parts.join("");
      if (line !== "") yield line;
      parts = [next];
    }
  }
  const line = parts.join("") + decoder.decode();
  if (line !== "") yield line;
}
