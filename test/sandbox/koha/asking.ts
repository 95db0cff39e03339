import {
  type SandboxKoha,
  type SandboxKohaOptions,
  startSandboxKoha,
} from '../../../sandbox/koha/sandbox-koha.ts'
import { smallSeed } from '../../outside/koha/small-seed.ts'

export interface Asked {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  json: any
  headers: Headers
}

export interface AskableKoha extends SandboxKoha {
  /** One call of the API with basic authentication unless told otherwise. */
  ask(path: string, init?: RequestInit): Promise<Asked>
  post(path: string, body: object): Promise<Asked>
}

/** The sandbox, asked by plain fetch and not by our own client. */
export async function startAskable(options: Partial<SandboxKohaOptions> = {}): Promise<AskableKoha> {
  const koha = await startSandboxKoha({ seed: smallSeed, ...options })
  const authorization = `Basic ${btoa(`${koha.key.user}:${koha.key.password}`)}`
  async function ask(path: string, init: RequestInit = {}): Promise<Asked> {
    const response = await fetch(`${koha.apiUrl}${path}`, {
      ...init,
      headers: { authorization, ...(init.headers as Record<string, string>) },
    })
    const text = await response.text()
    return {
      status: response.status,
      json: text.startsWith('<') ? text : JSON.parse(text),
      headers: response.headers,
    }
  }
  const post = (path: string, body: object) =>
    ask(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
  return { ...koha, ask, post }
}
