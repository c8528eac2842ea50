import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { CLOCK_SETTING } from './platform/clock.ts'

/** The environment, parsed once. No other source reads `process.env`. */
export type Config = {
  databaseUrl: string
  /** Role `worker`; only `worker.ts` and the command line need it. */
  workerUrl: string | undefined
  /** Role `migrator`; the command line's loaders alone, never the server. */
  ownerUrl: string | undefined
  port: number
  /** Address the server listens on; the loopback unless a container says otherwise. */
  host: string
  production: boolean
  /** One-click sign-in and a clock that moves. */
  demo: boolean
  clock: string | undefined
  secretsDir: string
  /** Where the built apps are, `apps/`. */
  appsDir: string
}

/** A setting that is wrong: one French sentence that says what to do. */
export class BadSetting extends Error {}

const flag = z
  .enum(['0', '1', ''])
  .default('0')
  .transform((text) => text === '1')

const Environment = z.object({
  DATABASE_URL: z
    .string('DATABASE_URL manque\u00a0: donnez l’adresse de la base avec le rôle app.')
    .regex(/^postgres(ql)?:\/\//, 'DATABASE_URL n’est pas une adresse postgresql://…'),
  DATABASE_WORKER_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'DATABASE_WORKER_URL n’est pas une adresse postgresql://…')
    .optional(),
  DATABASE_OWNER_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'DATABASE_OWNER_URL n’est pas une adresse postgresql://…')
    .optional(),
  PORT: z
    .string()
    .default('3000')
    .pipe(
      z
        .string()
        .regex(/^\d{1,5}$/, 'PORT est un nombre entre 1 et 65535.')
        .transform(Number),
    ),
  HOST: z.string().default('localhost'),
  NODE_ENV: z.string().default('development'),
  DEMO: z.preprocess((value) => value ?? '0', flag),
  CLOCK: z
    .string()
    .refine(
      (text) => CLOCK_SETTING.test(text) || !Number.isNaN(Date.parse(text)),
      'CLOCK est un instant (2026-03-10T09:00:00+01:00) ou un décalage (+3d, -12h).',
    )
    .optional(),
  SECRETS_DIR: z.string().optional(),
  APPS_DIR: z.string().optional(),
})

const root = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

/** Reads the settings. @throws BadSetting */
export const readConfig = (env: NodeJS.ProcessEnv = process.env): Config => {
  const filled = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(filled)
  if (!parsed.success)
    throw new BadSetting(
      parsed.error.issues
        .map(({ message, path }) => (message.includes(String(path[0])) ? message : `${String(path[0])}\u00a0: ${message}`))
        .join('\n'),
    )
  const { DATABASE_URL, DATABASE_WORKER_URL, DATABASE_OWNER_URL, PORT, HOST, NODE_ENV, DEMO, CLOCK, SECRETS_DIR, APPS_DIR } = parsed.data
  const production = NODE_ENV === 'production'
  if (production && DEMO) throw new BadSetting('DEMO=1 est refusé en production\u00a0: retirez DEMO, ou NODE_ENV=production.')
  if (production && CLOCK)
    throw new BadSetting('CLOCK est refusé en production\u00a0: le service y suit l’heure de la machine. Retirez CLOCK.')
  if (production && !SECRETS_DIR) throw new BadSetting('SECRETS_DIR manque\u00a0: en production, indiquez le dossier des clés du service.')
  return {
    databaseUrl: DATABASE_URL,
    workerUrl: DATABASE_WORKER_URL,
    ownerUrl: DATABASE_OWNER_URL,
    port: PORT,
    host: HOST,
    production,
    demo: DEMO,
    clock: CLOCK,
    secretsDir: SECRETS_DIR ?? root('.data/secrets'),
    appsDir: APPS_DIR ?? root('apps'),
  }
}
