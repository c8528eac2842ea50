import type { Upload } from '@pass/contracts/route.ts'
import { ANCIEN, parseForeignCode } from '@pass/domain/codes-anciens.ts'
import { rolesWith } from '@pass/domain/droits.ts'
import { euros, pluralPass } from '@pass/domain/money.ts'
import { homePath } from '@pass/domain/organisations.ts'
import { type Fault, refuse } from '@pass/domain/refusal.ts'
import type { Config } from '../../config.ts'
import { lookupOf } from '../../platform/codes.ts'
import type { Ctx } from '../../platform/context.ts'
import { found, Refused } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { notify } from '../../platform/notify.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { listPieces, readPiece, storePiece } from '../fichiers/public.ts'
import { getCreance, OBJET_CREANCE, readCreance } from './creance-queries.ts'

type Claimed = { code: string; dateUtilisation: string }
type Declared = { repriseId: string; pass: readonly Claimed[]; commentaire: string | null }

const refuseForm = (code: 'code_malforme' | 'doublon_dans_la_demande' | 'demande_malformee', erreurs: Fault[]) =>
  new Refused(refuse(code, erreurs[0]!.message, erreurs), 400)

/** The codes as their keyed hashes, one after the other. @throws 400 for a text that is no code, the same pass twice, a day still to come */
const lookupsOf = (secrets: Secrets, pass: readonly Claimed[], today: string): Buffer<ArrayBuffer> => {
  const read = pass.map(({ code }) => parseForeignCode(code))
  const malformed = read.flatMap((one, i) => (one.ok ? [] : [{ chemin: `pass.${i}.code`, message: one.refusal.message }]))
  if (malformed.length > 0) throw refuseForm('code_malforme', malformed)
  const codes = read.map((one) => (one.ok ? one.code : ''))
  const twice = codes.flatMap((code, i) =>
    codes.indexOf(code) === i ? [] : [{ chemin: `pass.${i}.code`, message: refuse('doublon_dans_la_demande').message }],
  )
  if (twice.length > 0) throw refuseForm('doublon_dans_la_demande', twice)
  const later = pass.flatMap(({ dateUtilisation }, i) =>
    dateUtilisation > today ? [{ chemin: `pass.${i}.dateUtilisation`, message: 'Ce jour n’est pas encore passé.' }] : [],
  )
  if (later.length > 0) throw refuseForm('demande_malformee', later)
  return Buffer.concat(codes.map((code) => lookupOf(secrets, ANCIEN + code)))
}

/** A structure declares pass that the former operator never paid. It is told nothing of them before somebody decided. */
export const declareCreance = async (ctx: Ctx, secrets: Secrets, { repriseId, pass, commentaire }: Declared) => {
  const lookups = lookupsOf(secrets, pass, ctx.today)
  const dates = pass.map(({ dateUtilisation }) => dateUtilisation)
  const annee = Number(ctx.today.slice(0, 4))
  const [made] = await ctx.db.$queryRaw<{ id: string | null }[]>`
    select creance_declare(${repriseId}::uuid, ${lookups}, ${dates}::date[], ${commentaire}, ${annee}::int, ${ctx.actor.utilisateurId}::uuid, ${ctx.now}::timestamptz) as id`
  const creanceId = found(made?.id)
  const row = await readCreance(ctx, creanceId)
  await fact(ctx, { sujet: 'creance.declaree', objet: { creanceId, pass: row.pass } })
  await notify(ctx, {
    organisationId: row.operateur_id,
    roles: rolesWith('creance:examine'),
    categorie: 'suivi',
    code: 'creance_declaree',
    titre: `Créance ${row.reference} à examiner`,
    texte: `${pluralPass(row.pass)} impayés par un ancien opérateur, ${euros(row.montant_centimes)}. Une personne examine, une autre décide.`,
    lien: `${homePath('operateur')}creances/${creanceId}`,
  })
  return getCreance(ctx, { creanceId })
}

type Files = Pick<Config, 'filesDir'>

/** Keeps the proof of a claim: the operator reads it too. */
export const uploadCreancePiece = async (ctx: Ctx, files: Files, { creanceId, ...file }: Upload & { creanceId: string }) => {
  const { operateur_id } = await readCreance(ctx, creanceId)
  return storePiece(ctx, files, { objet: OBJET_CREANCE, objetId: creanceId, ...file, lecteurs: [operateur_id] })
}

/** A proof again, of this claim alone. */
export const downloadCreancePiece = async (ctx: Ctx, files: Files, { creanceId, pieceId }: { creanceId: string; pieceId: string }) => {
  await readCreance(ctx, creanceId)
  const pieces = await listPieces(ctx, { objet: OBJET_CREANCE, objetId: creanceId })
  found(pieces.find(({ id }) => id === pieceId))
  return readPiece(ctx, files, { pieceId, objet: OBJET_CREANCE })
}
