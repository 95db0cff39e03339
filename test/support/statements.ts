import pg from 'pg'

/** Returns the statements that PostgreSQL is sent while some work is done, each in one line, BEGIN and COMMIT too. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = []
  const client = pg.Client.prototype as unknown as { query: (...words: unknown[]) => unknown }
  const { query } = client
  client.query = function (this: unknown, ...words: unknown[]) {
    const [first] = words
    const text = typeof first === 'string' ? first : (first as { text?: string }).text
    if (text !== undefined) texts.push(text.replace(/\s+/g, ' ').trim())
    return query.apply(this, words)
  }
  try {
    await work()
    return texts
  } finally {
    client.query = query
  }
}
