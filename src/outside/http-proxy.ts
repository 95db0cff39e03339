/** What https agents need to know of a proxy, in the words of node:https. */
export interface ProxySettings {
  https_proxy: string
  no_proxy: string
}

/**
 * Returns the proxy that the environment names for https addresses (HTTPS_PROXY, and NO_PROXY for who is left out), or
 * undefined. HTTP_PROXY is not read: a proxy would see the key in a request that is not encrypted, whereas for https
 * it gets a CONNECT and nothing that it can read.
 * Throws when HTTPS_PROXY is no address: to go past a proxy that somebody wished for would be worse than to stop.
 */
export function proxyFrom(environment: NodeJS.ProcessEnv): ProxySettings | undefined {
  const named = (environment.https_proxy || environment.HTTPS_PROXY || '').trim()
  if (named === '') return undefined
  const address = named.includes('://') ? named : `http://${named}`
  // The value may hold a password, so it is not repeated.
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw new TypeError('The environment variable HTTPS_PROXY must be like http://proxy.example.se:3128')
  const exceptions = (environment.no_proxy || environment.NO_PROXY || '').split(/[\s,]+/)
  return { https_proxy: address, no_proxy: exceptions.filter((host) => host !== '').join(',') }
}
