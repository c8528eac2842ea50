/** What the simulators read of the environment. They stand in for outside services, in a demonstration and in tests alone. */
export type SimulateursConfig = {
  /** Address both listen on; the loopback unless a container says otherwise. */
  host: string
  /** Where browsers find the service: ProConnect sends nobody elsewhere. */
  publicUrl: string
  proconnect: { port: number; clientId: string; clientSecret: string; jeu: 'demo' | 'base' } | null
  courriel: { port: number; dir: string } | null
}

/** A setting that is wrong: one French sentence that says what to do. */
export class BadSetting extends Error {}

const portOf = (env: NodeJS.ProcessEnv, name: string): number => {
  const port = Number(env[name])
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new BadSetting(`${name} est un nombre entre 1 et 65535.`)
  return port
}
const needed = (env: NodeJS.ProcessEnv, name: string): string => {
  const value = env[name]
  if (!value) throw new BadSetting(`${name} manque.`)
  return value
}

/** Reads the settings; a simulator without a port does not start. @throws BadSetting */
export const readConfig = (env: NodeJS.ProcessEnv = process.env): SimulateursConfig => {
  if (env.NODE_ENV === 'production')
    throw new BadSetting('Les simulateurs ne tournent pas en production\u00a0: retirez NODE_ENV=production.')
  return {
    host: env.SIMULATEURS_HOST || '127.0.0.1',
    publicUrl: new URL(needed(env, 'PUBLIC_URL')).origin,
    proconnect: env.SIMULATEUR_PROCONNECT_PORT
      ? {
          port: portOf(env, 'SIMULATEUR_PROCONNECT_PORT'),
          clientId: needed(env, 'PROCONNECT_CLIENT_ID'),
          clientSecret: needed(env, 'PROCONNECT_CLIENT_SECRET'),
          jeu: env.SIMULATEUR_AGENTS === 'base' ? 'base' : 'demo',
        }
      : null,
    courriel: env.SIMULATEUR_SMTP_PORT ? { port: portOf(env, 'SIMULATEUR_SMTP_PORT'), dir: needed(env, 'COURRIELS_DIR') } : null,
  }
}
