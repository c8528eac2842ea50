import { createTransport } from 'nodemailer'
import type { Config } from '../../config.ts'

/** A mail ready to leave. */
export type Message = {
  id: string
  modele: string
  /** « Pass numérique – Ville » */
  expediteur: string
  adresse: string
  date: Date
  objet: string
  texte: string
  html: string
}

const TIMEOUT_MS = 10_000

const open = ({ smtpUrl, production }: Config) => {
  if (!smtpUrl) throw new Error('SMTP_URL manque')
  return createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 2,
    maxRequeues: 0,
    idleTimeout: TIMEOUT_MS,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    dnsTimeout: TIMEOUT_MS,
    // outside the machine a mail never travels in clear
    requireTLS: production && smtpUrl.startsWith('smtp:'),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

const transports = new WeakMap<Config, ReturnType<typeof open>>()
const transportOf = (config: Config) => {
  const known = transports.get(config) ?? open(config)
  transports.set(config, known)
  return known
}

/** What the mail server said, without the address that its sentence repeats. */
const reasonOf = (error: unknown): string =>
  error instanceof Error
    ? ['code', 'responseCode'].flatMap((name) => (name in error ? [String(error[name as keyof Error])] : [])).join(' ') || error.name
    : 'erreur'

/** Hands one mail to the mail server; returns when the server has it. */
export const deliver = async (config: Config, { id, modele, expediteur, adresse, date, objet, texte, html }: Message): Promise<void> => {
  const sending = transportOf(config).sendMail({
    from: { name: expediteur, address: config.mailFrom },
    to: { name: '', address: adresse },
    date,
    subject: objet,
    text: texte,
    html,
    messageId: `<${id}@${config.mailFrom.slice(config.mailFrom.indexOf('@') + 1)}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'X-Pass-Modele': modele },
  })
  // the server's own sentence repeats the address: it goes no further, neither in a log nor in the queue
  const failure = await sending.then(() => null, reasonOf)
  if (failure) throw new Error(`courriel ${id} (${modele}) non remis : ${failure}`)
}
