import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { refuse } from '@pass/domain/refusal.ts'
import { generateSecret, generateURI, verifySync } from 'otplib'
import type { Ctx } from '../context.ts'
import type { Deps } from '../deps.ts'
import { NotFound, Refused } from '../errors.ts'
import type { Secrets } from '../secrets.ts'

const PERIOD = 30

/** AES-256-GCM envelope of a secret: nonce (12) · tag (16) · text, bound to its person. */
export const sealTotp = ({ facteurs }: Secrets, utilisateurId: string, secret: string): Buffer => {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', facteurs.key, nonce).setAAD(Buffer.from(utilisateurId))
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

type Sealed = { secret: Uint8Array; cle_id: number }

/** The secret of an envelope. @throws when it was sealed by another key, for somebody else, or changed */
export const openTotp = ({ facteurs }: Secrets, utilisateurId: string, { secret, cle_id }: Sealed): string => {
  if (cle_id !== facteurs.id) throw new Error('secret sealed with an unknown key')
  const bytes = Buffer.from(secret)
  const decipher = createDecipheriv('aes-256-gcm', facteurs.key, bytes.subarray(0, 12)).setAAD(Buffer.from(utilisateurId))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}

/**
 * The step of 30 seconds that a code belongs to, the one before or the one after included, else null. By the machine’s
 * time: an application of codes follows the true hour, not the demonstration’s clock.
 */
export const stepOf = (secret: string, code: string, at: number = Date.now()): number | null => {
  const found = verifySync({ secret, token: code, epoch: Math.floor(at / 1000), period: PERIOD, epochTolerance: PERIOD })
  return found.valid && 'timeStep' in found ? found.timeStep : null
}

/** What a wrong code answers, and one that was used already. */
export const TOTP_REFUSED = refuse(
  'preuve_refusee',
  'Ce code n’est pas le bon, ou il a déjà servi. Attendez que votre application en affiche un nouveau, puis recommencez.',
)

/** Whether the code is a good one of this person, spent from now on: twins and replays find it used. */
export const spendTotp = async ({ pool, secrets }: Deps, utilisateurId: string, code: string): Promise<boolean> => {
  const { rows } = await pool.query<Sealed | { secret: null }>('select * from totp_read($1)', [utilisateurId])
  const sealed = rows[0]
  if (!sealed || sealed.secret === null) return false
  const step = stepOf(openTotp(secrets, utilisateurId, sealed), code)
  if (step === null) return false
  const used = await pool.query<{ done: boolean }>('select totp_use($1, $2) as done', [utilisateurId, step])
  return used.rows[0]!.done
}

/** Whether the person has an application of codes that serves. */
export const hasTotp = async ({ pool }: Deps, utilisateurId: string): Promise<boolean> =>
  (await pool.query<{ secret: Buffer | null }>('select secret from totp_read($1)', [utilisateurId])).rows[0]?.secret != null

/** A new secret, to scan or to type; it serves once confirmed, and until then the one before goes on. */
export const startTotp = async (ctx: Ctx, { secrets }: Pick<Deps, 'secrets'>): Promise<{ adresse: string; secret: string }> => {
  const secret = generateSecret({ length: 20 })
  const sealed = sealTotp(secrets, ctx.actor.utilisateurId, secret)
  const [row] = await ctx.db.$queryRaw<{ courriel: string }[]>`
    select totp_start(${sealed}::bytea, ${secrets.facteurs.id}::int) as courriel`
  const adresse = generateURI({ issuer: 'Pass numérique', label: row!.courriel, secret, period: PERIOD })
  return { adresse, secret: secret.replace(/(.{4})(?=.)/g, '$1 ') }
}

/** The first code activates the secret that waits; the session is whole from then on. @throws 409 `facteur_absent`, `preuve_refusee` */
export const confirmTotp = async (ctx: Ctx, { secrets }: Pick<Deps, 'secrets'>, code: string): Promise<void> => {
  const [pending] = await ctx.db.$queryRaw<(Sealed | { secret: null })[]>`select * from totp_pending()`
  if (!pending || pending.secret === null)
    throw new Refused(refuse('facteur_absent', 'Aucune application de codes n’attend d’être activée. Reprenez depuis le début.'))
  const step = stepOf(openTotp(secrets, ctx.actor.utilisateurId, pending), code)
  if (step === null) throw new Refused(TOTP_REFUSED)
  await ctx.db.$executeRaw`select totp_confirm(${step}::bigint, ${ctx.actor.sessionId}::uuid, ${ctx.requestId})`
}

/** Takes the application of codes away. @throws 404 when a twin was faster */
export const removeTotp = async (ctx: Ctx): Promise<void> => {
  const [row] = await ctx.db.$queryRaw<{ done: boolean }[]>`select totp_remove() as done`
  if (!row!.done) throw new NotFound()
}
