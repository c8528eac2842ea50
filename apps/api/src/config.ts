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
  /** Folder of the pieces that people deposit; shared by the processes, saved like the database. */
  filesDir: string
  /** Where the built apps are, `apps/`. */
  appsDir: string
  /** Origin that people and mails use, without a slash at its end. */
  publicUrl: string
  /** Mail server, `smtp://…`; without one no mail leaves. */
  smtpUrl: string | undefined
  /** Address that mails come from; nobody reads it. */
  mailFrom: string
  /** Folder of the demonstration's inbox, where the catcher writes the mails that it receives. */
  courrielsDir: string | undefined
  /** The State's identity provider; null where public agents cannot sign in with it. */
  proconnect: ProConnect | null
}

/** What the service is to its identity provider. */
export type ProConnect = { issuer: string; clientId: string; clientSecret: string }

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
  FILES_DIR: z.string().optional(),
  APPS_DIR: z.string().optional(),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'PUBLIC_URL n’est pas une adresse http(s)://…' })
    .refine(
      (text) => new URL(text).pathname === '/' && !/[?#]/.test(text),
      'PUBLIC_URL est une adresse sans chemin (https://pass.exemple.fr).',
    )
    .transform((text) => new URL(text).origin)
    .optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'SMTP_URL n’est pas une adresse smtp://… ou smtps://…')
    .optional(),
  MAIL_FROM: z.email('MAIL_FROM n’est pas une adresse électronique.').optional(),
  COURRIELS_DIR: z.string().optional(),
  PROCONNECT_ISSUER: z.url({ protocol: /^https?$/, error: 'PROCONNECT_ISSUER n’est pas une adresse https://…' }).optional(),
  PROCONNECT_CLIENT_ID: z.string().optional(),
  PROCONNECT_CLIENT_SECRET: z.string().optional(),
})
type Environment = z.infer<typeof Environment>

const proconnectOf = ({ PROCONNECT_ISSUER, PROCONNECT_CLIENT_ID, PROCONNECT_CLIENT_SECRET }: Environment): ProConnect | null => {
  const given = { PROCONNECT_ISSUER, PROCONNECT_CLIENT_ID, PROCONNECT_CLIENT_SECRET }
  const missing = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [name] : []))
  if (missing.length === 3) return null
  if (missing.length > 0) throw new BadSetting(`${missing.join(' et ')} manque\u00a0: donnez les trois réglages PROCONNECT_*, ou aucun.`)
  return { issuer: PROCONNECT_ISSUER!, clientId: PROCONNECT_CLIENT_ID!, clientSecret: PROCONNECT_CLIENT_SECRET! }
}

const isLoopback = (url: string) => /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(url).hostname)

/** What the demonstration may do and a service may not. @throws BadSetting */
const needSerious = ({
  DEMO,
  CLOCK,
  SECRETS_DIR,
  FILES_DIR,
  PUBLIC_URL,
  SMTP_URL,
  MAIL_FROM,
  COURRIELS_DIR,
  PROCONNECT_ISSUER,
}: Environment): void => {
  if (DEMO) throw new BadSetting('DEMO=1 est refusé en production\u00a0: retirez DEMO, ou NODE_ENV=production.')
  if (CLOCK) throw new BadSetting('CLOCK est refusé en production\u00a0: le service y suit l’heure de la machine. Retirez CLOCK.')
  if (COURRIELS_DIR)
    throw new BadSetting('COURRIELS_DIR est refusé en production\u00a0: il ouvre les courriels à tous. Retirez COURRIELS_DIR.')
  if (!FILES_DIR)
    throw new BadSetting('FILES_DIR manque\u00a0: en production, indiquez le dossier des pièces déposées, sauvegardé avec la base.')
  if (!SECRETS_DIR) throw new BadSetting('SECRETS_DIR manque\u00a0: en production, indiquez le dossier des clés du service.')
  if (PROCONNECT_ISSUER?.startsWith('http:'))
    throw new BadSetting('PROCONNECT_ISSUER est en http\u00a0: en production, donnez une adresse https://…')
  if (PUBLIC_URL?.startsWith('http:') && !isLoopback(PUBLIC_URL))
    throw new BadSetting('PUBLIC_URL est en http\u00a0: en production, donnez une adresse https://…')
  if (SMTP_URL && !MAIL_FROM) throw new BadSetting('MAIL_FROM manque\u00a0: donnez l’adresse d’envoi des courriels.')
  if (!PUBLIC_URL && (SMTP_URL || PROCONNECT_ISSUER))
    throw new BadSetting('PUBLIC_URL manque\u00a0: les courriels et ProConnect renvoient à l’adresse publique du service, donnez-la.')
}

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
  const settings = parsed.data
  const production = settings.NODE_ENV === 'production'
  if (production) needSerious(settings)
  return {
    databaseUrl: settings.DATABASE_URL,
    workerUrl: settings.DATABASE_WORKER_URL,
    ownerUrl: settings.DATABASE_OWNER_URL,
    port: settings.PORT,
    host: settings.HOST,
    production,
    demo: settings.DEMO,
    clock: settings.CLOCK,
    secretsDir: settings.SECRETS_DIR ?? root('.data/secrets'),
    filesDir: settings.FILES_DIR ?? root('.data/pieces'),
    appsDir: settings.APPS_DIR ?? root('apps'),
    publicUrl: settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`,
    smtpUrl: settings.SMTP_URL,
    mailFrom: settings.MAIL_FROM ?? 'ne-pas-repondre@pass-numerique.invalid',
    courrielsDir: settings.COURRIELS_DIR,
    proconnect: proconnectOf(settings),
  }
}
