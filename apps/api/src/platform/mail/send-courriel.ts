import { createHash, randomInt, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { hashToken, newToken } from '../auth/tokens.ts'
import type { Deps } from '../deps.ts'
import type { SystemTask } from '../jobs/job.ts'
import { MODELS, type Secret } from './models.ts'
import { expediteurOf, render } from './render.ts'
import { deliver } from './transport.ts'

const Payload = z.object({ courrielId: z.uuid() })
const Courriel = z.object({
  modele: z.string(),
  adresse: z.string(),
  prenom: z.string().nullable(),
  organisation: z.string().nullable(),
  objet: z.record(z.string(), z.unknown()),
  details: z.record(z.string(), z.unknown()).nullable(),
})
type Courriel = z.infer<typeof Courriel>

const take = async ({ pool }: Deps, id: string): Promise<Courriel | null> => {
  const { rows } = await pool.query<{ courriel: unknown }>('select courriel_take($1) courriel', [id])
  return Courriel.nullable().parse(rows[0]?.courriel ?? null)
}

/** A code is short: its hash holds its row's id too, so that two people may have the same one. */
const hashOf = (nature: Secret['nature'], id: string, secret: string): Buffer =>
  nature === 'lien' ? hashToken(secret) : createHash('sha256').update(`${id}:${secret}`).digest()

const STORE = {
  jetonId: 'select jeton_secret($1, $2) kept',
  invitationId: 'select invitation_secret($1, $2) kept',
} as const

/** Makes the secret of a mail and stores its hash: from now on it exists in the mail alone. Null: its row takes none any more. */
const makeSecret = async ({ pool }: Deps, { nature, de }: Secret, id: unknown): Promise<string | null> => {
  const secret = nature === 'lien' ? newToken() : String(randomInt(1_000_000)).padStart(6, '0')
  const { rows } = await pool.query<{ kept: boolean | null }>(STORE[de], [id, hashOf(nature, String(id), secret)])
  return rows[0]?.kept ? secret : null
}

const compose = async (deps: Deps, { modele, organisation, objet, details }: Courriel) => {
  const model = MODELS[modele]
  if (!model) throw new Error(`modèle de courriel inconnu : ${modele}`)
  if (!details) return null
  const secret = model.secret ? await makeSecret(deps, model.secret, objet[model.secret.de]) : ''
  if (secret === null) return null
  return model.write({ ...objet, ...details }, { site: deps.config.publicUrl, organisation, secret })
}

/**
 * Sends one mail. It may run twice: until the mail server has the mail nothing is marked, so a crash sends again and loses nothing.
 * A secret is new at each run, and so is its mail's identifier: a reader that hides copies must not hide the one that works.
 */
const sendCourriel: SystemTask['run'] = async ({ payload, now }, deps) => {
  const { courrielId } = Payload.parse(payload)
  const courriel = await take(deps, courrielId)
  const contenu = courriel && (await compose(deps, courriel))
  if (!courriel || !contenu) {
    await deps.pool.query('select courriel_drop($1)', [courrielId])
    return
  }
  const { modele, adresse, organisation, details } = courriel
  const prenom = courriel.prenom ?? (typeof details?.['prenom'] === 'string' ? details['prenom'] : null)
  await deliver(deps.config, {
    id: MODELS[modele]?.secret ? `${courrielId}.${randomUUID()}` : courrielId,
    modele,
    adresse,
    expediteur: expediteurOf(organisation),
    date: now,
    ...render(contenu, { prenom, organisation }),
  })
  await deps.pool.query('select courriel_sent($1)', [courrielId])
}

/** Erases old mails, and asks again for those that wait and that no job holds any more. */
const tendCourriels: SystemTask['run'] = async (_, { pool }) => {
  await pool.query(`select graphile_worker.enqueue_courriel(c.id) from courriels_tend() c(id)
    where not exists (select 1 from graphile_worker._private_jobs j where j.key = 'courriel:' || c.id and j.attempts < j.max_attempts)`)
}

const missing: SystemTask['missing'] = ({ smtpUrl }) =>
  smtpUrl ? null : 'SMTP_URL manque\u00a0: les courriels attendent, aucun ne part. Donnez l’adresse du serveur de courriel.'

/** The service's own tasks for mails. */
export const MAIL_TASKS: Readonly<Record<string, SystemTask>> = {
  'send-courriel': { run: sendCourriel, missing },
  'tend-courriels': { run: tendCourriels, cron: '*/5 * * * *' },
}
